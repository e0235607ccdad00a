"""The trainer's pages: papers made, kept and carried out, a room opened from one, the live board, the report.

Where people log in, everything here asks for the trainer's role. A room's own token lies in a cookie of its path, so another trainer
takes a room over rather than steering it unseen.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import AssistantError
from assistant.exercises import feedback
from assistant.exercises.invitation import qr_svg, room_address
from assistant.exercises.report_page import report_page
from assistant.exercises.report_sheet import report_sheet
from assistant.exercises.store import Papers, Rooms
from assistant.web.classroom.standing import standing
from assistant.web.classroom.views import NotTrainer, Pages
from assistant.web.desk import Desk
from assistant.web.login import role_of
from assistant.web.security import is_loopback

_LASTS = 12 * 3600
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEGINS = "/class/rooms"


def trainer_routes(rooms: Rooms, papers: Papers, pages: Pages, desk: Desk) -> APIRouter:
    """All below /class/rooms/: open, board, steps, report, delete."""
    router = APIRouter(prefix=_BEGINS, dependencies=[Depends(trainers_only)], route_class=pages.route)

    @router.post("/")
    def open_room(request: Request, paper: Annotated[int, Form()]) -> Response:
        found = standing(papers, paper, desk.engine)
        if found.lost or not found.paper.cases:
            return RedirectResponse(f"/class/papers/{paper}?lost={found.lost}", status_code=303)
        opened = rooms.open_room(found.paper)
        return _enter(request, opened.code, opened.token)

    @router.post("/{code}/take-over")
    def take_over(request: Request, code: str) -> Response:
        opened = rooms.take_over(code)
        return _enter(request, opened.code, opened.token)

    @router.get("/{code}/")
    def room(request: Request, code: str) -> Response:
        try:
            board = rooms.board(_token(request, code))
        except AssistantError as error:
            return pages.show(request, "lost", status=404, note=str(error), code=code)
        address = room_address(str(request.base_url), board.code)
        shown = board.stage in {"revealed", "ended"}
        told = feedback(board.case, None, desk.engine, desk.regulation) if shown else None
        local = is_loopback(request.base_url.hostname or "")
        way_in: dict[str, Any] = {"code": board.code, "address": address, "qr": qr_svg(address), "local": local}
        return pages.show(request, "board", board=board, told=told, **way_in)

    @router.get("/{code}/live")
    def live(request: Request, code: str) -> Response:
        return pages.show(request, "live", board=rooms.board(_token(request, code)))

    @router.post("/{code}/step")
    def step(request: Request, code: str, do: Annotated[str, Form()], number: Annotated[int, Form()] = 0) -> Response:
        token = _token(request, code)
        if do == "stop":
            rooms.stop(token)
        elif do == "reveal":
            rooms.reveal(token)
        elif do == "next":
            rooms.next_case(token, number=number)
        elif do == "end":
            rooms.end(token)
        elif do in {"name", "hide"}:
            rooms.tick_names(token, show=do == "name")
        return RedirectResponse(f"{_BEGINS}/{quote(code)}/", status_code=303)

    @router.post("/{code}/delete")
    def delete(request: Request, code: str) -> Response:
        rooms.delete(_token(request, code))
        return RedirectResponse("/class/", status_code=303)

    @router.get("/{code}/report")
    def report(request: Request, code: str) -> Response:
        return HTMLResponse(report_page(rooms.report(_token(request, code)), desk.regulation))

    @router.get("/{code}/report.xlsx")
    def sheet(request: Request, code: str) -> Response:
        data = report_sheet(rooms.report(_token(request, code)), desk.regulation)
        name = quote("练习报告.xlsx")
        return Response(
            data, media_type=_SHEET, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        )

    return router


def trainers_only(request: Request) -> None:
    """Raise NotTrainer for whoever is not one."""
    if role_of(request) != "trainer":
        raise NotTrainer("出题和开课要用教员的账号：请管理员用 users add 名字 --trainer 设一个")


def _enter(request: Request, code: str, token: str) -> Response:
    path = f"{_BEGINS}/{quote(code)}"
    response = RedirectResponse(f"{path}/", status_code=303)
    secure = request.url.scheme == "https"
    response.set_cookie(_cookie(code), token, max_age=_LASTS, path=path, httponly=True, samesite="lax", secure=secure)
    return response


def _token(request: Request, code: str) -> str:
    return request.cookies.get(_cookie(code), "")


def _cookie(code: str) -> str:
    kept: Any = "".join(sign for sign in code if sign.isascii() and sign.isalnum())
    return f"assistant-room-{kept[:12]}"
