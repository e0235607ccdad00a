"""A real server on a free port and a real Chromium; skipped with a line where there is none, except under CI=true."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of ``server``."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def server(data_dir: Path) -> Iterator[str]:
    """Address of the page, served by ``python app.py`` as an officer starts it."""
    port = free_port()
    env = {
        **os.environ,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_DATA_DIR": str(data_dir),
    }
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                    break
            except OSError:
                assert process.poll() is None, process.stdout and process.stdout.read().decode()
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, headless."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and under CI=true the browser tests must run")
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Visitor:
    """One browser profile on the page, with every request it made and every error its scripts threw."""

    def __init__(self, browser: Any, address: str, *, width: int = 1280, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.address = address
        self.page.goto(address)
        self.page.wait_for_selector("#told textarea", state="attached")

    def say(self, text: str) -> None:
        """Type ``text``, send it, and wait until it is answered."""
        answered = self.page.locator("#chat .turn.bot").count()
        self.page.fill("#told textarea", text)
        self.page.click("#told button.submit-button")
        self.page.wait_for_function("n => document.querySelectorAll('#chat .turn.bot').length > n", arg=answered)

    def open(self, tab: str) -> None:
        """Press a tab by its name."""
        self.page.click(f'#tabs [role="tab"]:has-text("{tab}")')

    def verdict(self) -> str:
        """The banner's name."""
        return str(self.page.inner_text("#panel .verdict b"))

    def outside(self) -> list[str]:
        """Requests that went anywhere but to the server."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Any, server: str) -> Iterator[Visit]:
    """Opens visitors, ``visit(width=390)``, and closes them; none of them may have met a script's error."""
    opened: list[Visitor] = []

    def come(address: str = server, **options: Any) -> Visitor:
        opened.append(Visitor(browser, address, **options))
        return opened[-1]

    yield come
    for visitor in opened:
        visitor.context.close()
    assert [error for visitor in opened for error in visitor.errors] == []
