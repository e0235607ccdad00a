"""The retrieval benchmark's command, on a handful of articles of our own."""

import gzip
import json
from pathlib import Path

import pytest

from assistant.retrieval import Chunk
from evals.retrieval import main


def test_it_ranks_every_question_and_prints_the_table(
    tmp_path: Path, chunks: list[Chunk], capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("chromadb")
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, chunk in enumerate(chunks):
            row = {"id": number, "name": chunk.title + chunk.label, "text": chunk.text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    asked = [{"id": 7, "query": "在水库钓鱼罚多少", "relevant": [1]}, {"id": 8, "query": "完全无关", "relevant": [0]}]
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps(one) for one in asked), encoding="utf-8")
    given = {
        name: str(tmp_path / file)
        for name, file in (("--articles", "articles.jsonl.gz"), ("--queries", "queries.jsonl"))
    }
    out = tmp_path / "reports" / "ranks.jsonl"
    assert main([part for pair in given.items() for part in pair] + ["--out", str(out)]) == 0
    ranks = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in ranks] == [7, 8]
    assert ranks[0]["ranked"][0] == 1
    assert sorted(ranks[0]["ranked"]) == list(range(len(chunks)))
    printed = capsys.readouterr().out
    assert "| BM25 |" in printed
    assert "| hybrid |" in printed
