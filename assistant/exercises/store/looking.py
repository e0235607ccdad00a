"""From the rows of a room to what is shown of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.exercises.model import Answer, Mark
from assistant.exercises.report import Given, Report, make_report
from assistant.exercises.room import Progress
from assistant.exercises.store.papers import unsealed
from assistant.exercises.store.tables import AnswerRow, RoomRow, TraineeRow
from assistant.exercises.store.views import Board, Person, Result, Seat, Sheet, Spread


def progress_of(room: RoomRow) -> Progress:
    """Where the class stands."""
    return Progress(room.position, room.size, room.stage)


def board_of(session: Session, room: RoomRow) -> Board:
    """The room from the trainer's desk."""
    names, given = _class(session, room)
    here = [one for one in given if one.position == room.position]
    per_case = Counter(one.position for one in given)
    return Board(
        code=room.code,
        title=room.title,
        stage=room.stage,
        number=room.position + 1,
        size=room.size,
        joined=len(names),
        answered=tuple(per_case[position] for position in range(room.position + 1)),
        case=unsealed(room.body).cases[room.position],
        spread=_spread(here),
        show_names=room.show_names,
        people=_people(room, names, given) if room.show_names else (),
    )


def seat_of(session: Session, room: RoomRow, trainee: TraineeRow) -> Seat:
    """The room from a trainee's seat."""
    rows = session.scalars(select(AnswerRow).where(AnswerRow.trainee_id == trainee.id))
    own = {row.position: row for row in rows}
    progress, cases = progress_of(room), unsealed(room.body).cases
    results = tuple(
        Result(
            number=position + 1,
            case=case,
            answer=_answer(own[position]) if position in own else None,
            mark=_mark(own[position]) if position in own else None,
        )
        for position, case in enumerate(cases)
        if progress.shown(position)
    )
    case = cases[room.position]
    return Seat(
        title=room.title,
        name=trainee.name,
        stage=room.stage,
        size=room.size,
        sheet=Sheet(number=room.position + 1, text=case.text, options=case.options, factor_options=case.factor_options),
        answer=_answer(own[room.position]) if room.position in own else None,
        results=results,
        points=sum(result.mark.points for result in results if result.mark),
    )


def report_of(session: Session, room: RoomRow) -> Report:
    """The class in numbers, over the cases that it came to."""
    names, given = _class(session, room)
    return make_report(room.title, unsealed(room.body).cases[: room.position + 1], names, given)


def _class(session: Session, room: RoomRow) -> tuple[list[str], list[Given]]:
    trainees = session.scalars(select(TraineeRow).where(TraineeRow.room_id == room.id).order_by(TraineeRow.id)).all()
    seat = {trainee.id: index for index, trainee in enumerate(trainees)}
    answers = session.scalars(
        select(AnswerRow).join(TraineeRow).where(TraineeRow.room_id == room.id).order_by(AnswerRow.id)
    )
    given = [
        Given(person=seat[row.trainee_id], position=row.position, answer=_answer(row), mark=_mark(row))
        for row in answers
        if row.trainee_id in seat
    ]
    return [trainee.name for trainee in trainees], given


def _people(room: RoomRow, names: list[str], given: list[Given]) -> tuple[Person, ...]:
    progress = progress_of(room)
    answered = {one.person for one in given if one.position == room.position}
    points: defaultdict[int, float] = defaultdict(float)
    for one in given:
        if progress.shown(one.position):
            points[one.person] += one.mark.points
    return tuple(
        Person(name=name, answered=index in answered, points=points[index]) for index, name in enumerate(names)
    )


def _spread(given: list[Given]) -> Spread:
    answers = [one.answer for one in given]
    return Spread(
        verdicts=dict(Counter(answer.verdict for answer in answers)),
        provisions=_counted(answer.provisions for answer in answers),
        factors=_counted(answer.factors for answer in answers),
        sanctions=_counted(answer.sanctions for answer in answers),
        certainties=dict(Counter(answer.certainty for answer in answers)),
        right=sum(one.mark.right for one in given),
    )


def _counted(chosen: Iterable[tuple[str, ...]]) -> dict[str, int]:
    return dict(Counter(ref for refs in chosen for ref in refs))


def _answer(row: AnswerRow) -> Answer:
    return msgspec.json.decode(row.answer, type=Answer)


def _mark(row: AnswerRow) -> Mark:
    return msgspec.json.decode(row.mark, type=Mark)
