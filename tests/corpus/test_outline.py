"""The outline: the contract's keys, and a page that a person can check a text by."""

import json

import pytest

from assistant.corpus import Regulation, outline, render_outline
from assistant.errors import BadInput

CONTRACT = ["title", "articles", "items", "first_article", "last_article", "items_by_article"]


def test_the_contract(xushui: Regulation) -> None:
    seen = outline(xushui.text)
    assert list(seen)[: len(CONTRACT)] == CONTRACT
    assert (seen["articles"], seen["items"], seen["first_article"], seen["last_article"]) == (
        19,
        46,
        "第一条",
        "第十九条",
    )
    assert seen["items_by_article"] == {
        "第三条": 4, "第六条": 11, "第七条": 5, "第八条": 2, "第十条": 11, "第十一条": 5, "第十二条": 8,
    }  # fmt: skip
    assert seen == outline(xushui.text.encode())
    assert json.loads(json.dumps(seen)) == seen


def test_what_is_wrong_is_told_and_the_rest_is_seen() -> None:
    seen = outline("某办法\n第一条 甲。\n第三条 下列：\n（一）乙；\n（三）丙。\n")
    assert (seen["articles"], seen["items"], seen["last_article"]) == (2, 2, "第三条")
    assert seen["numbering"] == [
        "第3行：第一条之后应是第二条，却是第三条，编号不连续",
        "第5行：第三条的第（一）项之后应是第（二）项，却是第（三）项，编号不连续",
    ]
    page = render_outline(seen)
    assert "编号有问题" in page
    assert "第5行" in page


def test_inserted_articles_are_counted_and_named() -> None:
    seen = outline("第九条 甲。\n第九条之一 乙：\n（一）丙。\n")
    assert (seen["articles"], seen["articles_zhi"], seen["last_article"]) == (2, 1, "第九条之一")
    assert seen["items_by_article"] == {"第九条之一": 1}


def test_a_document_without_articles() -> None:
    seen = outline("某意见\n一、甲\n（一）子。\n（二）丑。\n二、乙。\n")
    assert (seen["articles"], seen["items"], seen["first_article"]) == (0, 2, None)
    assert seen["items_by_article"] == {"(无条号)": 2}
    assert "不是条文体：没有“第几条”，按一、二、三、分为两个部分" in render_outline(seen)
    assert outline("某修正案\n一、甲。\n二、乙。\n")["items_by_article"] == {}


def test_the_page(xushui: Regulation) -> None:
    page = render_outline(outline(xushui.text)).split("\n")
    assert page[:3] == [f"标题：{xushui.title}", f"发文机关：{xushui.issuer}", "日期：2020-09-01"]
    assert page[3] == "共十九条（第一条至第十九条），四十六项"
    assert "  第六条（一款十一项）生态环境行政执法人员有下列行为的，应当承担行政执法过错责任：" in page
    assert page[-1] == "编号连续，没有缺漏和重复。"


def test_the_page_shows_headings_once() -> None:
    page = render_outline(outline("第一章 甲\n第一条 子。\n第二条 丑。\n第二章 乙\n第三条 寅。\n"))
    assert page.count("第一章 甲") == page.count("第二章 乙") == 1


@pytest.mark.parametrize("source", ["", "没有条文", b"", b"\0\0\0"])
def test_nothing_to_see(source: str | bytes) -> None:
    with pytest.raises(BadInput):
        outline(source)
