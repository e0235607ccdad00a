"""Headers on every response, text that stays text, addresses and ports that are refused."""

import html
import re
import socket
import urllib.request

import pytest

from assistant.errors import BadInput, Unavailable
from assistant.settings import Settings
from assistant.web import serve
from assistant.web.security import plain


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
