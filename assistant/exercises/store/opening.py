"""Open the database, bring its tables up to date, and turn what can go wrong with it into one Chinese line.

SQLite writes take the lock at BEGIN, so that reading first and writing then never fails half-way; write-ahead logging lets
readers go on meanwhile. On PostgreSQL rows are locked where it matters (see ``rooms``).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from assistant.errors import BadInput, Unavailable
from assistant.exercises.store.migrating import migrate

_FORMS = "sqlite:///var/exercises.db 或 postgresql://用户:口令@主机/库名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database, shared by all threads of a server: one pool of connections, two manners of beginning."""

    reader: Engine
    writer: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, one moment throughout; raises Unavailable when the database cannot be used."""
        with spoken(self.reader.url), Session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session kept as a whole at the end, or not at all; raises Unavailable."""
        with spoken(self.writer.url), Session(self.writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.writer.dispose()


def open_store(url: str, *, patience: float = 5.0) -> Store:
    """The store at ``url`` (SQLite or PostgreSQL), its tables made or brought up to date.

    ``patience`` is how many seconds to wait for another's lock. Raises BadInput for an address that cannot be read, and
    Unavailable when the database cannot be reached, is locked, is read-only while its tables are old, or is of a newer program.
    """
    store = connect(url, patience=patience)
    try:
        with spoken(store.reader.url):
            migrate(store.reader, store.writer)
    except BaseException:
        store.close()
        raise
    return store


def connect(url: str, *, patience: float = 5.0) -> Store:
    """The store at ``url`` with its tables as they are; raises BadInput for an address that cannot be read."""
    address = _address(url)
    return _sqlite(address, patience) if address.get_backend_name() == "sqlite" else _postgresql(address, patience)


def _address(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise BadInput(f"数据库地址看不懂：请写成 {_FORMS}") from None
    backend = address.get_backend_name()
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise BadInput(f"不支持 {backend} 数据库：请写成 {_FORMS}")
    if address.database in {None, "", ":memory:"}:
        raise BadInput("数据库地址里没有文件名，重启后什么也留不下：请写成 sqlite:///var/exercises.db")
    return address


def _sqlite(address: URL, patience: float) -> Store:
    if address.database and not address.database.startswith("file:"):
        folder = Path(address.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"建不了数据库所在的文件夹 {folder}：{error.strerror}") from None
    engine = create_engine(address, connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Store(reader=engine, writer=engine.execution_options(writes=True))


def _postgresql(address: URL, patience: float) -> Store:
    engine = create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": max(2, round(patience))})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {round(patience * 1000)}")
        connection.commit()

    return Store(reader=engine.execution_options(isolation_level="REPEATABLE READ"), writer=engine)


@contextmanager
def spoken(address: URL) -> Iterator[None]:
    """Say in one line what the database cannot do; the password never shows."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout) as error:
        where = address.render_as_string(hide_password=True)
        raise Unavailable(f"练习数据库 {where} {_said(error)}") from error


def _said(error: DBAPIError | PoolTimeout) -> str:
    if isinstance(error, PoolTimeout):
        return "太忙：请过几秒再试"
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    state = getattr(cause, "sqlstate", None) or ""
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or state in {"55P03", "40P01"}:
        return "正被别的程序占用：请过几秒再试，或关掉打开它的程序"
    if code == sqlite3.SQLITE_READONLY or state == "25006":
        return "只能读、不能写：请给运行本程序的用户写权限，或另换一个数据库地址"
    if code == sqlite3.SQLITE_FULL or state == "53100":
        return "所在的磁盘已满：请腾出空间再试"
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return "不是 SQLite 数据库或已损坏：请从备份恢复，或另换一个文件"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "打不开：请检查路径和权限"
    if not code and not state:
        return "连不上：请检查主机、端口、用户、口令和库名，并确认 PostgreSQL 已启动"
    return f"出错（{state or code}）：{str(cause).splitlines()[0]}"
