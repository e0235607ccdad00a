"""What to ask next and what would move the result: buttons, because both are meant to be pressed."""

from assistant.triage import RulePack, Triage
from assistant.triage.result import Question, WhatIf
from assistant.web.panels.facts import Hand, setting
from assistant.web.panels.linked import Links, esc


def ask_next(triage: Triage, pack: RulePack, hand: Hand, link: Links) -> str:
    """The questions; each can be put into the chat, or its element set by hand at once."""
    rows = "".join(_question(question, pack, hand, link) for question in triage.ask_next)
    return f'<section><h3>还要弄清</h3><ol class="asks">{rows}</ol></section>' if rows else ""


def _question(question: Question, pack: RulePack, hand: Hand, link: Links) -> str:
    elements = {
        (ref, element.name): element
        for ref in question.settles
        if ref in pack.rules
        for element in pack.rules[ref].elements
        if element.ask == question.question
    }
    rows = "".join(
        f"<li><div>{esc(name)} {link.cite(ref)}</div>{setting(ref, name, 'unknown', hand, where='ask')}</li>"
        for ref, name in elements
    )
    asked = esc(question.question)
    return (
        f'<li><button type="button" class="ask" data-act="ask" data-text="{asked}" data-key="ask|{asked}">{asked}</button>'
        f"<small>{link(question.why)}</small>{f'<ul class=elements>{rows}</ul>' if rows else ''}</li>"
    )


def what_if(triage: Triage, link: Links) -> str:
    """The changes that would move the result."""
    rows = "".join(
        f'<li><button type="button" class="if" data-act="if" data-change="{esc(w.change)}" data-key="if|{esc(w.change)}">{esc(w.change)}</button>'
        f"<small>{link(w.effect)}</small></li>"
        for w in triage.what_if
    )
    if not rows:
        return ""
    return (
        '<section><h3>情况变了会怎样</h3><p class="hint">按一下看结论怎么变；只是假设，不记入案情。</p>'
        f'<ul class="ifs">{rows}</ul></section>'
    )


def supposition(change: WhatIf, link: Links) -> str:
    """What stands above a result that is only supposed."""
    return (
        f'<section class="supposed" role="status"><b>假设：{esc(change.change)}</b><p>{link(change.effect)}。下面是假设之下的结果，没有记入案情。</p>'
        '<p><button type="button" data-act="back" data-key="back">回到所说的情况</button> '
        f'<button type="button" data-act="keep" data-change="{esc(change.change)}" data-key="keep">确有此事，记入案情</button></p></section>'
    )
