"""The door: who has not logged in gets the login page, or a problem where a program is asking.

Where no users file is set the server listens on this machine's own address only, and whoever sits at it is a trainer.
"""

from typing import Any, Literal
from urllib.parse import quote

from starlette.requests import HTTPConnection

from assistant.errors import AssistantError
from assistant.web.accounts import User
from assistant.web.asgi import App, Receive, Scope, Send, client_of, header
from assistant.web.problems import refuse, status_of
from assistant.web.sessions import Passwords, Sessions, TooManyTries

#: Reached without a login; a path that ends in "/" stands for all below it. /join/ is for trainees, who have no account.
OPEN_PATHS = ("/healthz", "/login", "/join/")
COOKIE = "assistant-session"
_ASKED = {"www-authenticate": 'Basic realm="assistant", charset="UTF-8"'}


def role_of(request: Any) -> Literal["trainer", "officer"]:
    """The role of whoever sent ``request`` (of Starlette, FastAPI or Gradio); an officer where no gate stands before it."""
    found = getattr(request, "request", None) or request
    return "trainer" if found.scope.get("assistant.role") == "trainer" else "officer"


class OpenDoor:
    """ASGI middleware where nobody has to log in: everybody is a trainer."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["assistant.role"] = "trainer"
        await self._app(scope, receive, send)


class Gate:
    """ASGI middleware that lets in who has logged in, by cookie or by HTTP Basic, and anybody to the open paths."""

    def __init__(self, app: App, *, sessions: Sessions, passwords: Passwords) -> None:
        self._app = app
        self._sessions = sessions
        self._passwords = passwords

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            user = await self._user(scope)
        except TooManyTries as error:
            await refuse(send, 429, str(error), {"retry-after": str(error.seconds)})
            return
        except AssistantError as error:  # the users file has become unreadable: nobody comes in
            await refuse(send, status_of(error), "用户文件读不了，请管理员查看服务器上的用户文件")
            return
        if user:
            scope["assistant.user"], scope["assistant.role"] = user.name, user.role
        elif not is_open(scope["path"]):
            await _turn_away(scope, send)
            return
        await self._app(scope, receive, send)

    async def _user(self, scope: Scope) -> User | None:
        user = self._sessions.user(HTTPConnection(scope).cookies.get(COOKIE, ""))
        authorization = header(scope, b"authorization")
        if user or not authorization:
            return user
        return await self._passwords.basic(client_of(scope), authorization)


def is_open(path: str) -> bool:
    """True for a path that needs no login."""
    return any(path == known or (known.endswith("/") and path.startswith(known)) for known in OPEN_PATHS)


async def _turn_away(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4401})
    elif scope["method"] == "GET" and "text/html" in header(scope, b"accept"):
        query = scope.get("query_string", b"").decode("latin-1")
        target = quote(scope["path"] + (f"?{query}" if query else ""), safe="/")
        raw = [(b"location", f"/login?next={target}".encode("latin-1")), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": raw})
        await send({"type": "http.response.body", "body": b""})
    else:
        # only programs are asked for Basic: in a browser it would open a window over the page
        asked = _ASKED if scope["path"].startswith("/api/") else {}
        await refuse(send, 401, "需要登录：请打开 /login 登录，程序请用 HTTP Basic 带上用户名和密码", asked)
