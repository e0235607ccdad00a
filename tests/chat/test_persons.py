"""Who is named, who acts, and whether somebody else is spoken of."""

import pytest

from assistant.chat.persons import acting, surnames, tells_of_another


@pytest.mark.parametrize(
    ("text", "named", "acts"),
    [
        ("小王接到举报当天就去了", {"王"}, {"王"}),
        ("队里的老李当天就去了", {"李"}, {"李"}),
        ("手续是老李办的", {"李"}, set()),
        ("王局批准撤的案", {"王"}, set()),
        ("是经张主任同意的，小孙才去的", {"张", "孙"}, {"孙"}),
        ("三小时内到了现场，老师也在，小区里都知道", set(), set()),
        ("车队和全局都去了，甲厂没人", set(), set()),
    ],
)
def test_persons_of_a_text(text: str, named: set[str], acts: set[str]) -> None:
    assert surnames(text) == named
    assert acting(text) == acts


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("小王当天就去了", "小郑把案子撤了", True),
        ("他当天就去了", "小郑把案子撤了", False),
        ("当天就去了", "小郑把案子撤了", False),
        ("郑科当天就去了", "小郑把案子撤了", False),
        ("小王和小郑当天就去了", "小郑把案子撤了", False),
        ("撤案的是小王，小王报批过", "小郑把案子撤了", False),
        ("小王当天就去了", "有人把案子撤了", False),
    ],
)
def test_another_is_somebody_named_who_was_not_named_before(text: str, before: str, expected: bool) -> None:
    assert tells_of_another(text, before) is expected
