"""The cases are as many, and spread as wide, as the project promised itself."""

from collections import Counter

import pytest

from assistant.corpus import Ref, load
from evals.run import read_cases

QUESTIONS, OUTSIDE, DIALOGUES = read_cases("questions"), read_cases("not_covered"), read_cases("dialogues")
REGULATION = load("xushui-2020")


def test_there_are_enough_questions_of_every_sort() -> None:
    sorts = Counter(case.get("about") for case in QUESTIONS)
    assert len(QUESTIONS) >= 250
    assert sorts["reckoning"] >= 40
    assert sorts["premise"] >= 25


@pytest.mark.parametrize("article", [article.number for article in REGULATION.articles])
def test_every_article_is_asked_for(article: int) -> None:
    asked = [case for case in QUESTIONS if any(Ref.from_id(ref).article == article for ref in case["articles"])]
    assert len(asked) >= 8


@pytest.mark.parametrize("ref", [ref.id for ref, _ in REGULATION.items() if 6 <= ref.article <= 12])
def test_every_item_is_asked_for(ref: str) -> None:
    assert sum(ref in case["articles"] for case in QUESTIONS) >= 3


def test_there_are_enough_questions_that_nothing_covers() -> None:
    sorts = Counter(case["about"] for case in OUTSIDE)
    assert len(OUTSIDE) >= 120
    assert sorts["near"] >= 30
    assert sorts["attack"] >= 30


def test_there_are_enough_dialogues_of_two_to_six_turns() -> None:
    assert len(DIALOGUES) >= 80
    assert {len(case["turns"]) for case in DIALOGUES} >= {2, 3, 4, 5, 6}
    assert all(2 <= len(case["turns"]) <= 6 for case in DIALOGUES)


@pytest.mark.parametrize("rows", [QUESTIONS, OUTSIDE, DIALOGUES])
def test_no_case_stands_twice(rows: list[dict[str, object]]) -> None:
    ids = [row["id"] for row in rows]
    texts = [str(row.get("text") or row["turns"]) for row in rows]
    assert len(set(ids)) == len(ids)
    assert len(set(texts)) == len(texts)


def test_every_place_in_the_labels_exists() -> None:
    for case in [*QUESTIONS, *(turn for row in DIALOGUES for turn in row["turns"])]:
        for ref in (*case.get("articles", []), *case.get("provisions", []), *case.get("acceptable", [])):
            assert REGULATION.text_of(Ref.from_id(ref))
