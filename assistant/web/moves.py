"""What a press in the panel does: set a fact, take it back, suppose a change, put a question into the chat.

The press comes from a browser, so nothing in it is trusted; what makes no sense raises BadInput. No Gradio here.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from assistant.chat import CaseFile, Reply
from assistant.chat.casefile import HandFact, summarise
from assistant.errors import BadInput
from assistant.triage.rules import Change, State
from assistant.web.desk import Desk
from assistant.web.panels import links_of
from assistant.web.panels.log import Turn
from assistant.web.shown import bubble, panel, supposed_panel

_STATES: dict[str, tuple[State, str]] = {
    "met": ("met", "是"),
    "not_met": ("not_met", "否"),
    "unknown": ("unknown", "不清楚"),
}
_LONGEST = 300


class Moved(NamedTuple):
    """The case and the last reply after the press; the new panel (None: as it is); what the chat shows of it."""

    case: CaseFile
    last: Reply | None
    panel: str | None = None
    turns: tuple[Turn, ...] = ()


Press = Mapping[str, str]


def press(desk: Desk, case: CaseFile, last: Reply | None, told: Mapping[str, object]) -> Moved:
    """Do what ``told`` (the data of the pressed button) says; raises BadInput in one Chinese line."""
    given = {key: value[:_LONGEST] for key, value in told.items() if isinstance(value, str)}
    move = _MOVES.get(given.get("act", ""))
    if move is None:
        raise BadInput("这个按钮没有对应的动作：请刷新页面再试")
    return move(desk, case, last, given)


def _set(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    rule, element = given.get("rule", ""), given.get("element", "")
    if given.get("state") not in _STATES:
        raise BadInput("事实只能设为：是、否、不清楚")
    state, name = _STATES[given["state"]]
    return _settled(desk, case, rule, element, state, name)


def _keep(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    setting = _change(desk, given).set
    return _settled(desk, case, setting.rule, setting.element, setting.state, _STATES[setting.state][1])


def _settled(desk: Desk, case: CaseFile, rule: str, element: str, state: State, name: str) -> Moved:
    reply, after = desk.assistant.set_fact(case, rule, element, state)
    link = links_of(desk.regulation)
    what = f"{link.cite(rule)}“{link(element)}”" if element else f"{link.cite(rule)}所说的情形"
    short = msgspec.structs.replace(reply, answer=reply.answer.split("\n\n", 1)[0])
    turns = (Turn(f"<p>手工设定：{what}——{name}</p>", own=True), Turn(bubble(desk, short)))
    return Moved(after, reply, panel(desk, reply, after), turns)


def _undo(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    key = (given.get("rule", ""), given.get("element", ""))
    kept = tuple(fact for fact in case.hand if (fact.rule, fact.element) != key)
    after = msgspec.structs.replace(case, hand=kept)
    triage = desk.assistant.triage(after)
    if triage is None or last is None:
        raise BadInput("还没有案情：请先说说发生了什么，再改事实")
    after = msgspec.structs.replace(after, last=summarise(triage))
    reply = msgspec.structs.replace(last, triage=triage)
    return Moved(after, reply, _shown(desk, after, reply), (Turn("<p>手工设定撤销，恢复原话</p>", own=True),))


def _suppose(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    change = _change(desk, given)
    found = last.triage.what_if if last and last.triage else ()
    shown = next((w for w in found if w.change == change.change), None)
    if shown is None:
        raise BadInput("这个假设对现在的结论没有影响：请刷新页面再试")
    fact = HandFact(rule=change.set.rule, element=change.set.element, state=change.set.state)
    after = msgspec.structs.replace(case, hand=(*case.hand, fact))
    return Moved(case, last, supposed_panel(desk, case, shown, after))


def _back(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    return Moved(case, last, _shown(desk, case, last))


def _ask(desk: Desk, case: CaseFile, last: Reply | None, given: Press) -> Moved:
    asked = links_of(desk.regulation)(given.get("text", ""))
    return Moved(case, last, turns=(Turn(f'<div class="answer"><p>请问：{asked}</p></div>'),))


def _change(desk: Desk, given: Press) -> Change:
    found = next((c for c in desk.engine.pack.changes if c.change == given.get("change")), None)
    if found is None:
        raise BadInput("没有这个假设：请刷新页面再试")
    return found


def _shown(desk: Desk, case: CaseFile, last: Reply | None) -> str | None:
    """The panel of the last result, without its line on what had changed."""
    return panel(desk, msgspec.structs.replace(last, answer="", kind="incident"), case) if last else None


_MOVES: dict[str, Callable[[Desk, CaseFile, Reply | None, Press], Moved]] = {
    "fact": _set,
    "undo": _undo,
    "if": _suppose,
    "back": _back,
    "keep": _keep,
    "ask": _ask,
}
