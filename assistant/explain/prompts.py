"""Prompts are strict files: ``prompts/NAME.md`` with ``$name`` variables; a missing or an unused one raises."""

import hashlib
from string import Template
from typing import NamedTuple

from assistant.errors import CheckFailed
from assistant.paths import prompts_dir


class Prompt(NamedTuple):
    """A filled prompt and the sha256 of the file it was made from."""

    text: str
    sha256: str


def fill(name: str, **values: str) -> Prompt:
    """The prompt ``name`` with its variables filled; raises CheckFailed naming what is missing or not used."""
    path = prompts_dir() / f"{name}.md"
    try:
        data = path.read_bytes()
    except OSError:
        raise CheckFailed(f"找不到提示文件 prompts/{name}.md") from None
    template = Template(data.decode("utf-8"))
    wanted = set(template.get_identifiers())
    if wanted != set(values) or not template.is_valid():
        missing, unused = sorted(wanted - set(values)), sorted(set(values) - wanted)
        raise CheckFailed(f"提示文件 prompts/{name}.md 的变量对不上：缺 {missing}，多 {unused}")
    return Prompt(template.substitute(values), hashlib.sha256(data).hexdigest())
