"""The buttons by which an officer sets a fact: 是, 否, 不清楚, and back to what the words say."""

from collections.abc import Mapping

from assistant.triage.rules import State
from assistant.web.panels.linked import esc

Hand = Mapping[tuple[str, str], State]
_NAMES: dict[State, str] = {"met": "是", "not_met": "否", "unknown": "不清楚"}


def setting(rule: str, element: str, state: State | None, hand: Hand, *, where: str) -> str:
    """Three buttons for one element (empty: all of the rule); ``where`` makes them unique on the page."""
    data = f'data-rule="{esc(rule)}" data-element="{esc(element)}"'
    buttons = "".join(
        f'<button type="button" data-act="fact" {data} data-state="{value}" data-key="{esc(f"{where}|{rule}|{element}|{value}")}" '
        f'aria-pressed="{str(value == state).lower()}">{name}</button>'
        for value, name in _NAMES.items()
    )
    by_hand = (rule, element) in hand
    if by_hand:
        key = esc(f"{where}|{rule}|{element}|undo")
        buttons += f'<button type="button" class="undo" data-act="undo" {data} data-key="{key}">手工设定，点此恢复原话</button>'
    return f'<span class="setting{" hand" * by_hand}" role="group" aria-label="{esc(element or "这一情形")}">{buttons}</span>'
