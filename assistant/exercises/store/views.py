"""What a room shows: to a trainee never the key of a case that is not revealed, on the board no name unless it was ticked.

Names are people's own words: whoever writes them into HTML or a sheet escapes them there.
"""

from dataclasses import dataclass
from datetime import datetime

from assistant.exercises.model import Answer, Case, Mark
from assistant.exercises.room import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A room just opened (or taken over): the code for the class, the token for the trainer's browser alone."""

    code: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A case as a trainee sees it before the key; ``number`` counts from 1."""

    number: int
    text: str
    options: tuple[str, ...]
    factor_options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A case whose key may be seen, with one's own answer and mark; both None when one did not answer."""

    number: int
    case: Case
    answer: Answer | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The room from a trainee's seat; ``answer`` is one's own to the case that stands, ``results`` the cases shown so far."""

    title: str
    name: str
    stage: Stage
    size: int
    sheet: Sheet
    answer: Answer | None
    results: tuple[Result, ...]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the answers to one case fall: how many chose each verdict, item, factor, sanction and certainty."""

    verdicts: dict[str, int]
    provisions: dict[str, int]
    factors: dict[str, int]
    sanctions: dict[str, int]
    certainties: dict[int, int]
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in the room, by name; ``answered`` is about the case that stands, ``points`` about the cases shown."""

    name: str
    answered: bool
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The room from the trainer's desk: ``answered`` counts the answers to each case so far, in order.

    ``people`` is empty unless names are ticked. ``case`` holds the key: show it to the class once revealed.
    """

    code: str
    title: str
    stage: Stage
    number: int
    size: int
    joined: int
    answered: tuple[int, ...]
    case: Case
    spread: Spread
    show_names: bool
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room in a list, for the trainer who looks for an old one."""

    code: str
    title: str
    stage: Stage
    joined: int
    opened: datetime
