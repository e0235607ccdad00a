"""The panel beside the chat: the whole result of a case, or the words of the law that answer a question."""

from collections.abc import Iterable, Mapping

from assistant.chat.reply import Quote
from assistant.triage import RulePack, Triage
from assistant.triage.result import WhatIf
from assistant.web.panels.cards import cards, factors
from assistant.web.panels.facts import Hand
from assistant.web.panels.ladder import consequences, deadlines, ladder
from assistant.web.panels.linked import Links, cite, esc, lines, links_of
from assistant.web.panels.nexts import ask_next, supposition, what_if
from assistant.web.panels.told import bases, told_html
from assistant.web.panels.verdict import banner

EMPTY = (
    '<div class="result empty"><h2>研判结果</h2><p>说一件事以后，这里依次显示：</p><ol><li>结论：构成、不构成、资料不足，或者不属本办法</li>'
    "<li>您的原话，标出结论依据的词句</li><li>符合哪一条哪一项，缺哪个要件</li><li>从轻从重、问责方式、期限</li><li>还要弄清什么，情况变了会怎样</li></ol></div>"
)

_TO_RECORD = '<p class="to-record"><a href="#tab-record">把这个案子做成核查记录（Word 文件）</a></p>'


def result_panel(
    triage: Triage,
    pack: RulePack,
    *,
    hand: Hand | None = None,
    supposed: WhatIf | None = None,
    changed: str = "",
    explained_by: str = "rules",
) -> str:
    """The whole result of a case. ``hand``: facts set by hand; ``supposed``: the change that is only tried; ``changed``: what moved."""
    hand, link, by_ref = hand or {}, links_of(pack.regulation), bases(triage)
    moved = supposed.ids if supposed else ()
    parts = [
        supposition(supposed, link) if supposed else "",
        banner(triage, link),
        f'<p class="changed" role="status">{link(changed)}</p>' if changed else "",
        told_html(triage),
        cards(triage, hand, by_ref, moved, link),
        "" if supposed else ask_next(triage, pack, hand, link),
    ]
    if triage.verdict == "fault":
        parts.append(factors(triage, pack, hand, by_ref, moved, link))
    parts += [
        "" if supposed else what_if(triage, link),
        ladder(triage, link),
        consequences(triage.consequences, link),
        deadlines(triage.deadlines, link),
        _assumptions(triage, link),
        "" if supposed else _TO_RECORD,
        _stamp(triage, explained_by),
    ]
    return f'<div class="result{" trial" * bool(supposed)}">{"".join(parts)}</div>'


def _assumptions(triage: Triage, link: Links) -> str:
    rows = "".join(f"<li>{link(line)}</li>" for line in triage.assumptions)
    return (
        f'<details class="block" data-key="assumptions" open><summary>判断的前提</summary><ul>{rows}</ul></details>'
        if rows
        else ""
    )


def _stamp(triage: Triage, explained_by: str) -> str:
    by = "" if explained_by == "rules" else f" · 对话文字有 AI 生成的部分（{esc(explained_by)}），仅供参考"
    return (
        f'<p class="stamp">辅助研判，不是处理决定{by} · 原文 {esc(triage.regulation.sha256[:12])} · '
        f"规则 {esc(triage.regulation.rules[:12])}</p>"
    )


def quotes_panel(quotes: Iterable[Quote], labels: Mapping[str, str], *, title: str = "") -> str:
    """The cited places with their verbatim words; ``title`` names a law that the users brought."""
    rows = "".join(
        f'<li>{cite(q.id, labels.get(q.id, q.id))}<blockquote class="law-words">{lines(q.text)}</blockquote></li>'
        for q in quotes
    )
    named = f"<p>《{esc(title)}》（您加入的制度）</p>" if title else ""
    return f'<div class="result"><h3>依据的条文</h3>{named}<ul class="quotes">{rows}</ul></div>' if rows else ""
