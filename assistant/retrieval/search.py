"""Question -> hits: exact look-up first, then words (and meaning, where there is a model), above a floor."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.chunks import Chunk
from assistant.retrieval.dense import VectorStore
from assistant.retrieval.fuse import Rule
from assistant.retrieval.lexical import lexical_scores
from assistant.retrieval.lookup import named
from assistant.retrieval.models import Embedder
from assistant.retrieval.pieces import pieces
from assistant.retrieval.shard import Shard

#: Below this part of the best possible BM25 score, likeness of words is chance (see the model card).
LEXICAL_FLOOR = 0.045
#: From this part on, likeness of words is enough by itself, whatever a model says of the meaning.
_SURE = 0.15
#: So many chunks are proposed by words (alone, and again with the prior) and by meaning before they are fused.
_BY_WORDS, _BY_MEANING = 200, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A chunk that was found for ``query``. ``score`` orders hits, 0 to 1; ``lexical`` (0 to 1) and ``dense`` (cosine)
    say how each side saw it, None where that side was not asked; ``reread`` is a cross-encoder's score, if any."""

    chunk: Chunk
    query: str
    score: float
    lexical: float | None
    dense: float | None
    reread: float | None = None

    @property
    def why(self) -> str:
        """Which side found it and by what, in Chinese."""
        if self.lexical is None:
            return "按条号直接查到"
        words = _shared(self.query, self.chunk)
        said = [f"字面相合：{'、'.join(words)}"] if words else []
        if self.dense is not None:
            said.append(f"含义相近：{self.dense:.2f}")
        if self.reread is not None:
            said.append(f"重排：{self.reread:.2f}")
        return "；".join(said) or "个别字相合"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What search by meaning needs: the model, its vectors' store and the rule that fuses both sides."""

    embedder: Embedder
    store: VectorStore
    rule: Rule


class Searcher:
    """Searches ``shards`` without the chunks of ``gone``, (shard, regulation id) pairs of removed regulations."""

    def __init__(
        self, shards: Sequence[Shard], gone: Set[tuple[str, str]] = frozenset(), meaning: Meaning | None = None
    ) -> None:
        self._lexical = [shard.lexical for shard in shards]
        self._meaning = meaning
        self._chunks = [chunk for shard in shards for chunk in shard.chunks]
        names = [(shard.name, row) for shard in shards for row in range(len(shard.chunks))]
        rows: dict[str, list[int]] = {}
        self.regulations: dict[str, list[Chunk]] = {}
        self._row_of: dict[str, int] = {}
        for row, (chunk, (shard, place)) in enumerate(zip(self._chunks, names, strict=True)):
            if (shard, chunk.regulation_id) not in gone:
                self.regulations.setdefault(chunk.regulation_id, []).append(chunk)
                rows.setdefault(chunk.regulation_id, []).append(row)
                self._row_of[f"{shard}:{place}"] = row
        self._rows = {key: np.array(value) for key, value in rows.items()}
        self._all = np.array(sorted(self._row_of.values()), dtype=np.intp)
        vectors = [shard.vectors for shard in shards if shard.vectors is not None]
        self._vectors = vectors[0] if len(vectors) == 1 else np.concatenate(vectors) if vectors else None
        self._priors = meaning.rule.priors(self._chunks) if meaning else None

    def names(self, regulations: Set[str]) -> list[str]:
        """The names in the vector store of all chunks of ``regulations``, by id."""
        wanted = {int(row) for key in regulations for row in self._rows.get(key, ())}
        return [name for name, row in self._row_of.items() if row in wanted]

    def search(self, query: str, *, top: int = 10, regulation: str | None = None, floor: bool = True) -> list[Hit]:
        """The best ``top`` chunks for ``query``, best first; empty when nothing is above the floor.

        ``regulation`` keeps to one regulation's id; an id that is not indexed finds nothing. ``floor=False`` ranks
        to the end whatever the likeness. Raises Unavailable when the vector store stops answering.
        """
        known = self.regulations
        scope = known if regulation is None else {regulation: known[regulation]} if regulation in known else {}
        if not scope or top < 1:
            return []
        exact = named(query, scope)
        hits = [Hit(chunk=chunk, query=query, score=1.0, lexical=None, dense=None) for chunk in exact[:top]]
        if len(hits) < top:
            hits += self._alike(query, regulation, top - len(hits), frozenset(exact), floor)
        return hits

    def _alike(self, query: str, regulation: str | None, count: int, seen: Set[Chunk], floor: bool) -> list[Hit]:
        rows = self._all if regulation is None else self._rows[regulation]
        lexical = lexical_scores(self._lexical, query)
        if self._meaning is None or self._vectors is None or self._priors is None:
            order = rows[_best(lexical[rows], count + len(seen))]
            cosine, score = None, lexical[order]
        else:
            order, cosine, score = self._fused(query, regulation, rows, lexical, count + len(seen))
        hits = []
        for place, row in enumerate(order):
            chunk, words = self._chunks[row], float(lexical[row])
            near = None if cosine is None else float(cosine[place])
            if chunk in seen or (floor and not self._above_floor(words, near)):
                continue
            hits.append(Hit(chunk=chunk, query=query, score=float(score[place]), lexical=words, dense=near))
            if len(hits) == count:
                break
        return hits

    def _fused(
        self, query: str, regulation: str | None, rows: NDArray[np.intp], lexical: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
        """Rows, best first, with cosines and fused scores, of all that either side proposes."""
        assert self._meaning is not None
        assert self._vectors is not None
        assert self._priors is not None
        rule = self._meaning.rule
        vector = self._meaning.embedder.query(query)
        words = lexical / max(float(lexical[rows].max(initial=0.0)), 1e-9)
        by_words = rows[_best(words[rows], max(count, _BY_WORDS))]
        by_prior = rows[_best(rule.lexical * words[rows] + self._priors[rows], max(count, _BY_WORDS))]
        names = self._meaning.store.nearest(vector, min(max(count, _BY_MEANING), len(rows)), regulation=regulation)
        by_meaning = [row for name in names if (row := self._row_of.get(name)) is not None]
        pool = np.unique(np.concatenate([by_words, by_prior, np.array(by_meaning, dtype=np.intp)]))
        cosine = np.asarray(self._vectors[pool], dtype=np.float32) @ vector
        score = rule.fused(cosine, words[pool], self._priors[pool]) / np.float32(rule.most)
        order = np.argsort(-score, kind="stable")
        return pool[order], cosine[order], np.clip(score[order], 0, 1)

    def _above_floor(self, lexical: float, cosine: float | None) -> bool:
        if cosine is None or self._meaning is None:
            return lexical >= LEXICAL_FLOOR
        return lexical >= _SURE or cosine >= self._meaning.rule.floor


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the ``count`` highest scores, best first; equals keep the order of the text."""
    within = np.arange(len(scores))
    if count < len(scores):
        within = np.sort(np.argpartition(-scores, count - 1)[:count])
    return within[np.argsort(-scores[within], kind="stable")]


def _shared(query: str, chunk: Chunk, *, limit: int = 4) -> list[str]:
    """The longest stretches of two or more characters that question and chunk have in common, in quotes."""
    there = set(pieces(chunk.searched))
    runs: list[str] = []
    for piece in (piece for piece in pieces(query) if len(piece) > 1 and piece in there):
        if runs and runs[-1][-1] == piece[0]:
            runs[-1] += piece[1:]
        else:
            runs.append(piece)
    return [f"“{word}”" for word in sorted(dict.fromkeys(runs), key=len, reverse=True)[:limit]]
