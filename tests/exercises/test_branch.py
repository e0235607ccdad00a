"""A case in pieces: what is asked next is compared with what the engine would ask; the state goes through JSON unharmed."""

import msgspec
import pytest

from assistant.errors import BadInput
from assistant.exercises import Case
from assistant.exercises.branch import CHOICES, Branch, choices, start, step
from assistant.triage import load_engine

ENGINE = load_engine()
CASE = Case(
    id="a",
    text="小王去查一家喷漆厂。他一个人去的，没亮证。最后还贴了封条，决定书也没给。",
    verdict="fault",
    provisions=("6.3",),
)


def test_pieces_come_one_by_one_until_everything_is_told() -> None:
    branch = start(CASE)
    assert branch.told == "小王去查一家喷漆厂。"
    while not branch.over:
        offered = choices(branch, ENGINE)
        assert 1 < len(offered) <= CHOICES
        branch = step(branch, offered[0].question, ENGINE)
    assert branch.told == CASE.text
    assert len(branch.asked) == len(branch.pieces) - 1


def test_an_apt_question_carries_the_engines_reason() -> None:
    branch = start(CASE)
    expected = {question.question for question in ENGINE.triage(branch.told).ask_next}
    assert {choice.question for choice in choices(branch, ENGINE) if choice.why} <= expected
    for choice in choices(branch, ENGINE):
        assert step(branch, choice.question, ENGINE).asked[-1].apt is (choice.question in expected)


def test_the_state_is_plain() -> None:
    branch = step(start(CASE), choices(start(CASE), ENGINE)[0].question, ENGINE)
    assert msgspec.json.decode(msgspec.json.encode(branch), type=Branch) == branch


def test_what_cannot_be_asked_is_told() -> None:
    branch = start(CASE)
    with pytest.raises(BadInput, match="没有这个问题"):
        step(branch, "今天星期几？", ENGINE)
    with pytest.raises(BadInput, match="说完"):
        step(msgspec.structs.replace(branch, shown=len(branch.pieces)), "任何", ENGINE)
    with pytest.raises(BadInput, match="一句话"):
        start(Case(id="b", text="小王撤案", verdict="insufficient"))
