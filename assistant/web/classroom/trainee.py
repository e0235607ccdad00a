"""A trainee's pages: in by code and name, the case that stands, one's answer, the key once it is shown.

The browser is known again by a cookie, so a reload and a second tab are the same person. Every form is plain HTML and works
without a script; a short one asks every two seconds whether the class went on.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from assistant.errors import AssistantError, BadInput
from assistant.exercises import Answer, feedback
from assistant.exercises.door import TooManyTries
from assistant.exercises.store import Rooms
from assistant.exercises.store.views import Seat
from assistant.exercises.words import VERDICTS
from assistant.web.asgi import client_of
from assistant.web.classroom.views import Pages
from assistant.web.desk import Desk

COOKIE = "assistant-seat"
_LASTS = 12 * 3600
_RECEIPTS = {
    "new": "收到了，停止作答前还可以改。",
    "same": "收到了，和刚才的一样。",
    "changed": "改好了，以这一次为准。",
}


def trainee_routes(rooms: Rooms, pages: Pages, desk: Desk) -> APIRouter:
    """GET /join/, POST /join/enter, GET /join/room, GET /join/state, POST /join/answer, POST /join/leave."""
    router = APIRouter(prefix="/join", route_class=pages.route)

    @router.get("/")
    def door(request: Request, room: str = "") -> Response:
        if not room and _seat(rooms, request) is not None:
            return RedirectResponse("/join/room", status_code=303)
        return pages.show(request, "door", code=room[:20], name="")

    @router.post("/enter")
    def enter(request: Request, code: Annotated[str, Form()] = "", name: Annotated[str, Form()] = "") -> Response:
        try:
            token = rooms.join(code, name, client=client_of(request.scope))
        except AssistantError as error:
            status = 429 if isinstance(error, TooManyTries) else 400
            return pages.show(request, "door", status=status, note=str(error), code=code[:20], name=name[:40])
        response = RedirectResponse("/join/room", status_code=303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, max_age=_LASTS, path="/join", httponly=True, samesite="lax", secure=secure)
        return response

    @router.get("/room")
    def room_page(request: Request, said: str = "") -> Response:
        seat = _seat(rooms, request)
        if seat is None:
            return RedirectResponse("/join/", status_code=303)
        return _room(request, seat, note=_RECEIPTS.get(said, ""))

    @router.get("/state")
    def state(request: Request) -> Response:
        seat = _seat(rooms, request)
        return JSONResponse({"version": _version(seat) if seat else ""}, headers={"cache-control": "no-store"})

    @router.post("/answer")
    async def answer(request: Request) -> Response:
        form = await request.form()
        token = request.cookies.get(COOKIE, "")
        seat = _seat(rooms, request)
        if seat is None:
            return RedirectResponse("/join/", status_code=303)
        try:
            number, given = read_answer(form)
            receipt = rooms.answer(token, given, number=number)
        except AssistantError as error:
            return _room(request, seat, note=str(error), status=409)
        return RedirectResponse(f"/join/room?said={receipt}", status_code=303)

    @router.post("/leave")
    def leave() -> Response:
        response = RedirectResponse("/join/", status_code=303)
        response.delete_cookie(COOKIE, path="/join")
        return response

    def _room(request: Request, seat: Seat, *, note: str, status: int = 200) -> Response:
        last = seat.results[-1] if seat.results else None
        told = feedback(last.case, last.answer, desk.engine, desk.regulation) if last else None
        return pages.show(
            request,
            "room",
            status=status,
            note=note,
            seat=seat,
            last=last,
            told=told,
            version=_version(seat),
        )

    return router


def _seat(rooms: Rooms, request: Request) -> Seat | None:
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    try:
        return rooms.state_for(token)
    except BadInput:
        return None


def _version(seat: Seat) -> str:
    return f"{seat.sheet.number}-{seat.stage}"


def read_answer(form: Any) -> tuple[int, Answer]:
    """The number of the case and the answer in a form; raises BadInput for one that this page did not make."""
    verdict, certainty, number = (str(form.get(name, "")) for name in ("verdict", "certainty", "number"))
    if verdict not in VERDICTS:
        raise BadInput("还没有选结论：请在四个结论里选一个，再提交")
    if certainty not in {"1", "2", "3"}:
        raise BadInput("还没有选把握：请选没把握、有些把握或很有把握，再提交")
    if not (number.isascii() and number.isdecimal()):
        raise BadInput("这一页已经过期：请刷新后作答")
    chosen = {name: tuple(map(str, form.getlist(name))) for name in ("provisions", "factors", "sanctions")}
    return int(number), Answer(verdict=verdict, certainty=int(certainty), **chosen)  # type: ignore[arg-type]
