"""What a class learned: per case, per item and per person, and who was sure and wrong. Pure values, from answers to numbers.

Facility is the share of those who answered that got it right. Discrimination of a case is the Pearson correlation, over the people
who answered it and another, of x (1 right on it, 0 not) with y (the share right among their other cases): with one side 0 or 1 that is
the point-biserial (m1 - m0) / s * sqrt(p * q), where m1 and m0 are the means of y of those right and not, s the standard deviation of
all y, p and q the shares right and not. It is None below five people, or where everyone did the same.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.exercises.model import Answer, Case, Mark

_SURE = 3
_FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One marked answer: of person ``person`` (index into the names) to the case at ``position`` (from 0)."""

    person: int
    position: int
    answer: Answer
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case; ``facility`` from 0 to 1, ``discrimination`` from -1 to 1."""

    number: int
    case: Case
    answered: int
    right: int
    facility: float | None
    discrimination: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item or factor: of ``asked`` answers to cases that have it, ``found`` named it; ``overreached`` named it where it is not."""

    id: str
    asked: int
    found: int
    facility: float | None
    overreached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person over all cases shown."""

    name: str
    answered: int
    right: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SureButWrong:
    """An answer given with the highest certainty, and wrong."""

    name: str
    number: int
    case: Case
    answer: Answer
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A class in numbers; people are in the order of their points, the most first."""

    title: str
    cases: tuple[CaseLine, ...]
    items: tuple[ItemLine, ...]
    people: tuple[PersonLine, ...]
    sure_but_wrong: tuple[SureButWrong, ...]


def make_report(title: str, cases: Sequence[Case], names: Sequence[str], given: Sequence[Given]) -> Report:
    """The report of ``cases`` (those the class came to), the people's ``names`` and what they gave."""
    people = [_person(index, name, given) for index, name in enumerate(names)]
    return Report(
        title=title,
        cases=tuple(_case(position, case, given) for position, case in enumerate(cases)),
        items=_items(cases, given),
        people=tuple(sorted(people, key=lambda line: (-line.points, -line.right, line.name))),
        sure_but_wrong=tuple(
            SureButWrong(
                name=names[one.person],
                number=one.position + 1,
                case=cases[one.position],
                answer=one.answer,
                mark=one.mark,
            )
            for one in sorted(given, key=lambda one: (one.position, one.person))
            if one.answer.certainty == _SURE and not one.mark.right
        ),
    )


def _person(index: int, name: str, given: Sequence[Given]) -> PersonLine:
    marks = [one.mark for one in given if one.person == index]
    return PersonLine(
        name=name,
        answered=len(marks),
        right=sum(mark.right for mark in marks),
        points=sum(mark.points for mark in marks),
    )


def _case(position: int, case: Case, given: Sequence[Given]) -> CaseLine:
    right = {one.person: one.mark.right for one in given if one.position == position}
    return CaseLine(
        number=position + 1,
        case=case,
        answered=len(right),
        right=sum(right.values()),
        facility=sum(right.values()) / len(right) if right else None,
        discrimination=_discrimination(position, right, given),
    )


def _discrimination(position: int, right: dict[int, bool], given: Sequence[Given]) -> float | None:
    others: dict[int, list[bool]] = {}
    for one in given:
        if one.position != position and one.person in right:
            others.setdefault(one.person, []).append(one.mark.right)
    if len(others) < _FEWEST:
        return None
    here = [float(right[person]) for person in others]
    elsewhere = [sum(marks) / len(marks) for marks in others.values()]
    try:
        return statistics.correlation(here, elsewhere)
    except statistics.StatisticsError:
        return None


def _items(cases: Sequence[Case], given: Sequence[Given]) -> tuple[ItemLine, ...]:
    asked: dict[str, int] = {}
    found: dict[str, int] = {}
    overreached: dict[str, int] = {}
    for one in given:
        case = cases[one.position]
        key = {*case.provisions, *case.factors}
        chosen = {*one.answer.provisions, *one.answer.factors}
        _count(asked, key)
        _count(found, key & chosen)
        _count(overreached, chosen - key - {*case.acceptable})
    return tuple(
        ItemLine(
            id=ref,
            asked=asked.get(ref, 0),
            found=found.get(ref, 0),
            facility=found.get(ref, 0) / asked[ref] if ref in asked else None,
            overreached=overreached.get(ref, 0),
        )
        for ref in sorted({*asked, *overreached}, key=in_order)
    )


def in_order(ref: str) -> list[int]:
    """The sort key of an id: 6.2 before 6.11 before 10.1."""
    return [int(number) for number in re.findall(r"\d+", ref)]


def _count(counts: dict[str, int], ids: set[str]) -> None:
    for ref in ids:
        counts[ref] = counts.get(ref, 0) + 1
