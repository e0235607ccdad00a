"""What a press in the panel does, without a browser; a press is not to be trusted."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.chat import CaseFile, Reply
from assistant.errors import BadInput
from assistant.settings import Settings
from assistant.web.desk import Desk, open_desk
from assistant.web.moves import press

CASE = "小王立案后也没个说法就把案子撤了"
Told = tuple[Reply, CaseFile]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(Settings(data_dir=Path(tmp_path_factory.mktemp("var"))))


@pytest.fixture
def told(desk: Desk) -> Told:
    return desk.assistant.reply(CaseFile(), CASE)


def test_a_fact_set_by_hand_moves_the_result_and_can_be_taken_back(desk: Desk, told: Told) -> None:
    reply, case = told
    moved = press(desk, case, reply, {"act": "fact", "rule": "6.5", "element": "撤案", "state": "not_met"})
    assert moved.last
    assert moved.last.triage
    assert moved.last.triage.verdict == "no_fault"
    assert moved.panel
    assert "不构成过错" in moved.panel
    assert "手工设定" in moved.turns[0].html
    assert "这次的变化" in moved.turns[1].html
    back = press(desk, moved.case, moved.last, {"act": "undo", "rule": "6.5", "element": "撤案"})
    assert back.case.hand == ()
    assert back.last
    assert back.last.triage == reply.triage


def test_a_supposition_shows_its_result_and_leaves_the_case(desk: Desk, told: Told) -> None:
    reply, case = told
    assert reply.triage
    for change in reply.triage.what_if:
        moved = press(desk, case, reply, {"act": "if", "change": change.change})
        assert (moved.case, moved.last, moved.turns) == (case, reply, ())
        assert moved.panel
        assert change.change in moved.panel
    back = press(desk, case, reply, {"act": "back"})
    assert back.panel
    assert "supposed" not in back.panel


def test_a_supposition_that_is_so_enters_the_case(desk: Desk, told: Told) -> None:
    reply, case = told
    assert reply.triage
    change = next(w for w in reply.triage.what_if if w.ids == ("12.7",))
    moved = press(desk, case, reply, {"act": "keep", "change": change.change})
    assert moved.last
    assert moved.last.triage
    assert [f.id for f in moved.last.triage.aggravating] == ["12.7"]


def test_a_question_goes_into_the_chat_as_text(desk: Desk, told: Told) -> None:
    reply, case = told
    moved = press(desk, case, reply, {"act": "ask", "text": "谁批的？<img src=x>"})
    assert moved.case == case
    assert "谁批的？&lt;img" in moved.turns[0].html


@pytest.mark.parametrize(
    "told_by_browser",
    [
        {},
        {"act": "drop"},
        {"act": ["fact"]},
        {"act": "fact", "rule": "6.5", "element": "撤案", "state": "guilty"},
        {"act": "fact", "rule": "99.9", "element": "", "state": "met"},
        {"act": "if", "change": "如果天下雨"},
        {"act": "keep", "change": 3},
    ],
)
def test_a_press_that_makes_no_sense_is_refused_in_one_line(
    desk: Desk, told: Told, told_by_browser: Mapping[str, object]
) -> None:
    reply, case = told
    with pytest.raises(BadInput) as refused:
        press(desk, case, reply, told_by_browser)
    assert "\n" not in str(refused.value)


def test_without_a_case_there_is_nothing_to_set(desk: Desk) -> None:
    for act in ("fact", "undo"):
        with pytest.raises(BadInput, match="还没有案情"):
            press(desk, CaseFile(), None, {"act": act, "rule": "6.5", "element": "撤案", "state": "met"})
