"""Which known way of asking is a text nearest to: characters, pairs of characters and words that mean the same.

Rare features weigh more (idf over all known ways); the likeness is the cosine, 0 to 1. Features of the text that no
known way has count in its length, so a question about something else stays low.
"""

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import ahocorasick
import numpy as np

from assistant.explain.questions.table import Words

_NOISE = re.compile(r"[^\w〇]+|_")
_FILLER = re.compile(
    r"请问一下|请问|麻烦问下|麻烦问一下|问一下|问下|想问|我想知道|想知道|我想问|咨询一下|咨询下|请教一下|请教|帮我看看|帮我查查|帮我查一下|帮查下|"
    r"老师|同志|师傅|大哥|亲|您好|你好|那个|就是说|嗯+|呃+|哎+|啊+|呀|呢|哦|嘛|哈|咧|哩|噻|撒|嗷|哟|喽|啦|一下|到底|究竟|的话"
)
#: Weights of a character, a pair, a word of `same`, and two such words together.
_SINGLE, _PAIR, _SAME, _BOTH = 0.3, 1.0, 1.7, 1.0


class Near(NamedTuple):
    """A label, and how like its nearest way of asking is (0 to 1)."""

    label: str
    score: float


class Matcher:
    """Ranks labels by their known ways of asking; immutable once made."""

    def __init__(self, ways: Sequence[tuple[str, str]], words: Words) -> None:
        """``ways``: (label, way of asking) pairs."""
        self._mend = dict(sorted(words.mend.items(), key=lambda pair: -len(pair[0])))
        self._same = _automaton(words.same)
        self._ways = list(ways)
        bags = [self.features(way) for _, way in self._ways]
        counts: dict[str, int] = {}
        for bag in bags:
            for name in bag:
                counts[name] = counts.get(name, 0) + 1
        self._idf = {name: math.log(1 + len(bags) / count) for name, count in counts.items()}
        self._rare = math.log(1 + len(bags))
        postings: dict[str, list[tuple[int, float]]] = {}
        for row, bag in enumerate(bags):
            weights = {name: weight * self._idf[name] for name, weight in bag.items()}
            length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
            for name, value in weights.items():
                postings.setdefault(name, []).append((row, value / length))
        self._rows = {name: np.array([row for row, _ in rows]) for name, rows in postings.items()}
        self._values = {name: np.array([value for _, value in rows]) for name, rows in postings.items()}

    def plain(self, text: str) -> str:
        """``text`` with slips mended, without marks and fillers, in lower case."""
        text = text.lower()
        for wrong, right in self._mend.items():
            text = text.replace(wrong, right)
        return _NOISE.sub("", _FILLER.sub("", text)) or _NOISE.sub("", text)

    def rank(self, text: str) -> list[Near]:
        """Labels with anything in common with ``text``, best first."""
        bag = self.features(text)
        length = math.sqrt(sum((w * self._idf.get(name, self._rare * 0.8)) ** 2 for name, w in bag.items()))
        if not length:
            return []
        scores = np.zeros(len(self._ways))
        for name, weight in bag.items():
            rows = self._rows.get(name)
            if rows is not None:
                scores[rows] += self._values[name] * (weight * self._idf[name] / length)
        best: dict[str, Near] = {}
        for row in np.argsort(-scores)[:60]:
            label, _ = self._ways[row]
            if scores[row] <= 0:
                break
            if label not in best:
                best[label] = Near(label, float(scores[row]))
        return list(best.values())

    def features(self, text: str) -> dict[str, float]:
        """Characters, pairs, words of `same` and pairs of these in ``text``, with their weights."""
        text = self.plain(text)
        bag = dict.fromkeys(text, _SINGLE)
        bag.update(dict.fromkeys((text[i : i + 2] for i in range(len(text) - 1)), _PAIR))
        keys = sorted(set(self._same_in(text)))
        bag.update({f"<{key}>": _SAME for key in keys})
        bag.update({f"<{one}><{other}>": _BOTH for n, one in enumerate(keys) for other in keys[n + 1 :]})
        return bag

    def _same_in(self, text: str) -> list[str]:
        return [key for _, key in self._same.iter(text)] if self._same is not None else []


def _automaton(same: dict[str, tuple[str, ...]]) -> Any:
    """Finds every word of ``same`` and gives its key; None for no words."""
    if not same:
        return None
    automaton = ahocorasick.Automaton()
    for key, others in same.items():
        for other in (key, *others):
            automaton.add_word(other, key)
    automaton.make_automaton()
    return automaton
