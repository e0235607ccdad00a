"""A triage as Chinese prose made by rules alone: every conclusion with its citation, the verbatim words shown.

`triage_sentences` gives the sentences one by one, so that a model's wording can replace some of them and be checked
against their citations; `explain_triage` lays them out as Markdown. Nothing here decides anything.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from assistant.triage import RulePack, Triage, load_pack
from assistant.triage.result import ElementFinding, Factor, Provision, Sanction

Kind = Literal[
    "verdict",
    "answer",
    "provision",
    "factor",
    "sanction",
    "consequence",
    "deadline",
    "ask",
    "what_if",
    "assumption",
    "note",
]

NOTICE = "辅助研判，不是处理决定：是否追究、怎样处理，由有权机关按程序认定。"
_HEADINGS: dict[Kind, str] = {
    "provision": "逐项看",
    "factor": "从轻、从重",
    "sanction": "问责方式（候选）",
    "consequence": "随之而来的后果",
    "deadline": "期限",
    "ask": "还要弄清",
    "what_if": "情况变了会怎样",
    "assumption": "判断的前提",
}
_STATUSES = {"met": "成立", "possible": "可能成立，还缺事实", "excluded": "不成立"}


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One statement. ``citations`` are ids of the regulation; ``quote`` is verbatim from the place ``quoted``."""

    text: str
    citations: tuple[str, ...] = ()
    kind: Kind = "answer"
    quoted: str = ""
    quote: str = ""


def mark(labels: Iterable[str]) -> str:
    """〔第六条第（五）项、第十五条〕, empty for no labels."""
    joined = "、".join(dict.fromkeys(labels))
    return f"〔{joined}〕" if joined else ""


def triage_sentences(triage: Triage) -> tuple[Sentence, ...]:
    """The whole result, verdict first, in the order in which it is told."""
    labels = load_pack(triage.regulation.id).labels
    return tuple(_all(triage, labels))


def _all(triage: Triage, labels: dict[str, str]) -> Iterator[Sentence]:
    yield _verdict(triage, labels)
    shown = [p for p in triage.provisions if p.status != "excluded"] or list(triage.provisions)
    yield from (_provision(p) for p in shown)
    yield from (_factor(f) for f in (*triage.mitigating, *triage.aggravating))
    if triage.verdict == "fault":
        yield from _sanctions(triage.sanctions, labels)
        yield _principles(load_pack(triage.regulation.id), labels)
        yield from (
            Sentence(
                text=f"{c.reason}{mark([c.label])}", citations=(c.id,), kind="consequence", quoted=c.id, quote=c.quote
            )
            for c in triage.consequences
        )
        yield from (
            Sentence(
                text=f"{d.title}：{d.note}{mark([d.label])}",
                citations=(d.id,),
                kind="deadline",
                quoted=d.id,
                quote=d.quote,
            )
            for d in triage.deadlines
        )
    for question in triage.ask_next:
        settles = [ref for ref in question.settles if ref in labels]
        yield Sentence(
            text=f"{question.question}{mark(labels[ref] for ref in settles)}", citations=tuple(settles), kind="ask"
        )
    yield from (
        Sentence(text=f"{w.change}：{w.effect}", citations=tuple(w.ids), kind="what_if") for w in triage.what_if
    )
    yield from (Sentence(text=text, kind="assumption") for text in triage.assumptions)
    yield Sentence(text=NOTICE, kind="note")


def _verdict(triage: Triage, labels: dict[str, str]) -> Sentence:
    met = [p for p in triage.provisions if p.status == "met"]
    if triage.verdict == "fault":
        cited = list(dict.fromkeys(p.id for p in met))
        text = f"按所说的情况，构成行政执法过错，符合{mark(p.label for p in met)}。"
    elif triage.verdict == "no_fault":
        cited = list(dict.fromkeys(p.id for p in triage.provisions)) or ["6", "7", "8", "9"]
        named = mark(labels[ref] for ref in cited)
        text = f"按所说的情况，不构成过错：没有看到第六条至第九条所列的情形{named}。"
    elif triage.verdict == "out_of_scope":
        cited = ["4", "2"]
        text = f"不属本办法管：所说的人或者事不在适用范围内{mark(labels[ref] for ref in cited)}，其他规定是否适用，这里不判断。"
    else:
        cited = list(dict.fromkeys(p.id for p in triage.provisions if p.status == "possible"))
        near = f"；可能涉及{mark(labels[ref] for ref in cited)}" if cited else ""
        text = f"现有情况还不够，判断不了是不是过错{near}。先把下面要弄清的问题问明白。"
    return Sentence(text=text, citations=tuple(cited), kind="verdict")


def _provision(provision: Provision) -> Sentence:
    actor = f"（{provision.actor}）" if provision.actor else ""
    told = "；".join(_element(e) for e in provision.elements)
    return Sentence(
        text=f"{provision.label}{actor}{_STATUSES[provision.status]}：{told}{mark([provision.label])}",
        citations=(provision.id,),
        kind="provision",
        quoted=provision.id,
        quote=provision.quote,
    )


def _element(element: ElementFinding) -> str:
    words = "、".join(f"“{e.text}”" for e in element.evidence if e.text)
    if element.state == "met":
        return f"{element.name}——{'您说' + words if words else '按前提视为具备'}"
    if element.state == "not_met":
        return f"{element.name}——{'您说' + words + '，' if words else ''}不具备"
    return f"{element.name}——还没说清"


def _factor(factor: Factor) -> Sentence:
    words = "、".join(f"“{e.text}”" for e in factor.evidence if e.text)
    basis = f"您说{words}，" if words else ""
    force = (
        "可以从轻、减轻或者免于追究责任（可以，不是必须）"
        if factor.force == "可以"
        else "应从重追究过错责任（应，不是可以）"
    )
    return Sentence(
        text=f"{basis}符合{factor.label}，{force}{mark([factor.label])}",
        citations=(factor.id,),
        kind="factor",
        quoted=factor.id,
        quote=factor.quote,
    )


def _sanctions(sanctions: tuple[Sanction, ...], labels: dict[str, str]) -> Iterator[Sentence]:
    suggested = [s for s in sanctions if s.standing == "suggested"]
    if suggested:
        named = "、".join(s.quote for s in suggested)
        yield Sentence(
            text=f"可以先考虑{named}。{suggested[0].reason}{mark([labels['10']])}",
            citations=("10", *(s.id for s in suggested)),
            kind="sanction",
        )
    yield Sentence(
        text=f"十一种方式都没有被排除；除辞退外可以单独用，也可以合并用；免职、降职、辞退要按干部管理权限和法定程序办{mark([labels['10#2']])}",
        citations=("10#2",),
        kind="sanction",
    )


def _principles(pack: RulePack, labels: dict[str, str]) -> Sentence:
    named = "；".join(principle.quote for principle in pack.principles)
    article = pack.principles[0].ref.split(".")[0]
    return Sentence(
        text=f"定哪一种，要守住这几条原则：{named}{mark([labels[article]])}", citations=(article,), kind="sanction"
    )


def explain_triage(triage: Triage) -> str:
    """The result as Markdown, to be read by a person."""
    return render(triage_sentences(triage), load_pack(triage.regulation.id).labels)


def render(sentences: Iterable[Sentence], labels: dict[str, str]) -> str:
    """Sentences as Markdown: the first stands alone, the others under their headings, quotes as block quotes."""
    lines: list[str] = []
    current: Kind | None = None
    quoted: set[tuple[str, str]] = set()
    for sentence in sentences:
        heading = _HEADINGS.get(sentence.kind, "")
        if heading and sentence.kind != current:
            lines += ["", f"**{heading}**", ""]
        current = sentence.kind
        if sentence.kind == "verdict":
            lines.append(f"**{sentence.text}**")
        elif sentence.kind == "note":
            lines += ["", f"*{sentence.text}*"]
        else:
            lines.append(f"- {sentence.text}" if heading else f"{sentence.text}\n")
        if sentence.quote and (sentence.quoted, sentence.quote) not in quoted:
            quoted.add((sentence.quoted, sentence.quote))
            indent = "  " if heading else ""
            body = sentence.quote.replace("\n", f"\n{indent}> ")
            lines.append(f"{indent}> {labels[sentence.quoted]}：{body}")
            if not heading:
                lines.append("")
    return "\n".join(lines).strip()
