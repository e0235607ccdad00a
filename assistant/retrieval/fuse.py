"""The rule that fuses both sides into one order, fitted on held-out questions and kept beside the model.

    fused = cosine + lexical * (BM25 / best BM25 of this question) + prior * prior of the law + length * log(characters)

The prior says how often lay people's questions were about a law at all; it is a property of the training questions,
written out law by law in ``fusion.json``. It and the length, a mark of articles that say something of substance,
count only where several laws are searched at once. The model card says how the numbers were found and what each
part gives. A model without such a file gets the plain sum of both sides.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval.chunks import Chunk

FILE = "fusion.json"
_LONG = 7.0  # the logarithm of a thousand characters


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights of the rule; ``laws`` maps a title to its prior, 0 for any law not named; ``floor`` is a cosine below
    which likeness of meaning is chance."""

    lexical: float = 0.2
    prior: float = 0.0
    length: float = 0.0
    floor: float = 0.4
    laws: dict[str, float] = {}

    @classmethod
    def of_model(cls, folder: Path) -> Self:
        """The rule in a model's folder, or the plain one; raises Unavailable when it is damaged."""
        try:
            return msgspec.json.decode((folder / FILE).read_bytes(), type=cls)
        except FileNotFoundError:
            return cls()
        except (OSError, msgspec.DecodeError) as error:
            raise Unavailable(f"{folder / FILE} 读不出来（{error}）：请恢复模型文件夹里原来的文件") from None

    def priors(self, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        """What each chunk has before any question is asked; shape (chunks,), zeros where all are of one law."""
        if len({chunk.title for chunk in chunks}) < 2:
            return np.zeros(len(chunks), dtype=np.float32)
        laws = np.array([self.laws.get(chunk.title, 0.0) for chunk in chunks], dtype=np.float32)
        found: NDArray[np.float32] = np.float32(self.prior) * laws + np.float32(self.length) * lengths(chunks)
        return found

    def fused(
        self, cosine: NDArray[np.float32], lexical: NDArray[np.float32], priors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The fused score of each candidate; ``lexical`` is BM25 divided by the question's best."""
        return cosine + np.float32(self.lexical) * lexical + priors

    @property
    def most(self) -> float:
        """The highest fused score there can be, by which scores are shown from 0 to 1."""
        return 1 + self.lexical + self.prior * max(self.laws.values(), default=0.0) + self.length * _LONG


def lengths(chunks: Sequence[Chunk]) -> NDArray[np.float32]:
    """The logarithm of each chunk's characters."""
    return np.log1p(np.array([len(chunk.text) for chunk in chunks], dtype=np.float32))
