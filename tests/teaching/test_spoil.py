"""Spoilt texts: five of each, the same for the same seed, bounded in length."""

import pytest

from assistant.teaching.families import load_families
from assistant.teaching.spoil import LONGEST, Spoiler, clauses

TEXTS = ["小王接到举报，没有去现场，也没有立案。", "老李收了厂长的茶叶；罚款从十万改成一万。", "封条是晚上贴的"]


def test_five_of_each_and_the_same_again() -> None:
    made = list(Spoiler(TEXTS, load_families(), seed=5).variants(2))
    assert len(made) == 5 * 2 * len(TEXTS)
    assert made == list(Spoiler(TEXTS, load_families(), seed=5).variants(2))
    assert made != list(Spoiler(TEXTS, load_families(), seed=6).variants(2))
    assert all(0 < len(text) <= LONGEST for text in made)
    assert len(set(made)) > len(TEXTS)


def test_a_long_text_is_cut() -> None:
    assert all(len(text) <= LONGEST for text in Spoiler(["他去了厂里，" * 90], load_families(), seed=1).variants(1))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("甲，乙。丙", ["甲，", "乙。", "丙"]), ("没有停顿", ["没有停顿"]), ("", [""]), ("。。", ["。", "。"])],
)
def test_clauses_end_at_stops(text: str, pieces: list[str]) -> None:
    assert clauses(text) == pieces
