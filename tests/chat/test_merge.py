"""Corrections: what goes, what comes, what stays."""

import pytest

from assistant.chat.merge import is_correction, merge, swaps, takes_back_only


@pytest.mark.parametrize(
    ("told", "said", "text"),
    [
        ("罚了三万", "不对，不是三万，是五万", "罚了五万"),
        ("小周一个人去查的", "记错了，是两个人去的", "小周两个人去查的"),
        ("镇上城管老马贴了封条", "说岔了，老马是咱执法大队的", "执法大队老马贴了封条"),
        ("小雷压了信访件", "不是小雷，是小霍", "小霍压了信访件"),
        ("小雷压了信访件", "是小霍不是小雷", "小霍压了信访件"),
        ("小孙罚得轻，因为跟老板是亲戚", "不是亲戚，是收了钱", "小孙罚得轻，收了钱"),
        ("小孟进厂检查，没亮证", "不不，我记错了，证也亮了，程序都齐", "小孟进厂检查，证也亮了"),
        ("小和去加油站，硬要人家停业", "我记错了，他没让停业", "小和去加油站，他没让停业"),
        ("警察扣了车", "我是说咱们执法大队的人扣的", "执法大队扣了车"),
    ],
)
def test_words_are_put_in_the_place_of_words(told: str, said: str, text: str) -> None:
    assert "。".join(merge((told,), said).told).startswith(text)


def test_a_denial_is_turned_round_and_the_rest_stays() -> None:
    merged = merge(("小郑没有报批，自己把案子撤了",), "哦不对，其实报批过，科长批的")
    text = "。".join(merged.told)
    assert "没有报批" not in text
    assert "把案子撤了" in text
    assert "科长批的" in text


def test_an_affirmation_is_turned_round() -> None:
    merged = merge(("他出示证件了，进门查了一圈",), "说错了，没出示证件")
    assert merged.told == ("没出示证件，进门查了一圈",)
    assert merged.withdrawn == ("他出示证件了",)


def test_what_contradicts_nothing_is_added() -> None:
    merged = merge(("他贴了封条",), "更正一下，那天下着雨")
    assert merged.told == ("他贴了封条", "那天下着雨")
    assert merged.withdrawn == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("哦不对，其实报批过", True),
        ("说错了，是两个人", True),
        ("其实他亮证了", True),
        ("他贴了封条", False),
        ("不是他一个人的事", False),
    ],
)
def test_what_counts_as_a_correction(text: str, expected: bool) -> None:
    assert is_correction(text) is expected


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("小郑没有报批，自己把企业的案子撤了", "不是的，是我记错了"),
        ("老板的儿子去的吧，我听说的", "不是吧，是他自己去的"),
        ("怎么会有这样的事", "不是这样的，是那样的"),
        ("小孙接到举报拖了七天才去", "不对，第二天他就认错了"),
        ("小孙接到举报第二天就去了", "记错了，拖了七天"),
        ("厂里第十二天来交的钱", "说错了，那是三天的事"),
    ],
)
def test_an_ordinal_and_words_that_name_nothing_stay(told: str, said: str) -> None:
    assert not swaps((told,), said)
    assert merge((told,), said).told[0] == told


@pytest.mark.parametrize(
    ("told", "said", "text"),
    [
        ("13人去的现场", "不是3人，是5人", "5人去的现场"),
        ("十三人去的现场", "不对，不是三人，是五人", "五人去的现场"),
        ("罚了15万", "不是5万，是6万", "罚了6万"),
    ],
)
def test_the_end_of_a_number_is_not_swapped(told: str, said: str, text: str) -> None:
    assert not swaps((told,), said)
    assert merge((told,), said).told[0] == text


def test_a_whole_number_is_swapped() -> None:
    assert merge(("3人去的，13人签的字",), "不是3人，是5人").told == ("5人去的，13人签的字",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不对", True),
        ("不对不对，我说错了。", True),
        ("不是的，是我记错了", True),
        ("口误", True),
        ("不对，其实报批过", False),
        ("他说错了话", False),
    ],
)
def test_what_takes_back_and_says_nothing_instead(text: str, expected: bool) -> None:
    assert takes_back_only(text) is expected
