"""The login page: plain Chinese HTML that asks for nothing from outside, and the way out again."""

import html
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.web.asgi import client_of
from assistant.web.login import COOKIE
from assistant.web.sessions import LASTS, Passwords, Sessions, TooManyTries

_FORM_COOKIE = "assistant-form"
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · 研判助手</title><link rel="icon" href="data:,"><style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText;
  font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }}
main {{ width: min(22rem, 90vw); }}
h1 {{ font-size: 1.3rem; }}
label {{ display: block; margin: 1rem 0 .25rem; }}
input {{ box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid GrayText; border-radius: 4px; }}
button {{ width: 100%; margin-top: 1.5rem; padding: .7rem; font: inherit; color: #fff; background: #1f4e79; border: 0; border-radius: 4px; }}
[role=alert] {{ padding: .6rem; border-left: 4px solid #b3261e; }}
</style></head><body><main><h1>行政执法过错责任追究 · 研判助手</h1>{note}
<form method="post" action="/login"><input type="hidden" name="form" value="{form}"><input type="hidden" name="next" value="{next}">
<label for="name">用户名</label><input id="name" name="name" value="{name}" autocomplete="username" required autofocus>
<label for="password">密码</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>登录</button></form><p>没有用户名？请找本单位管理员。</p></main></body></html>"""


def login_routes(sessions: Sessions, passwords: Passwords) -> APIRouter:
    """GET and POST /login, POST /logout."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def show(request: Request, next: str = "/") -> Response:
        return _page(request, next=next)

    @router.post("/login")
    async def log_in(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        form: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        sent = request.cookies.get(_FORM_COOKIE, "")
        if not sent or not secrets.compare_digest(sent.encode(), form.encode()):
            return _page(request, status=403, next=next, name=name, note="登录页已经过期，请再输一次")
        try:
            user = await passwords.check(client_of(request.scope), name.strip(), password)
        except TooManyTries as error:
            answer = _page(request, status=429, next=next, name=name, note=str(error))
            answer.headers["retry-after"] = str(error.seconds)
            return answer
        if user is None:
            return _page(request, status=401, next=next, name=name, note="用户名或者密码不对，请再输一次")
        response = RedirectResponse(_own(next), status_code=303)
        response.delete_cookie(_FORM_COOKIE, path="/login")
        response.set_cookie(
            COOKIE,
            sessions.open(user),
            max_age=LASTS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    @router.post("/logout")
    def log_out() -> Response:
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return response

    return router


def _page(request: Request, *, next: str, status: int = 200, name: str = "", note: str = "") -> Response:
    form = secrets.token_urlsafe(32)
    alert = f'<p role="alert">{html.escape(note)}</p>' if note else ""
    text = _PAGE.format(note=alert, form=form, next=html.escape(_own(next)), name=html.escape(name[:40]))
    response = HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})
    secure = request.url.scheme == "https"
    response.set_cookie(_FORM_COOKIE, form, path="/login", httponly=True, samesite="strict", secure=secure)
    return response


def _own(target: str) -> str:
    """``target`` when it is a path of this server, else the page itself."""
    inside = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if inside else "/"
