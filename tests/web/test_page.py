"""The page in a real browser: tell a case, follow a citation, set a fact, stay quiet, keep visitors apart."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evals.visiting import served
from tests.web.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
CASE = "小王立案后也没个说法就把案子撤了"


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    return visit()


def test_a_case_gets_a_verdict_with_the_words_marked_and_nothing_leaves_the_machine(visitor: Visitor) -> None:
    visitor.say(CASE)
    assert visitor.verdict() == "构成过错"
    assert visitor.page.inner_text("#panel .told").replace("\n", "") == CASE
    assert "立案后无正当理由擅自撤案" in visitor.page.inner_text("#panel")
    assert visitor.outside() == []


def test_a_mark_tells_why_by_mouse_keyboard_and_tap(visitor: Visitor) -> None:
    visitor.say(CASE)
    mark = visitor.page.locator("#panel .told mark").first
    for show, hide in (
        (mark.hover, lambda: visitor.page.mouse.move(5, 5)),
        (mark.click, lambda: visitor.page.keyboard.press("Escape")),
    ):
        show()
        assert "第六条第（五）项" in visitor.page.inner_text("#why")
        hide()
        visitor.page.wait_for_selector("#why", state="hidden")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.is_visible("#why")


def test_a_question_is_answered_and_its_citation_followed_and_back(visitor: Visitor) -> None:
    visitor.say("处理决定几天内要通知本人")
    assert "应在七日内将处理决定书面通知本人" in visitor.page.inner_text("#panel")
    visitor.page.click("#chat .turn.bot a.cite >> nth=0")
    visitor.page.wait_for_selector(".law .lit")
    assert "七日内" in visitor.page.inner_text(".law .lit")
    assert visitor.page.get_attribute("#tab-law-button", "aria-selected") == "true"
    visitor.page.go_back()
    visitor.page.wait_for_selector("#chat .turn.bot")
    assert visitor.page.is_visible("#panel")
    assert visitor.outside() == []


def test_three_turns_a_fact_set_by_hand_and_a_supposition_move_the_verdict(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("小蒋去年立了一家印刷厂的案")
    assert visitor.verdict() == "资料不足"
    visitor.say("他们立案以后，没有报批就把案子撤了，谁问都不说为什么")
    assert visitor.verdict() == "构成过错"
    visitor.say("那第几条")
    assert "第六条第（五）项" in page.inner_text("#chat .turn.bot >> nth=-1")
    page.click("#panel [data-act=if]:has-text('二次')")
    page.wait_for_selector("#panel .supposed")
    assert "没有记入案情" in page.inner_text("#panel .supposed")
    page.click("#panel [data-act=back]")
    page.wait_for_selector("#panel .supposed", state="detached")
    page.click('#panel .card[data-key^="6.5"] [data-element="撤案"][data-state=not_met]')
    page.wait_for_selector("#panel .verdict:not(.fault)")
    assert (
        page.get_attribute('#panel [data-key^="6.5"][data-element="撤案"][data-state=not_met]', "aria-pressed")
        == "true"
    )
    assert "手工设定" in page.inner_text("#chat")
    page.click("#panel .undo >> nth=0")
    page.wait_for_selector("#panel .verdict.fault")


def test_a_question_to_ask_is_put_into_the_chat(visitor: Visitor) -> None:
    visitor.say(CASE)
    asked = visitor.page.inner_text("#panel [data-act=ask] >> nth=0")
    visitor.page.click("#panel [data-act=ask] >> nth=0")
    visitor.page.wait_for_selector("#chat .turn.bot:has-text('请问：')")
    assert asked.split("？")[0] in visitor.page.inner_text("#chat .turn.bot >> nth=-1")
    assert visitor.page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_an_example_can_be_pressed_and_a_new_case_begun(visitor: Visitor) -> None:
    visitor.page.click("button.example >> nth=0")
    visitor.page.wait_for_selector("#panel .verdict.fault")
    visitor.page.click("#fresh")
    visitor.page.wait_for_selector("#chat .welcome")
    visitor.say("那第几条")
    assert visitor.page.query_selector("#panel .verdict") is None


_KEY = """([name, init]) => document.querySelector('#told textarea').dispatchEvent(
    new KeyboardEvent(name, {key: 'Enter', bubbles: true, cancelable: true, ...init}))"""


@pytest.mark.parametrize(
    "keys",
    [
        [("keydown", {"isComposing": True}), ("keypress", {"isComposing": True})],
        [("keydown", {"keyCode": 229}), ("keypress", {})],
    ],
    ids=["composing", "said only by the key's code"],
)
def test_enter_sends_but_not_while_an_input_method_composes(visitor: Visitor, keys: list[Any]) -> None:
    page = visitor.page
    page.focus("#told textarea")
    page.keyboard.insert_text("小王把案子")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("#told textarea").endswith("\n")
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "chele", "selectionStart": 5, "selectionEnd": 5})
    for key in keys:
        page.evaluate(_KEY, list(key))
    method.send("Input.insertText", {"text": "撤了"})
    assert "撤了" in page.input_value("#told textarea")
    for key in ("keydown", "keypress"):  # the same keys send once nothing is composed
        page.evaluate(_KEY, [key, {}])
    page.wait_for_selector("#panel .verdict")
    [said] = page.locator("#chat .turn.user").all_inner_texts()
    assert "撤了" in said


@pytest.mark.parametrize(
    "attack",
    [
        "小王把案子撤了<img src=http://203.0.113.9/x.png onerror=alert(1)>",
        "小王把案子撤了![x](http://203.0.113.9/x.png)[点我](http://203.0.113.9/)",
        "小王把案子撤了<form action=http://203.0.113.9/><button>go</button></form>",
        "小王把案子撤了${alert(1)}{{value}}{{#each value}}x{{/each}}<script>alert(1)</script>",
    ],
)
def test_markup_in_the_users_text_stays_text(visitor: Visitor, attack: str) -> None:
    visitor.say(attack)
    assert attack in visitor.page.inner_text("#panel .told")
    assert attack in visitor.page.inner_text("#chat .turn.user")
    found = "#chat form, #panel form, #chat img, #panel img, #chat script, #panel script, a[href*='203.0.113.9']"
    assert visitor.page.query_selector(found) is None
    assert visitor.outside() == []


def test_markup_in_a_models_text_stays_text(visit: Visit, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    markup = "<img src=http://203.0.113.9/x.png><form action=http://203.0.113.9/>"
    script.write_text("\n".join(f"{n}. 按所说的情况{markup}" for n in range(1, 9)), encoding="utf-8")
    with served(tmp_path, ASSISTANT_LLM_MODEL=f"scripted:{script}") as address:
        visitor = visit(address)
        visitor.page.fill("#told textarea", CASE)
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_selector("#panel .verdict")
        assert visitor.page.query_selector("#chat form, #panel form, #chat img, #panel img") is None
        assert visitor.outside() == []


def test_far_too_long_a_text_gets_one_kind_line_and_the_page_lives(visitor: Visitor) -> None:
    visitor.page.fill("#told textarea", "查" * 20_000)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector("#chat :text('最多 10000 个字')")
    assert visitor.page.query_selector("#panel .verdict") is None
    visitor.say(CASE)
    assert visitor.verdict() == "构成过错"


def test_two_visitors_never_mix(visit: Visit) -> None:
    first, second = visit(), visit()
    first.say(CASE)
    second.say("那第几条")
    assert "小王" not in second.page.inner_text("#chat")
    assert second.page.query_selector("#panel .verdict") is None
    second.say("城管把早点摊的炉子收走了")
    assert (first.verdict(), second.verdict()) == ("构成过错", "不属本办法")


def test_a_reloaded_page_begins_anew(visitor: Visitor) -> None:
    visitor.say(CASE)
    visitor.page.reload()
    visitor.page.wait_for_selector("#told textarea")
    assert visitor.page.query_selector("#panel .verdict") is None
    visitor.say("那第几条")
    assert "小王" not in visitor.page.inner_text("#chat")
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_phone_shows_every_tab_without_scrolling_sideways(visit: Visit) -> None:
    phone = visit(width=390)
    phone.say(CASE)
    wide = {}
    for tab in phone.tabs():
        phone.open(tab)
        wide[tab] = phone.page.evaluate("document.documentElement.scrollWidth")
    assert len(wide) == 6
    assert max(wide.values()) <= 390, wide


def test_the_law_is_searched_and_a_place_named(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("法规原文")
    page.fill("#law-query textarea", "书面通知")
    page.keyboard.press("Enter")
    page.wait_for_selector(".law mark.hit")
    assert "第十六条" in page.inner_text("#law-found")
    page.click("#law-found a >> nth=0")
    page.wait_for_selector(".law .lit")
    page.fill("#law-query textarea", "第六条第五项")
    page.click("#law-query button")
    page.click("#law-found a.cite")
    page.wait_for_selector('.law [id="law-6.5"].lit')
    assert page.inner_text(".law .lit") == "（五）立案后无正当理由擅自撤案；"


def test_a_link_to_a_place_opens_it_at_once(visit: Visit, server: str) -> None:
    visitor = visit(f"{server}/#law-11.1")
    visitor.page.wait_for_selector(".law .lit")
    assert "主动承认过错" in visitor.page.inner_text(".law .lit")


def test_versions_that_users_brought_are_read_compared_and_cited(visit: Visit, server: str, data_dir: Path) -> None:
    from assistant.corpus import Library

    library, file = Library(data_dir), data_dir / "duty.txt"
    text = "值班办法\n\n第一条 值班人员每日八点到岗。\n\n第二条 值班人员离岗，应当{}报告带班领导。\n\n第三条 本办法自印发之日起施行。\n"
    try:
        for name, word in (("duty-2023", "事后"), ("duty-2024", "事前")):
            file.write_text(text.format(word), encoding="utf-8")
            library.add(file, name)
        visitor = visit()
        page = visitor.page
        visitor.say("《值班办法》第二条怎么规定")
        page.click("#panel a.cite >> nth=0")
        page.wait_for_selector(".law .lit")
        assert "报告带班领导" in page.inner_text(".law .lit")
        page.click("#law-compare button >> nth=0")
        _pick(page, "旧的", "duty-2023")
        _pick(page, "新的", "duty-2024")
        page.click("#law-compare button:has-text('比较') >> nth=-1")
        page.wait_for_selector(".changes ins")
        assert (page.inner_text(".changes del"), page.inner_text(".changes ins")) == ("后", "前")
    finally:
        for name in library.brought():
            library.remove(name)


def _pick(page: Any, label: str, name: str) -> None:
    page.click(f'input[aria-label="{label}"]')
    page.click(f'[role="option"]:has-text("{name}")')


def test_about_says_what_judges_and_what_it_is_not(visitor: Visitor) -> None:
    source = Path("corpus/xushui-2020/source.yaml").read_text(encoding="utf-8")
    visitor.open("关于")
    text = visitor.page.inner_text("#about")
    sha256 = re.search(r"[0-9a-f]{64}", source)
    assert sha256
    assert sha256[0] in text
    assert "不是处理决定" in text
    report = json.loads(Path("corpus/models/triage/xushui-2020/report.json").read_text(encoding="utf-8"))
    assert f"{report['cases']} 件" in text
    evaluation = json.loads(Path("evals/figures.json").read_text(encoding="utf-8"))
    assert f"最近一次评测：{evaluation['date']}" in text
    for figure in evaluation["figures"]:
        assert f"{figure['value']:.1%}" in text
    assert visitor.page.locator("#about tbody tr th a").count() > 30


def test_every_tab_is_worked_and_nothing_leaves_the_machine(visitor: Visitor) -> None:
    visitor.say(CASE)
    for tab in visitor.tabs():
        visitor.open(tab)
    assert visitor.outside() == []


def test_a_page_that_nobody_touches_rests(visitor: Visitor) -> None:
    """Gradio's status tracker would ask for every frame for ever, and a picture that is not shown for two seconds after an answer."""
    visitor.context.add_init_script(
        "window.frames_ = 0; const own = requestAnimationFrame.bind(window);"
        "window.requestAnimationFrame = (told) => (window.frames_++, own(told));"
    )
    visitor.page.reload()
    visitor.page.wait_for_selector("#told textarea")
    visitor.say(CASE)
    visitor.page.wait_for_timeout(500)  # what the answer itself moves comes to its end
    before = visitor.page.evaluate("window.frames_")
    visitor.page.wait_for_timeout(1000)
    assert visitor.page.evaluate("window.frames_") - before < 20
