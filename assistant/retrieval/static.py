"""Our own sentence embedding, read with numpy alone: a table of vectors, one a piece, summed and normalised.

The folder (corpus/models/embedding) is a sentence-transformers ``StaticEmbedding`` in model2vec's layout: whole
numbers of eight bits and a scale a row, ``weights``. sentence-transformers loads it as it is and gives the same
vectors for text spelled by :func:`spelled`; reading it here spares half a gigabyte and five seconds of imports.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval.pieces import pieces

#: The file that marks a folder as one of ours and says how text is cut for it.
MARK = "pieces.json"
_MOST_PIECES = 800
_BATCH = 2048


def distinct(text: str) -> list[str]:
    """The pieces that a text is summed over: each once, in order, of a very long text the first ones."""
    return list(dict.fromkeys(pieces(text)[:_MOST_PIECES]))


def spelled(text: str) -> str:
    """``text`` as the model's tokenizer takes it: its pieces with blanks between."""
    return " ".join(distinct(text))


class StaticModel:
    """The embedding in ``folder``; raises Unavailable when it cannot be read."""

    def __init__(self, folder: Path) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
            tensors = load_file(folder / "model.safetensors")
            self._table = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None].astype(np.float32)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise Unavailable(f"语义模型 {folder} 读不出来（{error}）：请换一个完好的模型文件夹") from None
        self._numbers: dict[str, int] = vocabulary
        self._unknown = vocabulary["[UNK]"]

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length one, shape (texts, dimensions); a text without a known piece gives zeros."""
        made = [self._encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate(made) if made else np.empty((0, self.dimensions), dtype=np.float32)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        total = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            known = [number for piece in distinct(text) if (number := self._numbers.get(piece)) is not None]
            if known:
                total[row] = self._table[known].sum(axis=0)
        length = np.linalg.norm(total, axis=1, keepdims=True)
        total /= np.where(length > 0, length, 1)
        return total
