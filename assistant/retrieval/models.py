"""Which sentence embedding to use: the one in the box, or any other by folder or hub name.

A folder is opened by its absolute path with every look-up off. A hub name is taken from the local cache; only when
it is not there is the hub asked, shortly, and never with HF_HUB_OFFLINE set.
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.paths import corpus_dir
from assistant.retrieval.chunks import Chunk
from assistant.retrieval.static import MARK, StaticModel

_HUB_WAIT_S = 5.0
#: What to do where the extra is missing.
INSTALL = "请先安装：pip install 'enforcement-fault-assistant[dense]'"


class Embedder(Protocol):
    """Text -> vectors of length one. ``fingerprint`` changes whenever the vectors may."""

    name: str
    fingerprint: str
    folder: Path

    def passages(self, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        """Shape (chunks, dimensions)."""

    def query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,)."""


def shipped() -> Path | None:
    """The folder of the model in the box, or None where it is not there."""
    folder = corpus_dir() / "models" / "embedding"
    return folder if (folder / MARK).is_file() else None


def missing_parts() -> list[str]:
    """Packages of the ``dense`` extra that search by meaning needs and that are not installed."""
    return [name for name in ("chromadb", "langchain_chroma", "safetensors") if importlib.util.find_spec(name) is None]


def load_embedder(model: str | Path) -> Embedder:
    """The embedding in folder ``model`` or of that hub name; raises Unavailable when it cannot be had."""
    folder = locate(model)
    if (folder / MARK).is_file():
        return _Own(folder)
    return _Foreign(folder, str(model))


def locate(model: str | Path) -> Path:
    """The local folder of ``model``, downloaded once if it is a hub name; raises Unavailable."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            raise Unavailable(f"{folder} 不像模型文件夹（没有 modules.json 或 config.json）：请指到模型所在的那一层")
        return folder.resolve()
    if isinstance(model, Path) or folder.is_absolute() or str(model).count("/") != 1 or str(model).startswith("."):
        raise Unavailable(f"找不到模型文件夹 {model}：请写存在的文件夹，或 BAAI/bge-small-zh-v1.5 这样的模型名")
    return _from_hub(str(model))


def _from_hub(name: str) -> Path:
    if importlib.util.find_spec("huggingface_hub") is None:
        raise Unavailable(f"模型 {name} 需要语义检索组件：{INSTALL}")
    from huggingface_hub import HfApi, constants, snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError):
        pass  # not in the cache: ask the hub, if that is allowed
    advice = "请把模型文件夹拷到本机并写它的路径，或留空使用自带模型"
    if constants.HF_HUB_OFFLINE:
        raise Unavailable(f"模型 {name} 不在本机缓存里，而 HF_HUB_OFFLINE 已禁止下载：{advice}")
    try:
        HfApi().model_info(name, timeout=_HUB_WAIT_S)
        return Path(snapshot_download(name))
    except Exception as error:  # whatever the network or the hub raises, the user's way on is the same
        raise Unavailable(f"模型 {name} 取不到（{type(error).__name__}）：本机可能没有外网，{advice}") from None


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class _Own:
    """The model in the box, read without torch."""

    def __init__(self, folder: Path) -> None:
        self.name, self.folder, self.fingerprint = "自带模型", folder, _hash(folder)
        self._model = StaticModel(folder)

    def passages(self, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        return self._model.encode([f"{chunk.title}\n{chunk.searched}" for chunk in chunks])

    def query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._model.encode([text])[0]
        return vector


class _Foreign:
    """Any sentence-transformers model."""

    def __init__(self, folder: Path, name: str) -> None:
        if importlib.util.find_spec("sentence_transformers") is None:
            raise Unavailable(f"模型 {name} 需要 sentence-transformers：{INSTALL}")
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            first = str(error).strip().splitlines()[:1]
            raise Unavailable(f"模型 {name} 打不开（{''.join(first)[:80]}）：请换一个完好的模型") from None
        self.name, self.folder, self.fingerprint = name, folder, _hash(folder)

    def passages(self, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        texts = [f"{chunk.title} {chunk.searched}" for chunk in chunks]
        made = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(made, dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        made = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(made, dtype=np.float32)
