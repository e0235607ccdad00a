"""A reply as what the page shows of it: the chat bubble and the panel beside it. No Gradio here."""

from assistant.chat import CaseFile, Reply
from assistant.corpus import Library, Ref, Regulation
from assistant.triage.result import WhatIf
from assistant.web.desk import Desk
from assistant.web.panels import EMPTY, Links, answer_html, links_of, quotes_panel, result_panel
from assistant.web.panels.facts import Hand

_CHANGED = "这次的变化："
_DOWN = '<p class="down"><a href="#panel">看完整的结果 ↓</a></p>'


def bubble(desk: Desk, reply: Reply) -> str:
    """The answer as HTML, every citation a link into the law tab."""
    law = _brought(desk, reply)
    link = links_of(desk.regulation) if law is None else Links(_labels(law, reply, named=True))
    return answer_html(reply.answer, link) + (_DOWN if reply.triage else "")


def panel(desk: Desk, reply: Reply, case: CaseFile) -> str | None:
    """The panel for ``reply``; None when there is nothing to show and the panel stays as it is."""
    law = _brought(desk, reply)
    quotes = ""
    if reply.kind == "question" and reply.quotes:
        labels = links_of(desk.regulation).labels if law is None else _labels(law, reply, named=False)
        quotes = quotes_panel(reply.quotes, labels, title=law.title if law else "")
    if reply.triage is None:
        return quotes or None
    first = reply.answer.split("\n", 1)[0]
    changed = first if first.startswith(_CHANGED) else ""
    pack = desk.engine.pack
    return quotes + result_panel(
        reply.triage, pack, hand=hand_of(case), changed=changed, explained_by=reply.explained_by
    )


def supposed_panel(desk: Desk, case: CaseFile, change: WhatIf, after: CaseFile) -> str:
    """The result that ``after`` would have, marked as a supposition; ``case`` as it is stays."""
    triage = desk.assistant.triage(after)
    return result_panel(triage, desk.engine.pack, hand=hand_of(case), supposed=change) if triage else EMPTY


def hand_of(case: CaseFile) -> Hand:
    """The facts set by hand, by rule and element."""
    return {(fact.rule, fact.element): fact.state for fact in case.hand}


def _brought(desk: Desk, reply: Reply) -> Regulation | None:
    """The users' own regulation that the reply cites; None for the home regulation."""
    name = next((ref.partition(":")[0] for ref in reply.citations if ":" in ref), "")
    return Library(desk.settings.data_dir).load(name) if name else None


def _labels(law: Regulation, reply: Reply, *, named: bool) -> dict[str, str]:
    """Labels of the places cited, with the title before them where they are ``named`` in running text."""
    title = f"《{law.title}》" if named else ""
    return {cited: title + _label(law, cited.partition(":")[2]) for cited in reply.citations}


def _label(law: Regulation, place: str) -> str:
    if law.articles:
        return law.label(Ref.from_id(place))
    return next((s.mark for s in law.sections if f"s{s.number}" == place), place)
