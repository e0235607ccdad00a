"""What stands below an article in a citation: 第一款第三项, 第（一）（三）项, （五）, 第一项至第三项, 第2目."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import to_int


class Place(NamedTuple):
    """The numbers of a citation as written; zero where nothing is said. ``said_item``: the word 项 or a bracket stood there."""

    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    said_item: bool = False


@dataclass(slots=True)
class Chains:
    """Places that follow an article up to ``end``; none when the text goes on with something else."""

    end: int
    places: list[Place] = field(default_factory=list)
    named_paragraph: bool = False


_RANGE = r"(?:至|到|[-—–~～－]{1,2})"
_LINK = r" *(?:所?规定|所?列举?|所述)?(?:的|之|中的?|里的?|下的?|内的?)? *"
_BRACKET = rf"[（(] *{_N} *[）)]"
_ORDINAL = rf"第 *(?:{_BRACKET}|{_N})"
_MORE = rf"(?: *(?:、|，|,|和|与|及|以及|或|或者|{_RANGE})? *(?:{_ORDINAL}|{_BRACKET})| *(?:、|，|,|和|与|及|以及|或|或者|{_RANGE}) *{_N})*"
_UNIT = {"paragraph": "款", "item": "(?:小?项|点)", "subitem": "目"}
_FIRST = {
    level: re.compile(rf"(?:{_LINK}(?:{_ORDINAL}|{_BRACKET})|{_N}){_MORE} *{unit}") for level, unit in _UNIT.items()
}
_BRACKETS = re.compile(rf" *{_BRACKET}(?: *(?:、|，|,|和|与|及|或|{_RANGE})? *{_BRACKET})*")
_AND = re.compile(rf" *(?:(?P<range>{_RANGE})|、|，|,|；|;|以及|和|与|及|或者|或|并) *(?=第|[（(])")
_NUMBER = re.compile(_N)
_IS_RANGE = re.compile(_RANGE)
_LEVELS = ("paragraph", "item", "subitem")


def read_chains(text: str, start: int, article: Place, *, inherit: bool = False) -> Chains:
    """All places below ``article`` named from ``start`` on; raises ValueError on an impossible numeral.

    With ``inherit`` the first chain also takes over a paragraph named in ``article``, as 第三项 does after 第二款第一项.
    """
    chains = Chains(start)
    above = article if inherit else Place(article.article, article.sub)
    position, is_range = start, False
    while True:
        one, end, named = _read_chain(text, position, above)
        if not one:
            return chains
        if is_range:
            chains.places[-1:] = spread(chains.places[-1], one[0])
            chains.places += one[1:]
        else:
            chains.places += one
        chains.end, chains.named_paragraph = end, chains.named_paragraph or named
        above = chains.places[-1]
        joint = _AND.match(text, end)
        if joint is None:
            return chains
        position, is_range = joint.end(), joint["range"] is not None


def _read_chain(text: str, start: int, above: Place) -> tuple[list[Place], int, bool]:
    """One chain of levels; every level below the first starts where the one above it ended."""
    places: list[Place] = []
    position, base, named = start, above, False
    for level in _LEVELS:
        found = _FIRST[level].match(text, position)
        if found is None and level != "paragraph":
            found = _match_brackets(text, position, level, base if places else above)
        if found is None:
            continue
        numbers = _numbers(found[0])
        keep = _LEVELS[: _LEVELS.index(level)]
        base = Place(base.article, base.sub, **{name: getattr(base, name) for name in keep})
        same = [base._replace(**{level: number}) for number in numbers]
        same = [place._replace(said_item=bool(place.item)) for place in same]
        places = [*places[:-1], *same]
        base, position = same[-1], found.end()
        named = named or level == "paragraph"
    return places, position, named


def _match_brackets(text: str, position: int, level: str, base: Place) -> re.Match[str] | None:
    """（五） or (5) without the word 项; below an item only digits, as 目 are written （1）."""
    found = _BRACKETS.match(text, position)
    if found is None:
        return None
    digits = _NUMBER.search(found[0])
    is_digit = digits is not None and digits[0][0] in "0123456789０１２３４５６７８９"
    if level == "item":
        return found if not base.item or not is_digit else None
    return found if base.item and is_digit else None


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    end = 0
    for found in _NUMBER.finditer(text):
        number = to_int(found[0])
        if numbers and _IS_RANGE.search(text, end, found.start()) and number > numbers[-1]:
            numbers += range(numbers[-1] + 1, number + 1)
        else:
            numbers.append(number)
        end = found.end()
    return numbers


def spread(first: Place, last: Place) -> list[Place]:
    """Every place from ``first`` to ``last`` where they differ in the last number only, else just the two."""
    for level in ("subitem", "item", "paragraph", "sub", "article"):
        if getattr(last, level):
            low, high = getattr(first, level), getattr(last, level)
            if first._replace(**{level: high}) == last and low and low < high <= low + 999:
                return [first._replace(**{level: number}) for number in range(low, high + 1)]
            break
    if first.article < last.article <= first.article + 999 and not last.paragraph and not last.item:
        between = [Place(number) for number in range(first.article + 1, last.article)]
        return [first, *between, Place(last.article), last] if last.sub else [first, *between, last]
    return [first, last]
