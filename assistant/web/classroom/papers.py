"""The trainer's papers: made by theme, imported, looked through, carried out in any format."""

from typing import Annotated
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from assistant.errors import BadInput
from assistant.exercises import Paper, make_paper
from assistant.exercises.formats import FORMATS, read_paper_file, write_paper
from assistant.exercises.store import Papers, Rooms
from assistant.web.classroom.themes import DIFFICULTIES, exemplars, themes_of
from assistant.web.classroom.trainer import trainers_only
from assistant.web.classroom.views import Pages
from assistant.web.desk import Desk

MOST_BYTES = 4 * 1024 * 1024


def paper_routes(rooms: Rooms, papers: Papers, pages: Pages, desk: Desk) -> APIRouter:
    """GET /class/, and all below /class/papers/."""
    router = APIRouter(prefix="/class", dependencies=[Depends(trainers_only)], route_class=pages.route)
    themes = themes_of(desk.engine.pack)

    @router.get("/")
    def everything(request: Request, note: str = "") -> Response:
        return pages.show(
            request,
            "class",
            note=note[:200],
            themes=themes,
            difficulties=DIFFICULTIES,
            importable=[f.suffix for f in FORMATS.values() if f.read],
            papers=papers.list(),
            rooms=rooms.list(),
        )

    @router.post("/papers/make")
    def make(
        theme: Annotated[str, Form()],
        title: Annotated[str, Form()] = "",
        difficulty: Annotated[str, Form()] = "",
        count: Annotated[int, Form(ge=1, le=50)] = 10,
        seed: Annotated[int, Form(ge=0)] = 1,
    ) -> Response:
        paper = make_paper(exemplars(), desk.engine, theme=theme, count=count, seed=seed, difficulty=difficulty or None)
        named = title.strip() or f"{dict(themes).get(theme, theme)}（{len(paper.cases)} 题）"
        return _go(papers.keep(msgspec.structs.replace(paper, title=named)))

    @router.post("/papers/import")
    async def bring(file: UploadFile) -> Response:
        data = await file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise BadInput(f"文件太大：试卷最多 {MOST_BYTES // 1024 // 1024} MB")
        cases = read_paper_file(data, desk.engine.pack, name=file.filename or "")
        return _go(papers.keep(Paper(cases=tuple(cases), title=(file.filename or "导入的试卷")[:60])))

    @router.get("/papers/{paper}")
    def look(request: Request, paper: int) -> Response:
        return pages.show(
            request, "paper", id_=paper, paper=papers.get(paper), exportable={k: f.title for k, f in FORMATS.items()}
        )

    @router.post("/papers/{paper}")
    def edit(paper: int, title: Annotated[str, Form()], keep: Annotated[list[int] | None, Form()] = None) -> Response:
        kept = papers.get(paper)
        cases = tuple(case for n, case in enumerate(kept.cases) if n in set(keep or []))
        papers.edit(paper, msgspec.structs.replace(kept, title=title, cases=cases))
        return _go(paper)

    @router.post("/papers/{paper}/duplicate")
    def duplicate(paper: int) -> Response:
        return _go(papers.duplicate(paper))

    @router.post("/papers/{paper}/delete")
    def delete(paper: int) -> Response:
        papers.delete(paper)
        return RedirectResponse("/class/", status_code=303)

    @router.get("/papers/{paper}/export")
    def export(paper: int, format: str) -> Response:
        kept = papers.get(paper)
        data = write_paper(kept, desk.engine.pack, format=format)
        chosen = FORMATS[format]
        name = quote(f"{kept.title}{chosen.suffix}")
        return Response(
            data, media_type=chosen.media_type, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        )

    return router


def _go(paper: int) -> Response:
    return RedirectResponse(f"/class/papers/{paper}", status_code=303)
