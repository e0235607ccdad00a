"""Which topic does a question ask for, learned from all known ways of asking: a linear model, one margin a topic.

Its weights are plain arrays in ``corpus/models/questions``, made by ``python -m assistant.explain.questions.learn``. They
carry the hash of the answers they were learned from, so that a changed answer file cannot meet old weights.
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from assistant.errors import BadRulePack, Unavailable
from assistant.explain.questions.table import OUTSIDE, Table
from assistant.paths import corpus_dir

_AGAIN = "请运行 python -m assistant.explain.questions.learn 重做"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """``topics`` names the columns; ``bias`` and ``scale`` are a column's; ``data_sha256`` is of the answer files."""

    topics: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    data_sha256: str
    ways: int
    note: str


class Guess(NamedTuple):
    """The likeliest topic, and how far its margin is above that of everything outside the regulation."""

    topic: str
    lead: float


class Classifier:
    """The model, ready to guess; immutable."""

    def __init__(self, card: Card, vocabulary: Mapping[str, int], weights: Any, idf: Any) -> None:
        self._card = card
        self._vocabulary = vocabulary
        self._weights = weights
        self._idf = idf
        self._outside = card.topics.index(OUTSIDE)

    def guess(self, features: Mapping[str, float], *, weights: Mapping[str, float] | None = None) -> Guess:
        """The likeliest topic for a bag of ``features``; ``weights`` are added to topics' margins."""
        import numpy as np

        margins = np.array(self._card.bias)
        known = [(self._vocabulary[name], weight) for name, weight in features.items() if name in self._vocabulary]
        if known:
            rows = [row for row, _ in known]
            values = np.array([weight for _, weight in known]) * self._idf[rows]
            length = math.sqrt(float((values * values).sum()))
            margins += (values @ self._weights[rows].astype(np.float64)) * np.array(self._card.scale) / length
        outside = float(margins[self._outside])
        margins[self._outside] = -np.inf
        for place, topic in enumerate(self._card.topics):
            margins[place] += (weights or {}).get(topic, 0.0)
        best = int(margins.argmax())
        return Guess(self._card.topics[best], float(margins[best]) - outside)


@cache
def load_classifier(table: Table) -> Classifier:
    """The model learned for ``table``; raises Unavailable when missing or damaged, BadRulePack when out of date."""
    classifier, card = read_classifier(corpus_dir() / "models" / "questions" / table.regulation.id)
    if card.data_sha256 != table.sha256:
        raise BadRulePack(f"答问文件改过了，学到的权重还是旧的：{_AGAIN}")
    return classifier


def read_classifier(folder: Path) -> tuple[Classifier, Card]:
    """The model in ``folder``: card.json, vocabulary.txt (a feature a line), weights.npy and idf.npy."""
    import numpy as np

    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
        names = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        weights = np.load(folder / "weights.npy", allow_pickle=False)
        idf = np.load(folder / "idf.npy", allow_pickle=False)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise Unavailable(f"答问权重 {folder.name} 缺失或损坏（{error}）：{_AGAIN}") from None
    if weights.shape != (len(names), len(card.topics)) or idf.shape != (len(names),):
        raise Unavailable(f"答问权重 {folder.name} 的各文件对不上：{_AGAIN}")
    return Classifier(card, {name: row for row, name in enumerate(names)}, weights, idf), card
