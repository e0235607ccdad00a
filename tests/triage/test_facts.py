"""How cues and learning come together: hearsay proves nothing, a denial stands against a factor, damage is told, denied or left out."""

import pytest

from assistant.triage import load_pack
from assistant.triage.assertion import scopes
from assistant.triage.clauses import split
from assistant.triage.cues import CueMatcher
from assistant.triage.facts import Damage, Facts, gather
from assistant.triage.learned import Reading
from assistant.triage.result import Verdict

PACK = load_pack()
CUES = CueMatcher(PACK.rules)


def told(text: str, *, sure: str = "", maybe: str = "", verdict: Verdict = "fault") -> Facts:
    """The facts of ``text`` where the learner is sure of one item and holds another for possible."""
    clauses = split(text)
    laid = scopes(text, clauses)
    named = [ref for ref in (sure, maybe) if ref]
    reading = Reading(
        verdict=verdict,
        verdicts={},
        scores=dict.fromkeys(named, 0.5),
        sure=frozenset({sure} - {""}),
        maybe=frozenset({maybe} - {""}),
        clauses=dict.fromkeys(named, (0, len(text))),
    )
    return gather(text, PACK, laid, CUES.find(text, clauses, laid), reading, {})


@pytest.mark.parametrize("text", ["听说小陶收了两条烟", "小陶是不是收了两条烟", "据说老贺收了厂里的红包"])
def test_hearsay_and_questions_leave_an_element_open_with_their_words(text: str) -> None:
    fact = told(text, maybe="7.3", verdict="insufficient").elements["7.3"]["收受财物或要挟报复"]
    assert fact.state == "unknown"
    assert fact.evidence


def test_what_was_seen_meets_an_element() -> None:
    fact = told("小陶收了两条烟，案子还没办完", maybe="7.3").elements["7.3"]["收受财物或要挟报复"]
    assert fact.state == "met"


def test_a_denial_stands_against_a_factor_though_the_learner_is_sure() -> None:
    [fact] = told("小乔撤案没报批，这是他今年头一次被追究", sure="12.7").elements["12.7"].values()
    assert fact.state == "not_met"
    assert [e.text for e in fact.evidence] == ["今年头一次"]


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("小王没亮证就进厂查封，厂里停产三天", "told"),
        ("小王没亮证就进厂查封，没有给企业造成损失", "denied"),
        ("小王没亮证就进厂查封，也没有产生不良影响", "denied"),
        ("接到污染投诉，小王没亮证就进厂查封", "untold"),
        ("没有造成损失，可厂长气得住院了", "told"),
    ],
)
def test_damage_is_told_denied_or_left_out(text: str, damage: Damage) -> None:
    assert told(text).damage == damage


def test_an_element_that_is_damage_tells_of_it() -> None:
    assert told("小涂把举报人的名字说给厂里，人家半夜来砸了他家玻璃", sure="6.10").damage == "told"
