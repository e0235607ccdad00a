"""Find the users' words that speak for or against an element.

A cue is a literal string, or literals joined by ``…`` which stands for up to `GAP` characters inside one clause.
All cues of a pack are sought at once by one Aho-Corasick automaton over their first literals.
"""

from typing import NamedTuple

import ahocorasick

from assistant.triage.assertion import Kind, Scope, judge
from assistant.triage.clauses import Clause
from assistant.triage.rules import Rule

GAP = 12


class Hit(NamedTuple):
    """A cue found at ``[start, end)`` for an element; ``against`` when it speaks against it."""

    rule: str
    element: str
    start: int
    end: int
    against: bool
    kind: Kind


class _Cue(NamedTuple):
    rule: str
    element: str
    against: bool
    first: int
    rest: tuple[str, ...]


class CueMatcher:
    """Compiled cues of one rule pack; immutable, shared by all users."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        table: dict[str, list[_Cue]] = {}
        for rule in rules.values():
            for element in rule.elements:
                for against, words in ((False, element.cues), (True, element.denied)):
                    for word in words:
                        first, *rest = word.split("…")
                        cue = _Cue(rule.ref, element.name, against, len(first), tuple(rest))
                        table.setdefault(first, []).append(cue)
        self._automaton = ahocorasick.Automaton()
        for first, cues in table.items():
            self._automaton.add_word(first, tuple(cues))
        self._automaton.make_automaton()

    def find(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> list[Hit]:
        """Every cue of ``text``, in order, with what the text does to it."""
        hits: list[Hit] = []
        for last, cues in self._automaton.iter(text):
            for cue in cues:
                start = last + 1 - cue.first
                end = _complete(text, clauses, cue, last + 1)
                if end:
                    hits.append(Hit(cue.rule, cue.element, start, end, cue.against, judge(laid, start, end)))
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits


def _complete(text: str, clauses: tuple[Clause, ...], cue: _Cue, at: int) -> int:
    """End of the cue whose first literal ends at ``at``, 0 when the rest is not there."""
    if not cue.rest:
        return at
    limit = next((c.end for c in clauses if c.start < at <= c.end), at)
    for literal in cue.rest:
        found = text.find(literal, at, min(limit, at + GAP + len(literal)))
        if found < 0:
            return 0
        at = found + len(literal)
    return at
