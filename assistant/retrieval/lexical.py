"""Word search: BM25 over characters and pairs of characters (bm25s); needs no model and no training.

Law comes and goes one regulation at a time, so the texts lie in shards, each its own bm25s index. A shard bakes
its own rarity of pieces (idf) into its scores; at search time they are corrected to the rarity over all shards,
so that the same sentence scores alike wherever it lies.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.pieces import pieces

_K1, _B = 1.5, 0.75


def _idf(frequency: int, total: int) -> float:
    """Lucene's inverse document frequency, the one that bm25s bakes in; never negative."""
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


class Lexical:
    """The word index of one shard of texts, numbered in their order."""

    def __init__(self, bm25: Any, size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """An index over ``texts`` in memory."""
        from bm25s import BM25

        bm25 = BM25(k1=_K1, b=_B, method="lucene")
        numbers: dict[str, int] = {"": 0}  # bm25s wants a piece that stands nowhere, for texts without any
        cut = [[numbers.setdefault(piece, len(numbers)) for piece in pieces(text)] for text in texts]
        bm25.index((cut, numbers), create_empty_token=False, show_progress=False)
        return cls(bm25, len(texts))

    def save(self, folder: Path) -> None:
        """Write the index under ``folder``; raises OSError."""
        self._bm25.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read an index written by :meth:`save`, its postings memory-mapped; raises OSError, ValueError or KeyError."""
        from bm25s import BM25

        size = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))["num_docs"]
        return cls(BM25.load(str(folder), mmap=True, show_progress=False), size)

    def __len__(self) -> int:
        return self._size

    def frequency(self, piece: str) -> int:
        """In how many texts of this shard ``piece`` stands."""
        number = self._bm25.vocab_dict.get(piece)
        if number is None:
            return 0
        bounds = self._bm25.scores["indptr"]
        return int(bounds[number + 1]) - int(bounds[number])

    def scores(self, weights: dict[str, float]) -> NDArray[np.float32]:
        """For each text, the sum of ``weights`` over its pieces, each damped by BM25's saturation; shape (texts,)."""
        total = np.zeros(self._size, dtype=np.float32)
        data, rows, bounds = (self._bm25.scores[name] for name in ("data", "indices", "indptr"))
        for piece, weight in weights.items():
            frequency = self.frequency(piece)
            if frequency:
                number = self._bm25.vocab_dict[piece]
                part = slice(int(bounds[number]), int(bounds[number + 1]))
                np.add.at(total, rows[part], data[part] * np.float32(weight / _idf(frequency, self._size)))
        return total


def lexical_scores(shards: Sequence[Lexical], query: str) -> NDArray[np.float32]:
    """BM25 of ``query`` against every text of ``shards``, as a part of the most that any text could get.

    Shape (texts of all shards,), each from 0 (no piece in common) to below 1; pieces that stand nowhere count
    against, so a question about something else stays low however the corpus is.
    """
    size = sum(len(shard) for shard in shards)
    weights = {
        piece: _idf(sum(shard.frequency(piece) for shard in shards), size) for piece in dict.fromkeys(pieces(query))
    }
    best = sum(weights.values())
    if not best:
        return np.zeros(size, dtype=np.float32)
    found = np.concatenate([shard.scores(weights) for shard in shards])
    return (found / np.float32(best)).astype(np.float32)
