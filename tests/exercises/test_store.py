"""The store opens, keeps papers, brings old tables up to date, and says in one line what is wrong with a database."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from assistant.errors import AssistantError, BadInput, Unavailable
from assistant.exercises import Paper
from assistant.exercises.store import Papers, Rooms, Store, open_store
from assistant.exercises.store.migrating import VERSION_TABLE, migrate
from assistant.exercises.store.opening import connect
from assistant.exercises.store.tables import Base
from tests.exercises.conftest import mark

Opening = Callable[..., Store]


def test_a_paper_is_kept_found_edited_duplicated_and_deleted(store: Store, paper: Paper) -> None:
    papers = Papers(store)
    first = papers.keep(paper)
    assert papers.get(first) == paper
    edited = msgspec.structs.replace(paper, title="两题", cases=paper.cases[:2])
    papers.edit(first, edited)
    second = papers.duplicate(first)
    assert [(line.id, line.title, line.size) for line in papers.list()] == [
        (second, "两题（副本）", 2),
        (first, "两题", 2),
    ]
    assert papers.list()[0].created.utcoffset() is not None
    papers.delete(first)
    assert [line.id for line in papers.list()] == [second]
    assert papers.get(second).cases == edited.cases
    for call in (papers.get, papers.delete, papers.duplicate):
        with pytest.raises(BadInput, match="已不在库里"):
            call(first)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cases": ()}, "没有题目"),
        ({"title": "长" * 101}, "太长（101 个字）"),
    ],
)
def test_a_paper_that_cannot_be_used_is_refused(
    store: Store, paper: Paper, change: dict[str, object], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        Papers(store).keep(msgspec.structs.replace(paper, **change))
    assert Papers(store).list() == ()


def test_too_many_cases_and_an_untitled_paper(store: Store, paper: Paper) -> None:
    with pytest.raises(BadInput, match="最多 100 题"):
        Papers(store).keep(msgspec.structs.replace(paper, cases=paper.cases * 34))
    Papers(store).keep(msgspec.structs.replace(paper, title="\n\x00 "))
    assert Papers(store).list()[0].title == "未命名试卷"


def test_the_migrations_build_exactly_the_tables_of_the_program(store: Store) -> None:
    with store.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_of_an_older_schema_is_brought_up_to_date(url: str, opened: Opening, paper: Paper) -> None:
    old = connect(url)
    migrate(old.reader, old.writer, to="0001")
    kept = Papers(old).keep(paper)
    assert "rooms" not in inspect(old.reader).get_table_names()
    old.close()
    store = opened(url)
    assert Papers(store).get(kept) == paper
    assert Rooms(store, mark=mark).open_room(paper).code


def test_a_database_of_a_newer_program_is_left_alone(url: str, opened: Opening) -> None:
    store = opened(url)
    with store.writer.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="由更新版本的程序建立（结构 9999）"):
        open_store(url)


def test_opening_at_the_same_time_builds_the_tables_once(url: str, opened: Opening) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(opened, [url] * 6))
    assert all(Papers(store).list() == () for store in stores)


def test_a_failed_change_leaves_nothing(store: Store, paper: Paper) -> None:
    def half() -> None:
        with store.writing() as session:
            session.execute(text("DELETE FROM papers"))
            raise ZeroDivisionError

    Papers(store).keep(paper)
    with pytest.raises(ZeroDivisionError):
        half()
    assert len(Papers(store).list()) == 1


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("rooms.db", "看不懂.*sqlite:///var/exercises.db"),
        ("mysql://somewhere/rooms", "不支持 mysql"),
        ("sqlite://", "没有文件名"),
        ("sqlite:///:memory:", "没有文件名"),
    ],
)
def test_an_address_that_cannot_be_used(address: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        open_store(address)


def test_a_locked_database_is_said_to_be_busy(tmp_path: Path, opened: Opening, paper: Paper) -> None:
    path = tmp_path / "rooms.db"
    papers = Papers(opened(f"sqlite:///{path}", patience=0.1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="正被别的程序占用"):
        papers.keep(paper)
    assert papers.list() == ()
    other.execute("ROLLBACK")
    other.close()
    papers.keep(paper)


def test_a_read_only_database_can_be_read(tmp_path: Path, opened: Opening, paper: Paper) -> None:
    path = tmp_path / "rooms.db"
    kept = Papers(opened(f"sqlite:///{path}")).keep(paper)
    papers = Papers(opened(f"sqlite:///file:{path}?mode=ro&uri=true"))
    assert papers.get(kept) == paper
    with pytest.raises(Unavailable, match="只能读、不能写"):
        papers.delete(kept)


def test_old_tables_in_a_read_only_database(tmp_path: Path) -> None:
    path = tmp_path / "rooms.db"
    sqlite3.connect(path).executescript("PRAGMA journal_mode = WAL; CREATE TABLE other (id)").connection.close()
    with pytest.raises(Unavailable, match="只能读、不能写"):
        open_store(f"sqlite:///file:{path}?mode=ro&uri=true")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "rooms.db"
    path.write_text("这不是数据库" * 200, encoding="utf-8")
    with pytest.raises(Unavailable, match="不是 SQLite 数据库或已损坏") as raised:
        open_store(f"sqlite:///{path}")
    assert "\n" not in str(raised.value)
    assert path.read_text(encoding="utf-8").startswith("这不是")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AssistantError, match="建不了数据库所在的文件夹"):
        open_store(f"sqlite:///{tmp_path}/file/rooms.db")
    with pytest.raises(Unavailable, match="打不开"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_folder_with_signs_of_its_own(tmp_path: Path, opened: Opening, paper: Paper) -> None:
    papers = Papers(opened(f"sqlite:///{tmp_path}/练习 100%/深/rooms.db"))
    assert papers.get(papers.keep(paper)) == paper
