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
    asks = [question.question for question in ENGINE.triage(branch.told).ask_next]
    assert {choice.question for choice in choices(branch, ENGINE) if choice.why} <= {*asks}
    for choice in choices(branch, ENGINE):
        asked = step(branch, choice.question, ENGINE).asked[-1]
        assert asked.apt is (choice.question in asks)
        assert asked.first == (asks[0] if asks else "")


def test_a_question_is_answered_by_the_piece_that_settles_it() -> None:
    case = Case(
        id="b", text="小王办过一个案子。那天下着雨。后来领导找他谈话。他主动承认了错误。", verdict="insufficient"
    )
    asked = "他有没有在被查出之前自己承认？"
    branch = Branch(case=case, pieces=start(case).pieces)
    told = next(n for n in range(1, len(branch.pieces)) if "主动承认" in branch.pieces[n])
    others = [choice.question for choice in choices(branch, ENGINE)]
    while asked not in others:
        case = msgspec.structs.replace(case, id=case.id + "b")
        branch = msgspec.structs.replace(branch, case=case)
        others = [choice.question for choice in choices(branch, ENGINE)]
        assert len(case.id) < 500
    after = step(branch, asked, ENGINE)
    assert after.shown == (0, told)
    assert after.asked[-1].answered
    assert after.told == branch.pieces[0] + branch.pieces[told]


def test_the_state_is_plain() -> None:
    branch = step(start(CASE), choices(start(CASE), ENGINE)[0].question, ENGINE)
    assert msgspec.json.decode(msgspec.json.encode(branch), type=Branch) == branch


def test_what_cannot_be_asked_is_told() -> None:
    branch = start(CASE)
    with pytest.raises(BadInput, match="没有这个问题"):
        step(branch, "今天星期几？", ENGINE)
    with pytest.raises(BadInput, match="说完"):
        step(msgspec.structs.replace(branch, shown=tuple(range(len(branch.pieces)))), "任何", ENGINE)
    with pytest.raises(BadInput, match="一句话"):
        start(Case(id="b", text="小王撤案", verdict="insufficient"))
