"""What is hidden from a model, and that all of it comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.explain.masking import Mask


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("举报人李建国打电话来", ["李建国"]),
        ("举报人是周秀英，住在村东", ["周秀英"]),
        ("赵铁柱举报厂里排污", ["赵铁柱"]),
        ("举报人叫欧阳建国", ["欧阳", "建国"]),
        ("是家住东街的赵大勇实名举报的", ["赵大勇"]),
        ("老百姓张桂花举报，来信人：孙志强", ["张桂花", "孙志强"]),
        ("举报者刘春生的名字说了出去", ["刘春生"]),
        ("投诉人女，姓佟，住安肃镇北关村12号", ["佟", "安肃镇北关村12号"]),
        ("他的微信号 wx_abc123", ["wx_abc123"]),
        ("小王和老李一起去的", ["小王", "老李"]),
        ("张某某收了钱", ["张某某"]),
        ("王科长签的字", ["王科长"]),
        ("电话13812345678或者0312-5678901", ["13812345678", "0312-5678901"]),
        ("身份证13010219900101123X", ["13010219900101123X"]),
        ("冀FA1234这辆车", ["冀FA1234"]),
        ("写到 li.si@example.com 去了", ["li.si@example.com"]),
    ],
)
def test_it_is_hidden_and_put_back(text: str, private: list[str]) -> None:
    mask = Mask(text)
    hidden = mask.hide(text)
    for words in private:
        assert words not in hidden
    assert mask.show(hidden) == text


@pytest.mark.parametrize(
    "text", ["小时候的事", "小区里的小车", "老板没在", "立案后没有报批就撤案", "处理决定七日内通知本人"]
)
def test_what_is_no_name_stays(text: str) -> None:
    assert Mask(text).hidden == {}


def test_stand_ins_never_meet_words_of_the_text() -> None:
    text = "某甲说小王和老李去了"
    mask = Mask(text)
    assert "某甲" not in mask.hidden.values()
    assert len(set(mask.hidden.values())) == len(mask.hidden) == 2
    assert mask.show(mask.hide(text)) == text


@given(st.text(alphabet="小王老李张某甲乙举报人叫科长说1380123456789冀A，。 ", max_size=60))
def test_hiding_and_showing_gives_the_text_back(text: str) -> None:
    mask = Mask(text)
    assert mask.show(mask.hide(text)) == text
