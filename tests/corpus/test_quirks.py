"""How texts of regulations differ, a quirk a test; every text here is made up."""

import datetime

import pytest

from assistant.corpus import Ref, Regulation, parse, read


def shape(text: str) -> list[tuple[str, list[int]]]:
    """The articles of a text, each with the number of items of its paragraphs."""
    return [(article.mark, [len(p.items) for p in article.paragraphs]) for article in parse(text).articles]


def two(first: str, second: str = "第二条 本办法自印发之日起施行。") -> Regulation:
    """A regulation of two articles."""
    return parse(f"某局考勤办法\n{first}\n{second}\n")


# -- articles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        "第一条 为了",
        "第一条\u3000为了",
        "第一条\u3000 为了",
        "第一条\xa0为了",
        "第一条为了",
        "第 一 条 为了",
        "第1条 为了",
        "第１条 为了",
        "\u3000\u3000第一条 为了",
        "**第一条** 为了",
        "### 第一条 为了",
        "- 第一条 为了",
        "第一条：为了",
        "<b>第一条</b>&emsp;为了",
        "<p>第一条 为了",
        "\u200b第一条\ufeff 为了",
        "第⼀条 为了",
        "第一条\n为了",
        "第一条 \n\n  为了",
    ],
)
def test_an_article_begins_in_many_ways(mark: str) -> None:
    regulation = two(f"{mark}管好考勤，制定本办法。")
    assert regulation.article(1).text == "为了管好考勤，制定本办法。"
    assert len(regulation.articles) == 2


def test_inserted_articles() -> None:
    text = "第九条 甲。\n第九条之一 乙。\n第九条之二 丙。\n（一）子；\n（二）丑。\n第十条 丁。\n"
    regulation = parse(text)
    assert [str(ref) for ref in regulation.refs()] == ["9", "9-1", "9-2", "9-2.1", "9-2.2", "10"]
    assert regulation.label(Ref(9, 2, item=1)) == "第九条之二第（一）项"


def test_numbers_beyond_a_hundred_and_a_start_past_one() -> None:
    regulation = parse("第九十九条 甲。\n第一百条 乙。\n第一百零一条 丙。\n第一百〇二条 丁。\n")
    assert [article.number for article in regulation.articles] == [99, 100, 101, 102]
    assert regulation.text_of(Ref(102)) == "丁。"


def test_a_justified_number_has_spaces() -> None:
    regulation = parse("第 九 条 甲。\n第 十 条 乙。\n第 十 一 条 丙。\n第 十二 条 丁。\n")
    assert [article.number for article in regulation.articles] == [9, 10, 11, 12]


@pytest.mark.parametrize(
    "line",
    [
        "第一条规定的人员，应当到岗。",
        "第一条、第三条所列情形除外。",
        "第二条第一款规定的期限可以延长。",
        "第二条 第一款另有规定的除外。",
        "第一条的例外由局长决定。",
        "第一条至第二条不适用于外聘人员。",
        "第二条（一）项不适用。",
    ],
)
def test_a_paragraph_may_begin_with_a_citation(line: str) -> None:
    regulation = parse(f"第一条 甲：\n（一）子；\n（二）丑。\n第二条 乙。\n{line}\n第三条 丙。\n")
    assert regulation.article(2).paragraphs[1].text == line


@pytest.mark.parametrize(
    "words",
    [
        "中华人民共和国公民应当守法。",
        "和谐的秩序由大家维护。",
        "规定时间内到岗。",
        "以上班时间为准。",
        "之江路分局适用。",
    ],
)
def test_an_article_may_begin_like_a_citation(words: str) -> None:
    assert two(f"第一条 {words}").article(1).text == words


@pytest.mark.parametrize(
    ("mark", "caption", "text"),
    [
        ("第一条 【立法目的】为了", "立法目的", "为了"),
        ("第一条【立法目的】 为了", "立法目的", "为了"),
        ("第一条（目的依据）为了", "目的依据", "为了"),
        ("第一条 （目的依据）\n  为了", "目的依据", "为了"),
        ("第一条 [目的]为了", "目的", "为了"),
        ("第一条 （删除）", "", "（删除）"),
        ("第一条 （删去）", "", "（删去）"),
        ("第一条 （以下简称某局，下同）为了", "", "（以下简称某局，下同）为了"),
    ],
)
def test_captions(mark: str, caption: str, text: str) -> None:
    article = two(mark).article(1)
    assert (article.caption, article.text) == (caption, text)


# -- paragraphs and items ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "items",
    [
        "（一）甲；\n（二）乙。",
        "(一)甲；\n(二)乙。",
        "（一)甲；\n(二）乙。",
        "（ 一 ）甲；\n（ 二 ） 乙。",
        "㈠甲；\n㈡乙。",
        "（一）、甲；\n（二）、乙。",
        "\u3000\u3000（一）甲；\n\u3000\u3000（二）乙。",
        "（一）\n甲；\n（二）\n乙。",
        "（一）甲；（二）乙。",
        "（一）甲；    （二）乙。",
        "&emsp;&emsp;（一）甲；<br>\n&emsp;&emsp;（二）乙。",
        "- （一）甲；\n- （二）乙。",
        "一、甲；\n二、乙。",
        "（一） 甲；\n\n（二） 乙。",
    ],
)
def test_items_are_written_in_many_ways(items: str) -> None:
    regulation = two(f"第一条 有下列情形的：\n{items}\n以上从重。")
    article = regulation.article(1)
    assert [paragraph.text for paragraph in article.paragraphs] == ["有下列情形的：", "以上从重。"]
    assert [item.text for item in article.items] == ["甲；", "乙。"]


@pytest.mark.parametrize(
    "line",
    [
        "第一条 有下列情形的：（一）甲；（二）乙；（三）丙。",
        "第一条 有下列情形的：(一)甲,(二)乙,(三)丙。",
        "第一条 有下列情形的： （一）甲 （二）乙 （三）丙。",
        "第一条 有下列情形的：（一）甲。（二）乙。（三）丙。",
        "第一条 有下列情形的：\n（一）甲、（二）乙、（三）丙。",
    ],
)
def test_items_run_on_in_one_line(line: str) -> None:
    article = two(line).article(1)
    assert [item.text.strip("；，,。、") for item in article.items] == ["甲", "乙", "丙"]
    assert article.paragraphs[0].text == "有下列情形的："


@pytest.mark.parametrize(
    "words",
    [
        "符合前条第（一）、（二）项的",
        "属于本条（一）、（二）项的",
        "见《通知》（二）的",
        "按（二）办理的",
        "说过“不行；（二）也不行”的",
    ],
)
def test_a_citation_within_an_item_is_no_item(words: str) -> None:
    article = two(f"第一条 下列情形：\n（一）{words}；\n（二）乙。").article(1)
    assert [item.text for item in article.items] == [f"{words}；", "乙。"]


@pytest.mark.parametrize("words", ["项目未批先建的；", "款项不明的；", "目标不清的；", "所列不实的；"])
def test_an_item_may_begin_like_a_citation(words: str) -> None:
    assert two(f"第一条 下列情形：\n（一）{words}\n（二）乙。").article(1).items[0].text == words


def test_items_of_old_laws_have_items_below_them() -> None:
    article = two("第一条 标准如下：\n一、警告：\n（一）甲；\n（二）乙。\n二、罚款：\n（一）丙。\n其他另订。").article(
        1
    )
    assert [item.text for item in article.items] == ["警告：", "罚款："]
    assert [[sub.text for sub in item.subitems] for item in article.items] == [["甲；", "乙。"], ["丙。"]]
    assert article.text == "标准如下：\n一、警告：\n（一）甲；\n（二）乙。\n二、罚款：\n（一）丙。\n其他另订。"


def test_sub_items_between_items_belong_to_the_item_before() -> None:
    text = "第一条 用语：\n（一）甲。\n甲指：\n1.子；\n2.丑。\n此外：\n1.寅。\n（二）乙。"
    article = two(text).article(1)
    assert [item.text for item in article.items] == ["甲。\n甲指：", "乙。"]
    assert [sub.text for sub in article.items[0].subitems] == ["子；", "丑。\n此外：\n1.寅。"]


def test_two_lists_in_one_article() -> None:
    regulation = two("第一条 正卷：\n（一）甲；\n（二）乙。\n副卷：\n（一）丙；\n（二）丁；\n（三）戊。\n其他另订。")
    refs = [str(ref) for ref in regulation.refs()][:9]
    assert refs == ["1", "1#1", "1#1.1", "1#1.2", "1#2", "1#2.1", "1#2.2", "1#2.3", "1#3"]
    assert regulation.label(Ref(1, paragraph=2, item=3)) == "第一条第二款第（三）项"
    assert regulation.lead_in(Ref(1, paragraph=2, item=3)) == "副卷："


def test_a_list_in_the_second_paragraph() -> None:
    regulation = two("第一条 应当审查。\n符合下列条件的，立案：\n（一）甲；\n（二）乙。")
    assert [str(ref) for ref in regulation.refs()][:5] == ["1", "1#1", "1#2", "1.1", "1.2"]
    assert regulation.label(Ref(1, item=2)) == "第一条第二款第（二）项"
    assert Ref.parse("第一条第二款第二项", regulation) == Ref(1, item=2)


def test_words_between_items_belong_to_the_item_before() -> None:
    article = two("第一条 下列情形：\n（一）甲。\n甲指子。\n（二）乙。").article(1)
    assert [item.text for item in article.items] == ["甲。\n甲指子。", "乙。"]
    assert len(article.paragraphs) == 1


@pytest.mark.parametrize(
    "marks", ["1. 2.", "1、 2、", "1．2．", "（1）（2）", "(1)(2)", "①②", "１．２．", "1) 2)", "⑴⑵"]
)
def test_sub_items(marks: str) -> None:
    first, second = (marks[: len(marks) // 2].strip(), marks[len(marks) // 2 :].strip())
    regulation = two(f"第一条 下列情形：\n（一）甲：\n{first}子；\n{second}丑；\n（二）乙。")
    assert [str(ref) for ref in regulation.refs()][:5] == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]
    assert regulation.text_of(Ref(1, item=1, subitem=2)) == "丑；"
    assert regulation.label(Ref(1, item=1, subitem=2)) == "第一条第（一）项第2目"
    assert regulation.lead_in(Ref(1, item=1, subitem=2)) == "下列情形："
    assert len(list(regulation.items())) == 2


def test_a_second_kind_of_sub_item_stays_in_the_words_of_the_first() -> None:
    item = two("第一条 下列：\n（一）甲：\n1.子：\n（1）其一；\n（2）其二；\n2.丑。").article(1).items[0]
    assert [sub.text for sub in item.subitems] == ["子：\n（1）其一；\n（2）其二；", "丑。"]


def test_sub_items_below_a_paragraph_are_no_items_and_no_paragraphs() -> None:
    article = two("第一条 下列：\n1.子；\n2.丑。\n其他。").article(1)
    assert [len(paragraph.subitems) for paragraph in article.paragraphs] == [2, 0]
    assert article.items == ()
    assert article.text == "下列：\n1.子；\n2.丑。\n其他。"


@pytest.mark.parametrize(
    "line", ["1999年8月6日的办法同时废止。", "2.5吨以上的从重。", "12小时以内报告。", "3至5日内答复。"]
)
def test_a_paragraph_may_begin_with_a_number(line: str) -> None:
    assert two(f"第一条 甲。\n{line}").article(1).paragraphs[1].text == line


def test_quoted_text_is_not_counted() -> None:
    text = "第一条 原办法改为：“有下列情形的：\n“（一）甲；\n“（二）乙。\n“第九条 丙。”\n第二条 丁。\n"
    regulation = parse(text)
    assert shape(text) == [("第一条", [0, 0, 0, 0]), ("第二条", [0])]
    assert "“（二）乙。" in regulation.article(1).text


def test_a_quotation_that_opens_once() -> None:
    text = "第一条 改为：“下列：\n（一）甲；\n（二）乙。\n第九条 丙。”\n第二条 丁：\n（一）戊。\n"
    assert shape(text) == [("第一条", [0, 0, 0, 0]), ("第二条", [1])]


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest() -> None:
    text = "第一章 总则\n第一条 防止“微腐败：\n（一）甲。\n第二章 附则\n第二条 乙：\n（一）“丙；\n（二）丁。\n第三条 戊。\n"
    regulation = parse(text)
    assert [article.mark for article in regulation.articles] == ["第一条", "第二条", "第三条"]
    assert [item.text for item in regulation.article(2).items] == ["“丙；", "丁。"]
    assert [str(heading) for heading in regulation.headings] == ["第一章 总则", "第二章 附则"]


# -- around the articles -----------------------------------------------------------------------------------------

CONTENTS = "某市检查条例\n目 录\n第一章 总则\n第二章 检查\n第一节 准备\n第二节 现场\n第三章 附则\n"
BODY = "第一章　总 则\n第一条 甲。\n第二章 检查\n第一节 准备\n第二条 乙。\n第二节 现场\n第三条 丙。\n第三章 附则\n第四条 丁。\n"


def test_headings_and_a_table_of_contents() -> None:
    regulation = parse(CONTENTS + BODY)
    assert [str(h) for h in regulation.headings] == [
        "第一章 总则",
        "第二章 检查",
        "第一节 准备",
        "第二节 现场",
        "第三章 附则",
    ]
    third = regulation.article(3)
    assert (str(third.chapter), str(third.section), third.part) == ("第二章 检查", "第二节 现场", None)
    assert regulation.article(4).section is None
    assert regulation.title == "某市检查条例"


def test_a_table_of_contents_with_pages_and_ranges() -> None:
    contents = "目　次\n第一章 总则……………1\n第二章 检查（第二条至第三条）\n第三章 附则 3\n"
    regulation = parse(contents + BODY)
    assert len(regulation.headings) == 5
    assert str(regulation.article(1).chapter) == "第一章 总则"


def test_a_table_of_contents_that_the_body_does_not_repeat() -> None:
    regulation = parse("第一章 总则\n第二章 附则\n第一条 甲。\n第二条 乙。\n")
    assert regulation.headings == ()
    assert regulation.article(1).headings == ()


def test_parts_restart_their_chapters() -> None:
    text = "第一编 总则\n第一章 甲\n第一条 子。\n第二章 乙\n第二条 丑。\n第二编 分则\n第一章 丙\n第三条 寅。\n附则\n第四条 卯。\n"
    regulation = parse(text)
    assert [str(heading) for heading in regulation.article(3).headings] == ["第二编 分则", "第一章 丙"]
    assert str(regulation.article(3).part) == "第二编 分则"
    assert str(regulation.article(4).chapter) == "附则"


@pytest.mark.parametrize(
    "heading",
    ["第一章\n总则", "第一章总则", "## 第一章 总则", "<h2>第一章 总 则</h2>", "第1章 总则", "第一章\u3000总\u3000则"],
)
def test_headings_are_written_in_many_ways(heading: str) -> None:
    regulation = parse(f"{heading}\n第一条 甲。\n第二条 乙。\n")
    assert [str(one) for one in regulation.headings] == [regulation.headings[0].mark + " 总则"]
    assert regulation.article(1).text == "甲。"


@pytest.mark.parametrize("line", ["第三章规定的程序另有例外。", "第一节的要求适用于本条。", "第二章、第三章不适用。"])
def test_a_paragraph_may_begin_with_a_cited_chapter(line: str) -> None:
    assert two(f"第一条 甲。\n{line}").article(1).paragraphs[1].text == line


@pytest.mark.parametrize(
    "mark", ["附件：考勤表", "附件1", "附录", "附表一", "附：考勤表", "附 件", "附录 分级标准", "::: info 附录"]
)
def test_an_appendix_is_no_part_of_the_last_article(mark: str) -> None:
    text = (
        f"第一条 甲。\n第二条 乙。\n{mark}\n考勤分三级。\n1、一级\n（1）迟到；\n（一）早退；\n第一条 附件自己的条文。\n"
    )
    regulation = parse(text)
    assert [article.text for article in regulation.articles] == ["甲。", "乙。"]


def test_supplementary_provisions_are_no_appendix() -> None:
    assert len(parse("第一条 甲。\n附则\n第二条 乙。\n").articles) == 2


@pytest.mark.parametrize(
    ("tail", "date"),
    [
        ("二〇二〇年九月一日", datetime.date(2020, 9, 1)),
        ("二○二一年十二月三十一日", datetime.date(2021, 12, 31)),
        ("2021年5月6日", datetime.date(2021, 5, 6)),
        ("某市某局\n2021年5月6日", datetime.date(2021, 5, 6)),
        ("某市某局\n某市某委\n2021 年 5 月 6 日\n（此件公开发布）\n抄送：各科室。", datetime.date(2021, 5, 6)),
    ],
)
def test_a_signature_is_no_paragraph(tail: str, date: datetime.date) -> None:
    regulation = two("第一条 甲。", f"第二条 乙。\n{tail}")
    assert regulation.article(2).text == "乙。"
    assert regulation.date == date


def test_a_second_document_behind_the_signature_is_left_out() -> None:
    regulation = two("第一条 甲。", "第二条 乙。\n某局\n2021年5月6日\n另一办法\n第一条 丙。")
    assert len(regulation.articles) == 2


def test_the_rest_of_a_web_page() -> None:
    text = (
        "\ufeff---\ntitle: 某市报告办法\ndate: 2011-05-01\nauthor: 某市环境局\n---\n\n::: details 目录\n\n[1](#t1)&emsp;[2](#t2)\n\n:::\n"
        '<p id="t1">&emsp;&emsp;<b>第一条</b>&emsp;发生下列<a href="x">事件</a>：<br>\n&emsp;&emsp;（一）甲&mdash;乙；<br>\n（二）丙。</p>\n'
        "<!-- 第九条 注释 --><style>p { color: red }</style>\n<p>第二条 丁。</p>\n\n---\n\n::: warning 原文链接\n\n<http://example.org/x>\n\n:::\n"
    )
    regulation = parse(text.removeprefix("\ufeff"))
    assert (regulation.title, regulation.issuer, regulation.date) == (
        "某市报告办法",
        "某市环境局",
        datetime.date(2011, 5, 1),
    )
    assert regulation.text_of(Ref(1)) == "发生下列事件：\n（一）甲—乙；\n（二）丙。"
    assert regulation.text_of(Ref(2)) == "丁。"
    item = regulation.article(1).items[0]
    assert regulation.text[item.start : item.end] == "甲&mdash;乙；"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\v"])
def test_line_ends(end: str) -> None:
    regulation = parse(end.join(["某办法", "第一条 甲：", "（一）子。", "第二条 乙。"]))
    assert [str(ref) for ref in regulation.refs()] == ["1", "1.1", "2"]


def test_less_than_is_no_markup() -> None:
    regulation = two("第一条 pH<6 或者 a<b且c>d 的，用*号和[方括号](注)标出，空____格。")
    assert regulation.article(1).text == "pH<6 或者 a<b且c>d 的，用*号和[方括号](注)标出，空____格。"


# -- documents without articles ----------------------------------------------------------------------------------

OPINION = (
    "某市规范裁量的意见\n各科室：\n为规范裁量，制定本意见。\n一、原则\n（一）基本原则。\n1.合法原则。\n2.合理原则。\n"
    "（二）配套制度。按《办法》办。\n说明一句。\n二、程序\n（三）起草。\n（四）发布。\n再说明一句。\n三、旧文件同时废止\n"
)


def test_a_document_without_articles() -> None:
    regulation = parse(OPINION)
    assert regulation.articles == ()
    assert [section.mark for section in regulation.sections] == ["一", "二", "三"]
    assert [[item.number for item in section.items] for section in regulation.sections] == [[1, 2], [3, 4], []]
    assert regulation.sections[1].items[1].text == "发布。\n再说明一句。"
    assert regulation.title == "某市规范裁量的意见"


def test_an_amendment_quotes_what_it_changes() -> None:
    text = (
        "某法修正案\n一、将第九条修改为：“甲。\n“有下列情形的：\n“（一）乙；\n“（二）丙。”\n"
        "二、增加一条，作为第九条之一：“丁：\n（一）戊；\n第十条 己。”\n三、本修正案自公布之日起施行。\n"
    )
    regulation = parse(text)
    assert regulation.articles == ()
    assert [len(section.items) for section in regulation.sections] == [0, 0, 0]


# -- title, issuer and date --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title", "issuer", "date"),
    [
        ("某市生态环境局某区分局\n\n考勤制度", "某市生态环境局某区分局考勤制度", "某市生态环境局某区分局", None),
        ("某环发〔2020〕5号\n某区考勤办法", "某区考勤办法", "", None),
        ("# 某市条例\n（2010年1月19日某市人民政府令第8号公布 自2010年3月1日起施行）", "某市条例", "某市人民政府", "2010-01-19"),
        ("某法\n1996年3月17日 第八届某省人民代表大会第四次会议通过\n2021年1月22日 第十三届某省人民代表大会常务委员会第二十五次会议修订",
         "某法", "某省人民代表大会常务委员会", "2021-01-22"),
        ("关于规范某某工作的\n实施细则（试行）", "关于规范某某工作的实施细则（试行）", "", None),
        ("某市规定\n（自2010年3月1日起施行）", "某市规定", "", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_front(head: str, title: str, issuer: str, date: str | None) -> None:
    regulation = parse(f"{head}\n第一条 甲。\n第二条 乙。\n")
    assert (regulation.title, regulation.issuer) == (title, issuer)
    assert (regulation.date.isoformat() if regulation.date else None) == date


def test_the_source_is_kept_as_it_is() -> None:
    text = "\u3000某办法\r\n第一条\xa0甲。\u200b\r\n第二条 乙。"
    reading = read(text)
    assert reading.regulation.text == text
    assert reading.problems == ()
