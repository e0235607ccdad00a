"""The vector store: a Chroma collection, embedded in the index folder or on a server (``CHROMA_URL``).

Chroma proposes the nearest chunks; their exact likeness is taken from the shards' own vectors. Vectors are always
handed over, so Chroma never reaches for a model of its own. A collection is named after its generation and a row
after its shard, so nothing written by a killed build can be mistaken for what is in force.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval.shard import Shard

_BATCH = 4096
_HNSW = {"space": "cosine", "ef_construction": 60, "ef_search": 200, "max_neighbors": 12}


class VectorStore:
    """The collection of one generation of one index folder."""

    def __init__(self, client: Any, name: str) -> None:
        from langchain_chroma import Chroma

        self._client, self._name = client, name
        self._store = Chroma(client=client, collection_name=name, create_collection_if_not_exists=False)

    @classmethod
    def created(cls, home: Path, *, url: str = "") -> Self:
        """A new collection for the generation in ``home``; raises Unavailable when the server cannot be had."""
        client, name = _client(home, url), _prefix(home) + home.name
        client.create_collection(name, configuration={"hnsw": _HNSW}, embedding_function=None)
        return cls(client, name)

    @classmethod
    def reopened(cls, home: Path, *, url: str = "") -> Self | None:
        """The collection of the generation in ``home``, None where it is missing or its folder is damaged.

        Raises Unavailable when the server cannot be had.
        """
        client = None
        try:
            client = _client(home, url)
            return cls(client, _prefix(home) + home.name)
        except Unavailable:
            raise
        except Exception:  # a damaged folder shows itself in many ways; the texts are at hand to build it anew
            if client is not None:
                _hang_up(client)
            return None

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self._client.get_collection(self._name, embedding_function=None).count())

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
        try:
            found = self._store.similarity_search_by_vector_with_relevance_scores(
                vector.tolist(), k=count, filter=chosen
            )
        except Exception as error:  # a server gone, a folder deleted: the client raises what it likes
            raise Unavailable(
                f"语义索引没有应答（{type(error).__name__}）：请检查 Chroma 服务，或运行 python -m assistant index build"
            ) from None
        return [str(document.id) for document, _ in found]

    def drop_others(self, keep: Iterable[str]) -> None:
        """On a server, delete this folder's collections of generations that are not in ``keep``."""
        prefix, _, _ = self._name.rpartition("g-")
        wanted = {prefix + name for name in keep}
        for collection in self._client.list_collections():
            if collection.name.startswith(prefix) and collection.name not in wanted:
                self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the store."""
        _hang_up(self._client)


def _hang_up(client: Any) -> None:
    client.close()
    for part in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:  # the client of a server leaves its sockets open
            session.close()


def _prefix(home: Path) -> str:
    """One server may hold the collections of several index folders; this tells them apart."""
    return f"law-{hashlib.sha256(str(home.parent.resolve()).encode()).hexdigest()[:12]}-"


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
