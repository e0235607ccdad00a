"""Open what a class is kept in, and hang its pages into the server."""

from collections.abc import Callable
from typing import Any

from assistant.settings import Settings
from assistant.web.desk import Desk


def classroom_routes(desk: Desk, settings: Settings) -> tuple[Any, Callable[[], None]]:
    """The routes of /join/ and /class/, and what closes the database; raises Unavailable where it cannot be opened."""
    from fastapi import APIRouter

    from assistant.exercises import mark
    from assistant.exercises.store import Papers, Rooms, open_store
    from assistant.web.classroom.papers import paper_routes
    from assistant.web.classroom.practice import practice_routes
    from assistant.web.classroom.trainee import trainee_routes
    from assistant.web.classroom.trainer import trainer_routes
    from assistant.web.classroom.views import Pages

    store = open_store(settings.database)
    rooms, papers = Rooms(store, mark=mark), Papers(store)
    pack = desk.engine.pack
    pages = Pages(labels=pack.labels, quotes=pack.quotes, ways=[way.ref for way in pack.sanctions])
    router = APIRouter(include_in_schema=False)
    router.include_router(trainee_routes(rooms, pages, desk))
    router.include_router(trainer_routes(rooms, papers, pages, desk))
    router.include_router(paper_routes(rooms, papers, pages, desk))
    router.include_router(practice_routes(pages, desk))
    return router, store.close
