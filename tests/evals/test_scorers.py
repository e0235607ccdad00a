"""The scorers with hand-made answers: each can say right, wrong and not applicable."""

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from evals import report, scorers
from evals.run import read_cases


def triage(verdict: str, *met: str, possible: tuple[str, ...] = ()) -> dict[str, object]:
    provisions = [{"id": ref, "status": "met"} for ref in met] + [{"id": ref, "status": "possible"} for ref in possible]
    return {"verdict": verdict, "provisions": provisions, "mitigating": [], "aggravating": []}


def test_a_verdict_is_right_or_wrong_with_a_reason() -> None:
    case = {"verdict": "fault"}
    assert scorers.verdict(case, triage("fault", "6.5")).right is True
    wrong = scorers.verdict(case, triage("no_fault"))
    assert wrong.right is False
    assert "no_fault" in wrong.reason


def test_an_accusation_is_only_asked_about_proper_conduct() -> None:
    assert scorers.accusation({"verdict": "fault"}, triage("fault")).right is None
    assert scorers.accusation({"verdict": "insufficient"}, triage("fault")).right is None
    assert scorers.accusation({"verdict": "no_fault"}, triage("fault")).right is False
    assert scorers.accusation({"verdict": "out_of_scope"}, triage("insufficient")).right is True


def test_only_met_items_of_a_fault_count() -> None:
    assert scorers.met(triage("fault", "6.5", possible=("6.1",))) == {"6.5"}
    assert scorers.met(triage("insufficient", possible=("6.1",))) == set()


def test_a_tally_spares_tolerated_items() -> None:
    tally = scorers.Tally()
    tally.add(["6.5", "9.1"], ["7.5"], {"6.5", "7.5", "6.1"})
    assert (tally.hits, tally.false_alarms, tally.misses) == (1, 1, 1)
    assert tally.f1 == pytest.approx(0.5)
    assert tally.by_label == {"6.5": [1, 0, 0], "9.1": [0, 0, 1], "6.1": [0, 1, 0]}
    assert scorers.Tally().f1 == 1.0


@pytest.mark.parametrize(
    ("articles", "citations", "right"),
    [
        (["10"], ["10.3"], True),
        (["1"], ["10.3"], False),
        (["6.5"], ["6.5"], True),
        (["6.5"], ["6.50"], False),
        (["9"], ["9.1"], True),
    ],
)
def test_citations_are_compared_as_places_not_as_strings(
    articles: list[str], citations: list[str], right: bool
) -> None:
    assert scorers.cited({"articles": articles}, {"citations": citations}).right is right


def test_required_words_come_in_alternatives() -> None:
    case = {"must_say": ["七日|7日", "书面"]}
    assert scorers.said(case, {"answer": "应在7日内书面通知"}).right is True
    assert scorers.said(case, {"answer": "应在7日内通知"}).reason == "没有说到 书面"


def test_declining_means_no_citation() -> None:
    case = {"acceptable": ["7.2"]}
    assert scorers.declined(case, {"kind": "not_covered", "citations": ["7.2"]}).right is True
    assert scorers.declined(case, {"kind": "not_covered", "citations": ["15"]}).right is False
    assert scorers.declined(case, {"kind": "question", "citations": []}).right is False


def test_altered_quotes_and_invented_places_are_seen() -> None:
    quotes = {"15": "应当自调查之日起三个月内处理完毕"}
    good = {"citations": ["15"], "quotes": [{"id": "15", "text": "三个月内处理完毕"}]}
    assert scorers.verbatim(good, quotes).right is True
    assert scorers.verbatim({"citations": ["20"], "quotes": []}, quotes).right is False
    assert scorers.verbatim({"citations": ["15"], "quotes": [{"id": "15", "text": "六个月内"}]}, quotes).right is False
    assert scorers.verbatim({"citations": [], "quotes": []}, quotes).right is None


def test_small_talk_in_a_dialogue_is_left_alone() -> None:
    case = {"kind": "chat"}
    assert scorers.turn(case, {"kind": "chat", "citations": []}).right is True
    assert scorers.turn(case, {"kind": "incident", "citations": ["6"]}).right is False


def test_an_answer_is_right_when_cited_and_said() -> None:
    case = {"articles": ["16"], "must_say": ["七日"]}
    assert scorers.answered(case, {"citations": ["16"], "answer": "七日内"}).right is True
    assert scorers.answered(case, {"citations": ["15"], "answer": "七日内"}).right is False
    assert scorers.answered(case, {"citations": ["16"], "answer": "十日内"}).right is False


def test_a_turn_that_names_too_much_is_wrong() -> None:
    case = {"verdict": "fault", "provisions": ["6.5"], "acceptable": ["7.5"]}
    assert scorers.turn(case, {"triage": triage("fault", "6.5", "7.5")}).right is True
    assert scorers.turn(case, {"triage": triage("fault", "6.5", "6.1")}).right is False
    assert scorers.turn(case, {"triage": triage("fault", "7.5")}).right is False
    assert scorers.turn(case, {"triage": None}).right is False


def test_a_broken_case_file_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "incidents.jsonl").write_text('{"id": 1}\n{oops}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="第 2 行"):
        read_cases("incidents", folder=tmp_path)


def test_the_page_stands_alone_and_escapes() -> None:
    page = report.page(
        {"verdict": 0.5}, {"verdict": "1/2"}, {("fault", "no_fault"): 1}, {"6.5": [1, 2, 3]}, [("verdict", "<b>", "x")]
    )
    assert "http" not in page
    assert "&lt;b&gt;" in page
    assert "误报 2" in page


def test_no_case_of_the_evals_is_a_learning_case() -> None:
    from assistant.paths import corpus_dir

    learned = set()
    for path in (corpus_dir() / "exemplars").glob("*.jsonl"):
        learned |= {json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert not learned & {case["text"] for case in read_cases("incidents")}
