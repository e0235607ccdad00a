"""The page in a real browser: tell a case, ask a question, stay quiet, keep two visitors apart."""

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser
CASE = "小王立案后也没个说法就把案子撤了"


class Visitor:
    """One browser profile on the page, with every request it made."""

    def __init__(self, browser: Any, address: str, *, width: int = 1280, height: int = 900) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.address = address
        self.page.goto(address)
        self.page.wait_for_selector("#told textarea")

    def say(self, text: str) -> None:
        self.page.fill("#told textarea", text)
        self.page.click("#told button.submit-button")

    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]


@pytest.fixture
def visitor(browser: Any, server: str) -> Iterator[Visitor]:
    found = Visitor(browser, server)
    yield found
    found.context.close()


def test_a_case_gets_a_verdict_with_the_words_marked_and_nothing_leaves_the_machine(visitor: Visitor) -> None:
    visitor.say(CASE)
    banner = visitor.page.wait_for_selector("#panel .verdict")
    assert "过错" in banner.inner_text()
    assert visitor.page.inner_text("#panel .told").replace("\n", "") == CASE
    assert "立案后无正当理由擅自撤案" in visitor.page.inner_text("#panel")
    assert visitor.outside() == []


def test_a_question_shows_the_articles_words(visitor: Visitor) -> None:
    visitor.say("处理决定几天内要通知本人")
    visitor.page.wait_for_selector("#panel .quote")
    assert "应在七日内将处理决定书面通知本人" in visitor.page.inner_text("#panel")
    assert visitor.outside() == []


@pytest.mark.parametrize(
    "attack",
    [
        "小王把案子撤了<img src=http://203.0.113.9/x.png onerror=alert(1)>",
        "小王把案子撤了![x](http://203.0.113.9/x.png)[点我](http://203.0.113.9/)",
        "小王把案子撤了<form action=http://203.0.113.9/><button>go</button></form>",
    ],
)
def test_markup_in_the_users_text_stays_text(visitor: Visitor, attack: str) -> None:
    visitor.say(attack)
    visitor.page.wait_for_selector("#panel .verdict")
    assert attack in visitor.page.inner_text("#panel .told")
    assert visitor.page.query_selector("#chat form, #panel form, #chat img[src*='203.0.113.9'], #panel img") is None
    assert visitor.page.query_selector("a[href*='203.0.113.9']") is None
    assert visitor.outside() == []


def test_unreadable_text_gets_one_kind_line(visitor: Visitor) -> None:
    visitor.say("查" * 20_000)
    visitor.page.wait_for_selector("text=最多 10000 个字")
    assert visitor.page.query_selector("#panel .verdict") is None


def test_two_visitors_never_mix(browser: Any, server: str) -> None:
    first, second = Visitor(browser, server), Visitor(browser, server)
    first.say(CASE)
    first.page.wait_for_selector("#panel .verdict")
    second.say("那第几条")
    second.page.wait_for_selector("#chat .bot, #chat [data-testid=bot]")
    assert "小王" not in second.page.inner_text("body").replace(CASE, "")
    first.context.close()
    second.context.close()


def test_a_phone_shows_everything_without_scrolling_sideways(browser: Any, server: str) -> None:
    phone = Visitor(browser, server, width=390, height=844)
    phone.say(CASE)
    phone.page.wait_for_selector("#panel .verdict")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()
