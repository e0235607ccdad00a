"""Learning cases repeat neither one another across groups nor anything that is measured on."""

import json
from pathlib import Path

import pytest

from assistant.paths import corpus_dir
from assistant.triage.exemplars import read_exemplars
from assistant.triage.twins import near_duplicates

ROOT = Path(__file__).parents[2]
ROWS, _ = read_exemplars(corpus_dir() / "exemplars")
SETS = [
    ROOT / "evals/cases/incidents.jsonl",
    ROOT.parent / "shared/yardstick/incidents.jsonl",
    ROOT.parent / "shared/samples/incidents.jsonl",
]


def test_a_case_said_again_with_a_word_changed_is_found() -> None:
    one = "老李一个人去砖厂检查，没亮证，封条贴了，决定书也没给"
    assert list(near_duplicates([one, "处理决定七日内通知本人", one.replace("砖厂", "纸厂")])) == [(0, 2)]
    assert list(near_duplicates([one], [one + "。"])) == [(0, 1)]
    assert not list(near_duplicates([one, "老李去砖厂检查，两个人，亮了证，封条和决定书都当场给了"]))


def test_no_case_repeats_one_of_another_group() -> None:
    texts = [row.text for row in ROWS]
    pairs = [(i, j) for i, j in near_duplicates(texts) if ROWS[i].group != ROWS[j].group]
    assert [(ROWS[i].text, ROWS[j].text) for i, j in pairs] == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_case_repeats_one_that_is_measured_on(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    measured = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [row.text for row in ROWS]
    pairs = [(i, j - len(texts)) for i, j in near_duplicates(texts, measured) if j >= len(texts)]
    assert [(texts[i], measured[j]) for i, j in pairs] == []
