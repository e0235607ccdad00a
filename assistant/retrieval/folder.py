"""Where an index lies on disk, and how it changes in one step.

    folder/CURRENT              the name of the generation in force; replaced by a rename
    folder/g-…/manifest.json    what the generation holds; replaced by a rename when regulations come or go
    folder/g-…/s-…/             shards, written once
    folder/g-…/chroma/          the vector store, where there is a model

Anything not named by CURRENT and its manifest is a leftover of a killed build and is swept by the next one.
"""

import datetime
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from assistant.errors import Unavailable

FORMAT = 1
_CURRENT, _MANIFEST = "CURRENT", "manifest.json"
_LEFTOVER_S = 3600.0  # younger generations may be another process's build


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation holds: ``regulations`` maps id to text hash, ``gone`` lists removed (shard, id) pairs."""

    model: str
    regulations: dict[str, str]
    shards: list[str]
    gone: list[tuple[str, str]] = []
    built: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One generation of the index in ``folder``; ``path`` is its own folder within."""

    folder: Path
    path: Path

    @classmethod
    def current(cls, folder: Path) -> Self | None:
        """The generation in force, or None when there is none or it cannot be read."""
        try:
            name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = folder / name
        return cls(folder=folder, path=path) if name.startswith("g-") and path.is_dir() else None

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """A new, empty generation that is not yet in force; raises Unavailable when the folder cannot be written."""
        path = folder / f"g-{uuid.uuid4().hex[:12]}"
        try:
            path.mkdir(parents=True)
        except OSError as error:
            raise _unwritable(folder, error) from None
        return cls(folder=folder, path=path)

    def manifest(self) -> Manifest | None:
        """What it holds, or None when its manifest is missing, damaged or of another format."""
        try:
            found = msgspec.json.decode((self.path / _MANIFEST).read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError):
            return None
        return found if found.format == FORMAT else None

    def put(self, manifest: Manifest) -> None:
        """Put ``manifest`` in force within the generation, in one step; raises OSError."""
        _replace(self.path / _MANIFEST, msgspec.json.encode(manifest))

    def switch(self) -> list[str]:
        """Put the generation in force, in one step, sweep leftovers, and give the names of those that stay."""
        before = Generation.current(self.folder)
        _replace(self.folder / _CURRENT, self.path.name.encode())
        kept = []
        for other in self.folder.glob("g-*"):
            old = time.time() - other.stat().st_mtime > _LEFTOVER_S
            if other != self.path and (old or (before is not None and other == before.path)):
                shutil.rmtree(other, ignore_errors=True)
            else:
                kept.append(other.name)
        return kept

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turns an OSError within into Unavailable, in words for people."""
        try:
            yield
        except OSError as error:
            raise _unwritable(self.folder, error) from None


def now() -> str:
    """The time of a build, UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _unwritable(path: Path, error: OSError) -> Unavailable:
    return Unavailable(f"索引文件夹 {path} 不能写入（{error.strerror}）：请换一个可写的数据文件夹，或改它的权限")


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
