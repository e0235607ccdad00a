"""Questions about the case just told: which article, whether a named one is met, what follows, and what changed."""

import re
from collections.abc import Iterator

from assistant.chat.casefile import Summary, summarise
from assistant.explain import Sentence
from assistant.explain.questions.places import places
from assistant.explain.template import mark
from assistant.triage import RulePack, Triage

WHICH = re.compile(
    r"第几[条项]|哪[一几]?[条项款]|(?:啥|什么)条款|依据(?:是)?(?:什么|啥|哪)|凭(?:啥|什么|哪)(?:说|定|认|追|算|$)"
)
FOLLOWS = re.compile(
    r"(?:怎么|咋|如何|咋个)(?:处理|处分|问责|追究|罚|追责|处置)|(?:什么|啥)(?:处分|后果|处理|结果|处罚)|最重|最轻|严不严重|处理(?:成)?(?:啥|什么)样|(?:会|要)被?(?:处分|处理|问责)(?:成|吗|不)"
)
_POINTERS = re.compile(
    r"[那他她它们这样种个会要被应该得还所以最终一般的呢吗啊吧了到底究竟又对此人事咱我，,。？?、 ]|情况|小.|老.|一下|按规定|可能|能"
)
_AGAIN = re.compile(
    r"(?:算不算|是不是|算|有没有|是否|构不构成|构成|属不属于|属于|够不够得上|够得上)(?:个|什么|啥)?(?:行政)?(?:执法)?(?:过错|违规|违法|有错|错|有问题|失职|过失)(?:吗|不|么|啊|呢|吧|了|没有)*[?？。]*$|"
    r"^(?:那么?|所以|到底|究竟|这样?|这种情况|这事|这个|他们?|她|我|还|要|该|用|需要|被|得|会|能|应该|应|不)*"
    r"(?:追究|追责|担责|负责任?|有责任|有过错|有事|有错|挨处分)(?:吗|不|么|啊|呢|没有)+[?？。]*$"
)
_FITS = re.compile(r"算|构成|符合|够|属于|是不是|适用|沾|套")
_FIT = {"met": "符合", "possible": "可能符合，还定不下来：", "excluded": "不符合", "": "不符合"}
_VERDICTS = {
    "fault": "构成过错",
    "no_fault": "不构成过错",
    "insufficient": "资料不足，还判断不了",
    "out_of_scope": "不属本办法管",
}


def asks_which(text: str) -> bool:
    """那第几条."""
    return bool(WHICH.search(text)) and len(text) <= 24


def asks_what_follows(text: str) -> bool:
    """会怎么处理."""
    return bool(FOLLOWS.search(text)) and len(text) <= 24


def names_matter(text: str) -> bool:
    """True when ``text`` names something beside asking what follows (索贿的怎么追究, not 那会怎么处理他)."""
    return len(_POINTERS.sub("", FOLLOWS.sub("", WHICH.sub("", text)))) > 1


def asks_again(text: str) -> bool:
    """到底算不算过错."""
    return bool(_AGAIN.search(text)) and len(text) <= 16


def on_places(text: str, triage: Triage, pack: RulePack) -> tuple[Sentence, ...]:
    """Whether the case meets the places that ``text`` names (这算第六条第七项吗, 属于第七条吗); none when it asks nothing of the kind."""
    if not _FITS.search(text) or len(text) > 24:
        return ()
    states = {p.id: p.status for p in reversed(triage.provisions)} | {
        f.id: "met" for f in (*triage.mitigating, *triage.aggravating)
    }
    named: list[str] = []
    for ref in places(text, pack.regulation)[0]:
        within = [own for own, state in states.items() if state == "met" and own.startswith(f"{ref.id}.")]
        named += within or [ref.id]
    return tuple(
        Sentence(
            text=f"照现在说的，{_FIT[states.get(ref, '')]}{pack.labels[ref]}{mark([pack.labels[ref]])}。",
            citations=(ref,),
            quoted=ref,
            quote=pack.quotes[ref],
        )
        for ref in dict.fromkeys(named)
        if ref in pack.rules or any(rule.startswith(f"{ref}.") for rule in pack.rules)
    )


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
