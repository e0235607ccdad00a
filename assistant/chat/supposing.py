"""Hypotheses about the case just told: what would be different; the case file stays as it is."""

import re
from collections.abc import Iterator

from assistant.chat.after import difference
from assistant.chat.casefile import Summary, summarise
from assistant.explain import Sentence
from assistant.explain.template import mark
from assistant.triage import RulePack, Triage

_SUPPOSING = re.compile(
    r"如果说?|要是|假如|假设|假使|倘若|万一|若是|的话|会(?:怎么|咋)样?|会有(?:什么|啥)(?:结果|影响|不同|变化)|结果(?:会)?(?:一样|变)吗|会变吗|"
    r"(?:又)?(?:该|会)?(?:怎么|咋)(?:办|处理|算|说)|呢|[?？]|还算(?:过错)?吗|算过错吗|能从轻吗|可以从轻吗|要从重吗|^那么?|有影响吗|有用吗|"
    r"能轻点(?:吗|不)"
)


def supposed(text: str) -> str:
    """The fact inside a hypothesis: 如果他主动交代呢 -> 他主动交代."""
    return _SUPPOSING.sub("", text).strip("，,。、 ")


def what_if(fact: str, triage: Triage, imagined: Triage, pack: RulePack, *, known: bool) -> Iterator[Sentence]:
    """What ``imagined``, the result with ``fact`` supposed, has that ``triage`` has not; the words of every place that comes in.

    ``known`` when the text of the regulation itself answers for ``fact`` beside this.
    """
    before, after = summarise(triage), summarise(imagined)
    moved = _moved(before, after)
    new = [ref for ref in after.possible if ref not in (*before.possible, *before.met)] if not moved else []
    said = difference(before, imagined, pack) or ("是不是过错的结论不因此改变" if known else "结论没有变化")
    named = mark(pack.labels[ref] for ref in moved)
    yield Sentence(text=f"假设“{fact}”：{said}{named}。这只是假设，没有记入案情。", citations=moved)
    for ref in (*moved, *new):
        if ref in (*after.met, *after.factors, *new):
            yield Sentence(text=f"原文{mark([pack.labels[ref]])}", citations=(ref,), quoted=ref, quote=pack.quotes[ref])
    if not {*after.factors} - {*before.factors} and not known and triage.verdict == "fault":
        text = f"能不能从轻、减轻或者免于追究看第十一条，应不应从重看第十二条{mark([pack.labels['11'], pack.labels['12']])}。"
        yield Sentence(text=text, citations=("11", "12"))


def _moved(before: Summary, after: Summary) -> tuple[str, ...]:
    old, new = {*before.met, *before.factors}, [*after.met, *after.factors]
    return tuple(ref for ref in [*new, *sorted(old)] if (ref in old) != (ref in new))
