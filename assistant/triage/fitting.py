"""Fit the linear models of each sight: one logistic regression an output over TF-IDF, and their scores by authors held out."""

import math
from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from assistant.triage.assertion import scopes
from assistant.triage.clauses import split
from assistant.triage.cues import CueMatcher
from assistant.triage.exemplars import Exemplar
from assistant.triage.features import SIGHTS, sights
from assistant.triage.learned import VERDICTS
from assistant.triage.rules import load_pack

FOLDS = 6
LEAST_DOCUMENTS = 3
POSITIVE_WEIGHT = 3.0
STRENGTHS = {"characters": 30.0, "words": 10.0}
SHARES = {"characters": 0.6, "words": 0.4}
_MATCHER = CueMatcher(load_pack().rules)

Seen = list[list[str]]


class Fitted(NamedTuple):
    """One sight fitted: feature -> row, idf [features], weights [features x outputs], bias [outputs]."""

    vocabulary: dict[str, int]
    idf: Any
    weights: Any
    bias: Any


def look(rows: list[Exemplar]) -> dict[str, Seen]:
    """The features of each row, by sight."""
    seen: dict[str, Seen] = {name: [] for name in SIGHTS}
    for row in rows:
        clauses = split(row.text)
        laid = scopes(row.text, clauses)
        for name, found in zip(
            SIGHTS, sights(row.text, clauses, laid, _MATCHER.find(row.text, clauses, laid)), strict=True
        ):
            seen[name].append(found)
    return seen


def fit(rows: list[Exemplar], seen: Seen, outputs: tuple[str, ...], *, strength: float) -> Fitted:
    """A logistic regression for the verdict and one for each other output; what a row tolerates teaches it nothing."""
    from sklearn.linear_model import LogisticRegression

    vocabulary, idf = _vocabulary(seen)
    matrix = _matrix(seen, vocabulary, idf)
    verdicts = LogisticRegression(C=strength, max_iter=400).fit(matrix, [VERDICTS.index(row.verdict) for row in rows])
    weights = [verdicts.coef_.T]
    bias = list(verdicts.intercept_)
    for label in outputs[len(VERDICTS) :]:
        kept = [n for n, row in enumerate(rows) if label not in row.tolerated]
        truth = [label in rows[n].labels for n in kept]
        model = LogisticRegression(C=strength, max_iter=400, class_weight={True: POSITIVE_WEIGHT, False: 1.0})
        model.fit(matrix[kept], truth)
        weights.append(model.coef_.T)
        bias.append(model.intercept_[0])
    return Fitted(vocabulary, idf, np.hstack(weights), np.array(bias))


def cross_validate(rows: list[Exemplar], seen: dict[str, Seen], outputs: tuple[str, ...]) -> Any:
    """Log-odds [cases x outputs] of each case, added over the sights by shares, by models that never saw its author."""
    fold_of = {author: n % FOLDS for n, author in enumerate(sorted({row.author for row in rows}))}
    logits = np.zeros((len(rows), len(outputs)))
    for fold in sorted(set(fold_of.values())):
        inside = [n for n, row in enumerate(rows) if fold_of[row.author] != fold]
        outside = [n for n, row in enumerate(rows) if fold_of[row.author] == fold]
        for name, found in seen.items():
            fitted = fit([rows[n] for n in inside], [found[n] for n in inside], outputs, strength=STRENGTHS[name])
            logits[outside] += SHARES[name] * _logits(fitted, [found[n] for n in outside])
    return logits


def _logits(fitted: Fitted, seen: Seen) -> Any:
    return _matrix(seen, fitted.vocabulary, fitted.idf) @ fitted.weights + fitted.bias


def _vocabulary(seen: Seen) -> tuple[dict[str, int], Any]:
    counts = Counter(name for names in seen for name in names)
    kept = sorted(name for name, count in counts.items() if count >= LEAST_DOCUMENTS and "\n" not in name)
    idf = np.array([math.log((1 + len(seen)) / (1 + counts[name])) + 1 for name in kept], dtype=np.float32)
    return {name: n for n, name in enumerate(kept)}, idf


def _matrix(seen: Seen, vocabulary: dict[str, int], idf: Any) -> Any:
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    starts = [0]
    values: list[Any] = []
    for names in seen:
        rows = [row for name in names if (row := vocabulary.get(name)) is not None]
        weights = idf[rows]
        indices += rows
        values.append(weights / (math.sqrt(float((weights * weights).sum())) or 1.0))
        starts.append(len(indices))
    return csr_matrix((np.concatenate(values), indices, starts), shape=(len(seen), len(vocabulary)))
