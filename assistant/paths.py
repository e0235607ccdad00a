"""Where the data folders stand, in a checkout and in an installed wheel.

A wheel carries ``corpus/`` and ``prompts/`` inside the package (see pyproject.toml), a checkout has them beside it.
"""

from functools import cache
from pathlib import Path

from assistant.errors import Unavailable

_PACKAGE = Path(__file__).resolve().parent


@cache
def _data(name: str) -> Path:
    for parent in (_PACKAGE.parent, _PACKAGE / "data"):
        if (parent / name).is_dir():
            return parent / name
    raise Unavailable(f"找不到数据文件夹 {name}/：程序安装不完整，请重新安装")


def corpus_dir() -> Path:
    """Folder of regulations, rules, exemplars and learned models."""
    return _data("corpus")


def prompts_dir() -> Path:
    """Folder of prompt files, one Markdown file a prompt."""
    return _data("prompts")
