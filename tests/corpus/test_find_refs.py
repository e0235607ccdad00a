"""Citations in running prose: none missed, nothing else taken for one, and whose law it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import Ref, Regulation, cited_law, find_refs, load
from assistant.corpus.numerals import to_chinese
from assistant.errors import BadInput

# Prose, and the ids of every citation in it; several refs of one citation are joined by +.
PROSE = [
    ("依据第六条第（五）项，应当承担过错责任。", "6.5"),
    ("见第十一条第(三)项；第十二条第（七）、（八）项。", "11.3 12.7+12.8"),
    ("违反第六、七、八、九条的，按第十条问责", "6+7+8+9 10"),
    ("第六条至第九条列出了过错情形", "6+7+8+9"),
    ("第六条第五、六项都不构成", "6.5+6.6"),
    ("构成第六条第五项以及第七条第二项", "6.5 7.2"),
    ("同时符合第六条（一）（三）", "6.1+6.3"),
    ("按6条5项处理", "6.5"),
    ("按第6条第5项处理，即6（五）", "6.5 6.5"),
    ("撤案属于擅自撤案[6.5]，可从轻[11.1、11.3]。", "6.5 11.1+11.3"),
    ("合并适用【10#2】，也写作10#2。", "10#2 10#2"),
    ("第九条第二款：依过错大小分担", "9#2"),
    ("第十条第一款第（三）项通报批评", "10#1.3"),
    ("《办法》六条说得清楚", "6"),
    ("按照本办法六条处理", "6"),
    ("第六条第五项目前没有解释", "6.5"),
    ("第六条规定的第五项", "6.5"),
    ("第一，第六条写明；第二，第七条写明", "6 7"),
    ("根据第二十条，须在三日内答复", "20"),
    ("第六条第（十二）项", "6.12"),
    ("第六條第五項", "6.5"),
    ("第一百三十三条之一第二款", "133-1#2"),
    # a place of the article named last
    ("第六条第（五）项不适用，该条第（十二）项也没有", "6.5 6.12"),
    ("第十条有两款，第二款讲合并适用", "10 10#2"),
    ("第六条共十一项，其中第五项是擅自撤案", "6 6.5"),
    ("第十一条：第三项要求没有造成损失", "11"),
    ("第十一条：第三项讲的是过失", "11 11.3"),
    ("第三十四条第二款第一项、第三项。第四项不在内", "34#2.1+34#2.3 34#2.4"),
]

# Ways of hiding a citation, each found all the same; 9999 is a number that no law has.
HIDDEN = [
    ("**第六条**第五项", "6.5"),
    ("**第六条**第（五）项", "6.5"),
    ("第`六`条第`十二`项", "6.12"),
    ("第\u200b六\u200b条第\ufeff五项", "6.5"),
    ("第十\u200b一条第三项", "11.3"),
    ("第 十 一 条 第 三 项", "11.3"),
    ("第六条第⑤项", "6.5"),
    ("第Ⅵ条第Ⅴ项", "6.5"),
    ("第壹条", "1"),
    ("第十十条", "9999"),
    ("第零条", "9999"),
    ("第六条第〇项", "6.9999"),
    ("第六条第十十项", "6.9999"),
]

# Words that count or date, and are no citation.
NOT_CITED = [
    "三个月内处理完毕，可延长一个月",
    "第二天、第一次、第三方、第一时间、第二名",
    "2020年9月1日，二〇二〇年九月",
    "十五日内，七日内，60日",
    "第一条线索和第二条线索都指向他",
    "第三条生产线、第二条管道、第一条短信",
    "提了三条意见、两条建议，一百二十条线索",
    "超标6.5倍，3.2公里，9.1上午，10.11晚上",
    "徐环罚〔2020〕15号，环发[2006]50号",
    "第五项目部，第三项目组",
    "其中第三项最要紧",
    "（一）项",
    "表6（五），图3(2)，附件2(1)",
    "第三章第二节",
    "条例、条件、条款、项目、款项、目的",
    "第十届、第九期、第二款产品",
    "[1](https://example.org)",
    "6条",
    "五条",
    "",
]


def shown(text: str, regulation: Regulation | None = None) -> str:
    return " ".join("+".join(map(str, refs)) for _, _, refs in find_refs(text, regulation))


@pytest.mark.parametrize(("text", "ids"), PROSE)
def test_every_citation(text: str, ids: str) -> None:
    assert shown(text) == ids


@pytest.mark.parametrize(("text", "ids"), HIDDEN)
def test_hidden_citations(text: str, ids: str) -> None:
    assert shown(text) == ids


@pytest.mark.parametrize("text", NOT_CITED)
def test_nothing_else(text: str) -> None:
    assert find_refs(text) == []


def test_where_it_stands() -> None:
    text = "他说：第六条第（五）项、第（六）项，\n以及第十五条。"
    assert [text[start:end] for start, end, _ in find_refs(text)] == ["第六条第（五）项、第（六）项", "第十五条"]


def test_canonical_with_a_regulation(xushui: Regulation) -> None:
    assert shown("第九条第二款和第十条第一款第三项、第十五条第一款", xushui) == "9.2 10.3 15"


def test_what_does_not_exist_stays_as_written(xushui: Regulation) -> None:
    text = "第二十条、第六条第十二项、第九条第二项、第六条第五款"
    found = [ref for _, _, refs in find_refs(text, xushui) for ref in refs]
    assert [str(ref) for ref in found] == ["20", "6.12", "9#1.2", "6#5"]
    assert [xushui.canonical(ref) for ref in found] == [None] * 4


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("根据《行政处罚法》第三十三条", ["行政处罚法"]),
        ("《中华人民共和国行政处罚法》（2021修订）第五条、第六条和第七条", ["中华人民共和国行政处罚法"] * 3),
        ("依据行政处罚法第六条，以及本办法第六条", ["行政处罚法", ""]),
        ("上海市环境保护条例第三条", ["上海市环境保护条例"]),
        ("按规定第六条", [""]),
        ("依法，第六条", [""]),
        ("该制度第五条，《办法》第六条", ["", ""]),
        ("第六条。《信访工作条例》第三条", ["", "信访工作条例"]),
    ],
)
def test_whose_article_it_is(text: str, laws: list[str]) -> None:
    assert [cited_law(text, start) for start, _, _ in find_refs(text)] == laws


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1",
        "第一",
        "第一、",
        "第六条第一、",
        "第六条至",
        "六条",
        "（一）",
        "[6.5, ",
        "6#",
        "第六条（一）",
        "第一款、",
        "之一",
        "条",
        "《",
        "第一 ",
        "第一、  ",
        "第  ",
        "（一） ",
        "第六条  ",
        " ",
    ],
)
def test_long_texts_of_little_sense(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(start < end <= len(text) for start, end, _ in find_refs(text))
    cited_law(text, len(text))
    with pytest.raises(BadInput):
        Ref.parse(text)


def test_a_long_list_is_one_citation() -> None:
    text = "第" + "、".join(map(to_chinese, range(1, 41))) + "条"
    assert [len(refs) for _, _, refs in find_refs(text)] == [40]


XUSHUI = load("xushui-2020")


@given(
    st.sampled_from(list(XUSHUI.refs())),
    st.text(alphabet="他在昨天检查企业，。处理；“”", max_size=20),
    st.text(alphabet="他在昨天检查企业，。处理；“”", max_size=20),
)
def test_every_label_is_found_in_any_sentence(ref: object, before: str, after: str) -> None:
    label = XUSHUI.label(ref)  # type: ignore[arg-type]
    found = find_refs(before + label + after, XUSHUI)
    assert found == [(len(before), len(before) + len(label), (ref,))]


@given(st.text(alphabet="第六十五条款项目之（）()、至.#[]-12 和规定其该", max_size=40))
def test_no_text_breaks_the_search(text: str) -> None:
    end = 0
    for start, stop, refs in find_refs(text, XUSHUI):
        assert end <= start < stop <= len(text)
        assert refs
        end = stop
