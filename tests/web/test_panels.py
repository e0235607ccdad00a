"""The panels are pure: what they show of a result, and that nothing from outside is acted on."""

import re

import pytest

from assistant.corpus import Regulation, load
from assistant.explain import explain_triage
from assistant.triage import Engine, load_engine
from assistant.web.panels import answer_html, changes_panel, contents, law_panel, links_of, quotes_panel, result_panel
from assistant.web.panels.law import hits_line
from assistant.web.panels.log import Turn, log_html
from assistant.web.panels.told import told_html

CASE = "小王立案后也没个说法就把案子撤了，后来他主动承认并马上改正了"
MARKUP = "<img src=http://203.0.113.9/x onerror=alert(1)><form action=//x>"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load("xushui-2020")


def plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def test_the_verdict_is_said_in_words_with_a_sign(engine: Engine) -> None:
    panel = result_panel(engine.triage(CASE), engine.pack)
    assert "构成过错" in panel
    assert "✖" in panel
    assert 'href="#law-6.5"' in panel
    assert "立案后无正当理由擅自撤案" in panel


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (CASE, "构成过错"),
        ("城管把早点摊的炉子收走了", "不属本办法"),
        ("小蒋去年立了一家印刷厂的案", "资料不足"),
        ("老柴和小魏两个人到面粉厂采的水样，亮了证，厂长在场签了字", "不构成过错"),
    ],
)
def test_each_verdict_has_its_own_banner(engine: Engine, told: str, name: str) -> None:
    triage = engine.triage(told)
    panel = result_panel(triage, engine.pack)
    assert re.search(rf'class="verdict {triage.verdict}".*?<b>{name}</b>', panel)


def test_the_told_text_is_whole_and_each_mark_tells_why(engine: Engine) -> None:
    triage = engine.triage(CASE)
    told = re.search(r'<blockquote class="told">(.*?)</blockquote>', told_html(triage), re.DOTALL)
    assert told
    assert plain(told[1]) == CASE
    reasons = re.findall(r'data-why="([^"]+)"', told[1])
    assert reasons
    assert all("条文" in reason for reason in reasons)
    assert {"c1", "c2"} <= set(re.findall(r'<mark class="(c\d)"', told[1]))


def test_markup_in_the_told_text_stays_text(engine: Engine) -> None:
    panel = result_panel(engine.triage(f"小王把案子撤了{MARKUP}"), engine.pack)
    assert "<img" not in panel
    assert "<form" not in panel
    assert "&lt;img" in panel


def test_the_ladder_has_eleven_rungs_and_says_which_stand_alone(engine: Engine) -> None:
    panel = result_panel(engine.triage(CASE), engine.pack)
    ladder = re.search(r'<ol class="ladder">(.*?)</ol>', panel)
    assert ladder
    assert ladder[1].count("<li") == 11
    assert ladder[1].count("只能单独用") == 1
    assert ladder[1].count("权限和程序") == 3
    closed = result_panel(engine.triage("小蒋去年立了一家印刷厂的案"), engine.pack)
    assert closed.count('<li class="closed">') == 11


def test_lighter_and_heavier_stand_apart_each_with_its_force(engine: Engine) -> None:
    panel = result_panel(engine.triage(CASE), engine.pack)
    lighter, heavier = panel.split('class="factors mitigating"')[1].split('class="factors aggravating"')
    assert ">可以</span>" in lighter
    assert ">应</span>" in heavier
    assert "第十一条第（一）项" in lighter
    assert "没有说到这样的情形" in heavier


def test_every_element_can_be_set_and_shows_how_it_stands(engine: Engine) -> None:
    panel = result_panel(engine.triage(CASE), engine.pack, hand={("6.5", "撤案"): "not_met"})
    assert 'data-rule="6.5" data-element="撤案" data-state="not_met"' in panel
    assert "手工设定，点此恢复原话" in panel


def test_a_supposition_is_marked_as_one(engine: Engine) -> None:
    triage = engine.triage(CASE)
    panel = result_panel(triage, engine.pack, supposed=triage.what_if[0])
    assert "没有记入案情" in panel
    assert 'data-act="back"' in panel
    assert 'data-act="if"' not in panel


def test_an_answer_keeps_its_words_and_links_its_citations(engine: Engine, regulation: Regulation) -> None:
    markdown = explain_triage(engine.triage(CASE))
    shown = answer_html(markdown, links_of(regulation))
    assert shown.count('href="#law-6.5"') >= 2
    assert shown.count("<details") == shown.count("</details>") > 3
    assert shown.count("<ul>") == shown.count("</ul>")
    kept = re.sub(r"[\s*>-]+", "", markdown)
    assert re.sub(r"[\s>-]+", "", plain(shown)) == kept


@pytest.mark.parametrize(
    "text", [MARKUP, "![x](http://203.0.113.9/x.png)", "[点我](http://203.0.113.9/)", "**<b>x</b>**"]
)
def test_markup_in_an_answer_stays_text(regulation: Regulation, text: str) -> None:
    shown = answer_html(text, links_of(regulation))
    assert not re.search(r"<(?!/?(?:div|p|details|summary)\b)", shown)
    assert "203.0.113.9/" not in re.sub(r">[^<]*<", "><", shown)


def test_places_of_other_laws_are_not_linked(regulation: Regulation) -> None:
    assert "href" not in links_of(regulation)("依《行政处罚法》第六条")
    assert links_of(regulation)("依第六条第（五）项").count("href") == 1


def test_every_place_of_the_law_has_one_anchor(regulation: Regulation) -> None:
    shown = law_panel(regulation)
    for ref in regulation.refs():
        assert shown.count(f'id="law-{ref.id}"') == 1, ref.id
    assert contents(regulation).count("<a ") == len(regulation.articles)


def test_searched_words_are_marked_and_counted(regulation: Regulation) -> None:
    shown = law_panel(regulation, query="书面通知")
    assert '<mark class="hit">书面通知</mark>' in shown
    assert "第十六条（1）" in plain(hits_line(regulation, "书面通知"))
    assert "没有找到" in hits_line(regulation, "打印机<b>")
    assert "<b>" not in hits_line(regulation, "打印机<b>")


def test_two_versions_show_what_went_and_what_came(regulation: Regulation) -> None:
    from assistant.corpus.parser import parse

    other = parse(regulation.text.replace("七日内", "十日内"), id="later", sha256="0" * 64)
    shown = changes_panel(regulation, other)
    assert "<del>七</del><ins>十</ins>" in shown
    assert "修改" in shown


def test_quotes_show_the_verbatim_words(regulation: Regulation) -> None:
    from assistant.chat.reply import Quote

    shown = quotes_panel([Quote(id="16", text=regulation.article(16).text)], links_of(regulation).labels)
    assert "应在七日内将处理决定书面通知本人" in shown
    assert quotes_panel([], {}) == ""


def test_the_conversation_shows_who_said_what() -> None:
    shown = log_html((Turn("<p>甲</p>", own=True), Turn('<div class="answer"><p>乙</p></div>')))
    assert shown.index("您") < shown.index("甲") < shown.index("助手") < shown.index("乙")
    assert "说说发生了什么" in log_html(())
