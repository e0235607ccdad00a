"""The trainer's papers: made by theme, imported and proved, looked through, mended, carried out in any format.

A paper goes out (into a file or a class) only as the engine proves it at that moment: see `standing`.
"""

from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from assistant.errors import BadInput
from assistant.exercises import Paper, make_paper, with_choices
from assistant.exercises.formats import FORMATS, read_paper_file, write_paper
from assistant.exercises.mend import case_of, mended_case, with_case, with_sound_twin
from assistant.exercises.prove import proved
from assistant.exercises.store import Papers, Rooms
from assistant.web.classroom.standing import standing
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
        read = read_paper_file(data, desk.engine.pack, name=file.filename or "")
        cases = tuple(with_choices(case, desk.engine) for case in read)
        title = PurePath(file.filename or "").stem[:60] or "导入的试卷"
        return _go(papers.keep(proved(Paper(cases=cases, title=title), desk.engine)))

    @router.get("/papers/{paper}")
    def look(request: Request, paper: int, lost: int = 0) -> Response:
        found = standing(papers, paper, desk.engine)
        lost = max(lost, found.lost)
        note = f"有 {lost} 道题的答案现在证明不了，已移到下面“没有采用的”：请看过、改过再用" if lost else ""
        exportable = {name: f.title for name, f in FORMATS.items()}
        return pages.show(request, "paper", note=note, id_=paper, paper=found.paper, exportable=exportable)

    @router.post("/papers/{paper}")
    def edit(paper: int, title: Annotated[str, Form()], keep: Annotated[list[int] | None, Form()] = None) -> Response:
        kept, wanted = papers.get(paper), {*(keep or [])}
        cases = tuple(case for n, case in enumerate(kept.cases) if n in wanted)
        refused = tuple(one for n, one in enumerate(kept.refused, len(kept.cases)) if n in wanted)
        papers.edit(paper, msgspec.structs.replace(kept, title=title, cases=cases, refused=refused))
        return _go(paper)

    @router.get("/papers/{paper}/cases/{number}")
    def look_at_case(request: Request, paper: int, number: int) -> Response:
        return pages.show(request, "case", id_=paper, number=number, case=case_of(papers.get(paper), number))

    @router.post("/papers/{paper}/cases/{number}")
    def mend(
        request: Request,
        paper: int,
        number: int,
        known: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        verdict: Annotated[str, Form()] = "",
        provisions: Annotated[str, Form()] = "",
        factors: Annotated[str, Form()] = "",
    ) -> Response:
        kept = papers.get(paper)
        case = case_of(kept, number)
        if known != case.id:
            raise BadInput("试卷刚才改过，题号变了：请回到试卷重新打开这道题")
        try:
            mended = mended_case(case, text, verdict, provisions, factors, pack=desk.engine.pack)
        except BadInput as error:
            typed = msgspec.structs.replace(case, text=text)
            return pages.show(request, "case", status=422, note=str(error), id_=paper, number=number, case=typed)
        whole = with_sound_twin(with_choices(mended, desk.engine), desk.engine)
        papers.edit(paper, proved(with_case(kept, number, whole), desk.engine))
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
        kept, lost = standing(papers, paper, desk.engine)
        if lost or not kept.cases:
            return _go(paper, lost=lost)
        data = write_paper(kept, desk.engine.pack, format=format)
        chosen = FORMATS[format]
        name = quote(f"{kept.title}{chosen.suffix}")
        return Response(
            data, media_type=chosen.media_type, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        )

    return router


def _go(paper: int, *, lost: int = 0) -> Response:
    return RedirectResponse(f"/class/papers/{paper}" + (f"?lost={lost}" if lost else ""), status_code=303)
