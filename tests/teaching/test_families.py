"""The word table: longest known words from the left, families shared by words that mean much the same, damage told in a line."""

from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.teaching.families import load_families, read_families


def test_a_text_is_cut_into_its_longest_known_words() -> None:
    known = load_families().cut("他举报企业。")
    assert [(start, word.text) for start, word in known] == [(1, "举报"), (3, "企业")]


@pytest.mark.parametrize(("one", "other"), [("检举", "揭发"), ("处罚", "罚金")])
def test_relatives_share_a_family(one: str, other: str) -> None:
    known = load_families().cut(f"{one}，{other}")
    assert known[0][1].family == known[1][1].family


@pytest.mark.parametrize("text", ["", "撤", "🙂", "a\nb", "举"])
def test_texts_without_words(text: str) -> None:
    assert load_families().cut(text) == []


@pytest.mark.parametrize(("words", "families"), [("举报\n企业", b"\0\0"), ("举报", b"\0")])
def test_damage_is_told(tmp_path: Path, words: str, families: bytes) -> None:
    (tmp_path / "words.txt").write_text(words, encoding="utf-8")
    (tmp_path / "families.bin").write_bytes(families)
    with pytest.raises(Unavailable, match="词表"):
        read_families(tmp_path)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="词表"):
        read_families(tmp_path / "none")


def test_every_word_once_the_commonest_first() -> None:
    words = [word.text for word in load_families().words()]
    assert len(words) == len(set(words)) > 30_000
    assert words[0] == load_families().cut(words[0])[0][1].text
