"""Texts that nobody wrote, for the small network to learn from what the teacher makes of them.

Each exemplar is spoilt in five ways: words exchanged for relatives (few, then many), clauses left out, clauses of another text put in, its
first half continued by another text's second. They need not be sensible: the teacher's reading is the label.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.teaching.families import Families

_CLAUSE = re.compile("[^，。！？；,;!?\n]*[，。！？；,;!?\n]?")
_NEAREST = 12  # commonest members of a family that may stand in
LONGEST = 220  # characters


class Spoiler:
    """Makes variants of ``texts``; the same seed gives the same ones."""

    def __init__(self, texts: Sequence[str], families: Families, *, seed: int) -> None:
        self._texts = texts
        self._families = families
        self._random = random.Random(seed)
        self._members: dict[int, list[str]] = defaultdict(list)
        for word in families.words():
            if len(self._members[word.family]) < _NEAREST:
                self._members[word.family].append(word.text)

    def variants(self, rounds: int) -> Iterator[str]:
        """Five variants of every text, ``rounds`` times."""
        for _ in range(rounds):
            for text in self._texts:
                yield from (made[:LONGEST] for made in self._five(text))

    def _five(self, text: str) -> Iterator[str]:
        draw, own, other = self._random, clauses(text), clauses(self._random.choice(self._texts))
        yield self._exchange(text, 0.25)
        yield self._exchange(text, 0.5)
        yield self._exchange("".join([c for c in own if draw.random() > 0.3] or own[:1]), 0.1)
        start, at = draw.randrange(len(other)), draw.randint(0, len(own))
        yield self._exchange("".join([*own[:at], *other[start : start + draw.randint(1, 2)], *own[at:]]), 0.1)
        yield self._exchange("".join([*own[: max(1, len(own) // 2)], *other[len(other) // 2 :]]), 0.1)

    def _exchange(self, text: str, share: float) -> str:
        made, at = [], 0
        for start, word in self._families.cut(text):
            made.append(text[at:start])
            swap = self._random.random() < share
            made.append(self._random.choice(self._members[word.family]) if swap else word.text)
            at = start + len(word.text)
        return "".join([*made, text[at:]])


def clauses(text: str) -> list[str]:
    """``text`` in pieces that end at a comma or a stop; at least one."""
    return [piece for piece in _CLAUSE.findall(text) if piece] or [text]
