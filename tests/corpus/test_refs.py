"""Every form in which a place is named, and what is said when there is none."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import Ref, Regulation
from assistant.errors import BadInput, UnknownRef

# One place: what is written, and its id before any regulation is asked.
ONE = [
    # ids
    ("15", "15"),
    ("6.5", "6.5"),
    ("9.2", "9.2"),
    ("10#2", "10#2"),
    ("34#2.3.1", "34#2.3.1"),
    ("133-1", "133-1"),
    ("133-1.2", "133-1.2"),
    ("1260#1.3", "1260#1.3"),
    (" 6.5 ", "6.5"),
    ("[6.5]", "6.5"),
    ("【10#2】", "10#2"),
    # articles
    ("第六条", "6"),
    ("第6条", "6"),
    ("第６条", "6"),
    ("第 6 条", "6"),
    ("第\u3000六\xa0条", "6"),
    ("六条", "6"),
    ("6条", "6"),
    ("第一百零二条", "102"),
    ("第一百〇二条", "102"),
    ("第一百三十三条之一", "133-1"),
    ("第133条之1", "133-1"),
    ("第六條", "6"),
    ("第六条。", "6"),
    # items
    ("第六条第五项", "6.5"),
    ("第六条第（五）项", "6.5"),
    ("第六条第(五)项", "6.5"),
    ("第六条第5项", "6.5"),
    ("第六条第（5）项", "6.5"),
    ("第6条（五）", "6.5"),
    ("第6条(5)", "6.5"),
    ("第六条（五）项", "6.5"),
    ("第六条 第（五）项", "6.5"),
    ("第六條第五項", "6.5"),
    ("6条5项", "6.5"),
    ("6条5", "6.5"),
    ("第6条5", "6.5"),
    ("第六条第五", "6.5"),
    ("六条五", "6.5"),
    ("六条五项", "6.5"),
    ("6(5)", "6.5"),
    ("6（五）", "6.5"),
    ("第六（五）项", "6.5"),
    ("第六条的第五项", "6.5"),
    ("第六条中的第五项", "6.5"),
    ("第六条里第五项", "6.5"),
    ("第六条规定的第五项", "6.5"),
    ("第六条所列第（五）项", "6.5"),
    ("第六条之第五项", "6.5"),
    ("第六条第五小项", "6.5"),
    ("第六条第五点", "6.5"),
    ("第六条第十一项", "6.11"),
    # paragraphs, items in paragraphs, sub-items
    ("第九条第二款", "9#2"),
    ("第9条第2款", "9#2"),
    ("9条2款", "9#2"),
    ("九条二款", "9#2"),
    ("第十条第一款第三项", "10#1.3"),
    ("第十条第1款第（三）项", "10#1.3"),
    ("第十条第一款（三）", "10#1.3"),
    ("第三十四条第二款第三项第1目", "34#2.3.1"),
    ("第三十四条第二款第（三）项第一目", "34#2.3.1"),
    ("第三十四条第二款第（三）项（1）", "34#2.3.1"),
    ("第六条第五项（1）", "6.5.1"),
    ("第六条（五）（1）", "6.5.1"),
    ("第一百三十三条之一第二款", "133-1#2"),
]

# Several places at once.
JOINT = [
    ("第六、七、八、九条", "6 7 8 9"),
    ("第六、第七、第八条", "6 7 8"),
    ("第六条、第七条", "6 7"),
    ("第六条和第九条", "6 9"),
    ("第六条以及第九条", "6 9"),
    ("第六条至第九条", "6 7 8 9"),
    ("第六条到第九条", "6 7 8 9"),
    ("第六条—第九条", "6 7 8 9"),
    ("第六至九条", "6 7 8 9"),
    ("第6-9条", "6 7 8 9"),
    ("第6~9条", "6 7 8 9"),
    ("第六条至第七条第二款", "6 7#2"),
    ("第九条至第六条", "9 6"),
    ("第六条第一、三、五项", "6.1 6.3 6.5"),
    ("第六条第（一）、（三）、（五）项", "6.1 6.3 6.5"),
    ("第六条第（一）（三）项", "6.1 6.3"),
    ("第六条（一）（三）", "6.1 6.3"),
    ("第六条（一）、（三）", "6.1 6.3"),
    ("第六条第一项、第三项", "6.1 6.3"),
    ("第六条第一项和第三项", "6.1 6.3"),
    ("第六条第一项至第三项", "6.1 6.2 6.3"),
    ("第六条第（一）至（三）项", "6.1 6.2 6.3"),
    ("第六条第一至三项", "6.1 6.2 6.3"),
    ("第六条第一项、第三项至第五项", "6.1 6.3 6.4 6.5"),
    ("第六条第五项、第七条第二项", "6.5 7.2"),
    ("第十条第一、二款", "10#1 10#2"),
    ("第十条第一款、第二款", "10#1 10#2"),
    ("第三十四条第二款第一项、第三项", "34#2.1 34#2.3"),
    ("第三十四条第一款、第二款第三项", "34#1 34#2.3"),
    ("第一百三十三条之一、之二", "133-1 133-2"),
    ("第一百三十三条之一至之三", "133-1 133-2 133-3"),
    ("第一百三十三条之一至第一百三十五条", "133-1 134 135"),
    ("6.5、9.2", "6.5 9.2"),
    ("6.5, 9.2；15", "6.5 9.2 15"),
    ("[6.5, 11.3]", "6.5 11.3"),
    ("六条五项、七条二项", "6.5 7.2"),
]

# In the Xushui regulation: written, id, label.
CANONICAL = [
    ("第九条第二款", "9.2", "第九条第二款"),
    ("9.2", "9.2", "第九条第二款"),
    ("9#2", "9.2", "第九条第二款"),
    ("第六条第五项", "6.5", "第六条第（五）项"),
    ("第六条第一款第五项", "6.5", "第六条第（五）项"),
    ("第六条第一款", "6", "第六条"),
    ("10.3", "10.3", "第十条第一款第（三）项"),
    ("第十条第三项", "10.3", "第十条第一款第（三）项"),
    ("第十条第一款第三项", "10.3", "第十条第一款第（三）项"),
    ("第十条第二款", "10#2", "第十条第二款"),
    ("第十条第一款", "10#1", "第十条第一款"),
    ("第十五条", "15", "第十五条"),
    ("第十五条第一款", "15", "第十五条"),
    ("15.1", "15", "第十五条"),
]

UNREADABLE = [
    "",
    " ",
    "。",
    "你好",
    "第条",
    "第十十条",
    "第六条第五项等",
    "三个月",
    "2020年9月1日",
    "六",
    "第五项",
    "第六条第五目",
    "第六条第零项",
    "6.5吨",
]

UNKNOWN = [
    ("第二十条", "没有第二十条：本制度共十九条（第一条至第十九条）"),
    ("20", "没有第二十条：本制度共十九条（第一条至第十九条）"),
    ("0", "没有第零条：本制度共十九条"),
    ("第六条之一", "没有第六条之一：本制度共十九条"),
    ("第六条第十二项", "没有第六条第（十二）项：第六条只有十一项"),
    ("第八条第三项", "第八条只有两项"),
    ("10.12", "第十条只有十一项"),
    ("第九条第三款", "没有第九条第三款：第九条只有两款"),
    ("9.3", "没有第九条第三款：第九条只有两款"),
    ("第九条第二项", "第九条没有项，只有两款"),
    ("第十五条第二款", "没有第十五条第二款：第十五条只有一款"),
    ("第十五条第（一）项", "第十五条没有项，只有一款"),
    ("第六条第五款", "没有第六条第五款：第六条只有一款；如果指的是项，请写“第六条第五项”"),
    ("第十条第二款第一项", "第十条第二款没有项"),
    ("第六条第五项第1目", "第六条第（五）项没有目"),
]


@pytest.mark.parametrize(("text", "id"), ONE)
def test_one_place(text: str, id: str) -> None:
    assert str(Ref.parse(text)) == id


@pytest.mark.parametrize(("text", "ids"), JOINT)
def test_several_places(text: str, ids: str) -> None:
    assert " ".join(map(str, Ref.parse_many(text))) == ids


@pytest.mark.parametrize(("text", "id", "label"), CANONICAL)
def test_one_name_for_one_place(xushui: Regulation, text: str, id: str, label: str) -> None:
    ref = Ref.parse(text, xushui)
    assert (ref.id, xushui.label(ref)) == (id, label)
    assert xushui.resolve(Ref.parse(text)) == ref


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(BadInput, match="不是条文编号：请写成“第六条第五项”"):
        Ref.parse(text)


def test_long_nonsense_is_shortened_in_the_message() -> None:
    with pytest.raises(BadInput) as error:
        Ref.parse("没有\n这回事" * 50)
    assert len(str(error.value)) < 120
    assert "\n" not in str(error.value)


def test_only_one_place_where_one_is_asked_for() -> None:
    with pytest.raises(BadInput, match="写了两处条文：这里只能写一处"):
        Ref.parse("第六条、第七条")


@pytest.mark.parametrize(("text", "message"), UNKNOWN)
def test_what_there_is_instead(xushui: Regulation, text: str, message: str) -> None:
    with pytest.raises(UnknownRef) as error:
        Ref.parse(text, xushui)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["六条", "6.5.1.2", "10#", "#2", "6-", "a.1", "6. 5", "", "99999"])
def test_an_id_is_written_one_way(text: str) -> None:
    with pytest.raises(BadInput, match="不是条文编号"):
        Ref.from_id(text)


def test_reading_order() -> None:
    ids = ["6", "6.1", "6.2", "6.11", "9", "9.2", "10", "10.3", "10#2", "133", "133-1", "134"]
    assert [str(ref) for ref in sorted(map(Ref.from_id, reversed(ids)))] == ids


def test_a_ref_is_a_plain_value() -> None:
    ref = Ref(6, item=5)
    assert {ref: 1}[Ref.parse("第六条第五项")] == 1
    assert pickle.loads(pickle.dumps(ref)) == ref
    assert ref.of_article == Ref(6)
    with pytest.raises(AttributeError):
        ref.article = 7  # type: ignore[misc]


NUMBERS = st.integers(1, 40)
REFS = st.builds(
    lambda article, sub, paragraph, item, subitem: Ref(article, sub, paragraph, item, subitem if item else 0),
    st.integers(1, 1260),
    st.integers(0, 3),
    st.integers(0, 12),
    st.integers(0, 20),
    st.integers(0, 9),
)


@given(REFS)
def test_ids_round_trip(ref: Ref) -> None:
    assert Ref.from_id(str(ref)) == ref
    assert Ref.parse(str(ref)) == ref


@given(REFS)
def test_labels_round_trip(ref: Ref) -> None:
    from assistant.corpus.naming import spoken

    assert Ref.parse(spoken(ref)) == ref


@given(st.text(alphabet="第六十五条款项目之（）()、至.#-12 和规定", max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        refs = Ref.parse_many(text)
    except BadInput:
        return
    assert refs
