"""The verifier on a table of scripted replies: no false sentence passes, and honest ones mostly do."""

import json
from pathlib import Path

import pytest

from assistant.corpus import load
from assistant.explain.citations import refuse

CASES = Path(__file__).parents[2] / "evals" / "cases"
REGULATION = load()


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", rows("attacks"), ids=lambda row: row["id"])
def test_no_false_sentence_passes(row: dict[str, str]) -> None:
    assert refuse(row["reply"], row["draft"], REGULATION)


def test_honest_paraphrases_mostly_pass() -> None:
    honest = rows("paraphrases")
    passed = [row for row in honest if not refuse(row["reply"], row["draft"], REGULATION)]
    assert len(passed) >= 0.9 * len(honest)


def test_a_rule_made_sentence_passes_as_it_is() -> None:
    for draft in {row["draft"] for row in rows("attacks")}:
        assert refuse(draft, draft, REGULATION) == ""


@pytest.mark.parametrize(
    ("draft", "honest"),
    [
        (
            "超期了，晚了9天：自3月1日调查起算三个月，6月1日届满，最迟6月1日处理完毕，6月10日已经超过期限9天。〔第十五条〕",
            "这件事超期了，晚了9天：自3月1日调查起算三个月，到6月1日届满，最迟6月1日处理完毕，而6月10日已经超过期限9天。〔第十五条〕",
        ),
        (
            "没有批准延长的，到7月1日；遇特殊情况、报办公会议批准延长一个月的，到8月1日。〔第十五条〕",
            "按〔第十五条〕，没有批准延长的，就到7月1日；而遇特殊情况、报办公会议批准延长一个月的，则到8月1日。",
        ),
        (
            "合议时表示不同意的人不承担责任，同意的人按作用大小承担〔第九条第一款〕",
            "由此看，合议时表示不同意的人，不承担责任；而同意的人，则按作用大小承担〔第九条第一款〕",
        ),
        (
            "主动承认并改正的可以从轻，阻挠调查的应从重〔第十一条、第十二条〕",
            "也就是说，主动承认并改正的，可以从轻；而阻挠调查的，应从重〔第十一条、第十二条〕",
        ),
    ],
)
def test_an_honest_rewording_keeps_its_place(draft: str, honest: str) -> None:
    assert refuse(honest, draft, REGULATION) == ""
