"""A result told by rules: verdict first, every conclusion cited, the law's words verbatim."""

import re

import pytest

from assistant.corpus import Ref, load
from assistant.explain import explain_triage, triage_sentences
from assistant.explain.template import Sentence, render
from assistant.triage import load_engine

REGULATION = load("xushui-2020")
ENGINE = load_engine("xushui-2020")
TOLD = [
    "老魏一个人去陶瓷厂检查，没亮证，进门就贴了封条，决定书也没给",
    "接到举报当天两个人就去了，亮了证，没查出问题，第二天回复了举报人",
    "派出所的人把厂里的车扣了",
    "听说有人处罚了一家企业，对方不服",
]


@pytest.mark.parametrize("told", TOLD)
def test_the_verdict_is_first_and_every_conclusion_has_its_citation(told: str) -> None:
    sentences = triage_sentences(ENGINE.triage(told))
    assert sentences[0].kind == "verdict"
    for sentence in sentences:
        for ref in sentence.citations:
            assert REGULATION.text_of(Ref.from_id(ref))
        if sentence.kind in {"provision", "factor", "sanction", "consequence", "deadline"}:
            assert sentence.citations
            assert "〔第" in sentence.text
    assert sentences[-1].text.startswith("辅助研判，不是处理决定")


def test_quotes_are_verbatim() -> None:
    quoting = [sentence for told in TOLD for sentence in triage_sentences(ENGINE.triage(told)) if sentence.quote]
    assert quoting
    for sentence in quoting:
        assert sentence.quote in REGULATION.text_of(Ref.from_id(sentence.quoted))


def test_a_fault_tells_sanctions_as_candidates_and_what_follows_by_itself() -> None:
    text = explain_triage(ENGINE.triage(TOLD[0]))
    assert text.startswith("**按所说的情况，构成行政执法过错，符合〔第六条第（三）项")
    assert "除辞退外" in text
    assert "不是条文原话" in text
    assert "取消当年先进个人评选资格" in text
    assert "自调查之日起三个月内处理完毕" in text


def test_outside_the_scope_nothing_is_sanctioned() -> None:
    text = explain_triage(ENGINE.triage(TOLD[2]))
    assert "不属本办法管" in text
    assert "〔第四条、第二条〕" in text
    assert "问责方式" not in text


def test_a_place_is_quoted_once_and_headings_stand_once() -> None:
    sentences = (
        Sentence(text="甲〔第十五条〕", citations=("15",), kind="deadline", quoted="15", quote="三个月内"),
        Sentence(text="乙〔第十五条〕", citations=("15",), kind="deadline", quoted="15", quote="三个月内"),
    )
    text = render(sentences, {"15": "第十五条"})
    assert text.count("三个月内") == 1
    assert len(re.findall(r"\*\*期限\*\*", text)) == 1
