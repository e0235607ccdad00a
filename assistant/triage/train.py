"""Learn the linear reader's weights from the exemplars, and how both readers are brought together: ``python -m assistant.triage.train``
(``make train``).

The weights are rounded to 16-bit whole numbers. What reads verdict and items, and the thresholds, are those that do best on the authors
held out of the network (`HELD_OUT`) and, for that, of the linear reader too; never on outside sets. A network that
was taught with other authors held out is refused. Same exemplars, network and versions give
the same bytes.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.paths import corpus_dir
from assistant.triage.calibrate import calibrated, hear, report_of
from assistant.triage.exemplars import read_exemplars
from assistant.triage.fitting import Fitted, fit, logits_of, look
from assistant.triage.learned import Card, outputs_of
from assistant.triage.network import HELD_OUT
from assistant.triage.network.forward import read_network
from assistant.triage.network.made import check_held_out
from assistant.triage.weights import OFFSET, WeightsCard

SHARE = 0.4  # of the network in the mixed log-odds


def main() -> None:
    """Learn, measure on authors held out, write the model folder."""
    rows, digest = read_exemplars(corpus_dir() / "exemplars")
    folder = corpus_dir() / "models" / "triage" / "xushui-2020"
    check_held_out(folder / "network")
    network = read_network(folder / "network")
    outputs = outputs_of(rows)
    seen = look(rows)
    inside = [n for n, row in enumerate(rows) if row.author not in HELD_OUT]
    outside = [n for n, row in enumerate(rows) if row.author in HELD_OUT]
    part = fit([rows[n] for n in inside], [seen[n] for n in inside], outputs)
    heard = hear(
        [rows[n] for n in outside],
        logits_of(part, [seen[n] for n in outside]),
        np.array([network.logits(rows[n].text) for n in outside]),
        outputs,
        share=SHARE,
    )
    second, thresholds, floor = calibrated(heard)
    own, lead, lag, told = map(float, second.item_weights)
    card = Card(
        outputs=outputs,
        linear=_write(folder, fit(rows, seen, outputs)),
        share=SHARE,
        item_weights=(own, lead, lag, told),
        item_bias=second.item_bias,
        verdict_weights=tuple(tuple(map(float, row)) for row in second.verdict_weights),
        verdict_bias=tuple(map(float, second.verdict_bias)),
        sure=thresholds,
        maybe=0.15,
        fault_floor=floor,
        cases=len(rows),
        data_sha256=digest,
        note="线性模型与小网络并看；判断与阈值取自两者都没有见过的作者",
    )
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    report = json.dumps(report_of(heard), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(report + "\n", encoding="utf-8")
    print(report)


def _write(folder: Path, fitted: Fitted) -> WeightsCard:
    rows, scale, norm_scale = _rows(fitted.weights, fitted.idf)
    (folder / "features.txt").write_text("\n".join(fitted.vocabulary), encoding="utf-8")
    (folder / "weights.bin").write_bytes(rows.tobytes())
    return WeightsCard(scale=scale, norm_scale=norm_scale, bias=tuple(map(float, fitted.bias)))


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
