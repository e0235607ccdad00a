"""Learn the reader's weights from the exemplars: ``python -m assistant.triage.train`` (``make train``).

Each sight is fitted (`fitting`), its weights rounded to 16-bit whole numbers; what reads the verdict and the thresholds are those that
do best on authors held out (`calibrate`), never on outside sets. Same exemplars, seed and versions give the same bytes.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.paths import corpus_dir
from assistant.triage.calibrate import report_of, second_step, shares_of, thresholds_of
from assistant.triage.exemplars import read_exemplars
from assistant.triage.fitting import SHARES, STRENGTHS, Fitted, cross_validate, fit, look
from assistant.triage.learned import VERDICTS, Card
from assistant.triage.weights import OFFSET, SightCard

SEED = 2020


def main() -> None:
    """Learn, measure on authors held out, write the model folder."""
    rows, digest = read_exemplars(corpus_dir() / "exemplars")
    outputs = (*VERDICTS, *sorted({label for row in rows for label in row.labels}, key=_order))
    seen = look(rows)
    logits = cross_validate(rows, seen, outputs)
    second = second_step(rows, logits, outputs)
    held_out = shares_of(logits, outputs, second)
    thresholds, floor = thresholds_of(rows, held_out, outputs)
    folder = corpus_dir() / "models" / "triage" / "xushui-2020"
    folder.mkdir(parents=True, exist_ok=True)
    cards = [_write(folder, name, fit(rows, found, outputs, strength=STRENGTHS[name])) for name, found in seen.items()]
    own, lead, lag, told = map(float, second.item_weights)
    card = Card(
        outputs=outputs,
        sights=tuple(cards),
        item_weights=(own, lead, lag, told),
        item_bias=second.item_bias,
        verdict_weights=tuple(tuple(map(float, row)) for row in second.verdict_weights),
        verdict_bias=tuple(map(float, second.verdict_bias)),
        sure=thresholds,
        maybe=0.15,
        fault_floor=floor,
        seed=SEED,
        cases=len(rows),
        data_sha256=digest,
        note="两个线性模型并看：字与断言标记，词与词族；阈值取自按作者留出的交叉验证",
    )
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    report = json.dumps(report_of(rows, held_out, outputs, thresholds, floor), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(report + "\n", encoding="utf-8")
    print(report)


def _order(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split("."))


def _write(folder: Path, name: str, fitted: Fitted) -> SightCard:
    rows, scale, norm_scale = _rows(fitted.weights, fitted.idf)
    (folder / f"{name}.txt").write_text("\n".join(fitted.vocabulary), encoding="utf-8")
    (folder / f"{name}.bin").write_bytes(rows.tobytes())
    bias = tuple(map(float, fitted.bias))
    return SightCard(name=name, share=SHARES[name], scale=scale, norm_scale=norm_scale, bias=bias)


def _rows(weights: Any, idf: Any) -> tuple[Any, float, float]:
    """Rows of whole numbers as `weights` reads them, and what one unit of a weight and of a squared idf is worth."""
    weighted = weights * idf[:, None]
    squared = idf.astype(np.float64) ** 2
    scale = float(np.abs(weighted).max()) / (OFFSET - 1)
    norm_scale = float(squared.max()) / (OFFSET - 1)
    lanes = np.hstack([np.rint(squared / norm_scale)[:, None], np.rint(weighted / scale) + OFFSET])
    return lanes.astype("<u4"), scale, norm_scale


if __name__ == "__main__":
    main()
