"""Units under construction: what the reader fills line by line, and how they become the frozen units of the model."""

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.corpus.marks import Kind, Mark
from assistant.corpus.model import Article, Heading, Item, Paragraph, Section, SubItem
from assistant.corpus.normalise import CleanText


class Problem(NamedTuple):
    """Something wrong with a text, with its source line counted from one; ``str()`` is one Chinese line."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}"


@dataclass(slots=True)
class Draft:
    """A paragraph, item or sub-item; ``pieces`` are stretches of the clean text, ``at`` is where its mark stands."""

    at: int
    mark: Mark | None = None
    mark_text: str = ""
    pieces: list[tuple[int, int]] = field(default_factory=list)
    items: list["Draft"] = field(default_factory=list)
    subitems: list["Draft"] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number in its mark, zero without one."""
        return self.mark.number if self.mark else 0

    @property
    def style(self) -> str:
        """How its mark is written, empty without one."""
        return self.mark.style if self.mark else ""

    def lines(self) -> list[tuple[int, int]]:
        """Its pieces, the first with its mark."""
        return (
            [(self.at, self.pieces[0][1]), *self.pieces[1:]]
            if self.pieces
            else [(self.at, self.at + len(self.mark_text))]
        )

    @property
    def is_empty(self) -> bool:
        """True while no words, items or sub-items are in it."""
        return not (self.pieces or self.items or self.subitems)


@dataclass(slots=True)
class Block:
    """An article, or a section 一、 of a document without articles."""

    mark: Mark
    at: int
    mark_text: str
    headings: tuple[Heading, ...] = ()
    caption: str = ""
    paragraphs: list[Draft] = field(default_factory=list)

    @property
    def is_article(self) -> bool:
        """False for a section."""
        return self.mark.kind is Kind.ARTICLE

    @property
    def name(self) -> str:
        """第六条, or “一、”."""
        return self.mark_text if self.is_article else f"“{self.mark_text}、”"

    def freeze_article(self, clean: CleanText) -> Article:
        """The article, with source offsets."""
        start, end, paragraphs = self._freeze(clean)
        mark = self.mark
        return Article(
            number=mark.number,
            sub=mark.sub,
            mark=self.mark_text,
            caption=self.caption,
            headings=self.headings,
            paragraphs=paragraphs,
            start=start,
            end=end,
        )

    def freeze_section(self, clean: CleanText) -> Section:
        """The section, with source offsets."""
        start, end, paragraphs = self._freeze(clean)
        return Section(number=self.mark.number, mark=self.mark_text, paragraphs=paragraphs, start=start, end=end)

    def _freeze(self, clean: CleanText) -> tuple[int, int, tuple[Paragraph, ...]]:
        paragraphs = tuple(_paragraph(draft, index, clean) for index, draft in enumerate(self.paragraphs, 1))
        start, end = clean.span(self.at, self.at + len(self.mark_text))
        ends = [unit.end for paragraph in paragraphs for unit in paragraph.units()]
        return start, max([end, *ends]), paragraphs


def _paragraph(draft: Draft, number: int, clean: CleanText) -> Paragraph:
    text, start, end = _words(draft, clean)
    items = tuple(_item(item, clean) for item in draft.items)
    return Paragraph(number=number, text=text, start=start, end=end, items=items, subitems=_subitems(draft, clean))


def _item(draft: Draft, clean: CleanText) -> Item:
    text, start, end = _words(draft, clean)
    subitems = _subitems(draft, clean)
    return Item(number=draft.number, text=text, mark=draft.mark_text, start=start, end=end, subitems=subitems)


def _subitems(draft: Draft, clean: CleanText) -> tuple[SubItem, ...]:
    found = []
    for subitem in draft.subitems:
        text, start, end = _words(subitem, clean)
        found.append(SubItem(number=subitem.number, text=text, mark=subitem.mark_text, start=start, end=end))
    return tuple(found)


def _words(draft: Draft, clean: CleanText) -> tuple[str, int, int]:
    if not draft.pieces:
        at = clean.origin(draft.at)
        return "", at, at
    text = "\n".join(clean.text[start:end] for start, end in draft.pieces)
    start, end = clean.span(draft.pieces[0][0], draft.pieces[-1][1])
    return text, start, end
