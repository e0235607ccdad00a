"""Fit the linear reader: one logistic regression an output over TF-IDF."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from assistant.triage.assertion import scopes
from assistant.triage.clauses import split
from assistant.triage.cues import CueMatcher
from assistant.triage.exemplars import Exemplar
from assistant.triage.features import features
from assistant.triage.learned import VERDICTS
from assistant.triage.rules import load_pack

LEAST_DOCUMENTS = 3
POSITIVE_WEIGHT = 3.0
STRENGTH = 30.0
NEVER = -10.0  # log-odds of an output that no case has
_MATCHER = CueMatcher(load_pack().rules)

Seen = list[list[str]]


class Fitted(NamedTuple):
    """The reader fitted: feature -> row, idf [features], weights [features x outputs], bias [outputs]."""

    vocabulary: dict[str, int]
    idf: Any
    weights: Any
    bias: Any


def look(rows: Sequence[Exemplar]) -> Seen:
    """The features of each row."""
    seen = []
    for row in rows:
        clauses = split(row.text)
        laid = scopes(row.text, clauses)
        seen.append(features(row.text, clauses, laid, _MATCHER.find(row.text, clauses, laid)))
    return seen


def fit(rows: Sequence[Exemplar], seen: Seen, outputs: tuple[str, ...]) -> Fitted:
    """A logistic regression for the verdict and one for each other output; what a row tolerates teaches it nothing."""
    from sklearn.linear_model import LogisticRegression

    vocabulary, idf = _vocabulary(seen)
    matrix = _matrix(seen, vocabulary, idf)
    verdicts = LogisticRegression(C=STRENGTH, max_iter=400).fit(matrix, [VERDICTS.index(row.verdict) for row in rows])
    weights = [verdicts.coef_.T]
    bias = list(verdicts.intercept_)
    for label in outputs[len(VERDICTS) :]:
        kept = [n for n, row in enumerate(rows) if label not in row.tolerated]
        truth = [label in rows[n].labels for n in kept]
        if not any(truth):  # nothing to learn it from
            weights.append(np.zeros((len(vocabulary), 1)))
            bias.append(NEVER)
            continue
        model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight={True: POSITIVE_WEIGHT, False: 1.0})
        model.fit(matrix[kept], truth)
        weights.append(model.coef_.T)
        bias.append(model.intercept_[0])
    return Fitted(vocabulary, idf, np.hstack(weights), np.array(bias))


def logits_of(fitted: Fitted, seen: Seen) -> Any:
    """Log-odds [cases x outputs] by ``fitted``."""
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
