"""What stands below an article in a citation: 第一款第三项, 第（一）（三）项, （五）, 第一项至第三项, 第2目.

Patterns here and in grammar.py are matched against the shape of a text (numerals.shape_of); numbers are read off the
text itself.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import SIGNS, shape_of, to_int


class Place(NamedTuple):
    """The numbers of a citation as written, zero where nothing is said; ``said_item``: 项 or a bracket stood there."""

    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    said_item: bool = False

    def at(self, level: str, number: int) -> "Place":
        """The place ``number`` on ``level``, with everything below it cut off."""
        depth = self._fields.index(level)
        numbers = [*(int(one) for one in self[:depth]), number, 0, 0, 0, 0]
        article, sub, paragraph, item, subitem = numbers[:5]
        return Place(article, sub, paragraph, item, subitem, said_item=bool(item))


class Words:
    """A text with its shape, where Markdown's marks and zero-width characters are spaces and ⑤ is a digit.

    ``strict`` makes a numeral that is none, as in 第十十条 or 第零项, a ValueError; else it is ``NO_NUMBER``.
    """

    __slots__ = ("shape", "strict", "text")

    def __init__(self, text: str, *, strict: bool) -> None:
        self.text = text
        self.strict = strict
        self.shape = shape_of(text).translate(_IN_PROSE)

    def numbers(self, start: int, end: int) -> Iterator[tuple[int, bool]]:
        """Every number between ``start`` and ``end``, and whether it ends a range begun by the one before it."""
        last = start
        for found in _NUMBER.finditer(self.shape, start, end):
            yield self.number(*found.span()), bool(_RANGE.search(self.shape, last, found.start()))
            last = found.end()

    def number(self, start: int, end: int) -> int:
        """The number that stands from ``start`` to ``end``; raises ValueError when strict."""
        digits = (char for char, shape in zip(self.text[start:end], self.shape[start:end], strict=True) if shape != " ")
        try:
            number = to_int("".join(digits))
        except ValueError:
            number = 0
        if not number and self.strict:
            raise ValueError(f"not a number of a place: {self.text[start:end]!r}")
        return number or NO_NUMBER


class Chains(NamedTuple):
    """Places that follow an article up to ``end``; none when the text goes on with something else."""

    end: int
    places: tuple[Place, ...] = ()
    named_paragraph: bool = False


#: Stands for a numeral that is none: no law has such an article, paragraph or item, so it is never found.
NO_NUMBER = 9999
_IN_PROSE = str.maketrans(dict.fromkeys(SIGNS, "0") | dict.fromkeys("*`\u200b\u200c\u200d\u2060\ufeff", " "))
#: The longest list of numbers that is read as one citation.
MOST = 40
# No two runs of spaces may touch in these patterns: (?: *,? *x)* takes for ever on a long line with spaces.
RANGE = r"(?:[至到]|[-—–~～－]{1,2})"
COMMA = rf"(?:[、，,和与及或]|以及|或者|{RANGE})"
BRACKET = rf"\( *{_N} *\)"
_LINK = r" *(?:(?:(?:所?规定|所?列举?|所述)(?:[的之]|[中里下内]的?)?|[的之]|[中里下内]的?) *)?"
_ORDINAL = rf"第 *(?:{BRACKET}|{_N})"
_UNITS = {"款": "paragraph", "项": "item", "点": "item", "目": "subitem"}
_NAMED = re.compile(
    rf"(?:{_LINK}(?:{_ORDINAL}|{BRACKET})|{_N})(?: *(?:{COMMA} *)?(?:{_ORDINAL}|{BRACKET})| *{COMMA} *{_N}){{0,{MOST}}} *小?([款项点目])"
)
_BRACKETS = re.compile(rf" *{BRACKET}(?: *(?:{COMMA} *)?{BRACKET}){{0,{MOST}}}")
_AND = re.compile(rf" *(?:({RANGE})|[、，,；;和与及或并]|以及|或者) *(?=[第(])")
_NUMBER = re.compile(_N)
_RANGE = re.compile(RANGE)


def read_chains(words: Words, start: int, article: Place, *, inherit: bool = False) -> Chains:
    """All places below ``article`` named from ``start`` on; raises ValueError as ``Words`` does.

    With ``inherit`` the first chain takes over a paragraph named in ``article``, as 第三项 does after 第二款第一项.
    """
    above = article if inherit else Place(article.article, article.sub)
    places: list[Place] = []
    end, named_paragraph = start, False
    joint = None
    while not places or (joint := _AND.match(words.shape, end)):
        one, stop, named = _read_chain(words, joint.end() if joint else start, above)
        if not one:
            break
        places[-1:] = [*spread(places[-1], one[0]), *one[1:]] if joint and joint[1] else [*places[-1:], *one]
        end, above, named_paragraph = stop, places[-1], named_paragraph or named
    return Chains(end, tuple(places), named_paragraph)


def _read_chain(words: Words, start: int, above: Place) -> tuple[list[Place], int, bool]:
    """One chain, from 款 down to 目; of several places on one level the last carries what stands below."""
    places: list[Place] = []
    position, named = start, False
    while True:
        level, end = _next_level(words, position, places)
        base = places[-1] if places else above
        if not level or (level == "subitem" and not base.item):
            return places, position, named
        places[-1:] = _numbered(base, level, words.numbers(position, end))
        position, named = end, named or level == "paragraph"


def _next_level(words: Words, position: int, places: list[Place]) -> tuple[str, int]:
    """The level named at ``position``, and where its words end; an empty name when there is none below ``places``."""
    done = 0 if not places else 3 if places[-1].subitem else 2 if places[-1].item else 1
    if found := _NAMED.match(words.shape, position):
        level = _UNITS[found[1]]
        return (level, found.end()) if ("paragraph", "item", "subitem").index(level) >= done else ("", position)
    if found := _BRACKETS.match(words.shape, position):
        # （五） or (5) without the word 项; right below an item only digits count, as 目 are written （1）.
        end = _same_writing(words.shape, found)
        if done < 2:
            return "item", end
        if done == 2 and "0" in words.shape[position:end]:
            return "subitem", end
    return "", position


def _same_writing(shape: str, found: re.Match[str]) -> int:
    """Where brackets of one writing end: （五）（1） is an item and a sub-item, （一）（三） are two items."""
    other = "〇" if "0" in found[0].split(")")[0] else "0"
    cut = shape.find(other, found.start(), found.end())
    return found.end() if cut < 0 else shape.rindex("(", found.start(), cut)


def _numbered(base: Place, level: str, numbers: Iterator[tuple[int, bool]]) -> list[Place]:
    places: list[Place] = []
    for number, ends_range in numbers:
        place = base.at(level, number)
        places[-1:] = spread(places[-1], place) if ends_range and places else [*places[-1:], place]
    return places


def spread(first: Place, last: Place) -> list[Place]:
    """Every place from ``first`` to ``last`` that numbers alone can tell, else just the two."""
    level = next((name for name in ("subitem", "item", "paragraph", "sub") if getattr(last, name)), "article")
    low, high = getattr(first, level), getattr(last, level)
    same_depth = first.at(level, low) == first and first.at(level, high) == last
    if same_depth and low and low < high < low + 999:
        return [first.at(level, number) for number in range(low, high + 1)]
    if level in {"sub", "article"} and first.article < last.article < first.article + 999:
        whole = [Place(number) for number in range(first.article + 1, last.article + (1 if last.sub else 0))]
        return [first, *whole, last]
    return [first, last]
