"""Questions about the case just told: which article, what follows, and what if something were different."""

import re
from collections.abc import Iterator

from assistant.chat.casefile import Summary, summarise
from assistant.explain import Sentence
from assistant.explain.template import mark
from assistant.triage import RulePack, Triage

_WHICH = re.compile(
    r"第几[条项]|哪[一几]?[条项款]|(?:啥|什么)条款|依据(?:是)?(?:什么|啥|哪)|凭(?:啥|什么|哪)(?:说|定|认|追|算|$)"
)
_FOLLOWS = re.compile(
    r"(?:怎么|咋|如何|咋个)(?:处理|处分|问责|追究|罚|追责|处置)|(?:什么|啥)(?:处分|后果|处理|结果|处罚)|最重|最轻|严不严重|处理(?:成)?(?:啥|什么)样|(?:会|要)被?(?:处分|处理|问责)(?:成|吗|不)"
)
_AGAIN = re.compile(
    r"(?:到底|那|究竟|所以|这)?(?:到底|究竟)?(?:算不算|是不是|算|有没有|构不构成|构成)(?:个)?(?:过错|违规|有错|有问题)(?:吗|不|么|啊|呢|了)*[?？。]*$"
)
_SUPPOSING = re.compile(
    r"如果说?|要是|假如|假设|假使|倘若|万一|若是|的话|会(?:怎么|咋)样?|会有(?:什么|啥)(?:结果|影响|不同|变化)|结果(?:会)?(?:一样|变)吗|会变吗|"
    r"(?:又)?(?:该|会)?(?:怎么|咋)(?:办|处理|算|说)|呢|[?？]|还算(?:过错)?吗|算过错吗|能从轻吗|可以从轻吗|要从重吗|^那么?|有影响吗|有用吗|"
    r"能轻点(?:吗|不)"
)
_VERDICTS = {
    "fault": "构成过错",
    "no_fault": "不构成过错",
    "insufficient": "资料不足，还判断不了",
    "out_of_scope": "不属本办法管",
}


def asks_which(text: str) -> bool:
    """那第几条."""
    return bool(_WHICH.search(text)) and len(text) <= 24


def asks_what_follows(text: str) -> bool:
    """会怎么处理."""
    return bool(_FOLLOWS.search(text)) and len(text) <= 24


def asks_again(text: str) -> bool:
    """到底算不算过错."""
    return bool(_AGAIN.search(text)) and len(text) <= 16


def which(triage: Triage, pack: RulePack) -> tuple[Sentence, ...]:
    """The items of the case."""
    met = [p for p in triage.provisions if p.status == "met"]
    possible = [p for p in triage.provisions if p.status == "possible"]
    shown = met or possible
    if not shown:
        refs = ("4", "2") if triage.verdict == "out_of_scope" else ("6", "7", "8", "9")
        why = "不属本办法管" if triage.verdict == "out_of_scope" else "照现在说的，没有对得上的条项"
        return (Sentence(text=f"{why}{mark(pack.labels[ref] for ref in refs)}。", citations=refs),)
    word = "按所说的情况，符合" if met else "还定不下来，可能是"
    once = {p.id: p for p in shown}
    head = Sentence(text=f"{word}{mark(p.label for p in shown)}。", citations=tuple(once))
    quoted = (
        Sentence(text=f"原文{mark([p.label])}", citations=(p.id,), quoted=p.id, quote=p.quote) for p in once.values()
    )
    return (head, *quoted)


def what_follows(triage: Triage, pack: RulePack) -> Iterator[Sentence]:
    """Art. 10 as candidates, what makes it lighter or heavier, art. 13, and who decides."""
    labels = pack.labels
    if triage.verdict != "fault":
        yield Sentence(
            text=f"照现在说的{_VERDICTS[triage.verdict]}，还谈不到问责；具有第六、七、八、九条所列情形之一的，才按第十条问责{mark([labels['10']])}。",
            citations=("10",),
        )
    else:
        named = "、".join(s.quote for s in triage.sanctions if s.standing == "suggested") or "第十条列出的方式"
        yield Sentence(
            text=f"视行为性质、情节轻重和危害程度，从十一种问责方式里定；可以先考虑{named}（参考，不是决定）{mark([labels['10']])}。",
            citations=("10",),
            quoted="10",
            quote=pack.quotes["10"],
        )
        for factor in (*triage.mitigating, *triage.aggravating):
            force = "可以从轻、减轻或者免于追究" if factor.force == "可以" else "应从重追究"
            yield Sentence(
                text=f"{force}{mark([factor.label])}", citations=(factor.id,), quoted=factor.id, quote=factor.quote
            )
        yield Sentence(
            text=f"被追究的，取消当年先进个人评选资格，所在部门不得评为先进{mark([labels['13']])}。", citations=("13",)
        )
    yield Sentence(
        text=f"由生态环境行政部门提出处理意见，报有关部门作出处理决定，按干部管理权限执行{mark([labels['14'], labels['5']])}。",
        citations=("14", "5"),
    )


def supposed(text: str) -> str:
    """The fact inside a hypothesis: 如果他主动交代呢 -> 他主动交代."""
    return _SUPPOSING.sub("", text).strip("，,。、 ")


def difference(before: Summary | None, triage: Triage, pack: RulePack) -> str:
    """What changed since ``before``, in words; empty when nothing did."""
    after = summarise(triage)
    if before is None:
        return ""
    words = []
    if before.verdict != after.verdict:
        words.append(f"结论由“{_VERDICTS[before.verdict]}”变为“{_VERDICTS[after.verdict]}”")
    for old, new, name in ((before.met, after.met, "成立的条项"), (before.factors, after.factors, "从轻从重情形")):
        words += [f"{name}增加{pack.labels[ref]}" for ref in new if ref not in old]
        words += [f"{name}去掉{pack.labels[ref]}" for ref in old if ref not in new]
    if not words:
        words += [f"可能涉及增加{pack.labels[ref]}" for ref in after.possible if ref not in before.possible]
        words += [f"不再涉及{pack.labels[ref]}" for ref in before.possible if ref not in (*after.possible, *after.met)]
    return "；".join(words)
