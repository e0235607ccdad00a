"""The linear reader's learning curve, authors held out: ``python -m evals.curve``.

So many exemplars drawn at random from the authors that the network saw too; read are those of the authors held out. The verdict is the
likeliest, an item or factor counts from .4 on. The last line adds the network that ships, which learned from all of them.
"""

import random
from typing import Any

import numpy as np

from assistant.paths import corpus_dir
from assistant.triage.exemplars import Exemplar, read_exemplars
from assistant.triage.fitting import fit, logits_of, look
from assistant.triage.learned import VERDICTS, outputs_of
from assistant.triage.network import HELD_OUT
from assistant.triage.network.forward import read_network
from assistant.triage.network.made import check_held_out
from assistant.triage.train import SHARE

_SIZES = (250, 500, 1000, 2000, 4000, 8000, 16000)
_SURE = 0.4


def main() -> None:
    """Print a line for each size."""
    folder = corpus_dir() / "models" / "triage" / "xushui-2020" / "network"
    check_held_out(folder)
    rows, _ = read_exemplars(corpus_dir() / "exemplars")
    outputs = outputs_of(rows)
    outside = [row for row in rows if row.author in HELD_OUT]
    inside = [row for row in rows if row.author not in HELD_OUT]
    random.Random(2020).shuffle(inside)
    seen, read = look(inside), look(outside)
    logits: Any = None
    print("| cases learned | verdict | item F1 | factor F1 | false accusations |\n|---|---|---|---|---|")
    for size in (*(n for n in _SIZES if n < len(inside)), len(inside)):
        logits = logits_of(fit(inside[:size], seen[:size], outputs), read)
        print(f"| {size:,} | {_score(outside, logits, outputs)} |", flush=True)
    network = read_network(folder)
    other = np.array([network.logits(row.text) for row in outside])
    print(f"| network alone | {_score(outside, other, outputs)} |")
    print(f"| {len(inside):,} and the network | {_score(outside, (1 - SHARE) * logits + SHARE * other, outputs)} |")


def _score(rows: list[Exemplar], logits: Any, outputs: tuple[str, ...]) -> str:
    said = [VERDICTS[n] for n in logits[:, : len(VERDICTS)].argmax(axis=1)]
    right = sum(verdict == row.verdict for verdict, row in zip(said, rows, strict=True))
    proper = [row.verdict in {"no_fault", "out_of_scope"} for row in rows]
    accused = sum(verdict == "fault" and p for verdict, p in zip(said, proper, strict=True))
    shares = 1 / (1 + np.exp(-logits))
    scores = []
    for family in ("6789", "1"):
        hit = wrong = gold = 0
        for row, verdict, own in zip(rows, said, shares, strict=True):
            told = {
                n for n, s in zip(outputs, own, strict=True) if n[0] in family and s >= _SURE and verdict == "fault"
            }
            true = {label for label in row.labels if label[0] in family}
            hit, wrong, gold = hit + len(told & true), wrong + len(told - true - row.tolerated), gold + len(true)
        scores.append(2 * hit / max(1, hit + wrong + gold))
    return f"{right / len(rows):.3f} | {scores[0]:.3f} | {scores[1]:.3f} | {accused} of {sum(proper)}"


if __name__ == "__main__":
    main()
