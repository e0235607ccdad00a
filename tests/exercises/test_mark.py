"""Marks by certainty, and what is told after an answer."""

import pytest

from assistant.corpus import load
from assistant.exercises import Answer, Case, Twin, feedback, mark
from assistant.exercises.model import Certainty
from assistant.triage import load_engine
from assistant.triage.result import Verdict

CASE = Case(
    id="a",
    text="小王立案后没有报批，私下把案子撤了，第二天主动认错并纠正",
    verdict="fault",
    provisions=("6.5",),
    factors=("11.1",),
    acceptable=("7.5",),
    twin=Twin(text="小王报批后撤案", verdict="no_fault"),
)


@pytest.mark.parametrize(
    ("certainty", "right", "points"),
    [(1, True, 1), (2, True, 2), (3, True, 3), (1, False, 0), (2, False, -2), (3, False, -6)],
)
def test_the_table(certainty: Certainty, right: bool, points: float) -> None:
    answer = Answer(verdict="fault", provisions=("6.5",) if right else (), factors=("11.1",), certainty=certainty)
    assert mark(CASE, answer).points == points


@pytest.mark.parametrize(
    ("verdict", "provisions", "missed", "wrong", "right"),
    [
        ("fault", ("6.5",), (), (), True),
        ("fault", ("6.5", "7.5"), (), (), True),
        ("fault", ("6.5", "6.1"), (), ("6.1",), False),
        ("fault", (), ("6.5",), (), False),
        ("no_fault", (), ("6.5",), (), False),
    ],
)
def test_what_is_missed_and_what_is_wrong(
    verdict: Verdict, provisions: tuple[str, ...], missed: tuple[str, ...], wrong: tuple[str, ...], right: bool
) -> None:
    marked = mark(CASE, Answer(verdict=verdict, provisions=provisions, factors=("11.1",)))
    assert (marked.missed, marked.wrong, marked.right) == (missed, wrong, right)
    assert marked.right_verdict is (verdict == "fault")


def test_feedback_shows_the_words_of_the_law_and_of_the_case() -> None:
    regulation = load("xushui-2020")
    told = feedback(CASE, Answer(verdict="fault", provisions=("6.1",), certainty=3), load_engine(), regulation)
    assert [ground.id for ground in told.grounds] == ["6.5", "11.1"]
    assert told.grounds[0].quote == "立案后无正当理由擅自撤案；"
    assert any(e.text in CASE.text for element in told.grounds[0].elements for e in element.evidence)
    assert [ground.id for ground in told.astray] == ["6.1"]
    assert "第六条第（五）项" in told.decides
    assert told.twin == CASE.twin
    assert told.place is None
    assert told.mark is not None
    assert told.mark.points == -6


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("小王这个月老是迟到早退", "out_of_scope", "适用范围"),
        ("小李处罚了一家企业，对方不服", "insufficient", "还"),
        ("小王按程序立案，经批准因证据不足撤案", "no_fault", ""),
    ],
)
def test_what_a_case_without_fault_turns_on(text: str, verdict: Verdict, words: str) -> None:
    told = feedback(Case(id="x", text=text, verdict=verdict), None, load_engine(), load("xushui-2020"))
    assert words in told.decides
    assert told.decides.endswith("。")
    assert told.mark is None
