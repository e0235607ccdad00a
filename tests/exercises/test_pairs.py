"""Minimal pairs, difficulty, options: one fact changed and both keys proved; wrong answers lie near the right one."""

import pytest

from assistant.errors import BadInput
from assistant.exercises import Case, make_paper, prove
from assistant.exercises.difficulty import BANDS, difficulty, factor_options, options
from assistant.exercises.pairs import changed, load_changes, twins
from assistant.paths import corpus_dir
from assistant.triage import load_engine
from assistant.triage.exemplars import Exemplar, read_exemplars

ENGINE = load_engine()
EXEMPLARS, _ = read_exemplars(corpus_dir() / "exemplars")
CASE = Case(id="a", text="小王立案后没有报批，私下把案子撤了。", verdict="fault", provisions=("6.5",))


@pytest.mark.parametrize("change", load_changes("xushui-2020"), ids=lambda change: change.name)
def test_a_change_makes_another_key_and_keeps_the_case_as_its_twin(change: object) -> None:
    made = changed(CASE, change)  # type: ignore[arg-type]
    assert made is not None
    assert made.twin is not None
    assert made.twin.text == CASE.text
    assert made.text.startswith("小王立案后没有报批，私下把案子撤了。")
    assert (made.verdict, made.factors) != (CASE.verdict, CASE.factors)


def test_every_change_is_proved_by_the_engine_somewhere() -> None:
    paper = make_paper(EXEMPLARS, ENGINE, theme="fault", count=100, seed=5)
    proved = {case.id.split("+")[1] for case in paper.cases if "+" in case.id}
    assert len(proved) >= 4
    assert all(prove(case, ENGINE) is None for case in paper.cases)


def test_a_proper_case_is_not_changed() -> None:
    proper = Case(id="b", text="小王按程序报批后撤案", verdict="no_fault")
    assert all(changed(proper, change) is None for change in load_changes("xushui-2020"))


def test_twins_differ_in_what_decides() -> None:
    by_id = {row.id: row for row in EXEMPLARS}
    found = twins(EXEMPLARS)
    assert len(found) > 1000
    assert all((by_id[one].verdict, by_id[one].provisions) != (o.verdict, o.provisions) for one, o in found.items())
    assert all(isinstance(other, Exemplar) and by_id[one].group == other.group for one, other in found.items())


@pytest.mark.parametrize("band", BANDS)
def test_a_band_of_difficulty_holds(band: str) -> None:
    low, high = BANDS[band]
    paper = make_paper(EXEMPLARS, ENGINE, theme="fault", count=5, seed=3, difficulty=band)
    assert len(paper.cases) == 5
    assert all(low <= case.difficulty < high for case in paper.cases)


def test_a_case_that_is_nearly_something_else_is_harder() -> None:
    plain, mixed = {"fault": 0.99, "6.5": 0.99, "6.1": 0.01}, {"fault": 0.6, "6.5": 0.6, "6.1": 0.55}
    rest = {"no_fault": 0.005, "insufficient": 0.001, "out_of_scope": 0.001}
    assert difficulty(CASE, {**plain, **rest}) < difficulty(CASE, {**mixed, **rest})


def test_options_hold_the_key_and_nothing_that_is_acceptable() -> None:
    triage = ENGINE.triage(CASE.text)
    case = Case(id="a", text=CASE.text, verdict="fault", provisions=("6.5",), factors=("11.1",), acceptable=("7.5",))
    offered = options(case, triage, ENGINE.pack)
    assert "6.5" in offered
    assert "7.5" not in offered
    assert len(offered) == 5
    assert "11.1" in factor_options(case, ENGINE.pack)


def test_unknown_bands_are_told() -> None:
    with pytest.raises(BadInput, match="easy"):
        make_paper(EXEMPLARS, ENGINE, theme="fault", count=1, seed=1, difficulty="极难")


def test_an_actor_is_a_theme() -> None:
    paper = make_paper(EXEMPLARS, ENGINE, theme="head", count=3, seed=1)
    actors = {row.id: row.actor for row in EXEMPLARS}
    assert {actors[case.id.split("+")[0]] for case in paper.cases} == {"head"}
