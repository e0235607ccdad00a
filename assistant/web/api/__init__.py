"""The interface for programs: the contract of the command line over HTTP, and nothing that the command line does not say."""

from functools import cache
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError
from assistant.web import problems
from assistant.web.api.described import describe
from assistant.web.api.routes import routes
from assistant.web.desk import Desk

_DETAILS = {
    404: "没有这个地址：可用的有 POST /api/triage、POST /api/ask、GET /api/provisions/{编号}，说明在 /api/openapi.json",
    405: "这个地址不接受这种请求方法：triage 和 ask 用 POST，provisions 用 GET",
}
_REASONS = {
    "missing": "缺少这一项",
    "string_type": "应为文字",
    "list_type": "应为一串文字",
    "extra_forbidden": "没有这一项",
    "too_long": "项数太多",
    "too_short": "不能是空的",
    "json_invalid": "不是 JSON（要用 UTF-8）",
    "model_attributes_type": "应为 JSON 对象，请求头要有 Content-Type: application/json",
}


def create_api(desk: Desk) -> FastAPI:
    """The application to mount at /api; every error is a problem in Chinese."""
    api = FastAPI(title="行政执法过错责任追究研判助手", docs_url=None, redoc_url=None)
    api.include_router(routes(desk))
    api.openapi = cache(lambda: describe(api, desk))  # type: ignore[method-assign]

    @api.exception_handler(AssistantError)
    def known(request: Request, error: AssistantError) -> Response:
        return _problem(problems.status_of(error), str(error))

    @api.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return _problem(422, "；".join(dict.fromkeys(map(_said, error.errors()))))

    @api.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        detail = _DETAILS.get(error.status_code, "请求读不懂：请按 /api/openapi.json 的说明写")
        return _problem(error.status_code, detail, dict(error.headers or {}))

    @api.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> Response:
        return _problem(500, "服务器出错，没有得到结果：请稍后再试，或告诉管理员")

    return api


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    return Response(problems.encoded(status, detail), status, headers, media_type=problems.MEDIA_TYPE)


def _said(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"][1:] if error["type"] != "json_invalid") or "内容"
    if error["type"] == "value_error":
        return f"{where}：{error['ctx']['error']}"
    return f"{where}：{_REASONS.get(error['type'], '类型不对')}"
