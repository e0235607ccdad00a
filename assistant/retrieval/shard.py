"""A shard: texts that were indexed together, with their word index and, where there is a model, their vectors.

A shard is written once and never changed, so that a process killed while writing one harms no other.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.chunks import Chunk
from assistant.retrieval.lexical import Lexical
from assistant.retrieval.models import Embedder


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """``chunks`` in their order; ``vectors`` has shape (chunks, dimensions), each of length one, or is None."""

    name: str
    chunks: tuple[Chunk, ...]
    lexical: Lexical
    vectors: NDArray[np.float16] | None

    @classmethod
    def build(cls, chunks: Sequence[Chunk], embedder: Embedder | None) -> Self:
        """Index ``chunks`` in memory under a fresh name, by words and, with ``embedder``, by meaning."""
        return cls(
            name=f"s-{uuid.uuid4().hex[:8]}",
            chunks=tuple(chunks),
            lexical=Lexical.build([chunk.searched for chunk in chunks]),
            vectors=embedder.passages(chunks).astype(np.float16) if embedder else None,
        )

    def save(self, folder: Path) -> None:
        """Write to ``folder``/name; raises OSError."""
        home = folder / self.name
        home.mkdir()
        (home / "chunks.json").write_bytes(msgspec.json.encode(self.chunks))
        self.lexical.save(home / "words")
        if self.vectors is not None:
            np.save(home / "vectors.npy", self.vectors)

    @classmethod
    def load(cls, folder: Path, name: str, *, dense: bool) -> Self:
        """Read what :meth:`save` wrote; raises OSError, ValueError or KeyError when it is damaged."""
        home = folder / name
        chunks = msgspec.json.decode((home / "chunks.json").read_bytes(), type=tuple[Chunk, ...])
        lexical = Lexical.load(home / "words")
        vectors = np.load(home / "vectors.npy", mmap_mode="r") if dense else None
        if len(lexical) != len(chunks) or (vectors is not None and len(vectors) != len(chunks)):
            raise ValueError(f"shard {name}: parts of different sizes")
        return cls(name=name, chunks=chunks, lexical=lexical, vectors=vectors)
