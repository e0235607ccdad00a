"""What keeps the page quiet and safe: response headers, and text that stays text.

The policy lets the page reach its own server and nothing else; Gradio needs inline styles and scripts.
"""

import html
import ipaddress
from urllib.parse import unquote

from assistant.web.asgi import App, Message, Receive, Scope, Send, header
from assistant.web.problems import refuse

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
    (b"referrer-policy", b"same-origin"),  # with no-referrer a form would not say that it comes from here
]
_MARKDOWN = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+-.!|~>$:/"}
#: Doors of Gradio that fetch from elsewhere, watch the server or change its code; nobody needs them here.
_SHUT = (
    "/gradio_api/proxy=",
    "/gradio_api/file=http",
    "/gradio_api/file/",
    "/gradio_api/process_recording",
    "/gradio_api/vibe",
    "/gradio_api/undo-vibe",
    "/gradio_api/dev/",
    "/gradio_api/profiling",
    "/gradio_api/deep_link",
    "/monitoring",
)


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

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in _HEADERS}
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in names]
                message["headers"] = [*kept, *_HEADERS]
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


class OwnPage:
    """ASGI middleware that turns away what no page of this server asks for.

    A page of another site can send requests to this server, and can even read the answers once its own name is made to
    point here. So a request that changes anything must come from this server's page or from no page at all, and where
    nobody logs in (``local``) the server answers to this machine's own names only.
    """

    def __init__(self, app: App, *, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (reason := self._refusal(scope)):
            await refuse(send, 403, reason)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        host, origin = header(scope, b"host"), header(scope, b"origin")
        if self._local and not is_loopback(_name(host)):
            return "没有设登录的时候，只能用 http://127.0.0.1 打开"
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"} and origin and origin.partition("://")[2] != host:
            return "这个请求是从别的网站发来的，没有执行"
        if unquote(scope["path"]).lower().startswith(_SHUT):
            return "这个入口没有开放"
        return ""


def is_loopback(host: str) -> bool:
    """True for an address or a name that only this machine itself can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """The host without its port: ``[::1]:7860`` -> ``::1``."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
