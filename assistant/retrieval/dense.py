"""The vector store: a Chroma collection, embedded in the index folder or on a server (``CHROMA_URL``).

Chroma proposes the nearest chunks; their exact likeness is taken from the shards' own vectors. Vectors are always
handed over, so Chroma never reaches for a model of its own. A collection is named after its generation and a row
after its shard, so nothing written by a killed build can be mistaken for what is in force.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval.shard import Shard

_BATCH = 4096
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 200, "max_neighbors": 16}


class VectorStore:
    """The collection of one generation of one index folder."""

    def __init__(self, home: Path, *, url: str = "") -> None:
        """``home`` is the generation's folder; raises Unavailable when the server does not answer."""
        self._client = _client(home, url)
        folder = hashlib.sha256(str(home.parent.resolve()).encode()).hexdigest()[:12]
        self._prefix = f"law-{folder}-"
        self._name = self._prefix + home.name
        self._store: Any = None

    def create(self) -> None:
        """Make the collection."""
        self._client.create_collection(self._name, configuration={"hnsw": _HNSW}, embedding_function=None)

    def open(self) -> int:
        """Open the collection and give its number of rows, -1 when there is no such collection."""
        from chromadb.errors import ChromaError
        from langchain_chroma import Chroma

        try:
            self._store = Chroma(client=self._client, collection_name=self._name, create_collection_if_not_exists=False)
            return int(self._client.get_collection(self._name, embedding_function=None).count())
        except (ChromaError, ValueError):
            return -1

    def add(self, shard: Shard) -> None:
        """Write the rows of ``shard``."""
        assert shard.vectors is not None
        collection = self._client.get_collection(self._name, embedding_function=None)
        for start in range(0, len(shard.chunks), _BATCH):
            part = shard.chunks[start : start + _BATCH]
            collection.upsert(
                ids=[f"{shard.name}:{row}" for row in range(start, start + len(part))],
                embeddings=np.asarray(shard.vectors[start : start + _BATCH], dtype=np.float32),
                documents=[chunk.label for chunk in part],
                metadatas=[{"regulation": chunk.regulation_id} for chunk in part],
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete rows by name."""
        collection = self._client.get_collection(self._name, embedding_function=None)
        for start in range(0, len(ids), _BATCH):
            collection.delete(ids=list(ids[start : start + _BATCH]))

    def nearest(self, vector: NDArray[np.float32], count: int, *, regulation: str | None = None) -> list[str]:
        """Names (``shard:row``) of about ``count`` rows with the highest cosine, best first."""
        chosen = {"regulation": regulation} if regulation is not None else None
        found = self._store.similarity_search_by_vector_with_relevance_scores(vector, k=count, filter=chosen)
        return [document.id for document, _ in found]

    def drop_others(self, keep: Iterable[str]) -> None:
        """On a server, delete this folder's collections of generations that are not in ``keep``."""
        wanted = {self._prefix + name for name in keep}
        for collection in self._client.list_collections():
            if collection.name.startswith(self._prefix) and collection.name not in wanted:
                self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the store."""
        self._client.close()


def _client(home: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(str(home / "chroma"), settings=settings)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unavailable(f"CHROMA_URL={url!r} 看不懂：请写成 http://127.0.0.1:8000 这样的地址")
    try:
        return chromadb.HttpClient(
            host=parts.hostname, port=parts.port or 8000, ssl=parts.scheme == "https", settings=settings
        )
    except Exception as error:  # the client raises several kinds; for the user they mean the same
        raise Unavailable(
            f"连不上 Chroma 服务 {url}（{type(error).__name__}）：请先启动 chroma run，或去掉 CHROMA_URL"
        ) from None
