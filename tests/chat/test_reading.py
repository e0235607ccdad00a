"""A case told in pieces: later pieces that say more than the whole lets through, and items that a correction took the ground from."""

import pytest

from assistant.chat.casefile import CaseFile, HandFact, joined
from assistant.chat.reading import read_case
from assistant.triage import load_engine

ENGINE = load_engine()


def verdict(*told: str, cleared: tuple[HandFact, ...] = ()) -> str:
    case = CaseFile(told=told, cleared=cleared)
    return ENGINE.judge(case.text, read_case(ENGINE, case)).verdict


@pytest.mark.parametrize(
    "told",
    [
        ("举报材料三天内就核查完了，也回复了", "后来小万把举报人名字告诉厂里，举报人被堵门威胁"),
        ("厂里的环保员改了数据", "我们大队的小聂明知数据是假的还瞒着不报，领导就批了不予处罚"),
    ],
)
def test_a_fault_told_later_is_seen(told: tuple[str, ...]) -> None:
    assert verdict(*told) == "fault"


def test_evidence_of_a_later_piece_lies_in_the_whole_text() -> None:
    told = ("举报材料三天内就核查完了，也回复了", "后来小万把举报人名字告诉厂里，举报人被堵门威胁")
    facts = read_case(ENGINE, CaseFile(told=told))
    spans = [e for elements in facts.elements.values() for fact in elements.values() for e in fact.evidence]
    assert spans
    for span in spans:
        assert joined(told)[span.start : span.end] == span.text


def test_an_item_whose_ground_was_withdrawn_is_denied() -> None:
    assert verdict("小郑立案后没有报批就把案子撤了") == "fault"
    ground = HandFact(rule="6.5", element="擅自且无正当理由", state="not_met")
    assert verdict("小郑立案后没有报批就把案子撤了", cleared=(ground,)) == "no_fault"
