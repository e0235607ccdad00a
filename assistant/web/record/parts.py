"""What a record is made of: headed sections of lines and grids."""

from typing import Literal, NamedTuple

Kind = Literal["plain", "strong", "law", "item", "head"]


class Line(NamedTuple):
    """A paragraph; ``law`` is verbatim from the regulation."""

    text: str
    kind: Kind = "plain"


class Grid(NamedTuple):
    """A table; ``widths`` are shares of the page's width. A cell may have lines."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Line | Grid


class Section(NamedTuple):
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]
