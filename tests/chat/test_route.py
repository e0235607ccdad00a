"""What a turn is: told, asked, supposed, corrected, talked, begun afresh."""

import pytest

from assistant.chat.route import Router
from assistant.chat.telling import asks, load_telling
from assistant.explain.questions import load_book

ROUTER = Router(load_book())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("小王立案后没报批就把案子撤了", "telling"),
        ("老赵昨天一个人去查砖厂，没亮证，这算不算过错", "telling"),
        ("我们接到举报当天就去了，查完回复了举报人，算过错吗", "telling"),
        ("立案后随便撤案算不算过错", "question"),
        ("问责方式有几种", "question"),
        ("3月5日开始调查的，哪天到期", "question"),
        ("申诉期限", "question"),
        ("你好", "saying"),
        ("换个案子", "fresh"),
        ("科员周末加班时把举报人电话念给了厂长听，厂长当晚去砸了人家玻璃，这事算过错吗", "telling"),
        ("老板讲不配合就贴封条，先封了再找依据，哪条法管得着", "telling"),
        ("小丛现场检查没按程序来", "telling"),
        ("食品抽检流程", "question"),
        ("取消三年评先资格对吧", "question"),
    ],
)
def test_a_first_turn(text: str, kind: str) -> None:
    assert ROUTER.route(text, case_open=False).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("没报批", "telling"),
        ("他今年已经被追究过两次了", "telling"),
        ("那第几条", "question"),
        ("会怎么处理", "question"),
        ("其他两个人呢", "question"),
        ("如果他主动交代呢", "hypothesis"),
        ("不对，其实报批过", "correction"),
        ("谢谢", "saying"),
    ],
)
def test_a_turn_within_a_case(text: str, kind: str) -> None:
    assert ROUTER.route(text, case_open=True).kind == kind


def test_a_fresh_start_may_bring_the_new_story_with_it() -> None:
    turn = ROUTER.route("换个事儿。小陈把举报人的电话给了老板", case_open=True)
    assert turn.fresh
    assert turn.kind == "telling"
    assert turn.text.startswith("小陈")


def test_question_words_that_ask_nothing() -> None:
    assert not asks("五个人开会，谁也没看材料")
    assert asks("谁负责解释")


def test_tellings_and_askings_lie_apart() -> None:
    model = load_telling()
    assert model.score("老李去厂里查了一圈，啥也没写就走了") > 0.8
    assert model.score("申诉期限有多长") < 0.2


@pytest.mark.parametrize(("rest", "kind"), [("", "fresh"), ("小王立案后没报批就把案子撤了", "telling")])
def test_a_fresh_start_said_over_and_over_is_one(rest: str, kind: str) -> None:
    turn = ROUTER.route("换个案子，" * 1900 + rest, case_open=True)
    assert (turn.kind, turn.text, turn.fresh) == (kind, rest, True)
