"""The judgement as a pure function of facts: statuses, verdicts, catch-alls, factors, what moves them."""

from collections.abc import Mapping

import msgspec
import pytest

from assistant.triage.asking import ask_next, what_if
from assistant.triage.decide import decide, with_setting
from assistant.triage.facts import ElementFact, Facts
from assistant.triage.result import Evidence, Verdict
from assistant.triage.rules import Setting, State, load_pack
from assistant.triage.sanctions import candidates

PACK = load_pack()


def facts(states: Mapping[str, str | list[State]], *, outside: bool = False, proper: bool = False) -> Facts:
    """Facts with each rule's elements in the given states; one letter an element: m(et), n(ot met), u(nknown)."""
    letters: dict[str, State] = {"m": "met", "n": "not_met", "u": "unknown"}
    elements = {}
    for ref, given in states.items():
        names = [element.name for element in PACK.rules[ref].elements]
        assert len(given) == len(names), ref
        elements[ref] = {name: ElementFact(state=letters[str(s)]) for name, s in zip(names, given, strict=True)}
    return Facts(
        elements=elements,
        confidence=dict.fromkeys(elements, 0.5),
        actors={},
        outside=outside,
        proper=proper,
        damage="told",
    )


@pytest.mark.parametrize(
    ("states", "status", "verdict"),
    [
        ({"6.5": "mmm"}, "met", "fault"),
        ({"6.5": "mum"}, "possible", "insufficient"),
        ({"6.5": "mnm"}, "excluded", "insufficient"),
        ({"6.5": "nuu"}, "excluded", "insufficient"),
        ({"6.5": "uuu"}, None, "insufficient"),
        ({"6.7": "mmmu"}, "possible", "insufficient"),
        ({"6.11": "m"}, "possible", "insufficient"),
        ({"6.11": "u"}, "possible", "insufficient"),
    ],
)
def test_one_item(states: dict[str, str], status: str | None, verdict: str) -> None:
    decision = decide(facts(states), PACK)
    assert decision.statuses.get(next(iter(states))) == status
    assert decision.verdict == verdict


def test_one_item_met_makes_a_fault_whatever_else_is_excluded() -> None:
    decision = decide(facts({"6.5": "mnm", "7.2": "mm"}), PACK)
    assert decision.verdict == "fault"
    assert decision.statuses == {"6.5": "excluded", "7.2": "met"}


def test_outside_the_scope_nothing_is_named() -> None:
    decision = decide(facts({"6.5": "mmm"}, outside=True), PACK)
    assert decision.verdict == "out_of_scope"
    assert not decision.statuses


def test_factors_count_only_with_a_fault_and_keep_their_force_apart() -> None:
    with_fault = decide(facts({"6.5": "mmm", "11.1": "mm", "12.7": "m"}), PACK)
    assert (with_fault.mitigating, with_fault.aggravating) == (("11.1",), ("12.7",))
    without = decide(facts({"6.5": "mum", "11.1": "mm", "12.7": "m"}), PACK)
    assert (without.mitigating, without.aggravating) == ((), ())
    assert decide(facts({"6.5": "mmm", "11.1": "mu"}), PACK).mitigating == ()


def test_a_catch_all_factor_is_never_met() -> None:
    decision = decide(facts({"6.5": "mmm", "11.5": "m", "12.8": "m"}), PACK)
    assert (decision.mitigating, decision.aggravating) == ((), ())


def test_an_element_set_by_hand_moves_the_verdict_both_ways() -> None:
    start = facts({"6.5": "mmm"})
    cleared = with_setting(start, PACK, Setting(rule="6.5", element="擅自且无正当理由", state="not_met"))
    assert decide(cleared, PACK).verdict == "no_fault"
    back = with_setting(cleared, PACK, Setting(rule="6.5", element="擅自且无正当理由", state="met"))
    assert decide(back, PACK).verdict == "fault"
    assert decide(start, PACK).verdict == "fault"


@pytest.mark.parametrize(
    ("rule", "element", "verdict"),
    [
        ("6.10", "泄露投诉举报人身份", "no_fault"),
        ("6.10", "受到伤害或被威胁", "insufficient"),
        ("6.9", "严重后果或重大影响", "insufficient"),
        ("9.1", "没有表示不同意见", "no_fault"),
        ("6.5", "已经立案", "insufficient"),
    ],
)
def test_only_what_an_item_blames_clears_when_it_is_set_to_no(rule: str, element: str, verdict: Verdict) -> None:
    start = facts({rule: "m" * len(PACK.rules[rule].elements)})
    assert decide(start, PACK).verdict == "fault"
    assert (
        decide(with_setting(start, PACK, Setting(rule=rule, element=element, state="not_met")), PACK).verdict == verdict
    )


def test_where_no_item_is_in_question_the_nearest_ones_are_asked_about() -> None:
    given = msgspec.structs.replace(facts({}), nearest=("6.4", "7.5"))
    asked = ask_next(given, decide(given, PACK), PACK)
    assert len(asked) == 3
    assert {ref for question in asked for ref in question.settles} <= {"6.4", "7.5"}
    assert not ask_next(given, decide(msgspec.structs.replace(given, proper=True), PACK), PACK)


def test_words_that_are_not_proven_are_asked_for_as_such() -> None:
    given = facts({"7.3": "um"})
    heard = ElementFact(state="unknown", evidence=(Evidence(start=0, end=2, text="收了", source="cue"),))
    name = PACK.rules["7.3"].elements[0].name
    given = msgspec.structs.replace(given, elements={"7.3": {**given.elements["7.3"], name: heard}})
    assert "“收了”：这一点查实了吗" in ask_next(given, decide(given, PACK), PACK)[0].question


def test_questions_are_about_unknown_elements_of_possible_items() -> None:
    given = facts({"6.7": "mmuu", "6.5": "mmm"})
    asked = ask_next(given, decide(given, PACK), PACK)
    assert [question.settles for question in asked] == [("6.7",), ("6.7",)]
    assert all(question.question and question.why for question in asked)
    assert (
        len(ask_next(facts({"6.7": "muuu", "6.5": "muu"}), decide(facts({"6.7": "muuu", "6.5": "muu"}), PACK), PACK))
        == 3
    )


def test_an_untold_damage_is_asked_for() -> None:
    for damage, settles in (("untold", [("2",)]), ("told", []), ("denied", [])):
        given = msgspec.structs.replace(facts({"6.5": "mmm"}), damage=damage)
        assert [question.settles for question in ask_next(given, decide(given, PACK), PACK)] == settles


def test_outside_the_scope_only_the_scope_is_asked() -> None:
    given = facts({}, outside=True)
    assert [q.settles for q in ask_next(given, decide(given, PACK), PACK)] == [("4",)]


def test_what_if_names_what_moves() -> None:
    given = facts({"6.5": "mmm"})
    moved = {change.change: change for change in what_if(given, decide(given, PACK), PACK)}
    approved = moved["如果撤案有正当理由并经批准"]
    assert approved.ids == ("6.5",)
    assert "不构成过错" in approved.effect
    assert moved["如果主动承认并及时纠正"].ids == ("11.1",)
    assert "可以" in moved["如果主动承认并及时纠正"].effect
    assert "应从重" in moved["如果今年已被追究过二次"].effect
    assert "如果举报人没有受到伤害或威胁" not in moved


def test_sanctions_are_all_open_with_a_fault_and_closed_without() -> None:
    fault = candidates(decide(facts({"6.5": "mmm"}), PACK), PACK)
    assert [s.id for s in fault] == [f"10.{n}" for n in range(1, 12)]
    assert {s.standing for s in fault} == {"suggested", "open"}
    assert [s.id for s in fault if not s.combinable] == ["10.10"]
    assert [s.id for s in fault if s.needs] == ["10.8", "10.9", "10.10"]
    none = candidates(decide(facts({"6.5": "mnm"}), PACK), PACK)
    assert {s.standing for s in none} == {"closed"}


def test_the_band_follows_the_stated_gravity() -> None:
    def suggested(states: dict[str, str]) -> list[str]:
        found = candidates(decide(facts(states), PACK), PACK)
        return [s.id for s in found if s.standing == "suggested"]

    assert suggested({"6.5": "mmm", "11.1": "mm"}) == ["10.1", "10.2"]
    assert suggested({"6.5": "mmm"}) == ["10.1", "10.2", "10.3", "10.4"]
    assert "10.10" not in suggested({"6.5": "mmm", "12.1": "m", "12.4": "m", "12.5": "m"})
    assert "10.5" in suggested({"6.5": "mmm", "12.4": "m"})


def test_with_lighter_and_heavier_the_reference_stays_open_between_two_bands_and_says_both() -> None:
    def suggested(states: dict[str, str]) -> tuple[list[str], str]:
        found = [s for s in candidates(decide(facts(states), PACK), PACK) if s.standing == "suggested"]
        assert len({s.reason for s in found}) == 1
        return [s.id for s in found], found[0].reason

    ids, reason = suggested({"6.5": "mmm", "11.1": "mm", "12.7": "m"})
    assert ids == [f"10.{n}" for n in range(1, 7)]
    for words in (
        "一般到较重之间",
        "第十一条第（一）项",
        "第十二条第（七）项",
        "“应”从重必须照办",
        "“可以”从轻由有权机关选择",
    ):
        assert words in reason
    most, reason = suggested({"6.5": "mmm", "11.1": "mm", "12.1": "m", "12.4": "m", "12.5": "m"})
    assert most == [f"10.{n}" for n in range(3, 10)]
    assert "较重到严重之间" in reason
