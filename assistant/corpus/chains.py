"""What stands below an article in a citation: 第一款第三项, 第（一）（三）项, （五）, 第一项至第三项, 第2目."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import to_int


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


@dataclass(slots=True)
class Chains:
    """Places that follow an article up to ``end``; none when the text goes on with something else."""

    end: int
    places: list[Place] = field(default_factory=list)
    named_paragraph: bool = False


RANGE = r"(?:至|到|[-—–~～－]{1,2})"
_COMMA = rf"(?:、|，|,|和|与|及|以及|或|或者|{RANGE})"
_LINK = r" *(?:所?规定|所?列举?|所述)?(?:的|之|中的?|里的?|下的?|内的?)? *"
_BRACKET = rf"[（(] *{_N} *[）)]"
_ORDINAL = rf"第 *(?:{_BRACKET}|{_N})"
_MORE = rf"(?: *{_COMMA}? *(?:{_ORDINAL}|{_BRACKET})| *{_COMMA} *{_N})*"
_UNITS = {"paragraph": "款", "item": "(?:小?项|点)", "subitem": "目"}
_NAMED = {
    level: re.compile(rf"(?:{_LINK}(?:{_ORDINAL}|{_BRACKET})|{_N}){_MORE} *{unit}") for level, unit in _UNITS.items()
}
_DIGITS = r"[（(] *[0-9０-９]+ *[）)]"
_BRACKETS = re.compile(
    rf" *(?P<digits>{_DIGITS}(?: *{_COMMA}? *{_DIGITS})*)| *{_BRACKET}(?: *{_COMMA}? *(?!{_DIGITS}){_BRACKET})*"
)
_AND = re.compile(rf" *(?:(?P<range>{RANGE})|、|，|,|；|;|以及|和|与|及|或者|或|并) *(?=第|[（(])")
_NUMBER = re.compile(_N)
_IS_RANGE = re.compile(RANGE)


def read_chains(text: str, start: int, article: Place, *, inherit: bool = False) -> Chains:
    """All places below ``article`` named from ``start`` on; raises ValueError on an impossible numeral.

    With ``inherit`` the first chain takes over a paragraph named in ``article``, as 第三项 does after 第二款第一项.
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
    """One chain, from 款 down to 目; of several places on one level the last carries what stands below."""
    places: list[Place] = []
    position, named = start, False
    for level in _UNITS:
        base = places[-1] if places else above
        if level == "subitem" and not base.item:
            break
        found = _NAMED[level].match(text, position) or _match_brackets(text, position, level, base, bool(places))
        if found is None:
            continue
        places[-1:] = [base.at(level, number) for number in _numbers(found[0])]
        position = found.end()
        named = named or level == "paragraph"
    return places, position, named


def _match_brackets(text: str, position: int, level: str, base: Place, below: bool) -> re.Match[str] | None:
    """（五） or (5) without the word 项; right below an item only digits count, as 目 are written （1）."""
    found = None if level == "paragraph" else _BRACKETS.match(text, position)
    if found is None:
        return None
    if level == "item":
        return found
    return found if below and base.item and found["digits"] else None


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    end = 0
    for found in _NUMBER.finditer(text):
        number = to_int(found[0])
        if numbers and _IS_RANGE.search(text, end, found.start()) and numbers[-1] < number < numbers[-1] + 999:
            numbers += range(numbers[-1] + 1, number + 1)
        else:
            numbers.append(number)
        end = found.end()
    return numbers


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
