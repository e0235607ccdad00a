"""The page as an officer starts it, and visitors on it, each with a browser profile of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.visiting import served


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of ``server``."""
    return tmp_path_factory.mktemp("page") / "var"


@pytest.fixture(scope="session")
def server(data_dir: Path) -> Iterator[str]:
    """Address of the page, served by ``python app.py``."""
    with served(data_dir.parent) as address:
        yield address


_STILL = """() => document.getAnimations().every((one) => one.playState !== 'running')
  && [...document.querySelectorAll('iframe')].filter((one) => one.offsetParent)
    .every((one) => one.contentDocument.readyState === 'complete' && one.contentDocument.body.children.length)"""


class Visitor:
    """One browser profile on the page, with every request it made and every error its scripts threw."""

    def __init__(self, browser: Any, address: str, *, width: int = 1280, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)  # a machine that others use too is slow at times
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

    def tabs(self) -> list[str]:
        """The names of the tabs."""
        return [str(name) for name in self.page.locator('#tabs [role="tab"]').all_inner_texts()]

    def open(self, tab: str) -> None:
        """Press a tab by its name, and wait until it is shown and stands still."""
        button = self.page.locator(f'#tabs [role="tab"]:has-text("{tab}")')
        button.click()
        self.page.wait_for_selector(f"#{button.get_attribute('aria-controls')}", state="visible")
        self.page.wait_for_function(_STILL)

    def bring(self, file: Path) -> None:
        """Choose ``file`` in 批量研判 and wait until it is read or refused."""
        self.open("批量研判")
        with self.page.expect_file_chooser() as chooser:
            self.page.click("#batch-file")
        chooser.value.set_files(file)
        self.page.wait_for_selector("#batch-read .batch")

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
