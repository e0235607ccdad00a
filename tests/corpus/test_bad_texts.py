"""Texts that are not whole: the line and the words that the error must have. Each stays one line in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import outline, parse, read, render_outline
from assistant.errors import BadRegulation

BAD = [
    # nothing to read
    ("", "文件是空的"),
    (" \n\u3000\xa0\n", "文件是空的"),
    ("今天天气很好。", "没有找到“第一条”"),
    ("\U0001f600\U0001f600\n\U0001f600", "没有找到“第一条”"),
    ("Article 1. This is English.\nArticle 2. So is this.", "没有找到“第一条”"),
    ("只说第六条规定的事。", "没有找到“第一条”"),
    # articles
    ("第一条 甲。\n第三条 乙。\n", "第2行：第一条之后应是第二条，却是第三条，编号不连续"),
    ("某办法\n\n第一条 甲。\n第二条 乙。\n第二条 丙。\n", "第5行：第二条重复出现"),
    ("第一条 甲。\n第二条 乙。\n第一条 丙。\n", "第3行：第一条重复出现（前一处编号是第二条）"),
    ("第五条 甲。\n第六条 乙。\n第四条 丙。\n", "第3行：第六条之后应是第七条，却是第四条"),
    ("第九条 甲。\n第九条之二 乙。\n第十条 丙。\n", "第2行：第九条之后应是第十条，却是第九条之二"),
    ("第九条 甲。\n第九条之一 乙。\n第十一条 丙。\n", "第3行：第九条之一之后应是第十条，却是第十一条"),
    ("第一条\n第二条 乙。\n", "第1行：第一条没有内容"),
    ("第一条 甲。\n第二条\n", "第2行：第二条没有内容"),
    ("第一条 甲。\r\n第三条 乙。\r\n", "第2行：第一条之后"),
    ("第一条 甲。\r第三条 乙。\r", "第2行：第一条之后"),
    ("<p>第一条 甲。</p>\n<p>第三条 乙。</p>", "第2行：第一条之后"),
    # items
    (
        "第一条 下列：\n（一）甲；\n（三）乙。\n第二条 丙。",
        "第3行：第一条的第（一）项之后应是第（二）项，却是第（三）项",
    ),
    ("第一条 下列：\n（二）甲；\n（三）乙。\n第二条 丙。", "第2行：第一条的编号从第（二）项开始，缺少第（一）项"),
    ("第一条 下列：\n（一）甲；\n（二）乙；\n（二）丙。\n第二条 丁。", "第4行：第一条的第（二）项重复出现"),
    ("第一条 下列：\n（一）甲；\n（一）乙。\n第二条 丁。", "第3行：第一条的第（一）项重复出现"),
    ("第一条 下列：\n（一）甲；（三）乙。\n第二条 丙。", "第2行：第一条的第（一）项之后应是第（二）项"),
    ("第一条 下列：\n（一）甲；\n（二）\n第二条 丙。", "第3行：第一条的（二）没有内容"),
    # sub-items
    ("第一条 下列：\n（一）甲：\n1.子；\n3.丑。\n第二条 乙。", "第4行：第一条的第1目之后应是第2目，却是第3目"),
    ("第一条 下列：\n（一）甲：\n2.子。\n第二条 乙。", "第3行：第一条的编号从第2目开始，缺少第1目"),
    (
        "第一条 下列：\n（一）甲：\n1.子；\n另有：\n（一）乙；\n2.丑。\n第二条 丙。",
        "第6行：第一条的编号从第2目开始，缺少第1目",
    ),
    # headings
    ("第一章 甲\n第一条 子。\n第三章 乙\n第二条 丑。", "第3行：第一章之后应是第二章，却是第三章"),
    ("第一章 甲\n第一条 子。\n第一章 乙\n第二条 丑。", "第3行：第一章重复出现"),
    ("第一章 甲\n第一节 子\n第一条 寅。\n第三节 丑\n第二条 卯。", "第4行：第一节之后应是第二节，却是第三节"),
    # documents without articles
    ("意见\n一、甲。\n三、乙。\n", "第3行：“一、”之后应是“二、”，却是“三、”，编号不连续"),
    ("意见\n一、甲\n（一）子。\n二、乙\n（三）丑。\n", "第5行：“二、”的编号从第（三）项开始"),
    # more than one
    (
        "第一条 甲。\n第三条 乙。\n第五条 丙。\n第五条 丁。\n",
        "第2行：第一条之后应是第二条，却是第三条，编号不连续（另有两处问题）",
    ),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_the_error_names_the_line(text: str, message: str) -> None:
    with pytest.raises(BadRegulation) as error:
        parse(text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_bad_text_can_still_be_looked_at() -> None:
    reading = read("第一条 甲。\n第三条 乙。\n第三条 丙。\n")
    assert [article.number for article in reading.regulation.articles] == [1, 3, 3]
    assert [problem.line for problem in reading.problems] == [2, 3]


LINES = [
    "第一条 甲：",
    "第二条 乙。",
    "第三条丙",
    "第一章 总则",
    "第二章",
    "总则",
    "（一）子；",
    "（二）丑；（三）寅。",
    "(1)卯",
    "1.辰",
    "①巳",
]
LINES += [
    "一、午",
    "二、未",
    "“（一）申",
    "酉”",
    "目录",
    "附件1",
    "附：表",
    "---",
    "::: tip",
    "2020年9月1日",
    "某局",
    "<p>戌</p>",
    "&emsp;",
    "#",
    "第一条",
]


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_any_order_of_lines_is_read_or_refused(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        reading = read(text)
    except BadRegulation:
        return
    regulation = reading.regulation
    for article in regulation.articles:
        for unit in article.units():
            assert 0 <= article.start <= unit.start <= unit.end <= article.end <= len(text)
    for ref in regulation.refs():
        assert regulation.label(ref)
        regulation.text_of(ref)
    assert all(1 <= problem.line <= len(lines) for problem in reading.problems)
    render_outline(outline(text))


def test_a_very_long_text_is_read() -> None:
    text = "".join(f"第{number}条 有下列情形：\n（一）甲；\n（二）乙。\n" for number in range(1, 3001))
    assert len(parse(text).articles) == 3000
