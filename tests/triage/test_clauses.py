"""Clauses, their bounds and their sentences."""

from assistant.triage.clauses import split


def parts(text: str) -> list[tuple[str, int, bool]]:
    return [(text[c.start : c.end], c.sentence, c.question) for c in split(text)]


def test_clauses_keep_their_place_and_sentence() -> None:
    assert parts("立案后，他撤了案。 领导不知道！") == [
        ("立案后", 0, False),
        ("他撤了案", 0, False),
        ("领导不知道", 1, False),
    ]


def test_a_question_mark_marks_the_whole_sentence() -> None:
    assert parts("他撤了案，算过错吗？我想问") == [("他撤了案", 0, True), ("算过错吗", 0, True), ("我想问", 1, False)]


def test_text_without_stops_is_one_clause() -> None:
    assert parts("那天我一个人去的也没亮证") == [("那天我一个人去的也没亮证", 0, False)]


def test_blank_and_marks_only_give_nothing() -> None:
    assert parts(" ，。？\n ") == []
