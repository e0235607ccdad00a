"""Minimal pairs, difficulty, options: one fact changed and both keys proved; wrong answers lie near the right one."""

from pathlib import Path

import msgspec
import pytest

from assistant.errors import BadInput, BadRulePack
from assistant.exercises import Case, make_paper, prove, with_choices
from assistant.exercises.contrast import OnePlace, one_place
from assistant.exercises.difficulty import BANDS, difficulty, factor_options, options
from assistant.exercises.pairs import Change, Scene, cases_of, changed, load_pairs, shortened, twin_of
from assistant.paths import corpus_dir
from assistant.triage import load_engine
from assistant.triage.exemplars import read_exemplars
from assistant.triage.twins import near_duplicates
from tests.triage.test_twins import SETS

ENGINE = load_engine()
EXEMPLARS, _ = read_exemplars(corpus_dir() / "exemplars")
PAIRS = load_pairs("xushui-2020")
CASE = Case(id="a", text="小王立案后没有报批，私下把案子撤了。", verdict="fault", provisions=("6.5",))


@pytest.mark.parametrize(
    ("mine", "theirs", "place"),
    [
        ("甲撤了案。", "甲撤了案。后来认错。", OnePlace("甲撤了案。", "", "后来认错。", "")),
        ("小王没有报批就撤了案", "小王报局长批准后撤了案", OnePlace("小王", "没有报批就", "报局长批准后", "撤了案")),
        ("小王撤案，后来认错，还改了。", "小王撤案，还改了。", OnePlace("小王撤案，", "后来认错，", "", "还改了。")),
        ("同一句话", "同一句话", None),
        ("养鸡场的案子他自己撤了", "养鸡场的案子写了报告，一级一级批完，卷也归了档", None),
    ],
)
def test_one_place_is_told_from_two_scenes(mine: str, theirs: str, place: OnePlace | None) -> None:
    assert one_place(mine, theirs) == place
    if place:
        assert place.before + place.mine + place.after == mine
        assert place.before + place.theirs + place.after == theirs


@pytest.mark.parametrize("change", PAIRS.changes, ids=lambda change: change.name)
def test_a_change_makes_another_key_of_one_place(change: Change) -> None:
    case = msgspec.structs.replace(CASE, provisions=(change.of or "6.5",))
    made = changed(case, change)
    assert made is not None
    assert one_place(made.text, case.text) == OnePlace(case.text, change.add, "", "")
    assert (made.verdict, made.factors) != (case.verdict, case.factors)
    assert made.source == "changed"


@pytest.mark.parametrize(
    "case",
    [
        Case(id="b", text="小王按程序报批后撤案", verdict="no_fault"),
        Case(id="c", text="小王没有报批就撤了案，算不算过错？", verdict="fault", provisions=("6.5",)),
    ],
)
def test_a_proper_case_and_a_question_are_not_changed(case: Case) -> None:
    assert all(changed(case, change) is None for change in PAIRS.changes)


def test_a_change_is_only_for_cases_that_it_fits() -> None:
    change = Change(name="x", add="后来怎样怎样。", of="6.5", unless=("12", "11.1"), factor="11.3")
    assert changed(CASE, change) is not None
    for odd in ({"provisions": ("6.5", "9.1")}, {"factors": ("12.4",)}, {"factors": ("11.1",)}, {"factors": ("11.3",)}):
        assert changed(msgspec.structs.replace(CASE, **odd), change) is None


@pytest.mark.parametrize("scene", PAIRS.scenes, ids=lambda scene: scene.name)
def test_a_scene_is_of_one_place_with_keys_that_differ(scene: Scene) -> None:
    told = cases_of(scene)
    keys = {(case.verdict, case.provisions, case.factors) for case in told}
    assert len(keys) == len(told)
    assert all(one_place(told[0].text, other.text) for other in told[1:])
    assert all(ref in ENGINE.pack.rules for case in told for ref in (*case.provisions, *case.factors, *case.acceptable))


def test_scenes_repeat_neither_learning_cases_nor_what_is_measured_on() -> None:
    import json

    told = [case.text for scene in PAIRS.scenes for case in cases_of(scene)]
    others = [row.text for row in EXEMPLARS]
    for path in SETS:
        if path.exists():
            others += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(told[i], others[j - len(told)]) for i, j in near_duplicates(told, others) if j >= len(told)]
    assert pairs == []


def test_a_factor_can_be_taken_out_with_the_words_that_tell_it() -> None:
    case = Case(
        id="a",
        text="小王没有报批就把立了案的案子撤了。第二天他主动向领导承认做错了，并且马上全部改正。",
        verdict="fault",
        provisions=("6.5",),
        factors=("11.1",),
    )
    triage = ENGINE.triage(case.text)
    found = list(shortened(case, triage))
    assert len(found) == 1
    assert (found[0].provisions, found[0].factors) == (("6.5",), ())
    assert "主动" not in found[0].text
    assert case.text.startswith(found[0].text.rstrip("。"))
    assert list(shortened(msgspec.structs.replace(case, factors=("12.4",)), triage)) == []


def test_a_paper_shows_true_minimal_pairs_where_it_can_and_proves_both() -> None:
    paper = make_paper(EXEMPLARS, ENGINE, theme="fault", count=60, seed=5)
    beside = [case for case in paper.cases if case.twin]
    minimal = [case for case in beside if case.twin and one_place(case.text, case.twin.text)]
    assert len(minimal) > len(paper.cases) / 2
    assert all(prove(case, ENGINE) is None for case in paper.cases)
    for case in beside:
        assert case.twin is not None
        assert twin_of(case) != case.twin
        told = {*case.twin.provisions, *case.twin.factors}
        assert (case.twin.verdict, told) != (case.verdict, {*case.provisions, *case.factors})
    assert {case.source for case in paper.cases} == {"exemplar", "changed", "scene"}


def test_no_case_of_a_paper_gives_another_away() -> None:
    paper = make_paper(EXEMPLARS, ENGINE, theme="6", count=80, seed=4)
    group_of = {row.id: row.group for row in EXEMPLARS}
    drawn = [group_of[case.id.split("+")[0]] for case in paper.cases if case.source != "scene"]
    scenes = [case.id.split("#")[0] for case in paper.cases if case.source == "scene"]
    assert len(drawn) == len({*drawn})
    assert len(scenes) == len({*scenes})


@pytest.mark.parametrize("band", BANDS)
def test_a_band_of_difficulty_holds(band: str) -> None:
    low, high = BANDS[band]
    paper = make_paper(EXEMPLARS, ENGINE, theme="fault", count=5, seed=3, difficulty=band)
    assert paper.cases
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


def test_what_is_offered_does_not_tell_the_verdict() -> None:
    for verdict in ("fault", "no_fault", "insufficient", "out_of_scope"):
        whole = with_choices(Case(id="a", text=CASE.text, verdict=verdict), ENGINE)
        assert len(whole.options) >= 5
        assert len(whole.factor_options) >= 4


def test_a_key_typed_by_hand_gets_wrong_options_and_choices_of_ones_own_are_kept() -> None:
    bare = msgspec.structs.replace(CASE, options=("6.5",), factors=("11.1",), factor_options=("11.1",))
    whole = with_choices(bare, ENGINE)
    assert {"6.5"} < {*whole.options}
    assert {"11.1"} < {*whole.factor_options}
    own = msgspec.structs.replace(CASE, options=("6.5", "6.1"), factor_options=("12.4",))
    kept = with_choices(own, ENGINE)
    assert (kept.options, kept.factor_options) == (("6.5", "6.1"), ("12.4",))
    assert with_choices(kept, ENGINE) == kept


def test_unknown_bands_are_told() -> None:
    with pytest.raises(BadInput, match="easy"):
        make_paper(EXEMPLARS, ENGINE, theme="fault", count=1, seed=1, difficulty="极难")


def test_an_actor_is_a_theme() -> None:
    paper = make_paper(EXEMPLARS, ENGINE, theme="head", count=3, seed=1)
    actors = {row.id: row.actor for row in EXEMPLARS}
    assert {actors[case.id.split("+")[0]] for case in paper.cases} == {"head"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("changes: [{name: x}]", "读不懂"),
        ("odd: 1", "读不懂"),
        ("scenes: [{name: 没有空, text: 小王撤案, ways: []}]", "“没有空”要有一处"),
    ],
)
def test_a_file_of_pairs_that_cannot_be_used_is_named(
    data: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/exercises.yaml").write_text(data, encoding="utf-8")
    monkeypatch.setattr("assistant.exercises.pairs.corpus_dir", lambda: tmp_path)
    with pytest.raises(BadRulePack, match=words):
        load_pairs.__wrapped__("own")
    assert load_pairs.__wrapped__("none").scenes == ()
