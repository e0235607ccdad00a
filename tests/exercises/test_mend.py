"""A case of a paper mended by hand: read as typed, its choices made anew, what cannot be read told."""

import msgspec
import pytest

from assistant.errors import BadInput
from assistant.exercises import Case, Disagreement, Paper, Twin
from assistant.exercises.mend import case_of, mended_case, with_case
from assistant.triage import load_engine

PACK = load_engine().pack
CASE = Case(
    id="a",
    text="小王私下撤案",
    verdict="fault",
    provisions=("6.5",),
    options=("6.5", "6.1"),
    factor_options=("11.1", "12.4"),
    sanctions=("10.1",),
    difficulty=0.5,
    twin=Twin(text="小王报批后撤案", verdict="no_fault"),
    source="exemplar",
)
PAPER = Paper(
    cases=(CASE, msgspec.structs.replace(CASE, id="b")),
    refused=(Disagreement(case=msgspec.structs.replace(CASE, id="c"), engine="", reason=""),),
)


def test_cases_are_counted_through_the_refused() -> None:
    assert [case_of(PAPER, n).id for n in range(3)] == ["a", "b", "c"]
    for n in (-1, 3):
        with pytest.raises(BadInput, match="没有第"):
            case_of(PAPER, n)
    new = msgspec.structs.replace(CASE, id="new")
    for n in range(3):
        after = with_case(PAPER, n, new)
        assert [case_of(after, m).id for m in range(3)] == [*"abc"[:n], "new", *"abc"[n + 1 :]]


def test_what_is_typed_is_read_in_any_form() -> None:
    made = mended_case(CASE, " 新的\r\n案情 ", "fault", "第六条第五项、9.1", "11.1", pack=PACK)
    assert (made.text, made.provisions, made.factors) == ("新的\n案情", ("6.5", "9.1"), ("11.1",))
    assert (made.options, made.sanctions, made.difficulty, made.source) == ((), (), 0.0, "own")
    assert made.twin == CASE.twin


def test_a_twin_with_the_same_key_goes_and_kept_keys_keep_their_choices() -> None:
    assert mended_case(CASE, CASE.text, "no_fault", "", "", pack=PACK).twin is None
    same = mended_case(CASE, CASE.text, "fault", "6.5", "", pack=PACK)
    assert (same.options, same.source) == (CASE.options, "exemplar")


@pytest.mark.parametrize(
    ("text", "verdict", "provisions", "factors", "words"),
    [
        (" ", "fault", "", "", "案情是空的"),
        ("字" * 5001, "fault", "", "", "太长"),
        ("x", "", "", "", "还没有选结论"),
        ("x", "fault", "6.99", "", "条项的选项“6.99”看不懂"),
        ("x", "fault", "11.1", "", "条项里的第十一条第（一）项不对"),
        ("x", "fault", "6.5", "10.1", "从轻从重里的第十条第一款第（一）项不对"),
        ("x", "fault", "", "16", "从轻从重里的第十六条不对"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, verdict: str, provisions: str, factors: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        mended_case(CASE, text, verdict, provisions, factors, pack=PACK)
