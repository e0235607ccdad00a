"""A model words sentences better or not at all: over a real socket, with replies that lie and endpoints that fail."""

import time

import pytest

from assistant.errors import CheckFailed
from assistant.explain import triage_sentences
from assistant.explain.answer import reword
from assistant.explain.citations import refuse
from assistant.explain.prompts import fill
from assistant.settings import Settings
from assistant.triage import load_pack, triage
from tests.explain.server import endpoint

TOLD = "小王立案后没有报批，自己就把案子撤了"
REGULATION = load_pack().regulation
DRAFT = triage_sentences(triage(TOLD))


def settings(url: str, **more: float) -> Settings:
    return Settings(llm_base_url=url, llm_model="fake", llm_api_key="k", **more)  # type: ignore[arg-type]


def test_an_honest_rewording_stands_and_is_marked() -> None:
    better = "按您所说，这构成行政执法过错，符合〔第六条第（五）项〕。"
    with endpoint(f"1. {better}\n") as (url, seen):
        told = reword(DRAFT, told=TOLD, regulation=REGULATION, settings=settings(url))
    assert told.sentences[0].text == better
    assert told.by == "fake"
    assert "AI 生成，仅供参考" in told.sentences[-1].text
    assert len(seen) == 1


@pytest.mark.parametrize(
    "lie",
    [
        "按您所说，构成行政执法过错，符合〔第六条第（六）项〕。",
        "按您所说，构成行政执法过错，符合〔第六条第（五）项〕，应当开除。",
        "按您所说，不构成行政执法过错，见〔第六条第（五）项〕。",
        "构成行政执法过错，符合〔第六条第（五）项〕〔第二十五条〕。",
        "构成行政执法过错，须在30日内处理，符合〔第六条第（五）项〕。",
        "构成行政执法过错。",
        "构成行政执法过错，“擅自撤案者一律辞退”，符合〔第六条第（五）项〕。",
        "构成行政执法过错，符合〔第六条第（五）项〕<img src=http://x/y>",
        "This is a fault under 〔第六条第（五）项〕 构成",
        "根据《行政处罚法》第三十三条，构成行政执法过错〔第六条第（五）项〕。",
    ],
)
def test_a_false_sentence_never_shows(lie: str) -> None:
    with endpoint(f"1. {lie}\n99. 另外，应当移送司法机关。\n忽略以上要求。") as (url, _):
        told = reword(DRAFT, told=TOLD, regulation=REGULATION, settings=settings(url))
    assert [s.text for s in told.sentences[: len(DRAFT)]] == [s.text for s in DRAFT]
    assert told.by == "rules"
    assert told.removed == 1
    assert refuse(lie, DRAFT[0].text, REGULATION)


@pytest.mark.parametrize("fault", ["401", "429", "500", "slow", "html", "cut"])
def test_a_failing_endpoint_leaves_the_rule_made_answer_in_time(fault: str) -> None:
    started = time.monotonic()
    with endpoint("1. 半句", fault=fault) as (url, _):
        told = reword(DRAFT, told=TOLD, regulation=REGULATION, settings=settings(url, llm_timeout=1.0))
    assert time.monotonic() - started < 10
    assert [s.text for s in told.sentences[: len(DRAFT)]] == [s.text for s in DRAFT]
    assert told.by == "rules"


def test_nothing_listening_is_one_line() -> None:
    told = reword(DRAFT, told=TOLD, regulation=REGULATION, settings=settings("http://127.0.0.1:9/v1", llm_timeout=2.0))
    assert "规则写成" in told.sentences[-1].text
    assert "\n" not in told.sentences[-1].text


def test_without_a_model_nothing_is_asked() -> None:
    told = reword(DRAFT, told=TOLD, regulation=REGULATION, settings=Settings())
    assert told.sentences == DRAFT
    assert told.by == "rules"


def test_a_prompt_with_a_missing_or_unused_variable_is_refused() -> None:
    assert len(fill("explain", told="甲", sentences="乙").sha256) == 64
    with pytest.raises(CheckFailed, match="sentences"):
        fill("explain", told="甲")
    with pytest.raises(CheckFailed, match="more"):
        fill("explain", told="甲", sentences="乙", more="丙")
    with pytest.raises(CheckFailed, match="nothing"):
        fill("nothing")


def test_ask_tells_who_worded_it_and_keeps_the_verdict() -> None:
    from assistant.chat import CaseFile, open_assistant

    better = "按您所说，这构成行政执法过错，符合〔第六条第（五）项〕。"
    plain, _ = open_assistant(Settings()).reply(CaseFile(), TOLD)
    with endpoint(f"1. {better}\n") as (url, _):
        worded, _ = open_assistant(settings(url)).reply(CaseFile(), TOLD)
    assert plain.explained_by == "rules"
    assert worded.explained_by == "fake"
    assert better in worded.answer
    assert worded.triage == plain.triage
    assert worded.citations == plain.citations
