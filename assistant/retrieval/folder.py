"""Where an index lies on disk, and how it changes in one step.

    folder/CURRENT              the name of the generation in force; replaced by a rename
    folder/g-…/manifest.json    what the generation holds; replaced by a rename when regulations come or go
    folder/g-…/s-…/             shards, written once
    folder/g-…/chroma/          the vector store, where there is a model

Anything not named by CURRENT and its manifest is a leftover of a killed build and is swept by the next one.
"""

import os
import shutil
import time
import uuid
from pathlib import Path

import msgspec

from assistant.errors import Unavailable

FORMAT = 1
_LEFTOVER_S = 3600.0  # younger generations may be another process's build


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation holds: ``regulations`` maps id to text hash, ``gone`` lists removed (shard, id) pairs."""

    model: str
    regulations: dict[str, str]
    shards: list[str]
    gone: list[tuple[str, str]] = []
    built: str = ""
    format: int = FORMAT


class IndexFolder:
    """One index folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path | None:
        """The generation in force, or None when there is none or it cannot be read."""
        try:
            name = (self.path / "CURRENT").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        home = self.path / name
        return home if name.startswith("g-") and home.is_dir() else None

    def manifest(self, home: Path) -> Manifest | None:
        """What ``home`` holds, or None when its manifest is missing, damaged or of another format."""
        try:
            found = msgspec.json.decode((home / "manifest.json").read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError):
            return None
        return found if found.format == FORMAT else None

    def begin(self) -> Path:
        """A new, empty generation that is not yet in force; raises Unavailable when the folder cannot be written."""
        home = self.path / f"g-{uuid.uuid4().hex[:12]}"
        try:
            home.mkdir(parents=True)
        except OSError as error:
            raise unwritable(self.path, error) from None
        return home

    def write(self, home: Path, manifest: Manifest) -> None:
        """Put ``manifest`` in force within ``home``, in one step."""
        _replace(home / "manifest.json", msgspec.json.encode(manifest))

    def switch(self, home: Path) -> None:
        """Put ``home`` in force, in one step, and sweep what is left of older builds."""
        before = self.current()
        _replace(self.path / "CURRENT", home.name.encode())
        for other in self.path.glob("g-*"):
            if other != home and (other == before or time.time() - other.stat().st_mtime > _LEFTOVER_S):
                shutil.rmtree(other, ignore_errors=True)


def unwritable(path: Path, error: OSError) -> Unavailable:
    """The error to show when the index folder cannot be written."""
    return Unavailable(f"索引文件夹 {path} 不能写入（{error.strerror}）：请换一个可写的数据文件夹，或改它的权限")


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
