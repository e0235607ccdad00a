"""Question -> hits: exact look-up first, then words (and meaning, where there is a model), above a floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.chunks import Chunk
from assistant.retrieval.lexical import lexical_scores
from assistant.retrieval.lookup import named
from assistant.retrieval.pieces import pieces
from assistant.retrieval.shard import Shard

#: Below this part of the best possible BM25 score, likeness of words is chance (see the model card).
LEXICAL_FLOOR = 0.045


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A chunk that was found. ``score`` orders hits, 0 to 1; ``lexical`` (0 to 1) and ``dense`` (cosine) say how
    each side saw it, None where that side did not find it or was not there; ``why`` says so in Chinese."""

    chunk: Chunk
    score: float
    lexical: float | None
    dense: float | None
    why: str


class Searcher:
    """Searches ``shards`` without the chunks of ``gone``, (shard, regulation id) pairs of removed regulations."""

    def __init__(self, shards: Sequence[Shard], gone: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._shards = shards
        self.chunks: tuple[Chunk, ...] = tuple(chunk for shard in shards for chunk in shard.chunks)
        owners = [(shard.name, chunk.regulation_id) for shard in shards for chunk in shard.chunks]
        self.regulations: dict[str, list[Chunk]] = {}
        rows: dict[str, list[int]] = {}
        for row, (chunk, owner) in enumerate(zip(self.chunks, owners, strict=True)):
            if owner not in gone:
                self.regulations.setdefault(chunk.regulation_id, []).append(chunk)
                rows.setdefault(chunk.regulation_id, []).append(row)
        self._rows: Mapping[str, NDArray[np.intp]] = {key: np.array(value) for key, value in rows.items()}
        self._all = np.sort(np.concatenate([*self._rows.values(), np.empty(0, dtype=np.intp)])).astype(np.intp)

    def search(self, query: str, *, top: int = 10, regulation: str | None = None) -> list[Hit]:
        """The best ``top`` chunks for ``query``, best first; empty when nothing is above the floor.

        ``regulation`` keeps to one regulation's id; an id that is not indexed finds nothing.
        """
        known = self.regulations
        scope = known if regulation is None else {regulation: known[regulation]} if regulation in known else {}
        if not scope or top < 1:
            return []
        exact = named(query, scope)
        hits = [Hit(chunk=chunk, score=1.0, lexical=None, dense=None, why="按条号直接查到") for chunk in exact]
        rows = self._all if regulation is None else self._rows[regulation]
        found = lexical_scores([shard.lexical for shard in self._shards], query)[rows]
        seen = set(exact)
        for place in _best(found, top + len(seen)):
            score, chunk = float(found[place]), self.chunks[rows[place]]
            if score >= LEXICAL_FLOOR and chunk not in seen:
                hits.append(Hit(chunk=chunk, score=score, lexical=score, dense=None, why=_shared(query, chunk)))
        return hits[:top]


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the ``count`` highest scores, best first; equals keep the order of the text."""
    within = np.arange(len(scores))
    if count < len(scores):
        within = np.sort(np.argpartition(-scores, count - 1)[:count])
    return within[np.argsort(-scores[within], kind="stable")]


def _shared(query: str, chunk: Chunk, *, limit: int = 4) -> str:
    """Why words matched: the longest stretches that question and chunk have in common."""
    there = set(pieces(chunk.searched))
    runs: list[str] = []
    for piece in (piece for piece in pieces(query) if len(piece) > 1 and piece in there):
        if runs and runs[-1][-1] == piece[0]:
            runs[-1] += piece[1:]
        else:
            runs.append(piece)
    words = sorted(dict.fromkeys(runs), key=len, reverse=True)[:limit]
    return "字面相合：" + "、".join(f"“{word}”" for word in words) if words else "字面相合：单字"
