"""Serve the page: one FastAPI with Gradio mounted behind the door, on this machine's own address by default."""

import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from assistant.errors import BadInput, Unavailable
from assistant.settings import Settings
from assistant.web.accounts import Accounts

_UPLOAD = "20mb"
_LAST_WORDS = 3  # seconds for answers under way when the server is stopped; pages left open hold it no longer
_SWEPT = (600, 24 * 3600)  # every ten minutes, files of a day and more are deleted


def create_app(settings: Settings) -> Any:
    """The ASGI application: the page, ``/api``, the tools at /gradio_api/mcp, ``/login`` where users are set, ``/healthz``."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio as gr
    from fastapi import FastAPI

    from assistant.web.api import create_api
    from assistant.web.belongings import Belongings
    from assistant.web.desk import open_desk
    from assistant.web.limits import Meter, RateLimit, SizeLimit
    from assistant.web.mcp import publish
    from assistant.web.page import build
    from assistant.web.resting import Resting
    from assistant.web.security import OwnPage, QuietHeaders
    from assistant.web.theme import CSS, theme

    desk = open_desk(settings)
    uploads = Path(tempfile.mkdtemp(prefix="assistant-"))
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        closing()
        shutil.rmtree(uploads, ignore_errors=True)

    app = FastAPI(openapi_url=None, lifespan=lifespan)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    app.add_middleware(Belongings, folder=uploads)
    app.add_middleware(
        RateLimit, meter=Meter(per_minute=settings.calls_per_minute, burst=max(1, settings.calls_per_minute / 4))
    )
    _add_door(app, settings)
    app.add_middleware(SizeLimit)
    app.add_middleware(OwnPage, local=not settings.users)
    app.add_middleware(Resting)
    app.add_middleware(QuietHeaders)
    app.mount("/api", create_api(desk))
    closing = _add_classroom(app, desk, settings)
    page = build(desk)
    page.delete_cache = _SWEPT
    publish(page, desk)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        css=CSS,
        run_history=False,
        footer_links=[],
        show_error=False,
        allowed_paths=[],
        max_file_size=_UPLOAD,
        mcp_server=True,
        pwa=False,
    )
    return app


def _add_classroom(app: Any, desk: Any, settings: Settings) -> Callable[[], None]:
    """Hang in the pages of classes and practice where their parts are installed; what closes them."""
    from assistant.web.tabs.exercise import installed

    if not installed():
        return lambda: None
    from assistant.web.classroom import classroom_routes

    routes, close = classroom_routes(desk, settings)
    app.include_router(routes)
    return close


def _add_door(app: Any, settings: Settings) -> None:
    from assistant.web.login import Gate, OpenDoor
    from assistant.web.login_page import login_routes
    from assistant.web.sessions import Passwords, Sessions

    if settings.users_file is None:
        app.add_middleware(OpenDoor)
        return
    accounts = Accounts(settings.users_file)
    secret = accounts.secret()
    sessions, passwords = Sessions(accounts=accounts, secret=secret), Passwords(accounts, secret)
    app.include_router(login_routes(sessions, passwords))
    app.add_middleware(Gate, sessions=sessions, passwords=passwords)


def serve(settings: Settings) -> None:
    """Run until stopped.

    Raises BadInput for an address that others reach while nobody has to log in, Unavailable when the port is taken.
    """
    from assistant.web.security import is_loopback

    if settings.users_file is None:
        if not is_loopback(settings.host):
            raise BadInput(
                f"地址 {settings.host} 会让别的机器也能打开，要先设登录：运行 python -m assistant users add 名字，"
                "再设 ASSISTANT_USERS 为它写出的文件；只在本机用就写 127.0.0.1"
            )
    elif not Accounts(settings.users_file).users():
        raise BadInput(
            f"用户文件 {settings.users} 里还没有人：请先运行 python -m assistant users add 名字 --file {settings.users}"
        )
    if settings.calls_per_minute < 1:
        raise BadInput(f"环境变量 ASSISTANT_CALLS_PER_MINUTE={settings.calls_per_minute} 太小：至少写 1，平常用 1200")
    try:
        import uvicorn
    except ImportError:
        raise Unavailable("没有安装网页组件：请运行 pip install -e '.[web]'，或用 make run") from None
    _check_port(settings)
    app = create_app(settings)
    print(f"网页已就绪：http://{settings.host}:{settings.port} （按 Ctrl+C 停止）", flush=True)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_LAST_WORDS,
    )


def _check_port(settings: Settings) -> None:
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise BadInput(f"地址 {settings.host} 用不了：请写本机的一个 IP 地址，例如 127.0.0.1") from None
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            raise Unavailable(
                f"端口 {settings.port} 已被占用：请关掉占用它的程序，或换一个端口，例如 --port {settings.port + 1}"
            ) from None
