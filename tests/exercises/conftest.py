"""The same tests on SQLite and on a real PostgreSQL, which is Debian's, started here as a user that may run it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from assistant.exercises import Answer, Case, Mark, Paper
from assistant.exercises.store import Rooms, Store, open_store


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("pg_ctl")
    return found[-1].parent if found else (on_path and Path(on_path).parent) or None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of the socket of a running server."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)

    def call(*words: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [str(programs / words[0]), *words[1:]],
                user=user,
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                check=True,
            )

    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
    try:
        call("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        call("pg_ctl", "-D", data, "-o", options, "-w", "start")
        yield str(folder)
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of its own for one test."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(host=postgres, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://postgres@/{name}?host={postgres}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/rooms.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """``open_store`` whose stores are closed after the test."""
    stores: list[Store] = []

    def opening(url: str, **options: float) -> Store:
        stores.append(open_store(url, **options))
        return stores[-1]

    yield opening
    for store in stores:
        store.close()


@pytest.fixture
def store(url: str, opened: Callable[..., Store]) -> Store:
    return opened(url)


def mark(case: Case, answer: Answer) -> Mark:
    """A plain marking: the certainty when all is right, nothing otherwise."""
    key, chosen = {*case.provisions, *case.factors}, {*answer.provisions, *answer.factors}
    right = answer.verdict == case.verdict and key == chosen
    return Mark(
        points=float(answer.certainty if right else 0),
        right=right,
        right_verdict=answer.verdict == case.verdict,
        missed=tuple(sorted(key - chosen)),
        wrong=tuple(sorted(chosen - key)),
    )


@pytest.fixture
def rooms(store: Store) -> Rooms:
    return Rooms(store, mark=mark)


@pytest.fixture
def paper() -> Paper:
    """Three cases: a fault with a factor, no fault, not enough told."""
    items = ("6.1", "6.5", "7.1")
    return Paper(
        title="三题",
        cases=(
            Case(
                id="a",
                text="接到举报后一次也没有到场。",
                verdict="fault",
                provisions=("6.1",),
                factors=("12.2",),
                options=items,
                factor_options=("11.1", "12.2"),
            ),
            Case(
                id="b", text="当天就到了现场并作了记录。", verdict="no_fault", options=items, factor_options=("11.1",)
            ),
            Case(id="c", text="听说那边出了点事。", verdict="insufficient", options=items, factor_options=("12.2",)),
        ),
    )


RIGHT = Answer(verdict="fault", provisions=("6.1",), factors=("12.2",), certainty=3)
WRONG = Answer(verdict="fault", provisions=("7.1",), certainty=3)
NO_FAULT = Answer(verdict="no_fault", certainty=2)
