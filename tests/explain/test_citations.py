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
