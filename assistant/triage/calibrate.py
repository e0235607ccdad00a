"""The second step, fitted on scores of authors held out: how verdict and items are read from the log-odds, thresholds, the report."""

import math
from typing import Any, NamedTuple

import numpy as np

from assistant.triage.exemplars import Exemplar
from assistant.triage.learned import VERDICTS, item_signs, signs, softmax
from assistant.triage.result import Verdict

ACCUSATION_COST = 4.0  # a false accusation weighs as much as so many other wrong verdicts


class Second(NamedTuple):
    """How the verdict is read from `signs` and a conduct item from `item_signs`."""

    verdict_weights: Any
    verdict_bias: Any
    item_weights: Any
    item_bias: float


def second_step(rows: list[Exemplar], logits: Any, outputs: tuple[str, ...]) -> Second:
    """Fit both readings on held-out ``logits`` [cases x outputs]."""
    verdict_weights, verdict_bias = _read_verdicts(rows, logits, outputs)
    item_weights, item_bias = _read_items(rows, logits, outputs, verdict_weights, verdict_bias)
    return Second(verdict_weights, verdict_bias, item_weights, item_bias)


def _read_verdicts(rows: list[Exemplar], logits: Any, outputs: tuple[str, ...]) -> tuple[Any, Any]:
    """How the verdict is read from `signs`, fitted on scores of authors held out."""
    from sklearn.linear_model import LogisticRegression

    seen = [signs(list(row), outputs) for row in logits]
    model = LogisticRegression(C=1.0, max_iter=1000).fit(seen, [VERDICTS.index(row.verdict) for row in rows])
    return model.coef_, model.intercept_


def _faults(logits: Any, outputs: tuple[str, ...], verdict_weights: Any, verdict_bias: Any) -> list[list[float]]:
    """Verdict shares of each row, as the reader makes them."""
    seen = np.array([signs(list(row), outputs) for row in logits])
    return [softmax(list(row)) for row in seen @ verdict_weights.T + verdict_bias]


def _read_items(
    rows: list[Exemplar], logits: Any, outputs: tuple[str, ...], verdict_weights: Any, verdict_bias: Any
) -> tuple[Any, float]:
    """How a conduct item is read from `item_signs`, one rule for all items, fitted on scores of authors held out."""
    from sklearn.linear_model import LogisticRegression

    seen: list[tuple[float, ...]] = []
    truth: list[bool] = []
    shares = _faults(logits, outputs, verdict_weights, verdict_bias)
    for row, own, share in zip(rows, logits, shares, strict=True):
        for name, values in item_signs(list(own), share[0], outputs).items():
            if name not in row.tolerated:
                seen.append(values)
                truth.append(name in row.labels)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(seen, truth)
    return model.coef_[0], float(model.intercept_[0])


def shares_of(logits: Any, outputs: tuple[str, ...], second: Second) -> Any:
    """Verdict shares and item scores between 0 and 1, as the reader makes them."""
    verdicts = _faults(logits, outputs, second.verdict_weights, second.verdict_bias)
    others = 1 / (1 + np.exp(-logits[:, len(VERDICTS) :]))
    scores = np.hstack([np.array(verdicts), others])
    column = {name: n for n, name in enumerate(outputs)}
    for n, row in enumerate(logits):
        for name, values in item_signs(list(row), verdicts[n][0], outputs).items():
            scores[n, column[name]] = 1 / (1 + math.exp(-float(np.dot(values, second.item_weights)) - second.item_bias))
    return scores


def thresholds_of(rows: list[Exemplar], scores: Any, outputs: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """Per output the threshold with the best F1 among faults, and the fault floor of the least cost."""
    faults = np.array([row.verdict == "fault" for row in rows])
    grid = np.round(np.arange(0.1, 0.9, 0.02), 2)
    floor = min(grid, key=lambda f: _cost(rows, _verdicts(scores, f)))
    chosen = {}
    for n, label in enumerate(outputs[4:], 4):
        kept = faults & np.array([label not in row.tolerated for row in rows])
        truth = np.array([label in row.labels for row in rows])[kept]
        values = scores[kept, n]
        chosen[label] = float(max(grid, key=lambda t: _f1(truth, values >= t)))
    return chosen, float(floor)


def _verdicts(scores: Any, floor: float) -> list[Verdict]:
    """The verdict of each row of ``scores``, as the reader takes it."""
    return [
        VERDICTS[0] if s[0] >= floor and s[0] == s[:4].max() else VERDICTS[1 + int(s[1:4].argmax())] for s in scores
    ]


def _accused(rows: list[Exemplar], said: list[Verdict]) -> int:
    return sum(v == "fault" and row.verdict in {"no_fault", "out_of_scope"} for v, row in zip(said, rows, strict=True))


def _cost(rows: list[Exemplar], said: list[Verdict]) -> float:
    wrong = sum(v != row.verdict for v, row in zip(said, rows, strict=True))
    return wrong + (ACCUSATION_COST - 1) * _accused(rows, said)


def _f1(truth: Any, said: Any) -> float:
    hit = int((truth & said).sum())
    return 2 * hit / max(1, int(truth.sum()) + int(said.sum()))


def report_of(
    rows: list[Exemplar], scores: Any, outputs: tuple[str, ...], thresholds: dict[str, float], floor: float
) -> dict[str, object]:
    """What the held-out scores come to: verdicts, false accusations, precision and recall of each output."""
    said = _verdicts(scores, floor)
    proper = sum(row.verdict in {"no_fault", "out_of_scope"} for row in rows)
    by_label: dict[str, dict[str, float]] = {}
    hits = named = gold = 0
    for n, label in enumerate(outputs[4:], 4):
        pairs = [
            (label in row.labels, v == "fault" and s[n] >= thresholds[label])
            for row, v, s in zip(rows, said, scores, strict=True)
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
        "authors": len({row.author for row in rows}),
        "verdict": round(sum(v == row.verdict for v, row in zip(said, rows, strict=True)) / len(rows), 3),
        "false_accusations": f"{_accused(rows, said)}/{proper}",
        "item_f1": round(2 * hits / max(1, named + gold), 3),
        "fault_floor": floor,
        "by_label": by_label,
    }
