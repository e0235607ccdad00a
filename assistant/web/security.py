"""What keeps the page quiet and safe: response headers, and text that stays text.

The policy lets the page reach its own server and nothing else; Gradio needs inline styles and scripts.
"""

import html
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

CONTENT_SECURITY_POLICY = "; ".join([
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
])
_HEADERS = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_MARKDOWN = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+-.!|~>$:/"}

_Message = MutableMapping[str, Any]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, Callable[[], Awaitable[_Message]], _Send], Awaitable[None]]


def plain(text: str) -> str:
    """``text`` so that neither HTML nor Markdown in it is acted on: every mark becomes a character reference."""
    escaped = html.escape(text, quote=True)
    parts = escaped.split("&")
    kept = [parts[0].translate(_MARKDOWN)]
    for part in parts[1:]:
        name, _, rest = part.partition(";")
        kept.append(f"&{name};{rest.translate(_MARKDOWN)}")
    return "".join(kept).replace("\n", "<br>")


class QuietHeaders:
    """ASGI middleware that sets the headers on every response; streaming passes through untouched."""

    def __init__(self, app: _App) -> None:
        self._app = app

    async def __call__(self, scope: _Message, receive: Callable[[], Awaitable[_Message]], send: _Send) -> None:
        async def guarded(message: _Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in _HEADERS}
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in names]
                message["headers"] = [*kept, *_HEADERS]
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)
