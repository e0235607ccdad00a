"""Serve the page: one FastAPI with Gradio mounted behind the quiet headers, on this machine's own address by default."""

import ipaddress
import os
import socket
from typing import Any

from assistant.errors import BadInput, Unavailable
from assistant.settings import Settings


def create_app(settings: Settings) -> Any:
    """The ASGI application: the page, and ``/healthz``."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio as gr
    from fastapi import FastAPI

    from assistant.chat import open_assistant
    from assistant.corpus import load
    from assistant.web.page import build
    from assistant.web.security import QuietHeaders
    from assistant.web.theme import CSS, theme

    app = FastAPI(title="行政执法过错责任追究研判助手", docs_url=None, redoc_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    page = build(open_assistant(settings), load(settings.regulation))
    app.add_middleware(QuietHeaders)
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
        pwa=False,
    )
    return app


def serve(settings: Settings) -> None:
    """Run until stopped; raises BadInput for an address that is not this machine's own, Unavailable when the port is taken."""
    if not _is_loopback(settings.host):
        raise BadInput(f"地址 {settings.host} 会让别的机器也能打开，目前只能用 127.0.0.1")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise Unavailable(
                f"端口 {settings.port} 已被占用：请关掉占用它的程序，或换一个端口，例如 --port {settings.port + 1}"
            ) from None
    try:
        import uvicorn
    except ImportError:
        raise Unavailable("没有安装网页组件：请运行 pip install -e '.[web]'，或用 make run") from None
    app = create_app(settings)
    print(f"网页已就绪：http://{settings.host}:{settings.port} （按 Ctrl+C 停止）", flush=True)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
