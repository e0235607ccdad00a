"""How a correction changes what was told: the contradicted words go, the new words come.

Three shapes are understood: 「不是三万，是五万」 replaces words; 「老马是咱执法大队的」 moves a person into or out of the bureau;
and a denial or affirmation (「其实报批过」) takes out the clause that says the opposite of the same thing.
"""

import re
from functools import cache
from typing import Any, NamedTuple

import yaml

from assistant.chat.opposite import CLAUSE, take_place, turned
from assistant.paths import corpus_dir

_MARKER = re.compile(
    r"^(?:(?:哦|噢|啊|哎呀?|诶|嗯|呃|额)?[，,、 ]*(?:对不起|不好意思|抱歉)?[，,、 ]*"
    r"(?:(?:不对|不是(?:的|吧|啊|呀)?(?=[，,。、！! ])|不(?=[不，,。、！! ]))+|是?(?:我|刚才|刚刚|前面|上面)*(?:说|讲|打|记|写|弄|搞|听|看)"
    r"(?:得不对|错|岔|混|反|串|差|快)(?:了|啦)?|口误|更正(?:一下)?|纠正(?:一下)?|改(?:正)?一下|修正一下|准确地?(?:说|讲)|我(?:的意思)?是说|我(?:的意思|指的)是|"
    r"我?(?:又|再|刚才?)去?(?:问|查|核实|打听|翻)(?:了|过)?[^，,。]{0,8}(?=[，,：:]))[，,。、：:！! ]*)+"
)
_REALLY = re.compile(r"^(?:其实|实际上|事实上|后来才?知道|后来(?:我)?(?:问|查)(?:清楚)?了?|才发现|原来)[，, ]*")
_SWAPS = (
    re.compile(r"不是(?P<old>[^，,。；;]{1,12})[，,、]?(?:而|应该|其实)?是(?P<new>[^，,。；;]{1,14})"),
    re.compile(r"(?:是|应该是)(?P<new>[^，,。；;是]{1,14})[，,、]?(?:而)?不是(?P<old>[^，,。；;]{1,12})"),
)
#: Words that name nothing, so that nothing can stand in their place.
_EMPTY = re.compile(r".|[的吧呢啊呀吗了么嘛我你他她它们这那此样个种事是]+")
#: Words that do not fit in the place of a noun.
_DOES = re.compile(r"[了过着没不]|[收给罚查撤泄打]")
_INSIDE = re.compile(
    r"(?:是|属|归|咱们?|我们)[^，,。不]{0,8}(?:执法大队|大队|分局|咱局|我们局|局里|本局|环保局|局机关|生态环境局|执法队|我们队|咱队|队里|自己人)"
)
_DIGITS = "0-9０-９.〇零一二两三四五六七八九十百千万"
#: A count, not an ordinal: 三天, and not the 二天 of 第二天.
_NUMERAL = rf"(?<![第{_DIGITS}])(?:[0-9.]+|[一二两三四五六七八九十百千单独几]+)"
_COUNTS = tuple(
    re.compile(_NUMERAL + unit)
    for unit in ("个?人(?!家)", "万(?:元|块)?", "(?:元|块)(?!头)", "天", "[次回]", "个月", "条烟")
)


class Merged(NamedTuple):
    """The passages that stand now and the words that were taken out."""

    told: tuple[str, ...]
    withdrawn: tuple[str, ...]


def is_correction(text: str) -> bool:
    """True when ``text`` takes back something said before."""
    return bool(_MARKER.match(text) or _REALLY.match(text))


def swaps(told: tuple[str, ...], text: str) -> bool:
    """True when ``text`` puts words in the place of told ones (不是三万，是五万), marked as a correction or not."""
    return _swap(told, text) is not None


def takes_back_only(text: str) -> bool:
    """True when ``text`` says that something was wrong and not what (不对, 我记错了)."""
    return is_correction(text) and not said_instead(text)


def said_instead(text: str) -> str:
    """What a correction says beyond that something was wrong."""
    return _REALLY.sub("", _MARKER.sub("", text)).strip("，,。、；;！!：:？? \n")


def _swap(told: tuple[str, ...], text: str) -> re.Match[str] | None:
    found = (swap for pattern in _SWAPS for swap in pattern.finditer(text))
    return next((swap for swap in found if _swaps(swap, told)), None)


def _swaps(swap: re.Match[str], told: tuple[str, ...]) -> bool:
    if _EMPTY.fullmatch(swap["old"]) or _MARKER.fullmatch(swap["new"]):
        return False
    return any(_whole(swap["old"]).search(passage) for passage in told)


def _whole(words: str) -> re.Pattern[str]:
    """``words`` where they stand for themselves: 3人, and not the end of 13人."""
    before = rf"(?<![{_DIGITS}])" if re.match(rf"[{_DIGITS}]", words) else ""
    after = rf"(?![{_DIGITS}])" if re.search(rf"[{_DIGITS}]$", words) else ""
    return re.compile(before + re.escape(words) + after)


def merge(told: tuple[str, ...], text: str) -> Merged:
    """``told`` after the correction ``text``."""
    body = _REALLY.sub("", _MARKER.sub("", text)).strip() or text
    swap = _swap(told, body)
    if swap:
        old, new = swap["old"], swap["new"]
        rest = (body[: swap.start()] + body[swap.end() :]).strip("，,。；; ")
        put = take_place if _DOES.search(new) else _replace
        swapped = tuple(put(passage, _whole(old), new) for passage in told)
        return Merged((*swapped, rest) if len(rest) > 3 else swapped, (old,))
    passages, withdrawn = list(told), []
    kept = []
    for clause in CLAUSE.findall(body):
        passages, gone, said = _changed(passages, clause)
        withdrawn += gone
        if not said:
            kept.append(clause)
    return Merged(
        (*(p for p in passages if p.strip("，,。 ")), *filter(None, ["".join(kept).strip("，,。 ")])), tuple(withdrawn)
    )


def _replace(passage: str, old: re.Pattern[str], new: str) -> str:
    return old.sub(lambda _: new, passage)


def _changed(passages: list[str], clause: str) -> tuple[list[str], list[str], bool]:
    """Passages changed by one corrected clause, the words taken out, and whether the change says all of the clause."""
    if _INSIDE.search(clause):
        organs = [organ for organ in _organs() if organ not in clause and any(organ in p for p in passages)]
        if organs:
            for organ in organs:
                passages = [passage.replace(organ, "执法大队") for passage in passages]
            return passages, organs, True
    for pattern in _COUNTS:
        new = pattern.search(clause)
        old = [found for passage in passages for found in pattern.findall(passage)]
        if new and len(old) == 1 and old[0] != new.group():
            return [passage.replace(old[0], new.group(), 1) for passage in passages], [old[0]], True
    return turned(passages, clause)


@cache
def _organs() -> tuple[str, ...]:
    """Words for other authorities and companies' people, longest first (corpus/language/actors.yaml)."""
    data: Any = yaml.safe_load((corpus_dir() / "language" / "actors.yaml").read_text(encoding="utf-8"))
    words = {word for role in data["roles"] if role["role"] == "organ" for word in role["words"]}
    return tuple(
        sorted(
            words | {"镇上城管", "区城管", "县城管", "第三方", "临时工", "协管员", "保安", "外包"},
            key=len,
            reverse=True,
        )
    )
