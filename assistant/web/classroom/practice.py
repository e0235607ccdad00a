"""Practising alone: a paper from theme, difficulty and seed, one case after the other, told at once what decides.

Nothing is kept: where one stands is in the page's address, and the same address gives the same case to everybody.
"""

import random
from functools import lru_cache
from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from assistant.errors import BadInput
from assistant.exercises import Case, Paper, feedback, make_paper
from assistant.exercises.branch import choices, start, step
from assistant.triage.clauses import split
from assistant.web.classroom.themes import DIFFICULTIES, exemplars, themes_of
from assistant.web.classroom.trainee import read_answer
from assistant.web.classroom.views import Pages
from assistant.web.desk import Desk
from assistant.web.login import role_of

SIZE = 10


class Place(NamedTuple):
    """Where one stands: the paper's theme, difficulty and seed, the case at ``n`` (from 0), the points so far."""

    theme: str
    difficulty: str
    seed: int
    n: int
    points: float

    @property
    def query(self) -> str:
        """The place as the query of an address."""
        return urlencode(self._asdict())


def practice_routes(pages: Pages, desk: Desk) -> APIRouter:
    """GET /practice/, /practice/case, /practice/branch; POST /practice/answer."""
    router = APIRouter(prefix="/practice", route_class=pages.route)
    themes = themes_of(desk.engine.pack)

    @lru_cache(maxsize=64)
    def paper_of(theme: str, difficulty: str, seed: int) -> Paper:
        made = make_paper(exemplars(), desk.engine, theme=theme, count=SIZE, seed=seed, difficulty=difficulty or None)
        if not made.cases:
            raise BadInput("这个主题和难度下没有题：请换一档难度")
        return made

    def case_at(at: Place) -> tuple[Case, int]:
        cases = paper_of(at.theme, at.difficulty, at.seed).cases
        if at.n >= len(cases):
            raise BadInput(f"这一组只有 {len(cases)} 题：请换主题或种子")
        return cases[at.n], len(cases)

    @router.get("/")
    def begin(request: Request) -> Response:
        return pages.show(
            request,
            "practice",
            themes=themes,
            difficulties=DIFFICULTIES,
            seed=random.SystemRandom().randrange(1, 100_000),
            trainer=role_of(request) == "trainer",
        )

    @router.get("/case")
    def case(request: Request, at: Annotated[Place, Depends(_place)]) -> Response:
        sheet, size = case_at(at)
        return pages.show(request, "practice_case", at=at, sheet=sheet, size=size)

    @router.post("/answer")
    async def answer(request: Request, at: Annotated[Place, Depends(_place)]) -> Response:
        found, size = case_at(at)
        try:
            _, given = read_answer(await request.form())
        except BadInput as error:
            return pages.show(request, "practice_case", status=422, note=str(error), at=at, sheet=found, size=size)
        told = feedback(found, given, desk.engine, desk.regulation)
        points = told.mark.points if told.mark else 0.0
        after = at._replace(n=at.n + 1, points=at.points + points)
        last = {"case": found, "answer": given}
        return pages.show(request, "practice_told", at=at, after=after, size=size, last=last, told=told, chosen=given)

    @router.get("/branch")
    def branch(request: Request, at: Annotated[Place, Depends(_place)], asked: str = "") -> Response:
        cases = paper_of(at.theme, at.difficulty, at.seed).cases
        number = max(range(len(cases)), key=lambda n: len(split(cases[n].text)))
        at, told = at._replace(n=number), start(cases[number])
        for chosen in asked[:20]:
            offered = choices(told, desk.engine)
            if not (chosen.isascii() and chosen.isdecimal()) or int(chosen) >= len(offered):
                raise BadInput("这一页的地址不对：请从头开始")
            told = step(told, offered[int(chosen)].question, desk.engine)
        offered = () if told.over else choices(told, desk.engine)
        return pages.show(request, "branch", at=at, branch=told, offered=offered, path=asked[:20])

    return router


def _place(
    theme: Annotated[str, Query(max_length=20)],
    difficulty: Annotated[str, Query(max_length=10)] = "",
    seed: Annotated[int, Query(ge=0)] = 1,
    n: Annotated[int, Query(ge=0)] = 0,
    points: float = 0.0,
) -> Place:
    return Place(theme, difficulty, seed, n, points)
