"""The index of a set of chunks, kept in a folder: open it, and it is in line with the texts.

The folder is a cache. It knows a hash of each regulation's text and of the model; what does not agree is built
anew, wholly, or only for the regulations that changed where these are few. A build writes beside what is there and
comes into force by one rename (:mod:`assistant.retrieval.folder`), so a killed process leaves the old index whole.
"""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput
from assistant.retrieval.chunks import Chunk, by_regulation, fingerprint
from assistant.retrieval.folder import IndexFolder, Manifest, unwritable
from assistant.retrieval.search import Hit, Searcher
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
    """An open index; made by :func:`open_index`. Searching is safe from several threads, changing it is not."""

    def __init__(self, folder: IndexFolder | None, home: Path | None, manifest: Manifest, shards: list[Shard]) -> None:
        self._folder, self._home = folder, home
        self._manifest, self._shards = manifest, shards
        self._searcher = Searcher(shards, frozenset(manifest.gone))

    def search(self, query: str, *, top: int = 10, regulation: str | None = None) -> list[Hit]:
        """The best ``top`` chunks, best first; see :meth:`assistant.retrieval.search.Searcher.search`."""
        return self._searcher.search(query, top=top, regulation=regulation)

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
        chunks = sum(len(part) for part in self._searcher.regulations.values())
        regulations = len(self._searcher.regulations)
        return Status(
            chunks=chunks,
            regulations=regulations,
            dense="",
            built=self._manifest.built,
            folder=self._folder.path if self._folder else None,
            note=f"索引可用：{regulations} 部法规，{chunks} 段；没有语义模型，只按字面（BM25）检索",
        )

    def align(self, chunks: Sequence[Chunk]) -> bool:
        """Bring the index into line with ``chunks`` where little changed; False when a whole build is due."""
        wanted, have = _hashes(chunks), self._manifest.regulations
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
        added = _hashes(fresh)
        replaced = gone | set(added)
        kept = {key: value for key, value in self._manifest.regulations.items() if key not in replaced}
        shards = [*self._shards, Shard.build(_name("s"), fresh, None)] if fresh else self._shards
        manifest = Manifest(
            model=self._manifest.model,
            regulations=kept | added,
            shards=[shard.name for shard in shards],
            gone=sorted({*self._manifest.gone, *((shard.name, key) for shard in self._shards for key in replaced)}),
            built=_now(),
        )
        if self._folder is not None and self._home is not None:
            try:
                if fresh:
                    shards[-1].save(self._home)
                self._folder.write(self._home, manifest)
            except OSError as error:
                raise unwritable(self._folder.path, error) from None
        self._manifest, self._shards = manifest, shards
        self._searcher = Searcher(shards, frozenset(manifest.gone))


def open_index(folder: Path | None, chunks: Sequence[Chunk] | None) -> Index:
    """The index of ``chunks``, from ``folder`` where it is in line with them, else built there (or built in memory).

    With ``chunks`` None whatever is in ``folder`` is opened. Raises BadInput when there is nothing there to open,
    Unavailable when the folder cannot be written.
    """
    if folder is None:
        return _build(None, chunks or ())
    place = IndexFolder(folder)
    found = _reopen(place)
    if chunks is None:
        if found is None:
            raise BadInput(f"{folder} 里没有可用的索引：请先运行 python -m assistant index build")
        return found
    return found if found is not None and found.align(chunks) else _build(place, chunks)


def _reopen(folder: IndexFolder) -> Index | None:
    home = folder.current()
    manifest = folder.manifest(home) if home else None
    if home is None or manifest is None:
        return None
    try:
        shards = [Shard.load(home, name, dense=False) for name in manifest.shards]
    except (OSError, ValueError, KeyError):
        return None
    return Index(folder, home, manifest, shards)


def _build(folder: IndexFolder | None, chunks: Sequence[Chunk]) -> Index:
    home = folder.begin() if folder else None
    shards = [Shard.build(_name("s"), chunks, None)] if chunks else []
    manifest = Manifest(model="", regulations=_hashes(chunks), shards=[one.name for one in shards], built=_now())
    if folder is not None and home is not None:
        try:
            for shard in shards:
                shard.save(home)
            folder.write(home, manifest)
            folder.switch(home)
        except OSError as error:
            raise unwritable(folder.path, error) from None
    return Index(folder, home, manifest, shards)


def _hashes(chunks: Sequence[Chunk]) -> dict[str, str]:
    return {key: fingerprint(part) for key, part in by_regulation(chunks).items()}


def _name(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:8]}"


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
