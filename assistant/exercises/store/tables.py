"""The tables of papers and rooms; the migrations beside them build exactly these.

Cases, answers and marks are kept as JSON of the values in ``exercises.model``: they are read whole or not at all. A room carries
its own copy of the paper, so that editing or deleting a paper never changes a class that is under way.
"""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.exercises.room import Stage


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC, on a database that knows no zones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """All tables of this store."""


class PaperRow(Base):
    """A kept paper; ``body`` is its JSON, ``size`` the number of its cases."""

    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    body: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    created: Mapped[datetime] = mapped_column(Moment, default=now)


class RoomRow(Base):
    """A class: the case it stands at (``position`` from 0), and whether that case is open."""

    __tablename__ = "rooms"
    __table_args__ = (CheckConstraint("stage IN ('open', 'stopped', 'revealed', 'ended')", name="rooms_stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(100))
    body: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    stage: Mapped[Stage] = mapped_column(String(10), default="open")
    show_names: Mapped[bool] = mapped_column(default=False)
    trainer: Mapped[str] = mapped_column(String(64), unique=True)
    opened: Mapped[datetime] = mapped_column(Moment, default=now)


class TraineeRow(Base):
    """Someone in a room: a name or number, and the hash of the token that the browser holds."""

    __tablename__ = "trainees"
    __table_args__ = (UniqueConstraint("room_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(30))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    joined: Mapped[datetime] = mapped_column(Moment, default=now)


class AnswerRow(Base):
    """One answer a person and case, with its mark."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("trainee_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainees.id", ondelete="CASCADE"))
    position: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
