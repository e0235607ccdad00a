"""Chinese numerals: every way of writing that regulations and officers use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.numerals import count_of, shape_of, to_chinese, to_int

WRITTEN = [
    ("〇", 0),
    ("零", 0),
    ("一", 1),
    ("两", 2),
    ("十", 10),
    ("十一", 11),
    ("二十", 20),
    ("九十九", 99),
    ("一百", 100),
    ("一百零二", 102),
    ("一百〇二", 102),
    ("一百一十五", 115),
    ("一百十五", 115),
    ("一百二", 120),
    ("一百二十", 120),
    ("一千零一十", 1010),
    ("一千零二", 1002),
    ("一千二", 1200),
    ("两千", 2000),
    ("一千二百六十", 1260),
    ("一万二千", 12000),
    ("十万零五", 100005),
    ("二〇二〇", 2020),
    ("二○二○", 2020),
    ("二OO八", 2008),
    ("一九九七", 1997),
    ("廿三", 23),
    ("卅", 30),
    ("壹佰零贰", 102),
    ("15", 15),
    ("⑤", 5),
    ("Ⅻ", 12),
    ("⑳", 20),
    ("１５", 15),
    (" 十 五 ", 15),
]


@pytest.mark.parametrize(("text", "number"), WRITTEN)
def test_reads(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "十十", "百", "零百", "一百零", "二二十", "一十百", "第", "三个", "-1", "1.5", "²"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_int(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (15, "十五"),
        (102, "一百零二"),
        (115, "一百一十五"),
        (1010, "一千零一十"),
        (1260, "一千二百六十"),
        (10000, "一万"),
        (10005, "一万零五"),
        (150000, "十五万"),
    ],
)
def test_writes_as_statutes_do(number: int, text: str) -> None:
    assert to_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_has_a_range(number: int) -> None:
    with pytest.raises(ValueError, match="range"):
        to_chinese(number)


def test_counts_two_as_liang() -> None:
    assert [count_of(number) for number in (1, 2, 12)] == ["一", "两", "十二"]


@given(st.integers(0, 99_999_999))
def test_round_trip(number: int) -> None:
    assert to_int(to_chinese(number)) == number
    assert to_int(str(number)) == number


@given(st.text())
def test_a_shape_has_the_length_of_its_text(text: str) -> None:
    assert len(shape_of(text)) == len(text)
