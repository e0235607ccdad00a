"""The units of a regulation as the law counts them: 编章节 (Heading), 条, 款, 项, 目, or 一、 (Section).

Every unit knows its own words verbatim, white space at the ends trimmed, and where they stand: ``start`` and ``end``
count characters of ``Regulation.text``, so ``regulation.text[unit.start:unit.end] == unit.text`` wherever the source
is plain text. Where the source has markup or invisible characters inside, these are left out of ``text`` and the
slice still has them. A mark such as （五） or 第六条 is not part of the words; it stands in ``mark``.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands around the articles: title, issuer, and the day it was issued; empty or None where it is not said."""

    title: str
    issuer: str
    date: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading above articles; ``level`` is 编, 分编, 章 or 节, ``number`` 0 where it has none (附则)."""

    level: str
    number: int
    title: str
    mark: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.mark} {self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubItem:
    """目: 1. or （1） below an item."""

    number: int
    text: str
    mark: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """项: （一） in an article, numbered within its paragraph."""

    number: int
    text: str
    mark: str
    start: int
    end: int
    subitems: tuple[SubItem, ...] = ()

    @property
    def full_text(self) -> str:
        """The item's words with its sub-items, a line each."""
        return "\n".join([self.text, *(sub.mark + sub.text for sub in self.subitems)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """款: ``text`` is its own words, which introduce its items where it has any."""

    number: int
    text: str
    start: int
    end: int
    items: tuple[Item, ...] = ()
    subitems: tuple[SubItem, ...] = ()

    def units(self) -> "Iterator[Paragraph | Item | SubItem]":
        """Itself and every unit in it, in reading order."""
        yield self
        yield from self.subitems
        for item in self.items:
            yield item
            yield from item.subitems

    @property
    def full_text(self) -> str:
        """The paragraph with its items and sub-items, a line each, marks included."""
        lines = [self.text] if self.text else []
        lines += [sub.mark + sub.text for sub in self.subitems]
        return "\n".join(lines + [item.mark + item.full_text for item in self.items])


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """一、二、三、 of a document without articles; it cannot be cited by a Ref."""

    number: int
    mark: str
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """All its words, a line for each paragraph and item, marks included."""
        return "\n".join(paragraph.full_text for paragraph in self.paragraphs)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all its paragraphs, in order."""
        return tuple(item for paragraph in self.paragraphs for item in paragraph.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """条: ``start`` and ``end`` run from its mark 第六条 to its last word; ``sub`` is 1 for 之一, 0 for none.

    ``caption`` is the name some laws give an article, 【立法目的】; it is not among its words.
    """

    number: int
    mark: str
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int
    sub: int = 0
    caption: str = ""
    headings: tuple[Heading, ...] = ()

    @property
    def text(self) -> str:
        """All its words, a line for each paragraph and item, marks of items included."""
        return "\n".join(paragraph.full_text for paragraph in self.paragraphs)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all its paragraphs, in order."""
        return tuple(item for paragraph in self.paragraphs for item in paragraph.items)

    def heading(self, level: str) -> Heading | None:
        """The 编, 分编, 章 or 节 that it stands under, or None."""
        return next((heading for heading in self.headings if heading.level == level), None)

    @property
    def part(self) -> Heading | None:
        """The 编 that it stands under."""
        return self.heading("编")

    @property
    def chapter(self) -> Heading | None:
        """The 章 that it stands under."""
        return self.heading("章")

    @property
    def section(self) -> Heading | None:
        """The 节 that it stands under."""
        return self.heading("节")

    def units(self) -> Iterator[Paragraph | Item | SubItem]:
        """Every unit below the article, in reading order."""
        for paragraph in self.paragraphs:
            yield from paragraph.units()
