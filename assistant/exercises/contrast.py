"""Two texts side by side: whether they really differ in one place, and where. Only then may a page call them a minimal pair."""

from typing import NamedTuple

_SHARED = (
    0.4  # of the shorter text; below that, or with much more told in one, they are two scenes with a common beginning
)


class OnePlace(NamedTuple):
    """``before`` and ``after`` stand in both texts; between them one has ``mine``, the other ``theirs`` (either may be empty)."""

    before: str
    mine: str
    theirs: str
    after: str


def one_place(mine: str, theirs: str) -> OnePlace | None:
    """Where two texts differ, when it is one stretch and the rest is the same word for word; None for two different scenes."""
    start = _common(mine, theirs)
    end = _common(mine[start:][::-1], theirs[start:][::-1])
    place = OnePlace(
        mine[:start], mine[start : len(mine) - end], theirs[start : len(theirs) - end], mine[len(mine) - end :]
    )
    shared, stretches = start + end, sorted((len(place.mine), len(place.theirs)))
    if mine == theirs or shared < _SHARED * min(len(mine), len(theirs)) or (stretches[0] and stretches[1] > 2 * shared):
        return None
    return place


def _common(one: str, other: str) -> int:
    """How many characters the two begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
