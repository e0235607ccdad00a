"""Errors of the server as application/problem+json (RFC 9457): ``title`` names the kind, ``detail`` says what to do."""

import json
from collections.abc import Mapping

from assistant.errors import AssistantError, BadInput, Unavailable, UnknownRef
from assistant.web.asgi import Send

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "请求读不懂",
    401: "需要登录",
    403: "不允许",
    404: "没有找到",
    405: "请求方法不对",
    413: "内容太大",
    415: "内容类型不对",
    422: "内容不能用",
    429: "请求太频繁",
    500: "服务器出错",
    503: "暂时不能用",
}


def body(status: int, detail: str) -> dict[str, object]:
    """The object itself; ``status`` repeats the status of the response, as the standard asks."""
    return {"type": "about:blank", "title": TITLES.get(status, "请求没有办成"), "status": status, "detail": detail}


def encoded(status: int, detail: str) -> bytes:
    """The object as UTF-8 JSON."""
    return json.dumps(body(status, detail), ensure_ascii=False).encode()


def status_of(error: AssistantError) -> int:
    """404 for a place that the regulation does not have, 422 for what cannot be read, 503 for what cannot be had."""
    if isinstance(error, UnknownRef):
        return 404
    if isinstance(error, BadInput):
        return 422
    return 503 if isinstance(error, Unavailable) else 500


async def refuse(send: Send, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
    """Answer a request with a problem, from below any framework."""
    content = encoded(status, detail)
    named = {"content-type": MEDIA_TYPE, "content-length": str(len(content)), **(headers or {})}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": content})
