"""Two regulations at once: which one answers, how it is named, what is refused."""

from pathlib import Path
from typing import Any

import pytest

from assistant.chat import CaseFile, Reply, brought, open_assistant
from assistant.chat.session import Assistant
from assistant.corpus import Library
from assistant.settings import Settings

SPILL = (
    "河口县水污染应急值班办法\n第一条 为了规范水污染应急值班，制定本办法。\n第二条 值班电话应当二十四小时有人接听。\n"
    "第三条 接到死鱼、河水变色的来电，值班人员应当在三十分钟内派出采样车。\n"
    "第四条 采样车应当备有溶解氧仪、采样瓶和救生衣：\n（一）溶解氧仪每月校准一次；\n（二）救生衣每人一件。\n"
    "第五条 本办法自发布之日起施行。\n"
)


@pytest.fixture
def laws(tmp_path: Path) -> tuple[Assistant, Library]:
    path = tmp_path / "应急.txt"
    path.write_text(SPILL, encoding="utf-8")
    library = Library(tmp_path / "var")
    library.add(path, "spill-1")
    settings = Settings(data_dir=tmp_path / "var", embedding=str(tmp_path / "no-model-here"))
    return open_assistant(settings), library


def ask(assistant: Assistant, text: str) -> Reply:
    return assistant.reply(CaseFile(), text)[0]


@pytest.mark.parametrize(
    ("text", "citations", "words"),
    [
        ("《河口县水污染应急值班办法》第三条怎么规定", ["spill-1:3"], "三十分钟内派出采样车"),
        ("水污染应急值班办法第四条第二项说什么", ["spill-1:4.2"], "救生衣每人一件"),
        ("spill-1 里采样车要备什么", ["spill-1:4"], "溶解氧仪"),
        ("河水变色的来电多久派出采样车？", ["spill-1:3"], "三十分钟"),
    ],
)
def test_a_brought_law_answers_and_is_named(
    laws: tuple[Assistant, Library], text: str, citations: list[str], words: str
) -> None:
    reply = ask(laws[0], text)
    assert reply.kind == "question"
    assert list(reply.citations)[: len(citations)] == citations
    assert "《河口县水污染应急值班办法》" in reply.answer
    assert words in reply.answer
    for quote in reply.quotes:
        assert all(line in SPILL for line in quote.text.splitlines())


def test_the_home_regulation_answers_first(laws: tuple[Assistant, Library]) -> None:
    reply = ask(laws[0], "处理决定几天内要通知本人")
    assert reply.citations == ("16",)
    assert "河口县" not in reply.answer


@pytest.mark.parametrize("text", ["《水污染防治法》第三条怎么规定", "今天中午吃什么"])
def test_a_law_that_is_not_here_is_not_answered_from_another(laws: tuple[Assistant, Library], text: str) -> None:
    reply = ask(laws[0], text)
    assert reply.kind in {"not_covered", "chat"}
    assert not reply.citations


def test_a_place_that_the_law_lacks_is_answered_with_its_name(laws: tuple[Assistant, Library]) -> None:
    reply = ask(laws[0], "《河口县水污染应急值班办法》第九条")
    assert reply.kind == "question"
    assert reply.citations == ()
    assert "《河口县水污染应急值班办法》：没有第九条" in reply.answer


def test_what_is_removed_is_silent_with_the_next_question(laws: tuple[Assistant, Library]) -> None:
    assistant, library = laws
    assert ask(assistant, "河水变色的来电多久派出采样车？").kind == "question"
    library.remove("spill-1")
    assert ask(assistant, "河水变色的来电多久派出采样车？").kind == "not_covered"


def test_a_law_put_in_the_place_of_another_is_quoted_as_it_is_now(
    laws: tuple[Assistant, Library], tmp_path: Path
) -> None:
    assistant, library = laws
    assert "三十分钟" in ask(assistant, "河水变色的来电多久派出采样车？").answer
    library.remove("spill-1")
    path = tmp_path / "新版.txt"
    path.write_text(SPILL.replace("三十分钟", "二十分钟"), encoding="utf-8")
    library.add(path, "spill-1")
    for text in ("河水变色的来电多久派出采样车？", "《河口县水污染应急值班办法》第三条怎么规定"):
        reply = ask(assistant, text)
        assert "二十分钟" in reply.answer
        assert "三十分钟" not in reply.answer


def test_a_law_added_while_another_question_opens_the_index_is_found(
    laws: tuple[Assistant, Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, library = laws
    path = tmp_path / "食堂.txt"
    path.write_text(
        "河口县食堂留样办法\n第一条 每餐留样不少于一百二十五克。\n第二条 留样冰箱上锁。\n", encoding="utf-8"
    )
    opened = brought.open_index

    def slowly(*arguments: Any, **options: Any) -> Any:
        index = opened(*arguments, **options)
        if "meal-1" not in library.brought():
            library.add(path, "meal-1")
            assert ask(assistant, "每餐留样不少于多少克？").citations == ("meal-1:1",)
        return index

    monkeypatch.setattr(brought, "open_index", slowly)
    assert ask(assistant, "河水变色的来电多久派出采样车？").citations[0] == "spill-1:3"
    assert ask(assistant, "每餐留样不少于多少克？").citations == ("meal-1:1",)


def test_an_addition_cut_short_leaves_every_question_answered(laws: tuple[Assistant, Library], tmp_path: Path) -> None:
    draft = tmp_path / "var" / "regulations" / ".adding-x1"
    draft.mkdir()
    (draft / "regulation.txt").write_text(SPILL, encoding="utf-8")
    assert ask(laws[0], "河水变色的来电多久派出采样车？").citations[0] == "spill-1:3"


def test_the_case_stays_open_beside_a_question_on_another_law(laws: tuple[Assistant, Library]) -> None:
    assistant, _ = laws
    _, case = assistant.reply(CaseFile(), "小王立案后没有报批就把案子撤了")
    reply, after = assistant.reply(case, "《河口县水污染应急值班办法》第二条怎么说")
    assert reply.citations == ("spill-1:2",)
    assert reply.triage is not None
    assert after.told == case.told
