"""Data files that come with the program: YAML read into a type, and what reading a damaged file raises."""

import zipfile
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.errors import BadRulePack

#: What files that are missing, cut short or something else raise when text, JSON or arrays are read from them.
DAMAGE: tuple[type[Exception], ...] = (OSError, EOFError, ValueError, zipfile.BadZipFile, msgspec.MsgspecError)

_T = TypeVar("_T")


def read_yaml(path: Path, kind: type[_T], *, name: str = "") -> _T:
    """What is in ``path``, as a ``kind``; raises BadRulePack, in one line that calls the file ``name`` (else as it is called)."""
    called = name or path.name
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise BadRulePack(f"{called} 读不了：{error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise BadRulePack(f"{called} 读不懂：{' '.join(str(error).split())}") from None
