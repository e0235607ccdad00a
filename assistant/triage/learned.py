"""The learned reader: scores of verdicts, items and factors as a function of the text alone.

A linear model over the features of `features`, its weights plain arrays in ``corpus/models/triage`` (no pickle), made by
``python -m assistant.triage.train``. Scores are sums in a fixed order of whole numbers times one scale, so every machine gets the same.
"""

import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from assistant.errors import Unavailable
from assistant.paths import corpus_dir
from assistant.triage.assertion import Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit
from assistant.triage.features import LONGEST_GRAM, features
from assistant.triage.result import Verdict


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """How the weights were made and how they are read; stored beside them as JSON.

    ``outputs`` names the columns: four verdicts, then item and factor ids. An item is ``sure`` at or above its threshold and
    ``maybe`` above ``maybe``; a text reads as a fault only when that verdict has at least ``fault_floor``.
    """

    outputs: tuple[str, ...]
    scale: float
    bias: tuple[float, ...]
    sure: dict[str, float]
    maybe: float
    fault_floor: float
    seed: int
    cases: int
    data_sha256: str
    note: str


class Reading(NamedTuple):
    """What the learner proposes for one text; ``clauses`` gives the clause that carries each proposed item."""

    verdict: Verdict
    verdicts: dict[str, float]
    scores: dict[str, float]
    sure: frozenset[str]
    maybe: frozenset[str]
    clauses: dict[str, tuple[int, int]]


VERDICTS: tuple[Verdict, ...] = ("fault", "no_fault", "insufficient", "out_of_scope")


class Reader:
    """Weights of one model, ready to read; immutable."""

    def __init__(self, card: Card, vocabulary: dict[str, int], weights: Any, idf: Any) -> None:
        self._card = card
        self._vocabulary = vocabulary
        self._weights = weights
        self._idf = idf
        self._column = {name: n for n, name in enumerate(card.outputs)}

    def read(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...], hits: list[Hit]) -> Reading:
        """Scores for ``text`` and what they propose."""
        logits = self._logits(features(text, clauses, laid, hits))
        verdicts = _softmax(logits[: len(VERDICTS)])
        scores = {name: _sigmoid(logits[n]) for name, n in self._column.items() if n >= len(VERDICTS)}
        verdict = self._verdict(verdicts)
        ranked = sorted((name for name in scores if name[0] in "6789"), key=lambda name: -scores[name])
        sure = {name for name, score in scores.items() if score >= self._card.sure[name]}
        if verdict == "fault":
            if not sure & set(ranked):
                sure.add(ranked[0])
        else:
            sure.clear()
        maybe = {name for name, score in scores.items() if score >= self._card.maybe} - sure
        return Reading(
            verdict=verdict,
            verdicts=dict(zip(VERDICTS, verdicts, strict=True)),
            scores=scores,
            sure=frozenset(sure),
            maybe=frozenset(maybe),
            clauses=self._carriers(text, clauses, sorted(sure | maybe)),
        )

    def _verdict(self, scores: list[float]) -> Verdict:
        if scores[0] >= self._card.fault_floor and scores[0] == max(scores):
            return "fault"
        best = max(range(1, len(VERDICTS)), key=lambda n: scores[n])
        return VERDICTS[best]

    def _logits(self, found: list[str]) -> list[float]:
        rows = [row for name in found if (row := self._vocabulary.get(name)) is not None]
        bias = self._card.bias
        if not rows:
            return list(bias)
        idf = self._idf[rows]
        norm = math.sqrt(float((idf * idf).sum())) or 1.0
        summed = (self._weights[rows] * idf[:, None]).sum(axis=0) * (self._card.scale / norm)
        return [float(value) + offset for value, offset in zip(summed, bias, strict=True)]

    def _carriers(self, text: str, clauses: tuple[Clause, ...], names: list[str]) -> dict[str, tuple[int, int]]:
        """For each proposed item the clause whose n-grams add most to its score."""
        if not names or not clauses:
            return dict.fromkeys(names, (0, len(text)))
        columns = [self._column[name] for name in names]
        best: dict[str, tuple[float, tuple[int, int]]] = {}
        for clause in clauses:
            own = text[clause.start : clause.end]
            rows = [
                row
                for size in range(1, LONGEST_GRAM + 1)
                for i in range(len(own) - size + 1)
                if (row := self._vocabulary.get(own[i : i + size])) is not None
            ]
            if not rows:
                continue
            gains = (self._weights[rows][:, columns] * self._idf[rows][:, None]).sum(axis=0)
            for name, gain in zip(names, gains, strict=True):
                if name not in best or gain > best[name][0]:
                    best[name] = (float(gain), (clause.start, clause.end))
        whole = (0, len(text))
        return {name: best[name][1] if name in best else whole for name in names}


def _softmax(logits: list[float]) -> list[float]:
    top = max(logits)
    powers = [math.exp(value - top) for value in logits]
    total = sum(powers)
    return [power / total for power in powers]


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit)) if logit > -700 else 0.0


@cache
def load_reader(regulation: str) -> Reader:
    """The weights learned for ``regulation``; raises Unavailable when they are missing or damaged."""
    return read_reader(corpus_dir() / "models" / "triage" / regulation)


def read_reader(folder: Path) -> Reader:
    """The weights in ``folder``: card.json, vocabulary.txt (a feature a line), weights.npy and idf.npy."""
    import numpy as np

    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
        names = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        weights = np.load(folder / "weights.npy", allow_pickle=False)
        idf = np.load(folder / "idf.npy", allow_pickle=False)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise Unavailable(f"研判权重 {folder.name} 缺失或损坏（{error}）：请运行 make train 重做") from None
    if weights.shape != (len(names), len(card.outputs)) or idf.shape != (len(names),):
        raise Unavailable(f"研判权重 {folder.name} 的各文件对不上：请运行 make train 重做")
    return Reader(card, {name: n for n, name in enumerate(names)}, weights, idf)
