"""The interface for programs says what the command line says; every error is a problem in Chinese."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.api import create_api
from assistant.web.api.asked import CASE, MOST_TURNS
from assistant.web.desk import Desk, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(Settings(data_dir=Path(tmp_path_factory.mktemp("var"))))


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    app = Starlette(routes=[Mount("/api", create_api(desk))])
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


def _events(text: str) -> list[tuple[str, Any]]:
    found = re.findall(r"event: (\w+)\ndata: (.*)\n\n", text)
    return [(name, json.loads(data)) for name, data in found]


def test_triage_is_the_engines_own_result(client: TestClient, desk: Desk) -> None:
    answer = client.post("/api/triage", json={"text": CASE, "id": "a-1"})
    assert answer.status_code == 200
    assert answer.json() == {"id": "a-1", **json.loads(msgspec.json.encode(desk.engine.triage(CASE)))}
    assert answer.json()["verdict"] == "fault"
    assert answer.headers["cache-control"] == "no-store"


def test_one_text_or_several_turns_are_answered_as_by_the_command_line(client: TestClient, desk: Desk) -> None:
    single = {"id": 7, "text": "处理决定几天内要通知本人"}
    assert client.post("/api/ask", json=single).json() == json.loads(
        msgspec.json.encode(desk.assistant.answer_row(single))
    )
    turns = client.post("/api/ask", json={"turns": [CASE, "那第几条"]}).json()["turns"]
    assert [turn["kind"] for turn in turns] == ["incident", "question"]
    assert turns[1]["citations"] == ["6.5"]


def test_a_stream_ends_in_the_same_reply(client: TestClient) -> None:
    asked = {"turns": [CASE, "那第几条"]}
    whole = client.post("/api/ask", json=asked).json()["turns"]
    streamed = client.post("/api/ask", json=asked, headers={"accept": "text/event-stream"})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = _events(streamed.text)
    assert [{"turn": i, **turn} for i, turn in enumerate(whole)] == [data for name, data in events if name == "reply"]
    for name, data in events:
        if name == "answer":
            assert whole[data["turn"]]["answer"].startswith(data["answer"])
    assert {name for name, _ in events} == {"answer", "reply"}


def test_a_stream_is_refused_at_once_or_ends_in_an_error(client: TestClient) -> None:
    accept = {"accept": "text/event-stream"}
    refused = client.post("/api/ask", json={"text": "   "}, headers=accept)
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("没有文字")
    name, data = _events(client.post("/api/ask", json={"turns": [CASE, "查" * 10_001]}, headers=accept).text)[-1]
    assert (name, data["status"]) == ("error", 422)
    assert "最多 10000 个字" in data["detail"]


@pytest.mark.parametrize(
    ("written", "place"),
    [("6.5", "6.5"), ("第六条第五项", "6.5"), ("第6条（五）", "6.5"), ("10#2", "10#2"), ("第十五条", "15")],
)
def test_a_place_is_found_in_any_form(client: TestClient, desk: Desk, written: str, place: str) -> None:
    found = client.get(f"/api/provisions/{quote(written, safe='')}").json()
    assert found["id"] == place
    assert found["text"].splitlines()[0] in desk.regulation.text
    assert found["regulation"]["sha256"] == desk.regulation.sha256


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "words"),
    [
        ("POST", "/triage", '{"text": ""}', 422, "没有文字"),
        ("POST", "/triage", '{"text": "abc"}', 422, "汉字"),
        ("POST", "/triage", json.dumps({"text": "查" * 10_001}), 422, "最多 10000 个字"),
        ("POST", "/triage", '{"txt": "查"}', 422, "text：缺少这一项"),
        ("POST", "/triage", '{"text": 3}', 422, "text：应为文字"),
        ("POST", "/triage", '["查"]', 422, "应为 JSON 对象"),
        ("POST", "/triage", '{"text"', 422, "不是 JSON"),
        ("POST", "/triage", "", 422, "内容：缺少这一项"),
        ("POST", "/ask", "{}", 422, "写 text 或者 turns"),
        ("POST", "/ask", '{"text": "查", "turns": ["查"]}', 422, "写 text 或者 turns"),
        ("POST", "/ask", '{"turns": []}', 422, "turns：不能是空的"),
        ("POST", "/ask", '{"turns": [1]}', 422, "turns.0：应为文字"),
        ("POST", "/ask", json.dumps({"turns": ["查"] * (MOST_TURNS + 1)}), 422, "turns：项数太多"),
        ("GET", "/triage", None, 405, "POST"),
        ("GET", "/nothing", None, 404, "没有这个地址"),
        ("GET", "/provisions/99", None, 404, "没有第九十九条"),
        ("GET", "/provisions/hello", None, 422, "不是条文编号"),
        ("GET", "/provisions/第六、七条", None, 422, "只能写一处"),
        ("GET", "/provisions/..%2F..%2Fetc%2Fpasswd", None, 422, "不是条文编号"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(
    client: TestClient, method: str, path: str, content: str | None, status: int, words: str
) -> None:
    headers = {"content-type": "application/json"} if content is not None else {}
    answer = client.request(method, f"/api{path}", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().keys() == {"type", "title", "status", "detail"}
    assert answer.json()["status"] == status
    assert words in answer.json()["detail"]
    assert not re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", answer.json()["detail"])


def test_an_accident_tells_nothing_of_the_inside(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(type(desk.engine), "triage", broken)
    answer = client.post("/api/triage", json={"text": CASE})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_the_document_is_titled_in_chinese_and_its_examples_are_real(client: TestClient, desk: Desk) -> None:
    document = client.get("/api/openapi.json").json()
    assert set(document["paths"]) == {"/triage", "/ask", "/provisions/{ref}"}
    assert document["servers"] == [{"url": "/api"}]
    for operations in document["paths"].values():
        for operation in operations.values():
            assert re.search("[\u4e00-\u9fff]", operation["summary"])
            assert operation["responses"]["200"]["content"]["application/json"]["example"]
            assert operation["responses"]["default"]["content"].keys() == {"application/problem+json"}
    example = document["paths"]["/triage"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    assert example == {"id": "a-1", **json.loads(msgspec.json.encode(desk.engine.triage(CASE)))}
    for name, schema in document["components"]["schemas"].items():
        assert re.search("[\u4e00-\u9fff]", schema["title"]), name
    for ref in re.findall(r'"\$ref": ?"#/components/schemas/(\w+)"', json.dumps(document)):
        assert ref in document["components"]["schemas"]
    assert "http" not in json.dumps(document)
