"""Regulation: a law read into units, that finds, quotes and names any place in itself."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus import naming
from assistant.corpus.model import Article, Heading, Item, Paragraph, Section, SubItem
from assistant.corpus.refs import Ref
from assistant.errors import UnknownRef

Unit = Article | Paragraph | Item | SubItem


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """A regulation and its source text; ``sha256`` is the hash of the source file's bytes.

    ``articles`` is empty for a document numbered 一、二、三、, whose units are ``sections``. ``date`` is the day it
    was issued, None where the text does not say.
    """

    id: str
    title: str
    issuer: str
    date: datetime.date | None
    articles: tuple[Article, ...]
    sha256: str
    text: str
    headings: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.sha256))

    @cached_property
    def _articles(self) -> dict[tuple[int, int], Article]:
        return {(article.number, article.sub): article for article in self.articles}

    @cached_property
    def _places(self) -> dict[Ref, Unit]:
        """Every citable place under its canonical Ref, in reading order."""
        return {ref: unit for article in self.articles for ref, unit in _places_of(article)}

    @cached_property
    def _labels(self) -> dict[Ref, str]:
        return {ref: naming.label(ref, self._articles[ref.article, ref.sub]) for ref in self._places}

    def article(self, number: int, sub: int = 0) -> Article:
        """Article ``number``, or 第…条之``sub``; raises UnknownRef with the valid range."""
        found = self._articles.get((number, sub))
        if found is None:
            raise UnknownRef(naming.why_unknown(Ref(number, sub), self))
        return found

    def has_no_items(self, ref: Ref) -> bool:
        """True when the article of ``ref`` exists and none of its paragraphs has items."""
        article = self._articles.get((ref.article, ref.sub))
        return article is not None and not article.items

    def canonical(self, ref: Ref) -> Ref | None:
        """The one Ref that stands for the same place (``9#2`` is ``9.2``), or None when there is no such place."""
        if ref in self._places:
            return ref
        article = self._articles.get((ref.article, ref.sub))
        if article is None:
            return None
        other = _canonical(ref, article)
        return other if other in self._places else None

    def resolve(self, ref: Ref) -> Ref:
        """The canonical Ref; raises UnknownRef, which says what there is instead."""
        found = self.canonical(ref)
        if found is None:
            raise UnknownRef(naming.why_unknown(ref, self))
        return found

    def unit(self, ref: Ref) -> Unit:
        """The article, paragraph, item or sub-item; raises UnknownRef."""
        return self._places[self.resolve(ref)]

    def text_of(self, ref: Ref) -> str:
        """The verbatim words of the place, those of its items included; raises UnknownRef."""
        unit = self.unit(ref)
        return unit.full_text if isinstance(unit, Paragraph | Item) else unit.text

    def label(self, ref: Ref) -> str:
        """第六条第（五）项, 第九条第二款, 第十条第一款第（三）项, 第十五条; raises UnknownRef."""
        return self._labels[self.resolve(ref)]

    def paragraph_of(self, ref: Ref) -> Paragraph | None:
        """The paragraph that the place is or stands in; None for an article of several paragraphs."""
        ref = self.resolve(ref)
        article = self._articles[ref.article, ref.sub]
        unit = self._places[ref]
        for paragraph in article.paragraphs:
            if paragraph is unit or unit in paragraph.items or any(unit in item.subitems for item in paragraph.items):
                return paragraph
        return article.paragraphs[0] if len(article.paragraphs) == 1 else None

    def lead_in(self, ref: Ref) -> str:
        """The paragraph's words that introduce an item or sub-item; empty for any other place."""
        if not isinstance(self.unit(ref), Item | SubItem):
            return ""
        paragraph = self.paragraph_of(ref)
        return paragraph.text if paragraph else ""

    def refs(self) -> Iterator[Ref]:
        """Every citable place in reading order: an article, then its paragraphs and items."""
        return iter(self._places)

    def items(self) -> Iterator[tuple[Ref, Item]]:
        """Every item with its canonical Ref, in reading order."""
        return ((ref, unit) for ref, unit in self._places.items() if isinstance(unit, Item))

    def paragraphs(self) -> Iterator[tuple[Ref, Paragraph]]:
        """Every paragraph with its canonical Ref, that of the article where it has only one, in reading order."""
        for article in self.articles:
            for paragraph in article.paragraphs:
                ref = Ref(article.number, article.sub, paragraph.number)
                yield self.resolve(ref), paragraph

    def is_named(self, name: str) -> bool:
        """True when 《name》 may mean this regulation: its title or the end of it, such as 行政执法过错责任追究制度."""
        name = name.strip("《》 ")
        return len(name) > 3 and self.title.endswith(name)

    @property
    def self_name(self) -> str:
        """How it speaks of itself: 本制度, 本办法, 本法."""
        return naming.self_name(self.title)


def _places_of(article: Article) -> Iterator[tuple[Ref, Unit]]:
    whole = Ref(article.number, article.sub)
    yield whole, article
    for paragraph in article.paragraphs:
        place = _canonical(Ref(article.number, article.sub, paragraph.number), article)
        if place != whole:
            yield place, paragraph
        for item in paragraph.items:
            place = _canonical(Ref(article.number, article.sub, paragraph.number, item.number), article)
            yield place, item
            for subitem in item.subitems:
                yield Ref(place.article, place.sub, place.paragraph, place.item, subitem.number), subitem


def _canonical(ref: Ref, article: Article) -> Ref:
    """The shortest form: no paragraph number where items of one paragraph only, or paragraphs only, are counted."""
    with_items = [paragraph.number for paragraph in article.paragraphs if paragraph.items]
    whole = Ref(article.number, article.sub)
    if not ref.item:
        if ref.paragraph == 1 and len(article.paragraphs) == 1:
            return whole
        return Ref(ref.article, ref.sub, item=ref.paragraph) if not with_items else ref
    if not with_items:
        only = ref.item == 1 and not ref.paragraph and not ref.subitem and len(article.paragraphs) == 1
        return whole if only else ref
    if with_items == [ref.paragraph]:
        return Ref(ref.article, ref.sub, item=ref.item, subitem=ref.subitem)
    return ref
