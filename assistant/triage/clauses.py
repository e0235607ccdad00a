"""Cut a text into clauses, the unit in which words deny, suppose or report one another.

A sentence ends at a full stop, question or exclamation mark, semicolon or line break; a clause also at a comma
or colon. Text typed without stops (voice input) stays one long clause, so reaches are bounded in characters too.
"""

import re
from typing import NamedTuple

_CLAUSE = re.compile(r"[^，,：:。！？!?；;\n…]+[，,：:]?|[。！？!?；;\n…]+")
_STOP = frozenset("。！？!?；;\n…")


class Clause(NamedTuple):
    """``text[start:end]`` in characters, with the number of its sentence; the closing mark is not included."""

    start: int
    end: int
    sentence: int
    question: bool


def split(text: str) -> tuple[Clause, ...]:
    """Clauses of ``text`` in order; blank stretches give none."""
    found: list[Clause] = []
    sentence = 0
    for match in _CLAUSE.finditer(text):
        start, end = match.span()
        if text[start] in _STOP:
            if any(mark in "?？" for mark in match.group()) and found and found[-1].sentence == sentence:
                found = [c._replace(question=True) if c.sentence == sentence else c for c in found]
            sentence += 1
            continue
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in "，,：:"):
            end -= 1
        if start < end:
            found.append(Clause(start, end, sentence, False))
    return tuple(found)
