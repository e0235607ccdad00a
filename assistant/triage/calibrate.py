"""The second step, fitted on authors held out of both readers: how verdict and items are read from the log-odds, thresholds, the report.

The report is cross-validated: each of these authors is read with what was fitted on the others.
"""

import math
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import numpy as np

from assistant.triage.exemplars import Exemplar
from assistant.triage.learned import VERDICTS, item_signs, mixed, signs, softmax, verdict_of
from assistant.triage.result import Verdict

SPARED = 0.01  # F1 given up for naming nothing that is doubtful
MOST_ACCUSED = 0.025  # of the held-out texts without a fault inside the scope, the share that may be read as one


_PROPER = frozenset({"no_fault", "out_of_scope"})


class Heard(NamedTuple):
    """Log-odds [cases x outputs] of ``rows`` by either reader, and mixed."""

    rows: list[Exemplar]
    linear: Any
    network: Any
    logits: Any
    outputs: tuple[str, ...]

    def of(self, authors: Collection[str]) -> "Heard":
        """The part by ``authors``."""
        picked = [n for n, row in enumerate(self.rows) if row.author in authors]
        rows = [self.rows[n] for n in picked]
        return Heard(rows, self.linear[picked], self.network[picked], self.logits[picked], self.outputs)

    @property
    def signs(self) -> Any:
        """`signs` of every row."""
        read = zip(self.rows, self.linear, self.network, self.logits, strict=True)
        return np.array([signs(len(row.text), list(a), list(b), list(c), self.outputs) for row, a, b, c in read])


def hear(rows: list[Exemplar], linear: Any, network: Any, outputs: tuple[str, ...], *, share: float) -> Heard:
    """Both readers' log-odds of ``rows``, the network counting for ``share``."""
    logits = np.array([mixed(list(a), list(b), share) for a, b in zip(linear, network, strict=True)])
    return Heard(rows, linear, network, logits, outputs)


class Second(NamedTuple):
    """How the verdict is read from `signs` and a conduct item from `item_signs`."""

    verdict_weights: Any
    verdict_bias: Any
    item_weights: Any
    item_bias: float


class Calibration(NamedTuple):
    """All that is fitted on authors held out."""

    second: Second
    thresholds: dict[str, float]
    floor: float


def calibrated(heard: Heard) -> Calibration:
    """Both readings of the second step, and thresholds and floor with them."""
    second = _second_step(heard)
    return Calibration(second, *_thresholds_of(heard, _shares_of(heard, second)))


def _second_step(heard: Heard) -> Second:
    from sklearn.linear_model import LogisticRegression

    spread = heard.signs.std(axis=0) + 1e-9
    truth = [VERDICTS.index(row.verdict) for row in heard.rows]
    model = LogisticRegression(C=0.05, max_iter=3000).fit(heard.signs / spread, truth)
    weights, bias = model.coef_ / spread, model.intercept_
    return Second(weights, bias, *_read_items(heard, _verdict_shares(heard, weights, bias)))


def _verdict_shares(heard: Heard, weights: Any, bias: Any) -> list[list[float]]:
    """Verdict shares of each row, as the reader makes them."""
    return [softmax(list(row)) for row in heard.signs @ weights.T + bias]


def _read_items(heard: Heard, shares: list[list[float]]) -> tuple[Any, float]:
    """How a conduct item is read from `item_signs`, one rule for all items."""
    from sklearn.linear_model import LogisticRegression

    seen: list[tuple[float, ...]] = []
    truth: list[bool] = []
    for row, own, share in zip(heard.rows, heard.logits, shares, strict=True):
        for name, values in item_signs(list(own), share[0], heard.outputs).items():
            if name not in row.tolerated:
                seen.append(values)
                truth.append(name in row.labels)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(seen, truth)
    return model.coef_[0], float(model.intercept_[0])


def _shares_of(heard: Heard, second: Second) -> Any:
    """Verdict shares and item scores between 0 and 1, as the reader makes them."""
    verdicts = _verdict_shares(heard, second.verdict_weights, second.verdict_bias)
    others = 1 / (1 + np.exp(-heard.logits[:, len(VERDICTS) :]))
    scores = np.hstack([np.array(verdicts), others])
    column = {name: n for n, name in enumerate(heard.outputs)}
    for n, row in enumerate(heard.logits):
        for name, values in item_signs(list(row), verdicts[n][0], heard.outputs).items():
            scores[n, column[name]] = 1 / (1 + math.exp(-float(np.dot(values, second.item_weights)) - second.item_bias))
    return scores


def _thresholds_of(heard: Heard, scores: Any) -> tuple[dict[str, float], float]:
    """The lowest fault floor that accuses no more than `MOST_ACCUSED`, and with it a threshold for all conduct items and one for all
    factors (one for each would be fitted to a few dozen cases): the strictest that costs no more than `SPARED` of the best F1 of
    what is then named."""
    grid = np.round(np.arange(0.1, 0.95, 0.01), 2)
    most = MOST_ACCUSED * _proper(heard.rows)
    floor = next((f for f in grid if _accused(heard.rows, _verdicts(scores, f)) <= most), grid[-1])
    said = _verdicts(scores, floor)
    chosen: dict[str, float] = {}
    for conduct, names, columns in _kinds(heard.outputs):
        f1 = [_named_f1(heard.rows, said, scores[:, columns], names, threshold, conduct) for threshold in grid]
        strictest = max(threshold for threshold, own in zip(grid, f1, strict=True) if own >= max(f1) - SPARED)
        chosen |= dict.fromkeys(names, float(strictest))
    return {name: chosen[name] for name in heard.outputs[len(VERDICTS) :]}, float(floor)


def _kinds(outputs: tuple[str, ...]) -> Iterator[tuple[bool, list[str], list[int]]]:
    """Conduct items (true), then factors: their names and their columns."""
    for conduct in (True, False):
        names = [label for label in outputs[len(VERDICTS) :] if (label[0] in "6789") == conduct]
        yield conduct, names, [outputs.index(name) for name in names]


def _named_f1(
    rows: list[Exemplar], said: list[Verdict], values: Any, names: list[str], threshold: float, conduct: bool
) -> float:
    """F1 of the labels named where a fault is told."""
    hit = wrong = gold = 0
    for row, verdict, own in zip(rows, said, values, strict=True):
        told = _named(own, names, threshold, conduct) if verdict == "fault" else set()
        true = row.labels & set(names)
        hit, wrong, gold = hit + len(told & true), wrong + len(told - true - row.tolerated), gold + len(true)
    return 2 * hit / max(1, hit + wrong + gold)


def _named(own: Any, names: list[str], threshold: float, conduct: bool) -> set[str]:
    """What the reader names where a fault is told: what reaches the threshold, of conduct items the likeliest at least."""
    told = {name for name, value in zip(names, own, strict=True) if value >= threshold}
    return told if told or not conduct else {names[int(own.argmax())]}


def _verdicts(scores: Any, floor: float) -> list[Verdict]:
    """The verdict of each row of ``scores``, as the reader takes it."""
    return [verdict_of(shares, floor) for shares in scores[:, : len(VERDICTS)].tolist()]


def _accused(rows: list[Exemplar], said: list[Verdict]) -> int:
    return sum(v == "fault" and row.verdict in _PROPER for v, row in zip(said, rows, strict=True))


def _proper(rows: list[Exemplar]) -> int:
    return sum(row.verdict in _PROPER for row in rows)


def _read(heard: Heard, fitted: Calibration) -> tuple[list[Verdict], list[set[str]]]:
    """The verdict of each row and the labels named with it."""
    scores = _shares_of(heard, fitted.second)
    said = _verdicts(scores, fitted.floor)
    told: list[set[str]] = [set() for _ in said]
    for conduct, names, columns in _kinds(heard.outputs):
        for own, verdict, row in zip(told, said, scores, strict=True):
            if verdict == "fault":
                own |= _named(row[columns], names, fitted.thresholds[names[0]], conduct)
    return said, told


def report_of(heard: Heard) -> dict[str, object]:
    """Verdicts, false accusations, precision and recall of each output, each author read with what is fitted on the others."""
    outputs, authors = heard.outputs, sorted({row.author for row in heard.rows})
    rows: list[Exemplar] = []
    said: list[Verdict] = []
    told: list[set[str]] = []
    for author in authors:
        own = heard.of({author})
        verdicts, labels = _read(own, calibrated(heard.of({*authors} - {author})))
        rows, said, told = [*rows, *own.rows], [*said, *verdicts], [*told, *labels]
    by_label: dict[str, dict[str, float]] = {}
    hits = named = gold = 0
    for label in outputs[len(VERDICTS) :]:
        pairs = [
            (label in row.labels, label in named_of)
            for row, named_of in zip(rows, told, strict=True)
            if label not in row.tolerated
        ]
        hit = sum(a and b for a, b in pairs)
        true, positive = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        by_label[label] = {
            "precision": round(hit / max(1, positive), 2),
            "recall": round(hit / max(1, true), 2),
            "cases": true,
        }
        if label[0] in "6789":
            hits, named, gold = hits + hit, named + positive, gold + true
    return {
        "cases": len(rows),
        "authors": len(authors),
        "verdict": round(sum(v == row.verdict for v, row in zip(said, rows, strict=True)) / len(rows), 3),
        "false_accusations": f"{_accused(rows, said)}/{_proper(rows)}",
        "item_f1": round(2 * hits / max(1, named + gold), 3),
        "by_label": by_label,
    }
