"""What only PostgreSQL can have wrong: no server, a wrong database, no right to write, another's lock."""

from collections.abc import Callable

import psycopg
import pytest

from assistant.errors import Unavailable
from assistant.exercises import Paper
from assistant.exercises.store import Papers, Store, open_store

Opening = Callable[..., Store]


def test_no_server_is_said_without_the_password() -> None:
    with pytest.raises(Unavailable, match="连不上：请检查主机") as raised:
        open_store("postgresql://trainer:secret@127.0.0.1:1/rooms", patience=2)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_database_that_is_not_there(postgres: str) -> None:
    with pytest.raises(Unavailable, match=r"连不上.*库名"):
        open_store(f"postgresql://postgres@/nowhere?host={postgres}")


def test_a_user_without_the_right_to_write(postgres_url: str, opened: Opening, paper: Paper) -> None:
    kept = Papers(opened(postgres_url)).keep(paper)
    papers = Papers(opened(f"{postgres_url}&options=-c%20default_transaction_read_only%3Don"))
    assert papers.get(kept) == paper
    with pytest.raises(Unavailable, match="只能读、不能写"):
        papers.delete(kept)


def test_another_lock_is_waited_for_and_then_said(postgres_url: str, opened: Opening, paper: Paper) -> None:
    papers = Papers(opened(postgres_url, patience=0.2))
    kept = papers.keep(paper)
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE papers IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Unavailable, match="正被别的程序占用"):
            papers.get(kept)
    assert papers.get(kept) == paper


def test_connections_cut_by_the_server_are_made_anew(postgres_url: str, opened: Opening, paper: Paper) -> None:
    papers = Papers(opened(postgres_url))
    kept = papers.keep(paper)
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert papers.get(kept) == paper


def test_the_short_form_of_the_address_is_taken(postgres_url: str, opened: Opening, paper: Paper) -> None:
    papers = Papers(opened(postgres_url.replace("postgresql://", "postgres://")))
    assert papers.get(papers.keep(paper)) == paper
