"""The three routes: judge what happened, answer a question or a conversation, give the words of a place."""

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from assistant.corpus import Ref
from assistant.triage import accept
from assistant.web.api.asked import Asked, Told
from assistant.web.api.stream import events
from assistant.web.desk import Desk

STREAM = "text/event-stream"


def routes(desk: Desk) -> APIRouter:
    """The routes over ``desk``."""
    router = APIRouter()

    @router.post("/triage", summary="研判一件事", tags=["研判"])
    def triage(told: Told) -> Response:
        """说出发生了什么，得到结论、条项与要件、从轻从重、问责方式、期限和还要问的问题。同 `assistant triage --json`。"""
        result = desk.engine.triage(accept(told.text))
        return _json({"id": told.id, **msgspec.to_builtins(result)})

    @router.post("/ask", summary="问条文，或者一轮一轮说案情", tags=["咨询"])
    def ask(asked: Asked, request: Request) -> Response:
        """`text` 是一句话；`turns` 是从头到尾的各轮。同 `assistant ask --json`。

        请求头写 `Accept: text/event-stream` 时逐句返回：`answer` 事件是到目前为止已核对的回答（Markdown），`reply` 事件是这一轮的完整结果。
        """
        if STREAM in request.headers.get("accept", ""):
            return StreamingResponse(events(desk.assistant, asked), media_type=STREAM, headers=_FRESH)
        return _json(desk.assistant.answer_row(asked.row()))

    @router.get("/provisions/{ref:path}", summary="看一处条文", tags=["条文"])
    def provision(ref: str) -> Response:
        """`ref` 用编号（6.5、9.2、15；10#2 要写成 10%232）或任何中文写法（第六条第五项）。"""
        return _json(provision_of(desk, ref))

    return router


_FRESH = {"cache-control": "no-store"}


def provision_of(desk: Desk, ref: str) -> dict[str, Any]:
    """A place with its verbatim words; raises BadInput for what is no citation, UnknownRef for a place that is not there."""
    law = desk.regulation
    place = Ref.parse(ref, law)
    return {
        "id": place.id,
        "label": law.label(place),
        "text": law.text_of(place),
        "lead_in": law.lead_in(place),
        "regulation": {"id": law.id, "title": law.title, "sha256": law.sha256},
    }


def _json(content: object) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json", headers=_FRESH)
