"""Papers hold proved keys only; a false key is refused with the reason."""

import pytest

from assistant.errors import BadInput
from assistant.exercises import Case, make_paper, prove
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


def test_a_refuted_key_is_named() -> None:
    case = Case(id="x", text="小米这个月老是迟到早退", verdict="fault", provisions=("6.5",))
    found = prove(case, load_engine())
    assert found is not None
    assert "fault" in found.reason
