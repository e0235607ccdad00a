"""Words that mean much the same: some 39,000 of the commonest words of written Chinese, each with its family.

Spoilt texts (`spoil`) exchange a word for a relative: 检举 shares a family with 揭发. The table is data (corpus/models/words, made by
`families_train`); a text is cut into its longest known words from the left, the same on every machine.
"""

import sys
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.errors import Unavailable
from assistant.paths import corpus_dir

LONGEST = 4
FAMILIES = 1000


class Word(NamedTuple):
    """A known word and the number of its family."""

    text: str
    family: int


class Families:
    """The table; what it keeps between texts are entries of its own only. ``members``: a family number a word."""

    def __init__(self, words: list[str], members: "array[int]") -> None:
        self._numbers = dict(zip(words, range(len(words)), strict=True))
        self._members = members
        self._longest: dict[str, int] = {}
        for word in words:
            self._longest[word[:2]] = max(len(word), self._longest.get(word[:2], 0))
        self._met: dict[str, Word] = {}

    def cut(self, text: str) -> list[tuple[int, Word]]:
        """The longest known words of ``text`` from the left, with where they start."""
        longest, met, know = self._longest.get, self._met.get, self._know
        found: list[tuple[int, Word]] = []
        at = 0
        while at < len(text):
            for length in range(longest(text[at : at + 2], 0), 1, -1):
                piece = text[at : at + length]
                word = met(piece) or know(piece)
                if word is not None:
                    found.append((at, word))
                    at += length
                    break
            else:
                at += 1
        return found

    def words(self) -> Iterator[Word]:
        """Every word of the table, the commonest first."""
        return (word for name in self._numbers if (word := self._know(name)) is not None)

    def _know(self, piece: str) -> Word | None:
        """The entry of ``piece``, kept for the next text; None where it is no known word."""
        number = self._numbers.get(piece)
        if number is None:
            return None
        word = Word(piece, self._members[number])
        self._met[piece] = word
        return word


@cache
def load_families() -> Families:
    """The table in ``corpus/models/words``; raises Unavailable when it is missing or damaged."""
    return read_families(corpus_dir() / "models" / "words")


def read_families(folder: Path) -> Families:
    """The table in ``folder``: words.txt (a word a line) and families.bin (a little-endian 16-bit number a word)."""
    try:
        words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        members = array("H", (folder / "families.bin").read_bytes())
    except (OSError, ValueError) as error:
        raise Unavailable(f"词表 {folder.name} 缺失或损坏（{error}）：请重新安装") from None
    if sys.byteorder == "big":
        members.byteswap()
    if len(members) != len(words):
        raise Unavailable(f"词表 {folder.name} 的两个文件对不上：请重新安装")
    return Families(words, members)
