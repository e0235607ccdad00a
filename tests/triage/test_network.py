"""Pieces: the longest from the left, unknown characters counted, full-width as plain; the stored network reads anything."""

from pathlib import Path

import numpy as np
import pytest

from assistant.paths import corpus_dir
from assistant.triage.learned import load_reader
from assistant.triage.network.forward import read_network
from assistant.triage.network.pieces import Pieces, read_pieces

FOLDER = corpus_dir() / "models" / "triage" / "xushui-2020" / "network"
SMALL = Pieces(["", "立", "案", "立案", "立案后撤", "A", "1"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("立案", [3]),
        ("立案后撤", [4]),
        ("立案后", [3, 0]),
        ("案立", [2, 1]),
        ("Ａ １", [5, 6]),
        ("", []),
        (" \n", []),
        ("𠮷", [0]),
    ],
)
def test_pieces(text: str, numbers: list[int]) -> None:
    assert SMALL.cut(text) == numbers


@pytest.mark.parametrize("text", ["", "罚", "他把封条撕了，没有告诉任何人。", "立案" * 5000, "😀\x00\ud800"])
def test_any_text_is_read(text: str) -> None:
    network = read_network(FOLDER)
    found = network.logits(text)
    assert len(found) == len(load_reader("xushui-2020").card.outputs)
    assert all(np.isfinite(found))
    assert found == network.logits(text)


def test_a_network_that_does_not_fit_its_pieces_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pieces.txt").write_text("\n立\n案", encoding="utf-8")
    np.save(tmp_path / "taps.npy", np.zeros((2, 6), dtype=np.int8))
    assert len(read_pieces(tmp_path / "pieces.txt")) == 3
    with pytest.raises(ValueError, match="行数不一"):
        read_network(tmp_path)
