"""Open the index of some chunks: from its folder where that is in line with them, else built there.

The folder is a cache. It knows a hash of each regulation's text and of the model; what does not agree is built
anew, wholly, or only for the regulations that changed where these are few. A build writes beside what is there and
comes into force by one rename (:mod:`assistant.retrieval.folder`), so a killed process leaves the old index whole.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import BadInput, Unavailable
from assistant.retrieval import models
from assistant.retrieval.chunks import Chunk, hashes
from assistant.retrieval.dense import VectorStore
from assistant.retrieval.folder import Generation, Manifest, now
from assistant.retrieval.fuse import Rule
from assistant.retrieval.index import Index
from assistant.retrieval.models import Embedder
from assistant.retrieval.rerank import Reranker
from assistant.retrieval.search import Meaning
from assistant.retrieval.shard import Shard


def open_index(
    folder: Path | None,
    chunks: Sequence[Chunk] | None = None,
    *,
    model: str | Path | None = "",
    reranker: str | Path = "",
    chroma_url: str = "",
    rebuild: bool = False,
) -> Index:
    """The index of ``chunks`` in ``folder``, built there if need be; with ``chunks`` None, whatever lies there.

    ``model`` is a folder or a hub name, empty for the model in the box, None for search by words alone; without the
    ``dense`` extra the model in the box is passed over and :meth:`Index.status` says so. With ``folder`` None the
    index stays in memory and searches by words alone. ``reranker`` names a cross-encoder, empty for none.

    Raises BadInput when there is nothing to open, Unavailable when the folder cannot be written, or a model or the
    server of ``chroma_url`` cannot be had.
    """
    reading = Reranker(reranker) if reranker else None
    index = _in_memory(chunks or ()) if folder is None else _open(folder, chunks, model, chroma_url, rebuild)
    index.rerank_by(reading)
    return index


def _open(folder: Path, chunks: Sequence[Chunk] | None, model: str | Path | None, url: str, rebuild: bool) -> Index:
    embedder, remark = _embedder(model)
    found = None if rebuild else _reopen(folder, embedder, remark, url)
    if chunks is None:
        if found is None:
            raise BadInput(f"{folder} 里没有可用的索引：请先运行 python -m assistant index build")
        return found
    if found is not None:
        if found.align(chunks):
            return found
        found.close()
    return _build(folder, chunks, embedder, remark, url)


def _embedder(model: str | Path | None) -> tuple[Embedder | None, str]:
    """The embedding to use, or None and why there is none."""
    if model is None:
        return None, "语义检索已关闭，只按字面（BM25）检索"
    missing = models.missing_parts()
    if missing and model:
        raise Unavailable(f"模型 {model} 用不上：没有安装 {'、'.join(missing)}；{models.INSTALL}")
    if missing:
        return None, f"没有安装语义检索组件（{'、'.join(missing)}），只按字面（BM25）检索；{models.INSTALL}"
    chosen = model or models.shipped()
    if not chosen:
        return None, "没有语义模型，只按字面（BM25）检索"
    return models.load_embedder(chosen), ""


def _in_memory(chunks: Sequence[Chunk]) -> Index:
    shards = [Shard.build(chunks, None)] if chunks else []
    manifest = Manifest(model="", regulations=hashes(chunks), shards=[one.name for one in shards], built=now())
    return Index(None, manifest, shards, None, "索引在内存中，只按字面（BM25）检索")


def _reopen(folder: Path, embedder: Embedder | None, remark: str, url: str) -> Index | None:
    home = Generation.current(folder)
    manifest = home.manifest() if home else None
    if home is None or manifest is None or manifest.model != (embedder.fingerprint if embedder else ""):
        return None
    try:
        shards = [Shard.load(home.path, name, dense=embedder is not None) for name in manifest.shards]
    except (OSError, ValueError, KeyError):
        return None
    if embedder is None:
        return Index(home, manifest, shards, None, remark)
    store = VectorStore.reopened(home.path, url=url)
    if store is None:
        return None
    meaning = Meaning(embedder=embedder, store=store, rule=Rule.of_model(embedder.folder))
    index = Index(home, manifest, shards, meaning, remark)
    if store.size < index.status().chunks:
        store.close()
        return None
    return index


def _build(folder: Path, chunks: Sequence[Chunk], embedder: Embedder | None, remark: str, url: str) -> Index:
    home = Generation.begin(folder)
    with home.writing():
        meaning = None
        if embedder is not None:
            store = VectorStore.created(home.path, url=url)
            meaning = Meaning(embedder=embedder, store=store, rule=Rule.of_model(embedder.folder))
        shards = [Shard.build(chunks, embedder)] if chunks else []
        for shard in shards:
            shard.save(home.path)
            if meaning:
                meaning.store.add(shard)
        model = embedder.fingerprint if embedder else ""
        manifest = Manifest(model=model, regulations=hashes(chunks), shards=[one.name for one in shards], built=now())
        home.put(manifest)
        kept = home.switch()
    if meaning and url:
        meaning.store.drop_others(kept)
    return Index(home, manifest, shards, meaning, remark)
