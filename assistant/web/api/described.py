"""The OpenAPI document: made from the very types that the routes answer with, and examples that the engine answers."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.chat import Reply
from assistant.triage import Triage
from assistant.web import problems
from assistant.web.api.asked import CASE
from assistant.web.api.routes import STREAM, provision_of
from assistant.web.api.titles import FIELDS, VALUES
from assistant.web.desk import Desk

_ABOUT = (
    "辅助研判，不是处理决定。每个结论都标明出处；出错时返回 application/problem+json，detail 写明哪里不对、怎么改。"
)
_QUESTION = "处理决定几天内要通知本人"
_Schema = dict[str, Any]


def describe(api: FastAPI, desk: Desk) -> _Schema:
    """The document at /api/openapi.json."""
    document = get_openapi(
        title=api.title, version="1", description=_ABOUT, routes=api.routes, servers=[{"url": "/api"}]
    )
    schemas = document["components"]["schemas"]
    for name in [name for name in schemas if "ValidationError" in name]:
        del schemas[name]
    schemas |= _schemas()
    answers = {
        "/triage": (_ref("Triage"), {"id": "a-1", **msgspec.to_builtins(desk.engine.triage(CASE))}),
        "/ask": (
            {"anyOf": [_ref("Reply"), {"title": "各轮的回答", "properties": {"turns": {"items": _ref("Reply")}}}]},
            desk.assistant.answer_row({"id": "a-2", "text": _QUESTION}),
        ),
        "/provisions/{ref}": (_ref("Place"), provision_of(desk, "6.5")),
    }
    for path, (schema, example) in answers.items():
        for operation in document["paths"][path].values():
            operation["responses"] = {
                "200": {"description": "结果", "content": {"application/json": {"schema": schema, "example": example}}},
                "default": {"description": "没有办成", "content": {problems.MEDIA_TYPE: {"schema": _ref("Problem")}}},
            }
    asked = document["paths"]["/ask"]["post"]["responses"]["200"]["content"]
    asked[STREAM] = {"schema": {"type": "string", "title": "事件流"}, "example": _STREAMED}
    [place] = document["paths"]["/provisions/{ref}"]["get"]["parameters"]
    place["schema"]["title"], place["example"] = "条文编号", "第六条第五项"
    return document


_STREAMED = """event: answer
data: {"turn":0,"answer":"…"}

event: reply
data: {"turn":0,"kind":"question","answer":"…"}
"""


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> _Schema:
    _, found = msgspec.json.schema_components([Triage, Reply], ref_template="#/components/schemas/{name}")
    for name, schema in found.items():
        schema["title"] = VALUES[name]
        del schema["description"]
        for field, shape in schema["properties"].items():
            if "$ref" not in shape:  # a reference carries the title of what it points to
                shape["title"] = FIELDS[field]
    text = {"type": "string"}
    place = {name: {**text, "title": FIELDS[name]} for name in ("id", "label", "text", "lead_in")}
    law = {"type": "object", "title": FIELDS["regulation"]}
    problem = {"title": text, "status": {"type": "integer"}, "detail": {**text, "title": "哪里不对，怎么改"}}
    return {
        **found,
        "Place": {"type": "object", "title": "一处条文", "properties": {**place, "regulation": law}},
        "Problem": {"type": "object", "title": "没有办成的原因", "properties": problem},
    }
