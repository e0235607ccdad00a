"""A class, kept: everything a room knows is in the store, so that a restart in the middle of a case loses nothing.

Every change happens whole or not at all. A trainer's step and a joining hold the room alone; answers share it, so that none
slips in after the stop; one person's two tabs wait for one another.
"""

from collections.abc import Callable
from typing import Literal

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.exercises.door import Doorkeeper
from assistant.exercises.model import Answer, Case, Mark, Paper
from assistant.exercises.report import Report
from assistant.exercises.room import (
    CAPACITY,
    Progress,
    Refused,
    check_choices,
    clean_name,
    fingerprint,
    new_code,
    new_token,
    read_code,
)
from assistant.exercises.store.looking import board_of, progress_of, report_of, seat_of
from assistant.exercises.store.opening import Store
from assistant.exercises.store.papers import sealed, unsealed
from assistant.exercises.store.tables import AnswerRow, RoomRow, TraineeRow, now
from assistant.exercises.store.views import Board, Opened, RoomLine, Seat

Receipt = Literal["new", "same", "changed"]


class Rooms:
    """All rooms of a store; one instance serves all threads.

    Three kinds of callers: whoever is logged in as a trainer (``open_room``, ``list``, ``take_over``), the trainer of one room by
    its token (``board`` to ``delete``), and a trainee by code, then by token (``join``, ``answer``, ``state_for``).
    """

    def __init__(
        self,
        store: Store,
        *,
        mark: Callable[[Case, Answer], Mark],
        capacity: int = CAPACITY,
        doorkeeper: Doorkeeper | None = None,
    ) -> None:
        self._store = store
        self._mark = mark
        self._capacity = capacity
        self._doorkeeper = doorkeeper or Doorkeeper()

    def open_room(self, paper: Paper) -> Opened:
        """Open a room with a copy of ``paper``, at its first case; raises BadInput for a paper that cannot be used."""
        title, body = sealed(msgspec.structs.replace(paper, refused=()))
        token = new_token()
        with self._store.writing() as session:
            code = new_code()
            while session.scalar(select(RoomRow.id).where(RoomRow.code == code)):
                code = new_code()
            session.add(RoomRow(code=code, title=title, body=body, size=len(paper.cases), trainer=fingerprint(token)))
        return Opened(code=code, token=token)

    def list(self) -> tuple[RoomLine, ...]:
        """All rooms, the latest first."""
        joined = select(func.count()).where(TraineeRow.room_id == RoomRow.id).scalar_subquery()
        columns = (RoomRow.code, RoomRow.title, RoomRow.stage, joined, RoomRow.opened)
        with self._store.reading() as session:
            rows = session.execute(select(*columns).order_by(RoomRow.id.desc())).all()
        return tuple(
            RoomLine(code=code, title=title, stage=stage, joined=count, opened=opened)
            for code, title, stage, count, opened in rows
        )

    def take_over(self, code: str) -> Opened:
        """A new trainer's token for a room whose old one is lost (and now void); raises Refused for a code without a room."""
        token = new_token()
        with self._store.writing() as session:
            room = session.scalar(select(RoomRow).where(RoomRow.code == read_code(code)).with_for_update())
            if room is None:
                raise Refused("没有这个房间：请刷新房间列表")
            room.trainer = fingerprint(token)
            return Opened(code=room.code, token=token)

    def board(self, token: str) -> Board:
        """The room as it stands; raises Refused for a token without a room, as all the trainer's calls do."""
        with self._store.reading() as session:
            return board_of(session, _trained(session, token))

    def stop(self, token: str) -> Board:
        """No more answers to this case."""
        return self._step(token, Progress.stop)

    def reveal(self, token: str) -> Board:
        """Show everyone the key and their marks; also stops."""
        return self._step(token, Progress.reveal)

    def next_case(self, token: str, *, number: int) -> Board:
        """Open the case after ``number``, the one on the trainer's screen; raises Refused at the last."""
        return self._step(token, lambda progress: progress.next(number=number))

    def end(self, token: str) -> Board:
        """The class is over; the report stays until the room is deleted."""
        return self._step(token, Progress.end)

    def tick_names(self, token: str, *, show: bool) -> Board:
        """Whether the board names people."""
        with self._store.writing() as session:
            room = _trained(session, token, lock=True)
            room.show_names = show
            return board_of(session, room)

    def report(self, token: str) -> Report:
        """The class in numbers, over the cases that it came to; at any time, by name."""
        with self._store.reading() as session:
            return report_of(session, _trained(session, token))

    def delete(self, token: str) -> None:
        """Delete the room with its people and their answers."""
        with self._store.writing() as session:
            session.delete(_trained(session, token, lock=True))

    def join(self, code: str, name: str, *, client: str) -> str:
        """A seat in the room: the token by which this browser is known again.

        ``client`` is where the call comes from, for the limit on wrong codes. Raises BadInput for a name that cannot be used,
        Refused for a wrong code, a taken name, a full room or one that ended, and TooManyTries.
        """
        self._doorkeeper.check(client)
        kept, token = clean_name(name), new_token()
        with self._store.writing() as session:
            room = session.scalar(select(RoomRow).where(RoomRow.code == read_code(code)).with_for_update())
            if room is None:
                self._doorkeeper.wrong(client)
                raise Refused("没有这个房间码：请核对老师给的 6 位码（不含数字 0、1 和字母 O、I、L）")
            if room.stage == "ended":
                raise Refused("这个房间的练习已经结束：请向老师要新的房间码")
            here = select(func.count()).where(TraineeRow.room_id == room.id)
            if session.scalar(here.where(TraineeRow.name == kept)):
                raise Refused(
                    f"房间里已有人叫“{kept}”：请加上编号再试，例如“{kept[:26]} 02”；若就是您本人，请回到原来的页面"
                )
            if (session.scalar(here) or 0) >= self._capacity:
                raise Refused(f"房间已满（{self._capacity} 人）：请老师另开一个房间")
            session.add(TraineeRow(room_id=room.id, name=kept, token=fingerprint(token)))
        return token

    def state_for(self, token: str) -> Seat:
        """The room from this person's seat, the same after a reload and in a second tab; raises Refused for a token without a seat."""
        with self._store.reading() as session:
            return seat_of(session, *_seated(session, token))

    def answer(self, token: str, answer: Answer, *, number: int) -> Receipt:
        """Keep the answer to case ``number`` (from 1), the one on this person's screen; the last one before the stop counts.

        Raises Refused when the case takes no answers, BadInput for an id that was not offered.
        """
        with self._store.writing() as session:
            room, trainee = _seated(session, token, lock=True)
            progress_of(room).check_open(number)
            case = unsealed(room.body).cases[room.position]
            tidy = check_choices(case, answer)
            text, mark = _json(tidy), _json(self._mark(case, tidy))
            own = (AnswerRow.trainee_id == trainee.id, AnswerRow.position == room.position)
            row = session.scalar(select(AnswerRow).where(*own))
            if row is None:
                session.add(AnswerRow(trainee_id=trainee.id, position=room.position, answer=text, mark=mark))
                return "new"
            if row.answer == text:
                return "same"
            row.answer, row.mark, row.at = text, mark, now()
            return "changed"

    def _step(self, token: str, step: Callable[[Progress], Progress]) -> Board:
        with self._store.writing() as session:
            room = _trained(session, token, lock=True)
            after = step(progress_of(room))
            room.position, room.stage = after.position, after.stage
            return board_of(session, room)


def _trained(session: Session, token: str, *, lock: bool = False) -> RoomRow:
    wanted = select(RoomRow).where(RoomRow.trainer == fingerprint(token))
    room = session.scalar(wanted.with_for_update() if lock else wanted)
    if room is None:
        raise Refused("这个房间已删除，或已由别处接管：请从房间列表重新进入")
    return room


def _seated(session: Session, token: str, *, lock: bool = False) -> tuple[RoomRow, TraineeRow]:
    mine = TraineeRow.token == fingerprint(token)
    wanted = select(RoomRow).join(TraineeRow).where(mine)
    room = session.scalar(wanted.with_for_update(read=True, of=RoomRow) if lock else wanted)
    person = select(TraineeRow).where(mine)
    trainee = session.scalar(person.with_for_update() if lock else person)
    if room is None or trainee is None:
        raise Refused("这个房间已删除，或这台设备没有加入过：请用房间码重新加入")
    return room, trainee


def _json(value: Answer | Mark) -> str:
    return msgspec.json.encode(value).decode("utf-8")
