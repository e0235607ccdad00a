"""Learn the reader's weights from the exemplars: ``python -m assistant.triage.train`` (``make train``).

One logistic regression an output over TF-IDF of `features`, weights rounded to 16-bit whole numbers. Thresholds are those
that do best on authors held out, never on outside sets. Same exemplars, seed and versions give the same bytes.
"""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.paths import corpus_dir
from assistant.triage.assertion import scopes
from assistant.triage.clauses import split
from assistant.triage.cues import CueMatcher
from assistant.triage.exemplars import Exemplar, read_exemplars
from assistant.triage.features import features
from assistant.triage.learned import OFFSET, VERDICTS, Card, item_signs, signs, softmax
from assistant.triage.result import Verdict
from assistant.triage.rules import load_pack

SEED = 2020
FOLDS = 6
LEAST_DOCUMENTS = 3
STRENGTH = 30.0
POSITIVE_WEIGHT = 3.0
ACCUSATION_COST = 4.0  # a false accusation weighs as much as so many other wrong verdicts


def main() -> None:
    """Learn, measure on authors held out, write the model folder."""
    rows, digest = read_exemplars(corpus_dir() / "exemplars")
    outputs = (*VERDICTS, *sorted({label for row in rows for label in row.labels}, key=_order))
    seen = [_features(row.text) for row in rows]
    logits = _cross_validate(rows, seen, outputs)
    verdict_weights, verdict_bias = _read_verdicts(rows, logits, outputs)
    item_weights, item_bias = _read_items(rows, logits, outputs, verdict_weights, verdict_bias)
    held_out = _shares(logits, outputs, verdict_weights, verdict_bias, item_weights, item_bias)
    thresholds, floor = _thresholds(rows, held_out, outputs)
    vocabulary, idf = _vocabulary(seen)
    weights, bias = _fit(rows, _matrix(seen, vocabulary, idf), outputs)
    rows_of_lanes, scale, norm_scale = _rows(weights, idf)
    card = Card(
        outputs=outputs,
        scale=scale,
        norm_scale=norm_scale,
        bias=tuple(float(b) for b in bias),
        item_weights=(float(item_weights[0]), float(item_weights[1]), float(item_weights[2]), float(item_weights[3])),
        item_bias=float(item_bias),
        verdict_weights=tuple(tuple(float(w) for w in row) for row in verdict_weights),
        verdict_bias=tuple(float(b) for b in verdict_bias),
        sure=thresholds,
        maybe=0.15,
        fault_floor=floor,
        seed=SEED,
        cases=len(rows),
        data_sha256=digest,
        note="逻辑回归，字一二三元组与断言标记；阈值取自按作者留出的交叉验证",
    )
    folder = corpus_dir() / "models" / "triage" / "xushui-2020"
    _write(folder, card, vocabulary, rows_of_lanes)
    report = json.dumps(_report(rows, held_out, outputs, thresholds, floor), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(report + "\n", encoding="utf-8")
    print(report)


def _order(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split("."))


_MATCHER = CueMatcher(load_pack().rules)


def _features(text: str) -> list[str]:
    clauses = split(text)
    laid = scopes(text, clauses)
    return features(text, clauses, laid, _MATCHER.find(text, clauses, laid))


def _vocabulary(seen: list[list[str]]) -> tuple[dict[str, int], Any]:
    counts = Counter(name for names in seen for name in names)
    kept = sorted(name for name, count in counts.items() if count >= LEAST_DOCUMENTS and "\n" not in name)
    idf = np.array([math.log((1 + len(seen)) / (1 + counts[name])) + 1 for name in kept], dtype=np.float32)
    return {name: n for n, name in enumerate(kept)}, idf


def _matrix(seen: list[list[str]], vocabulary: dict[str, int], idf: Any) -> Any:
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


def _fit(rows: list[Exemplar], matrix: Any, outputs: tuple[str, ...]) -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression

    verdicts = LogisticRegression(C=STRENGTH, max_iter=400).fit(matrix, [VERDICTS.index(row.verdict) for row in rows])
    weights = [verdicts.coef_.T]
    bias = list(verdicts.intercept_)
    for label in outputs[len(VERDICTS) :]:
        kept = [n for n, row in enumerate(rows) if label not in row.tolerated]
        truth = [label in rows[n].labels for n in kept]
        model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight={True: POSITIVE_WEIGHT, False: 1.0})
        model.fit(matrix[kept], truth)
        weights.append(model.coef_.T)
        bias.append(model.intercept_[0])
    return np.hstack(weights), np.array(bias)


def _cross_validate(rows: list[Exemplar], seen: list[list[str]], outputs: tuple[str, ...]) -> Any:
    """Log-odds [cases x outputs] of each case by a model that never saw its author."""
    authors = sorted({row.author for row in rows})
    fold_of = {author: n % FOLDS for n, author in enumerate(authors)}
    logits = np.zeros((len(rows), len(outputs)))
    for fold in sorted(set(fold_of.values())):
        inside = [n for n, row in enumerate(rows) if fold_of[row.author] != fold]
        outside = [n for n, row in enumerate(rows) if fold_of[row.author] == fold]
        vocabulary, idf = _vocabulary([seen[n] for n in inside])
        weights, bias = _fit([rows[n] for n in inside], _matrix([seen[n] for n in inside], vocabulary, idf), outputs)
        logits[outside] = _matrix([seen[n] for n in outside], vocabulary, idf) @ weights + bias
    return logits


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


def _shares(
    logits: Any, outputs: tuple[str, ...], verdict_weights: Any, verdict_bias: Any, item_weights: Any, item_bias: float
) -> Any:
    """Verdict shares and item scores between 0 and 1, as the reader makes them."""
    verdicts = _faults(logits, outputs, verdict_weights, verdict_bias)
    others = 1 / (1 + np.exp(-logits[:, len(VERDICTS) :]))
    scores = np.hstack([np.array(verdicts), others])
    column = {name: n for n, name in enumerate(outputs)}
    for n, row in enumerate(logits):
        for name, values in item_signs(list(row), verdicts[n][0], outputs).items():
            scores[n, column[name]] = 1 / (1 + math.exp(-float(np.dot(values, item_weights)) - item_bias))
    return scores


def _thresholds(rows: list[Exemplar], scores: Any, outputs: tuple[str, ...]) -> tuple[dict[str, float], float]:
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


def _report(
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


def _rows(weights: Any, idf: Any) -> tuple[Any, float, float]:
    """Rows of whole numbers as `learned` reads them, and what one unit of a weight and of a squared idf is worth."""
    weighted = weights * idf[:, None]
    squared = idf.astype(np.float64) ** 2
    scale = float(np.abs(weighted).max()) / (OFFSET - 1)
    norm_scale = float(squared.max()) / (OFFSET - 1)
    lanes = np.hstack([np.rint(squared / norm_scale)[:, None], np.rint(weighted / scale) + OFFSET])
    return lanes.astype("<u4"), scale, norm_scale


def _write(folder: Path, card: Card, vocabulary: dict[str, int], rows: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (folder / "weights.bin").write_bytes(rows.tobytes())


if __name__ == "__main__":
    main()
