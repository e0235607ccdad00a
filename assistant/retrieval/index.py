"""An open index: search it, ask what it holds, add a regulation or take one out without building it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from assistant.errors import BadInput
from assistant.retrieval.chunks import Chunk, hashes
from assistant.retrieval.folder import Generation, Manifest, now
from assistant.retrieval.rerank import DEPTH, Reranker
from assistant.retrieval.search import Hit, Meaning, Searcher
from assistant.retrieval.shard import Shard

_CHANGED_PART = 0.2  # where more of all chunks changed, a whole build is quicker to search afterwards
_MAX_SHARDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an index holds; ``dense`` is the model's name or empty, ``note`` says all of it in one Chinese line."""

    chunks: int
    regulations: int
    dense: str
    built: str
    folder: Path | None
    note: str


class Index:
    """An open index; made by :func:`open_index`. Searching is safe from several threads, changing it is not.

    Close it, or use it in a ``with``, where it is not kept for the life of the process.
    """

    def __init__(
        self, home: Generation | None, manifest: Manifest, shards: Sequence[Shard], meaning: Meaning | None, remark: str
    ) -> None:
        """``home`` is None for an index in memory; ``remark`` says in Chinese why there is no ``meaning``."""
        self._home, self._meaning, self._remark = home, meaning, remark
        self._reranker: Reranker | None = None
        self._use(manifest, shards)

    def _use(self, manifest: Manifest, shards: Sequence[Shard]) -> None:
        self._manifest, self._shards = manifest, list(shards)
        self._searcher = Searcher(shards, frozenset(manifest.gone), self._meaning)

    def search(self, query: str, *, top: int = 10, regulation: str | None = None, floor: bool = True) -> list[Hit]:
        """The best ``top`` chunks, best first; see :meth:`assistant.retrieval.search.Searcher.search`."""
        depth = max(top, DEPTH) if self._reranker else top
        hits = self._searcher.search(query, top=depth, regulation=regulation, floor=floor)
        if self._reranker:
            cited = [hit for hit in hits if hit.lexical is None]  # a cited article stays in front
            hits = cited + self._reranker.reorder(query, hits[len(cited) :])
        return hits[:top]

    def rerank_by(self, reranker: Reranker | None) -> None:
        """From now on let ``reranker`` order the best hits, None for no such reading."""
        self._reranker = reranker

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Index the regulations of ``chunks``, in place of any of the same ids; nothing else is touched.

        Raises Unavailable when the folder cannot be written.
        """
        self._change(gone=set(), fresh=chunks)

    def remove(self, regulation_id: str) -> None:
        """Take a regulation out; raises BadInput when it is not in the index, Unavailable as :meth:`add` does."""
        if regulation_id not in self._manifest.regulations:
            raise BadInput(f"索引里没有法规“{regulation_id}”：已有的法规可用 index status 查看")
        self._change(gone={regulation_id}, fresh=())

    def status(self) -> Status:
        """What this index holds."""
        known = self._searcher.regulations
        chunks = sum(len(part) for part in known.values())
        how = f"字面（BM25）与语义（{self._meaning.embedder.name}）合并检索" if self._meaning else self._remark
        return Status(
            chunks=chunks,
            regulations=len(known),
            dense=self._meaning.embedder.name if self._meaning else "",
            built=self._manifest.built,
            folder=self._home.folder if self._home else None,
            note=f"索引可用：{len(known)} 部法规，{chunks} 段；{how}",
        )

    def close(self) -> None:
        """Let go of the vector store; the index cannot be searched afterwards."""
        if self._meaning:
            self._meaning.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def align(self, chunks: Sequence[Chunk]) -> bool:
        """Bring the index into line with ``chunks`` where little changed; False when a whole build is due."""
        wanted, have = hashes(chunks), self._manifest.regulations
        fresh = [chunk for chunk in chunks if have.get(chunk.regulation_id) != wanted[chunk.regulation_id]]
        gone = set(have) - set(wanted)
        if not fresh and not gone:
            return True
        lost = sum(len(self._searcher.regulations.get(key, ())) for key in gone)
        if len(self._shards) >= _MAX_SHARDS or len(fresh) + lost > _CHANGED_PART * len(chunks):
            return False
        self._change(gone=gone, fresh=fresh)
        return True

    def _change(self, *, gone: set[str], fresh: Sequence[Chunk]) -> None:
        added = hashes(fresh)
        replaced = gone | set(added)
        kept = {key: value for key, value in self._manifest.regulations.items() if key not in replaced}
        shards = (
            [*self._shards, Shard.build(fresh, self._meaning.embedder if self._meaning else None)]
            if fresh
            else self._shards
        )
        dead = {(shard.name, key) for shard in self._shards for key in replaced}
        manifest = Manifest(
            model=self._manifest.model,
            regulations=kept | added,
            shards=[shard.name for shard in shards],
            gone=sorted({*self._manifest.gone, *dead}),
            built=now(),
        )
        if self._home is not None:
            with self._home.writing():
                for shard in shards[len(self._shards) :]:
                    shard.save(self._home.path)
                    if self._meaning:
                        self._meaning.store.add(shard)
                self._home.put(manifest)
        if self._meaning:
            self._meaning.store.delete(self._searcher.names(replaced))
        self._use(manifest, shards)
