"""Find the users' words that speak for or against an element.

A cue is a literal string, or literals joined by ``…`` which stands for up to `GAP` characters inside one clause.
All cues are sought at once by one Aho-Corasick automaton over their first literals.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from assistant.triage.assertion import Kind, Scope, judge
from assistant.triage.clauses import Clause
from assistant.triage.rules import Rule

GAP = 12
_T = TypeVar("_T")


class Phrases(Generic[_T]):
    """Phrases compiled for one pass over a text, each standing for a meaning; immutable, shared by all users."""

    def __init__(self, table: Iterable[tuple[str, _T]]) -> None:
        firsts: dict[str, list[tuple[tuple[str, ...], _T]]] = {}
        for phrase, meaning in table:
            first, *rest = phrase.split("…")
            firsts.setdefault(first, []).append((tuple(rest), meaning))
        self._automaton = ahocorasick.Automaton()
        for first, entries in firsts.items():
            self._automaton.add_word(first, (len(first), tuple(entries)))
        self._automaton.make_automaton()

    def find(
        self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]
    ) -> Iterator[tuple[_T, int, int, Kind]]:
        """(meaning, start, end, what the text does to it) of every phrase, in the order of their first literals."""
        for last, (length, entries) in self._automaton.iter(text):
            start = last + 1 - length
            for rest, meaning in entries:
                end = _complete(text, clauses, rest, last + 1)
                if end:
                    yield meaning, start, end, judge(laid, start, end)


def _complete(text: str, clauses: tuple[Clause, ...], rest: tuple[str, ...], at: int) -> int:
    """End of the phrase whose first literal ends at ``at``, 0 when the rest is not there."""
    if not rest:
        return at
    limit = next((c.end for c in clauses if c.start < at <= c.end), at)
    for literal in rest:
        found = text.find(literal, at, min(limit, at + GAP + len(literal)))
        if found < 0:
            return 0
        at = found + len(literal)
    return at


class Hit(NamedTuple):
    """A cue found at ``[start, end)`` for an element; ``against`` when it speaks against it."""

    rule: str
    element: str
    start: int
    end: int
    against: bool
    kind: Kind


class CueMatcher:
    """Compiled cues of one rule pack; immutable, shared by all users."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self._phrases = Phrases(
            (word, (rule.ref, element.name, against))
            for rule in rules.values()
            for element in rule.elements
            for against, words in ((False, element.cues), (True, element.denied))
            for word in words
        )

    def find(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> list[Hit]:
        """Every cue of ``text``, in order, with what the text does to it."""
        hits = [
            Hit(rule, element, start, end, against, kind)
            for (rule, element, against), start, end, kind in self._phrases.find(text, clauses, laid)
        ]
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits
