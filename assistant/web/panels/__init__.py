"""Triage and law as HTML panels. Pure functions of their arguments; everything from outside is escaped."""

import html
from collections.abc import Iterable

from assistant.corpus import Regulation
from assistant.triage import Triage
from assistant.triage.result import Deadline, Evidence, Factor, Provision, Sanction

_VERDICTS = {
    "fault": ("✖", "构成过错", "所说的情况符合下列条项，属于候选结论，由有权机关认定"),
    "no_fault": ("✔", "不构成过错", "按所说的情况，没有看到本办法第六至九条所列的过错"),
    "insufficient": ("？", "资料不足", "现有情况还不能判断，请看下面要补充的问题"),
    "out_of_scope": ("—", "不属本办法", "所说的人或者事不在本办法的适用范围内"),
}
_STATUSES = {"met": "成立", "possible": "可能", "excluded": "排除"}
_STATES = {"met": ("●", "已说到"), "not_met": ("○", "被否定"), "unknown": ("？", "没说清")}
_STANDINGS = {"suggested": "参考", "open": "可用", "closed": "不适用"}


def esc(text: str) -> str:
    """HTML-escaped text."""
    return html.escape(text, quote=True)


def cite(ref: str, label: str) -> str:
    """A citation that opens its place in the law."""
    return f'<a class="cite" href="#law-{esc(ref)}">{esc(label)}</a>'


def result_panel(triage: Triage) -> str:
    """The whole result of one incident."""
    mark, name, note = _VERDICTS[triage.verdict]
    parts = [
        f'<section class="verdict {triage.verdict}" role="status"><b>{mark} {name}</b><p>{note}</p></section>',
        _marked(triage),
    ]
    if triage.provisions:
        parts.append("<h3>条项与要件</h3>" + "".join(map(_card, triage.provisions)))
    for title, factors in (("可以从轻、减轻或者免于追究", triage.mitigating), ("应从重", triage.aggravating)):
        if factors:
            parts.append(f"<h3>{title}</h3>" + "".join(map(_factor, factors)))
    if triage.ask_next:
        rows = "".join(f"<li>{esc(q.question)}<small>{esc(q.why)}</small></li>" for q in triage.ask_next)
        parts.append(f"<h3>还要问什么</h3><ol>{rows}</ol>")
    if triage.what_if:
        rows = "".join(f"<li>{esc(w.change)} → {esc(w.effect)}</li>" for w in triage.what_if)
        parts.append(f"<details><summary>如果情况变了会怎样</summary><ul>{rows}</ul></details>")
    if triage.verdict == "fault":
        parts.append(_ladder(triage.sanctions))
        parts.append(_deadlines(triage.deadlines))
    if triage.assumptions:
        rows = "".join(f"<li>{esc(line)}</li>" for line in triage.assumptions)
        parts.append(f"<h3>判断的前提</h3><ul>{rows}</ul>")
    parts.append(
        f'<p class="stamp">辅助研判，不是处理决定 · 原文 {triage.regulation.sha256[:12]} · 规则 {triage.regulation.rules[:12]}</p>'
    )
    return f'<div class="result">{"".join(parts)}</div>'


def _marked(triage: Triage) -> str:
    """The user's text with the words that the result rests on marked; colour and number by item."""
    spans: list[tuple[Evidence, str]] = [
        (evidence, f"{provision.label}“{element.name}”")
        for provision in triage.provisions
        if provision.status != "excluded"
        for element in provision.elements
        for evidence in element.evidence
    ]
    spans += [(e, factor.label) for factor in (*triage.mitigating, *triage.aggravating) for e in factor.evidence]
    return f'<blockquote class="told">{_mark(triage.text, spans)}</blockquote>'


def _mark(text: str, spans: Iterable[tuple[Evidence, str]]) -> str:
    out: list[str] = []
    at = 0
    for evidence, why in sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end)):
        if evidence.start < at:
            continue
        out.append(esc(text[at : evidence.start]))
        out.append(f'<mark title="{esc(why)}">{esc(text[evidence.start : evidence.end])}</mark>')
        at = evidence.end
    out.append(esc(text[at:]))
    return "".join(out).replace("\n", "<br>")


def _card(provision: Provision) -> str:
    rows = []
    for element in provision.elements:
        mark, state = _STATES[element.state]
        words = "、".join(f"“{esc(e.text)}”" for e in element.evidence) or "（没有原话）"
        rows.append(
            f"<li><b>{mark} {esc(element.name)}</b>：{state}<br><small>条文“{esc(element.quote)}”；所说 {words}</small></li>"
        )
    actor = f"（{esc(provision.actor)}）" if provision.actor else ""
    opened = " open" if provision.status == "met" else ""
    return (
        f'<details class="card {provision.status}"{opened}><summary><span class="tag">{_STATUSES[provision.status]}</span> '
        f"{cite(provision.id, provision.label)}{actor}</summary>"
        f'<p class="quote">{esc(provision.quote)}</p><ul>{"".join(rows)}</ul></details>'
    )


def _factor(factor: Factor) -> str:
    words = "、".join(f"“{esc(e.text)}”" for e in factor.evidence)
    return f'<p class="factor">{cite(factor.id, factor.label)} <b>{esc(factor.force)}</b>：{esc(factor.quote)}<br><small>所说 {words}</small></p>'


def _ladder(sanctions: tuple[Sanction, ...]) -> str:
    rows = []
    for s in sanctions:
        alone = "" if s.combinable else "；只能单独适用"
        needs = f"；{esc(s.needs)}" if s.needs else ""
        rows.append(
            f'<li class="{s.standing}"><span class="tag">{_STANDINGS[s.standing]}</span> {esc(s.quote)}'
            f"<small>{esc(s.reason)}{alone}{needs}</small></li>"
        )
    return f'<details><summary>问责方式（候选，不是决定）</summary><ol class="ladder">{"".join(rows)}</ol></details>'


def _deadlines(deadlines: tuple[Deadline, ...]) -> str:
    rows = "".join(
        f"<li>{cite(d.id, d.label)} {esc(d.title)}{f'：<b>{esc(d.due)}</b>' if d.due else ''}<small>{esc(d.note)}</small></li>"
        for d in deadlines
    )
    return f"<details><summary>期限</summary><ul>{rows}</ul></details>"


def law_panel(regulation: Regulation) -> str:
    """The regulation to read, an anchor for every article, paragraph and item."""
    parts = [f"<h2>{esc(regulation.title)}</h2>"]
    for article in regulation.articles:
        ref = str(article.number)
        parts.append(f'<article id="law-{ref}"><h4>{esc(article.mark)}</h4>')
        for paragraph in article.paragraphs:
            anchor = f"{ref}.{paragraph.number}" if not article.items else f"{ref}#{paragraph.number}"
            parts.append(f'<p id="law-{anchor}">{esc(paragraph.text)}</p>')
            for item in paragraph.items:
                parts.append(f'<p class="item" id="law-{ref}.{item.number}">{esc(item.mark)}{esc(item.full_text)}</p>')
        parts.append("</article>")
    return f'<div class="law">{"".join(parts)}</div>'


def quotes_panel(quotes: Iterable[tuple[str, str, str]]) -> str:
    """Cited places: (id, label, verbatim words) each."""
    rows = "".join(f"<p>{cite(ref, label)}</p><p class='quote'>{esc(text)}</p>" for ref, label, text in quotes)
    return f'<div class="result">{rows}</div>' if rows else ""
