"""One frozen Settings, read from the environment by the command line and app.py only.

Every field has an ``ASSISTANT_`` variable of its own name in capitals; nothing else in the package takes a setting
from the environment (other libraries' variables are set or cleared before these are loaded, in web/serve.py and
explain/model.py). Secrets never show in ``repr``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self

from assistant.errors import BadInput

_PREFIX = "ASSISTANT_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set from outside; the defaults run offline on one machine.

    ``data_dir`` holds caches and users' own regulations; ``llm_timeout`` is in seconds for a whole answer;
    an empty ``llm_model`` means that no model is asked. ``embedding`` is a folder or a hub name, empty for
    the model in corpus/models/embedding. ``users`` is the file of those who may log in to the page, empty for none;
    ``calls_per_minute`` is how often one client may make the server think.
    ``database_url`` is where papers and classes are kept (SQLite or PostgreSQL), a file in ``data_dir`` when empty.
    """

    regulation: str = "xushui-2020"
    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 7860
    users: str = ""
    calls_per_minute: int = 1200
    database_url: str = field(default="", repr=False)
    embedding: str = ""
    reranker: str = ""
    chroma_url: str = ""
    llm_base_url: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_model: str = ""
    llm_timeout: float = 30.0
    llm_mask_loopback: bool = True

    @property
    def users_file(self) -> Path | None:
        """The file of ``users`` as a path; None when nobody has to log in."""
        return Path(self.users) if self.users else None

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'exercises.db'}"

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Settings from ``environ`` (default ``os.environ``); raises BadInput naming a variable that cannot be read."""
        source = os.environ if environ is None else environ
        found: dict[str, object] = {}
        for item in fields(cls):
            name = _PREFIX + item.name.upper()
            if item.name == "chroma_url":
                name = "CHROMA_URL" if "CHROMA_URL" in source else name
            text = source.get(name)
            if text is not None:
                found[item.name] = _convert(name, text, item.default)
        return cls(**found)  # type: ignore[arg-type]


def _convert(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in {"0", "1", "true", "false"}:
            raise BadInput(f"环境变量 {name}={text!r} 看不懂：请写 1 或 0")
        return text.lower() in {"1", "true"}
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError:
            raise BadInput(f"环境变量 {name}={text!r} 看不懂：请写一个数字，例如 {default}") from None
    return text
