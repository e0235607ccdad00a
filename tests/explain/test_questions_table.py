"""Answer files that are wrong are refused by file and id, and weights learned from other files are refused too."""

import shutil
from pathlib import Path

import pytest

from assistant.corpus import load
from assistant.errors import BadRulePack, Unavailable
from assistant.explain.questions.learned import load_classifier, read_classifier
from assistant.explain.questions.table import load_table, read_table
from assistant.paths import corpus_dir

REGULATION = load("xushui-2020")
TOPIC = """topics:
  - id: limit
    refs: ["{ref}"]
    quote: {quote}
    answer: 三个月。
    ask: {ask}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("outside.yaml", "words.yaml"):
        shutil.copy(corpus_dir() / "xushui-2020" / "answers" / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TOPIC.format(ref="15", quote="五个月内处理完毕", ask="期限"), "不是 15 的原文"),
        (TOPIC.format(ref="25", quote="三个月内", ask="期限"), "25 不在法规里"),
        (TOPIC.format(ref="15", quote="三个月内", ask="/"), "没有写条文"),
        (TOPIC.format(ref="15", quote="三个月内", ask="期限") * 1 + "extra: 1\n", "读不懂"),
        (
            TOPIC.format(ref="15", quote="三个月内", ask="期限")
            + TOPIC.split("\n", 1)[1].format(ref="15", quote="三个月内", ask="期限"),
            "重复",
        ),
        ("topics: [", "读不懂"),
    ],
)
def test_bad_answers_are_refused_by_file_and_id(folder: Path, text: str, words: str) -> None:
    (folder / "01-bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadRulePack, match=words) as caught:
        read_table(folder, REGULATION)
    assert "01-bad.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_shipped_weights_are_of_the_shipped_answers() -> None:
    assert load_classifier(load_table())


def test_weights_of_other_answers_are_refused(folder: Path) -> None:
    (folder / "01.yaml").write_text(TOPIC.format(ref="15", quote="三个月内", ask="期限"), encoding="utf-8")
    with pytest.raises(BadRulePack, match="答问文件改过了"):
        load_classifier(read_table(folder, REGULATION))


def test_missing_and_damaged_weights_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="缺失或损坏"):
        read_classifier(tmp_path)
    shutil.copytree(corpus_dir() / "models" / "questions" / "xushui-2020", tmp_path / "model")
    (tmp_path / "model" / "vocabulary.txt").write_text("一\n二", encoding="utf-8")
    with pytest.raises(Unavailable, match="对不上"):
        read_classifier(tmp_path / "model")


def test_there_are_topics_for_every_article_and_item_of_six_to_twelve() -> None:
    topics = load_table().topics.values()
    cited = {ref for topic in topics for ref in topic.refs}
    for ref, _ in REGULATION.items():
        if 6 <= ref.article <= 12 and not (ref.article == 10 and ref.id == "10.11"):
            assert ref.id in cited
    articles = {ref.split(".")[0].split("#")[0] for ref in cited}
    assert articles == {str(article.number) for article in REGULATION.articles}
    assert len(topics) >= 150
