"""The words of a class report, the same on paper and in the sheet."""

from collections.abc import Iterable

from assistant.corpus import Ref, Regulation
from assistant.exercises.report import in_order
from assistant.exercises.words import VERDICTS
from assistant.triage.result import Verdict

NOTES = (
    "正确率：作答的人中，结论、条项和情节都答对的占多少。",
    "区分度：把答对本题记作 1、没答对记作 0，与同一个人其余各题的正确率求相关系数（皮尔逊相关；一边只有 0 和 1，又叫点二列相关），从 -1 到 1；"
    "越接近 1，越是掌握得好的人才答对；接近 0 或为负，宜看看题目是否说清。作答不满五人，或大家答得都一样时不计。",
    "条项正确率：答案有这一项的题中，选了它的占多少；误选：答案没有这一项却选了它的次数。",
)


def choice(verdict: Verdict, ids: Iterable[str], regulation: Regulation) -> str:
    """A key or an answer in words: the verdict, and the items and factors if any."""
    labels = "、".join(label(ref, regulation) for ref in sorted(ids, key=in_order))
    return f"{VERDICTS[verdict]}：{labels}" if labels else VERDICTS[verdict]


def label(ref: str, regulation: Regulation) -> str:
    """The Chinese name of an id, 第六条第（一）项."""
    return regulation.label(Ref.from_id(ref))


def share(value: float | None) -> str:
    """A share as a percentage; a dash where there is none."""
    return "—" if value is None else f"{value:.0%}"


def coefficient(value: float | None) -> str:
    """A correlation with two decimals; a dash where there is none."""
    return "—" if value is None else f"{value:.2f}"
