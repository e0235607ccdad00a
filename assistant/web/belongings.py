"""Each browser's files are its own: an upload opens for the browser that sent it, a download for the first that takes it.

Gradio serves whatever lies in its folder of files to anybody who knows the path. The paths cannot be guessed, but they stand
in histories and logs, and the files tell cases.
"""

import json
import os
import secrets
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from starlette.requests import HTTPConnection

from assistant.web.asgi import App, Message, Receive, Scope, Send
from assistant.web.problems import refuse

COOKIE = "assistant-visitor"
_FILE = "/gradio_api/file="
_UPLOAD = "/gradio_api/upload"
_REMEMBERED = 50_000


class Belongings:
    """ASGI middleware that knows a browser by a cookie; files that lie in ``folder`` at the start are everybody's."""

    def __init__(self, app: App, *, folder: Path) -> None:
        self._app = app
        self._folder = folder.resolve()
        self._shared = frozenset(self._folder.rglob("*"))
        self._owners: OrderedDict[Path, str] = OrderedDict()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visitor = HTTPConnection(scope).cookies.get(COOKIE, "")
        path: str = scope["path"]
        if path.startswith(_FILE) and not self._opens(path.removeprefix(_FILE), visitor):
            await refuse(send, 403, "这个文件不是这个浏览器的：请在自己的页面里重新上传或者下载")
        elif path == _UPLOAD and scope["method"] == "POST":
            headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
            plain = {**scope, "headers": headers}  # the answer has to be read here
            await self._app(plain, receive, self._watched(send, visitor or secrets.token_urlsafe()))
        elif path == "/" and not visitor:
            await self._app(scope, receive, _introduced(send, scope["scheme"] == "https"))
        else:
            await self._app(scope, receive, send)

    def _opens(self, name: str, visitor: str) -> bool:
        path = Path(os.path.realpath(name))
        if path in self._shared or not path.is_relative_to(self._folder):
            return True  # Gradio itself refuses what lies outside
        return bool(visitor) and self._owner(path, visitor) == visitor

    def _owner(self, path: Path, visitor: str) -> str:
        """Whose ``path`` is; ``visitor``'s when it was nobody's."""
        with self._lock:
            owner = self._owners.setdefault(path, visitor)
            if len(self._owners) > _REMEMBERED:
                self._owners.popitem(last=False)
            return owner

    def _watched(self, send: Send, visitor: str) -> Send:
        """``send`` that notes the uploaded files, whose paths are the answer to an upload, as ``visitor``'s."""
        status, parts = 0, bytearray()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body" and status == 200:
                parts.extend(message.get("body", b""))
                if not message.get("more_body"):
                    for name in json.loads(parts):
                        self._owner(Path(os.path.realpath(name)), visitor)
            await send(message)

        return watched


def _introduced(send: Send, secure: bool) -> Send:
    """``send`` that gives the browser its cookie with the page."""
    value = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    async def introduced(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), (b"set-cookie", value.encode())]
        await send(message)

    return introduced
