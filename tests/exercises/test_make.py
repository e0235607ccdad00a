"""Papers hold proved keys only; a false key is refused with the reason."""

import msgspec
import pytest

from assistant.errors import BadInput
from assistant.exercises import Case, Paper, Twin, make_paper, prove
from assistant.exercises.prove import proved
from assistant.paths import corpus_dir
from assistant.triage import load_engine
from assistant.triage.exemplars import read_exemplars


def test_every_key_of_a_paper_is_proved_and_the_seed_decides() -> None:
    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    engine = load_engine()
    paper = make_paper(exemplars, engine, theme="out_of_scope", count=5, seed=1)
    assert len(paper.cases) == 5
    assert all(prove(case, engine) is None for case in paper.cases)
    assert make_paper(exemplars, engine, theme="out_of_scope", count=5, seed=1) == paper
    assert make_paper(exemplars, engine, theme="out_of_scope", count=5, seed=2) != paper


def test_an_unknown_theme_says_what_themes_there_are() -> None:
    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    with pytest.raises(BadInput, match="no_fault"):
        make_paper(exemplars, load_engine(), theme="99", count=1, seed=1)


LATE = "小米这个月老是迟到早退"


def test_a_refuted_key_is_named_in_words() -> None:
    case = Case(id="x", text=LATE, verdict="fault", provisions=("6.5",))
    found = prove(case, load_engine())
    assert found is not None
    assert found.reason == "结论不同：答案是构成过错，引擎判为不属本办法"
    assert found.refuted


def key_of(text: str) -> Case:
    """What the engine itself says of ``text``, so that it proves whatever was learned."""
    told = load_engine().triage(text)
    met = tuple(dict.fromkeys(p.id for p in told.provisions if p.status == "met")) if told.verdict == "fault" else ()
    factors = tuple(f.id for f in (*told.mitigating, *told.aggravating))
    return Case(id="x", text=text, verdict=told.verdict, provisions=met, factors=factors)


def test_less_is_unproved_and_otherwise_is_refuted() -> None:
    case = key_of("小王立案后没有报批，私下把案子撤了")
    engine = load_engine()
    assert prove(case, engine) is None
    more = prove(msgspec.structs.replace(case, provisions=(*case.provisions, "9.2")), engine)
    other = prove(msgspec.structs.replace(case, provisions=("9.2",)), engine)
    factor = prove(msgspec.structs.replace(case, factors=(*case.factors, "12.7")), engine)
    assert more
    assert other
    assert factor
    assert (more.refuted, other.refuted, factor.refuted) == (False, True, False)
    assert "第九条第二款" in more.reason
    assert "第十二条第（七）项" in factor.reason


def test_a_twin_has_to_be_proved_too() -> None:
    case = msgspec.structs.replace(
        key_of("小王立案后没有报批，私下把案子撤了"), twin=Twin(text=LATE, verdict="no_fault")
    )
    found = prove(case, load_engine())
    assert found
    assert found.reason.startswith("对照的一题：结论不同：答案是不构成过错")
    assert found.case == case


def test_a_paper_is_sorted_anew_each_time_it_is_proved() -> None:
    good, bad = key_of("小王立案后没有报批，私下把案子撤了"), Case(id="y", text=LATE, verdict="fault")
    once = proved(Paper(cases=(bad, good), title="混"), load_engine())
    assert (once.cases, [one.case for one in once.refused]) == ((good,), [bad])
    assert proved(once, load_engine()) == once
    right = msgspec.structs.replace(bad, verdict=key_of(LATE).verdict)
    mended = msgspec.structs.replace(once, refused=(msgspec.structs.replace(once.refused[0], case=right),))
    assert proved(mended, load_engine()).cases == (good, right)
