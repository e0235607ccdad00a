"""The Xushui regulation as an officer knows it: 19 articles, 46 items, and its very words."""

import datetime

import pytest

from assistant.corpus import Item, Ref, Regulation
from assistant.errors import UnknownRef


def test_what_it_is(xushui: Regulation) -> None:
    assert xushui.id == "xushui-2020"
    assert xushui.title == "保定市生态环境局徐水区分局行政执法过错责任追究制度"
    assert xushui.issuer == "保定市生态环境局徐水区分局"
    assert xushui.date == datetime.date(2020, 9, 1)
    assert xushui.self_name == "本制度"


def test_how_much_there_is(xushui: Regulation) -> None:
    items = {article.number: len(article.items) for article in xushui.articles if article.items}
    assert [article.number for article in xushui.articles] == list(range(1, 20))
    assert items == {3: 4, 6: 11, 7: 5, 8: 2, 10: 11, 11: 5, 12: 8}
    assert sum(1 for _ in xushui.items()) == 46
    several = {article.number for article in xushui.articles if len(article.paragraphs) > 1}
    assert several == {9, 10}


def test_the_last_article_ends_before_the_date(xushui: Regulation) -> None:
    assert xushui.article(19).text == "本制度自印发之日起施行。"


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("6.5", "立案后无正当理由擅自撤案；"),
        ("9.2", "两人以上的共同行为导致的行政执法过错，依其过错的大小分别承担责任。"),
        ("10.8", "免职；"),
        ("18", "本办法由保定市生态环境局徐水区分局负责解释。"),
    ],
)
def test_words_are_verbatim(xushui: Regulation, id: str, text: str) -> None:
    assert xushui.text_of(Ref.from_id(id)) == text


def test_an_article_has_its_items_in_its_words(xushui: Regulation) -> None:
    assert xushui.text_of(Ref(8)).split("\n")[1].startswith("（一）负责生态环境行政处罚案件")
    assert xushui.text_of(Ref(10, paragraph=1)) == "\n".join(xushui.text_of(Ref(10)).split("\n")[:12])
    assert "合并适用" in xushui.text_of(Ref(10, paragraph=2))


def test_every_unit_knows_where_it_stands(xushui: Regulation) -> None:
    end = 0
    for article in xushui.articles:
        assert xushui.text[article.start :].startswith(article.mark)
        assert end <= article.start
        end = article.end
        for unit in article.units():
            assert unit.text == xushui.text[unit.start : unit.end] == unit.text.strip()
            assert article.start < unit.start < unit.end <= article.end


def test_lead_in(xushui: Regulation) -> None:
    assert xushui.lead_in(Ref.from_id("6.5")) == "生态环境行政执法人员有下列行为的，应当承担行政执法过错责任："
    assert xushui.lead_in(Ref.from_id("10.3")).endswith("按下列方式实行问责；")
    assert xushui.lead_in(Ref.from_id("9.2")) == ""
    assert xushui.lead_in(Ref(15)) == ""


def test_refs_go_in_reading_order(xushui: Regulation) -> None:
    refs = list(map(str, xushui.refs()))
    assert refs[refs.index("9") : refs.index("10.2")] == ["9", "9.1", "9.2", "10", "10#1", "10.1"]
    assert refs[refs.index("10.11") : refs.index("11.2")] == ["10.11", "10#2", "11", "11.1"]
    assert len(refs) == len(set(refs)) == 19 + 46 + 2 + 2


def test_every_ref_is_canonical_and_has_its_own_label(xushui: Regulation) -> None:
    refs = list(xushui.refs())
    assert [xushui.resolve(ref) for ref in refs] == refs
    assert [Ref.parse(xushui.label(ref), xushui) for ref in refs] == refs


def test_paragraphs(xushui: Regulation) -> None:
    found = {str(ref): paragraph.text[:4] for ref, paragraph in xushui.paragraphs() if ref.article in {9, 10, 15}}
    assert found == {"9.1": "因生态环", "9.2": "两人以上", "10#1": "具有本办", "10#2": "上述问责", "15": "追究执法"}
    paragraph = xushui.paragraph_of(Ref.from_id("10.3"))
    assert paragraph is xushui.article(10).paragraphs[0]
    assert xushui.paragraph_of(Ref(10)) is None


def test_unknown_places(xushui: Regulation) -> None:
    with pytest.raises(UnknownRef, match="没有第二十条：本制度共十九条（第一条至第十九条）"):
        xushui.article(20)
    with pytest.raises(UnknownRef, match="第六条只有十一项"):
        xushui.text_of(Ref(6, item=12))
    assert xushui.canonical(Ref(20)) is None


def test_units(xushui: Regulation) -> None:
    item = xushui.unit(Ref(6, item=5))
    assert isinstance(item, Item)
    assert (item.number, item.mark) == (5, "（五）")


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("保定市生态环境局徐水区分局行政执法过错责任追究制度", True),
        ("《行政执法过错责任追究制度》", True),
        ("行政处罚法", False),
        ("制度", False),
        ("", False),
    ],
)
def test_its_own_name(xushui: Regulation, name: str, own: bool) -> None:
    assert xushui.is_named(name) is own


def test_it_can_be_a_key(xushui: Regulation) -> None:
    assert {xushui: 1}[xushui] == 1
