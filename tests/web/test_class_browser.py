"""A class in real browsers: the trainer logs in, three join by code (one on a phone), answer, reload, come in two tabs, are too late,
see the key, go on; the board is live, the report is there on paper and as a sheet. axe looks at every page of it on the way."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assistant.web.accounts import Accounts
from evals.visiting import served

pytestmark = pytest.mark.browser
PASSWORD = "mi-ma-12345"
NAMES = ("张三", "07", "<b>李四</b>")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("class")
    accounts = Accounts(folder / "users.json")
    accounts.add("li", PASSWORD, "trainer")
    accounts.add("wang", PASSWORD, "officer")
    with served(folder, ASSISTANT_USERS=str(folder / "users.json")) as found:
        yield found


class Seats:
    """Browser profiles on one server; what they ask for and the errors of their scripts are kept."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[Any] = []
        self.outside: list[str] = []
        self.errors: list[str] = []

    def sit(self, *, width: int = 1280, scheme: str = "light") -> Any:
        context = self.browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", color_scheme=scheme
        )
        self.contexts.append(context)
        context.on("request", self._asked)
        return self.tab(context)

    def tab(self, context: Any) -> Any:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)


@pytest.fixture
def seats(browser: Any, address: str) -> Iterator[Seats]:
    found = Seats(browser, address)
    yield found
    for context in found.contexts:
        context.close()
    assert found.errors == []
    assert found.outside == []


def log_in(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/class/")
    assert "/login" in page.url
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button")


def make_paper(page: Any, count: int) -> None:
    page.select_option("select[name=theme]", "fault")
    page.fill("input[name=title]", "三题")
    page.fill("input[name=count]", str(count))
    page.click("button:has-text('出题')")
    page.wait_for_selector(f"text={count} 题，答案都由引擎核对一致")


def join(page: Any, address: str, code: str, name: str) -> None:
    page.goto(f"{address}/join/?room={code}")
    page.fill("#name", name)
    page.click("button:has-text('进入')")
    page.wait_for_selector("button:has-text('提交')")


def answer(page: Any, *, verdict: str, certainty: int) -> None:
    page.check(f"input[name=verdict][value={verdict}]")
    page.check("input[name=provisions] >> nth=0")
    page.check(f"input[name=certainty][value='{certainty}']")
    page.click("form[action='/join/answer'] button")


def grave(page: Any) -> list[str]:
    """What axe finds serious or critical on ``page``."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{page.url}: {found['id']}: {[node['target'] for node in found['nodes'][:3]]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in {"serious", "critical"}
    ]


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_an_hour_of_a_class(seats: Seats, address: str) -> None:
    trainer = seats.sit()
    log_in(trainer, address, "li")
    trainer.wait_for_selector("h1:has-text('试卷和房间')")
    found = grave(trainer)
    make_paper(trainer, 3)
    found += grave(trainer)
    trainer.click("button:has-text('开一个房间')")
    code = trainer.inner_text(".code").strip()
    assert re.fullmatch(r"\w{6}", code)
    people = [seats.sit(width=width) for width in (1280, 390, 390)]
    for page, name in zip(people, NAMES, strict=True):
        join(page, address, code.lower(), name)
        assert fits(page)
    found += grave(people[1])

    # answers arrive on the board by themselves, without names
    for page, certainty in zip(people, (1, 2, 3), strict=True):
        answer(page, verdict="no_fault", certainty=certainty)
        page.wait_for_selector("text=收到了")
    trainer.wait_for_selector("#live:has-text('这一题收到 3 份答案')")
    assert "张三" not in trainer.inner_text("main")

    # a reload and a second tab are the same person, and what was chosen is still there
    people[0].reload()
    assert people[0].is_checked("input[name=verdict][value=no_fault]")
    second = seats.tab(people[0].context)
    second.goto(f"{address}/join/")
    second.wait_for_selector("button:has-text('改答案')")
    answer(second, verdict="fault", certainty=1)
    second.wait_for_selector("text=改好了")
    trainer.wait_for_selector("#live:has-text('已加入 3 人，这一题收到 3 份答案')")

    # names only when ticked, and as text
    trainer.click("button:has-text('显示姓名')")
    trainer.wait_for_selector("#live td:text-is('<b>李四</b>')")
    assert trainer.locator("#live td b").count() == 0

    # stopped: whoever still has the form open is told; revealed: every screen shows it by itself
    late = people[2]
    late.evaluate("for (let n = 0; n < 999; n++) window.clearTimeout(n)")
    trainer.click("button:has-text('停止作答')")
    trainer.wait_for_selector("text=答案分布")
    answer(late, verdict="fault", certainty=3)
    late.wait_for_selector("[role=alert]:has-text('停止作答')")
    trainer.click("button:has-text('公布答案')")
    trainer.wait_for_selector("text=关键在哪里")
    found += grave(trainer)
    for page in people:
        page.wait_for_selector("text=正确答案")
        assert fits(page)
    assert "第" in people[1].inner_text(".outcome")
    found += grave(people[1])

    # the next case opens on every screen; the end is the end
    trainer.click("button:has-text('下一题')")
    for page in people:
        page.wait_for_selector("text=第 2 / 3 题")
    stale = seats.tab(people[1].context)
    stale.goto(f"{address}/join/room")
    stale.evaluate("for (let n = 0; n < 999; n++) window.clearTimeout(n)")
    trainer.click("button:has-text('结束')")
    trainer.wait_for_selector("#live:has-text('已结束')")
    answer(stale, verdict="fault", certainty=1)
    stale.wait_for_selector("[role=alert]:has-text('已经结束，不再收答案')")
    people[0].wait_for_selector("text=已结束")

    # the report, as a page and as a sheet
    with trainer.context.expect_page() as opened:
        trainer.click("text=网页（可打印）")
    report = opened.value
    report.wait_for_selector("text=3 人参加，2 题，收到 3 份答案")
    assert "<b>李四</b>" in report.inner_text("body")
    found += grave(report)
    report.set_viewport_size({"width": 390, "height": 844})
    assert fits(report)
    with trainer.expect_download() as download:
        trainer.click("text=表格 .xlsx")
    names = sheet_names(Path(download.value.path()).read_bytes())
    assert {*NAMES} <= names
    assert found == []

    # deleted with everybody in it
    trainer.on("dialog", lambda dialog: dialog.accept())
    trainer.click("button:has-text('删除房间')")
    trainer.wait_for_selector("text=还没有开过房间")
    people[0].goto(f"{address}/join/room")
    people[0].wait_for_selector("#code")


def sheet_names(data: bytes) -> set[str]:
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(data))["学员"]
    return {str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)}


def test_only_trainers_get_to_the_desk(seats: Seats, address: str) -> None:
    officer = seats.sit()
    log_in(officer, address, "wang")
    officer.wait_for_selector("[role=alert]:has-text('教员的账号')")
    assert officer.goto(f"{address}/class/papers/1").status == 403
    assert officer.goto(f"{address}/practice/").status == 200
    assert officer.locator("text=出卷、开课").count() == 0
    stranger = seats.sit(width=390)
    assert stranger.goto(f"{address}/join/").status == 200
    assert "/login" in stranger.goto(f"{address}/practice/").url
    assert "/login" in stranger.goto(f"{address}/class/rooms/AAAAAA/").url


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_practice_alone(seats: Seats, address: str, width: int, scheme: str) -> None:
    page = seats.sit(width=width, scheme=scheme)
    log_in(page, address, "wang")
    page.goto(f"{address}/practice/")
    found = grave(page)
    page.select_option("select[name=theme]", "6")
    page.fill("input[name=seed]", "3")
    page.click("button:has-text('开始')")
    page.wait_for_selector("text=第 1 / 10 题")
    found += grave(page)
    page.check("input[name=verdict][value=insufficient]")
    page.check("input[name=certainty][value='3']")
    page.click("button:has-text('提交')")
    page.wait_for_selector("text=得 -6 分")
    assert "关键在哪里" in page.inner_text("main")
    found += grave(page)
    assert fits(page)
    page.click("text=下一题")
    page.wait_for_selector("text=第 2 / 10 题")
    page.goto(f"{address}/practice/branch?theme=6&seed=3")
    page.click("main p a.button >> nth=0")
    page.wait_for_selector("text=您问过的")
    found += grave(page)
    assert fits(page)
    assert found == []
