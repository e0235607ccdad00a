"""Ref: the one name that every room uses for an article, a paragraph, an item or a sub-item.

Ids, as in the contract of the command line:

    15          article fifteen                                第十五条
    133-1       the first article inserted after article 133   第一百三十三条之一
    6.5         item five of article six                       第六条第（五）项
    9.2         paragraph two of an article without items      第九条第二款
    10#2        paragraph two of an article that has items     第十条第二款
    34#2.3.1    paragraph, item, sub-item                      第三十四条第二款第（三）项第1目

The number after the dot is an item where the article has items and a paragraph where it has none, so only the
regulation can tell them apart: ``Regulation.resolve`` turns every form into the one canonical Ref.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from assistant.corpus.numerals import count_of
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.corpus.chains import Place
    from assistant.corpus.regulation import Regulation

_ID = re.compile(r"(\d{1,4})(?:-(\d{1,3}))?(?:#(\d{1,3}))?(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?")
_LONGEST = 400  # characters; no list of places is longer
_SEPARATORS = " \t\r\n\u3000\xa0、，,；;和与及以或并。"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A place in a regulation; zero means "not said". ``str(ref)`` is its id, and Ref sorts in reading order.

    ``item`` counts items, or paragraphs where the article has no items and ``paragraph`` is zero.
    """

    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0

    def __str__(self) -> str:
        text = str(self.article)
        if self.sub:
            text += f"-{self.sub}"
        if self.paragraph:
            text += f"#{self.paragraph}"
        if self.item:
            text += f".{self.item}"
        if self.subitem:
            text += f".{self.subitem}"
        return text

    @property
    def id(self) -> str:
        """The id of the contract, such as ``6.5``."""
        return str(self)

    @property
    def of_article(self) -> "Ref":
        """The whole article that this place is in."""
        return Ref(self.article, self.sub)

    @classmethod
    def from_id(cls, text: str) -> Self:
        """The Ref of an id as ``str`` writes it; raises BadInput for any other text."""
        found = _ID.fullmatch(text.strip())
        if found is None:
            raise BadInput(f"“{_short(text)}”不是条文编号：请写成 6.5、9.2、10#2 或 15 这样的编号")
        return cls(*(int(part or 0) for part in found.groups()))

    @classmethod
    def parse(cls, text: str, regulation: "Regulation | None" = None) -> "Ref":
        """The one place that ``text`` names in any form; raises BadInput when it names none or several.

        With a regulation the Ref is canonical, and UnknownRef is raised when there is no such place.
        """
        refs = cls.parse_many(text, regulation)
        if len(refs) != 1:
            raise BadInput(f"“{_short(text)}”写了{count_of(len(refs))}处条文：这里只能写一处，例如“第六条第五项”")
        return refs[0]

    @classmethod
    def parse_many(cls, text: str, regulation: "Regulation | None" = None) -> tuple["Ref", ...]:
        """All places that ``text`` names, in order; ``text`` must be nothing but citations.

        Takes 第六条第五项, 第6条（五）, 6条5项, 六条五, 6.5, 6(5), 第六、七、八、九条, 第六条至第九条 and the like.
        Raises BadInput when anything in ``text`` is no citation, UnknownRef when the regulation has no such place.
        """
        if _ID.fullmatch(text):
            ref = cls.from_id(text)
            return (ref if regulation is None else regulation.resolve(ref),)
        from assistant.corpus.grammar import scan

        mentions = scan(text, terse=True) if len(text) <= _LONGEST else []
        ends = [0, *(mention.end for mention in mentions)]
        starts = [*(mention.start for mention in mentions), len(text)]
        if not mentions or any(text[end:start].strip(_SEPARATORS) for end, start in zip(ends, starts, strict=True)):
            raise BadInput(
                f"“{_short(text)}”不是条文编号：请写成“第六条第五项”“第九条第二款”“第十五条”，或 6.5、9.2、15"
            )
        refs = [_ref(place, regulation) for mention in mentions for place in mention.places]
        return tuple(refs if regulation is None else (regulation.resolve(ref) for ref in refs))


def find_refs(text: str, regulation: "Regulation | None" = None) -> list[tuple[int, int, tuple[Ref, ...]]]:
    """Every citation in running prose as ``(start, end, refs)``, in order and without overlap.

    A joint citation (第六、七、八、九条) is one entry with several refs. 第（五）项 and 第二款 without an article of
    their own belong to the article cited before them. With a regulation the refs are canonical where the place
    exists and left as written where it does not, so that ``regulation.resolve`` can say so.
    """
    from assistant.corpus.grammar import scan

    found = []
    for mention in scan(text):
        refs: Sequence[Ref] = [_ref(place, regulation) for place in mention.places]
        if regulation is not None:
            refs = [regulation.canonical(ref) or ref for ref in refs]
        found.append((mention.start, mention.end, tuple(dict.fromkeys(refs))))
    return found


def _ref(place: "Place", regulation: "Regulation | None") -> Ref:
    ref = Ref(place.article, place.sub, place.paragraph, place.item, place.subitem)
    if regulation is not None and place.said_item and not place.paragraph and regulation.has_no_items(ref.of_article):
        # 「第九条第二项」 names an item, and must not be taken for paragraph two.
        return replace(ref, paragraph=1)
    return ref


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else line[:30] + "…"
