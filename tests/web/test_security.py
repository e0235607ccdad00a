"""Headers on every response, text that stays text, addresses and ports that are refused."""

import html
import json
import re
import socket
import stat
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput, Unavailable
from assistant.settings import Settings
from assistant.web import serve
from assistant.web.security import plain
from evals.visiting import served


@pytest.mark.parametrize("path", ["/", "/healthz", "/config", "/no-such-page"])
def test_every_response_carries_the_policy(server: str, path: str) -> None:
    try:
        with urllib.request.urlopen(server + path) as response:
            headers = response.headers
    except urllib.error.HTTPError as error:
        headers = error.headers
        error.close()
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_begins_with_the_script_that_lets_it_rest(server: str) -> None:
    with urllib.request.urlopen(server) as response:
        page = response.read().decode("utf-8")
        assert int(response.headers["content-length"]) == len(page.encode())
    assert page.count("window.requestAnimationFrame =") == 1
    assert page.index("window.requestAnimationFrame =") < page.index('type="module"')


@pytest.mark.parametrize("text", ["<img src=x>", "![a](b)", "**粗**", "a & b &lt;", "第六条（五）项", "`x`\n# y", "😀"])
def test_plain_text_comes_out_as_it_went_in(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"[<*`\[\]!_](?!br>)", shown)
    assert html.unescape(shown.replace("<br>", "\n")) == text


def test_a_taken_port_is_named_with_a_way_on() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=f"{port}.*--port {port + 1}"):
            serve(Settings(port=port))


def test_an_address_that_others_reach_is_refused() -> None:
    with pytest.raises(BadInput, match=r"127\.0\.0\.1"):
        serve(Settings(host="0.0.0.0"))


# whose request it is


def _answer(
    address: str, *, headers: dict[str, str] | None = None, method: str = "GET", body: bytes | None = None
) -> tuple[int, bytes, Any]:
    request = urllib.request.Request(address, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read(), response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), error.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "10.0.0.5", ""])
def test_a_name_made_to_point_here_is_refused(server: str, host: str) -> None:
    assert _answer(server + "/healthz", headers={"Host": host})[0] == 403


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860"])
def test_this_machines_own_names_are_served(server: str, host: str) -> None:
    assert _answer(server + "/healthz", headers={"Host": host})[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
@pytest.mark.parametrize("path", ["/api/triage", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/mcp/"])
def test_another_sites_page_cannot_make_the_server_do_anything(server: str, origin: str, path: str) -> None:
    headers = {"Origin": origin, "Content-Type": "application/json"}
    status, body, _ = _answer(server + path, method="POST", headers=headers, body=b'{"text": "x"}')
    assert status == 403
    assert "别的网站" in json.loads(body)["detail"]


def test_the_servers_own_page_may(server: str) -> None:
    body = json.dumps({"text": "小王立案后没有报批就把案子撤了"}).encode()
    headers = {"Origin": server, "Content-Type": "application/json"}
    assert _answer(server + "/api/triage", method="POST", headers=headers, body=body)[0] == 200


# what can be reached


@pytest.mark.parametrize(
    "path",
    [
        "file=/etc/passwd",
        "file=app.py",
        "file=../app.py",
        "file=..%2f..%2fetc%2fpasswd",
        "file=/proc/self/environ",
        "file=file:///etc/passwd",
        "file=http://127.0.0.1:9/",
        "file=https://example.com/",
        "FILE=http://example.com/",
        "file=HTTP://example.com/",
        "file=%68ttp://example.com/",
        "file//etc/passwd",
        "proxy=https://example.com/",
        "vibe-code/",
        "deep_link?session_hash=x",
        "../app.py",
    ],
)
def test_no_file_of_the_machine_and_nothing_elsewhere_can_be_reached(server: str, path: str) -> None:
    status, body, _ = _answer(f"{server}/gradio_api/{path}")
    assert status in {403, 404}
    assert b"root:" not in body
    assert b"Settings" not in body


def _upload(server: str, cookie: str, names: Sequence[str] = ("a.txt",)) -> list[str]:
    edge = "edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n案情\r\n' for name in names
    ]
    body = ("".join(parts) + f"--{edge}--\r\n").encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Accept-Encoding": "br, gzip"}
    if cookie:
        headers["Cookie"] = cookie
    status, answer, _ = _answer(server + "/gradio_api/upload", method="POST", headers=headers, body=body)
    assert status == 200
    paths: list[str] = json.loads(answer)
    return paths


def _visitor(server: str) -> str:
    _, _, headers = _answer(server + "/")
    assert "HttpOnly" in headers["set-cookie"]
    return str(headers["set-cookie"]).partition(";")[0]


def test_an_upload_opens_for_the_browser_that_sent_it_only(server: str) -> None:
    first, second = _visitor(server), _visitor(server)
    assert first != second
    paths = _upload(server, first, [f"{number}.txt" for number in range(20)])
    assert len(paths) == 20
    for path in paths[:2]:
        place = f"{server}/gradio_api/file={path}"
        for stranger in ({"Cookie": second}, {}, {"Cookie": "assistant-visitor="}):
            assert _answer(place, headers=stranger)[0] == 403
            assert _answer(place.replace("/a", "/./a"), headers=stranger)[0] == 403
        status, body, _ = _answer(place, headers={"Cookie": first})
        assert (status, body.decode()) == (200, "案情")


def test_an_upload_of_nobody_opens_for_nobody(server: str) -> None:
    [path] = _upload(server, "")
    for cookie in (_visitor(server), ""):
        assert _answer(f"{server}/gradio_api/file={path}", headers={"Cookie": cookie})[0] == 403


def test_uploads_lie_in_a_folder_of_the_server_that_ends_with_it(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        folder = next(part for part in Path(_upload(address, "")[0]).parents if part.name.startswith("assistant-"))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        left_open = urllib.request.urlopen(f"{address}/gradio_api/heartbeat/x", timeout=30)
    left_open.close()
    assert not folder.exists()
