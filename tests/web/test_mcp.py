"""A real MCP client and a real Gradio client against a real server, with a proxy in its environment that leads nowhere."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from assistant.web.accounts import Accounts
from evals.visiting import served

CASE = "小王立案后没有报批就把案子撤了"
PASSWORD = "mi-ma-12345"
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("mcp")
    users = folder / "users.json"
    Accounts(users).add("li", PASSWORD, "officer")
    proxy = "http://127.0.0.1:9"
    nowhere = {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "http_proxy": proxy, "https_proxy": proxy}
    with served(folder, ASSISTANT_USERS=str(users), **nowhere, NO_PROXY="", no_proxy="") as found:
        yield found


def _talk(address: str, conversation: Callable[[Any], Coroutine[Any, Any, Found]]) -> Found:
    """What ``conversation`` finds in a session of its own, in a thread whose loop is its own."""
    import httpx
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    headers = {"authorization": "Basic " + b64encode(f"li:{PASSWORD}".encode()).decode()}

    async def open_and_talk() -> Found:
        async with (
            httpx.AsyncClient(headers=headers, trust_env=False, timeout=30) as http,
            streamable_http_client(f"{address}/gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await conversation(session)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(open_and_talk())).result(timeout=60)


def test_three_tools_are_offered_and_described_in_chinese(address: str) -> None:
    tools = _talk(address, lambda session: session.list_tools()).tools
    assert {tool.name for tool in tools} == {"triage", "ask", "provision"}
    for tool in tools:
        assert "。" in tool.description
        [(name, schema)] = tool.inputSchema["properties"].items()
        assert name in {"text", "ref"}
        assert schema["description"]


def test_the_tools_answer(address: str) -> None:
    async def conversation(session: Any) -> list[Any]:
        asked = [
            ("triage", {"text": CASE}),
            ("ask", {"text": "处理决定几天内要通知本人"}),
            ("provision", {"ref": "第六条第五项"}),
        ]
        return [await session.call_tool(name, told) for name, told in asked]

    triage, reply, place = (json.loads(result.content[0].text) for result in _talk(address, conversation))
    assert triage["verdict"] == "fault"
    assert triage["provisions"][0]["id"] == "6.5"
    assert reply["citations"] == ["16"]
    assert "七日内" in reply["answer"]
    assert place["text"] == "立案后无正当理由擅自撤案；"


@pytest.mark.parametrize(
    ("tool", "told", "words"),
    [
        ("triage", {"text": ""}, "没有文字"),
        ("ask", {"text": "查" * 10_001}, "最多 10000 个字"),
        ("provision", {"ref": "99"}, "没有第九十九条"),
    ],
)
def test_a_tool_says_what_is_wrong(address: str, tool: str, told: dict[str, str], words: str) -> None:
    result = _talk(address, lambda session: session.call_tool(tool, told))
    assert result.isError
    assert words in result.content[0].text


def test_gradio_names_the_same_three_and_nothing_of_the_page(address: str) -> None:
    import httpx

    with httpx.Client(base_url=address, auth=("li", PASSWORD), trust_env=False, timeout=30) as client:
        info = client.get("/gradio_api/info").json()
        assert set(info["named_endpoints"]) == {"/triage", "/ask", "/provision"}
        assert info["unnamed_endpoints"] == {}
        for endpoint in info["named_endpoints"].values():
            assert endpoint["description"]
        answer = client.post("/gradio_api/run/provision", json={"data": ["6.5"]})
        assert json.loads(answer.json()["data"][0])["label"] == "第六条第（五）项"


def test_the_files_beside_the_users_are_out_of_reach(address: str, tmp_path: Path) -> None:
    import httpx

    with httpx.Client(base_url=address, auth=("li", PASSWORD), trust_env=False, timeout=30) as client:
        for path in ("users.json", "users.json.secret", "app.py", "../users.json", "/etc/passwd"):
            assert client.get(f"/gradio_api/file={path}").status_code == 403
