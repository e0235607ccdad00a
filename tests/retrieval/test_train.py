"""The recipe, on a law of our own: it learns, the same each time, and what it writes can be searched."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import load
from assistant.retrieval import Chunk, chunks_from_rows, chunks_of
from assistant.retrieval.fit import Question, best_rows, figures, law_priors
from assistant.retrieval.lessons import Ragged, citing_pairs, joined, project_pairs, sentence_pairs

ROWS = [
    {"id": 1, "name": "甲法第一条", "text": "禁止向河流排放污水。违者由环保部门处以罚款。"},
    {"id": 2, "name": "甲法第二条", "text": "违反本法第一条规定，偷排工业废水造成严重污染的，责令停产整治。"},
    {"id": 3, "name": "乙法第一条", "text": "劳动者可以要求用人单位支付拖欠的工资，加付赔偿金。"},
    {"id": 4, "name": "丙法第一条", "text": "违反《甲法》第二条规定，情节特别恶劣后果特别严重的，吊销排污许可证。"},
]


def test_ragged_takes_thins_and_joins() -> None:
    ragged = Ragged.of([[1, 2], [], [3, 4, 5]])
    taken = ragged.take(np.array([2, 0, 2]))
    assert taken.flat.tolist() == [3, 4, 5, 1, 2, 3, 4, 5]
    assert taken.starts.tolist() == [0, 3, 5, 8]
    thin = ragged.thinned(0.5, np.random.default_rng(1))
    assert len(thin) == 3
    assert len(thin.flat) == thin.starts[-1]
    both = joined(ragged, taken)
    assert both.flat[both.starts[3] : both.starts[4]].tolist() == [3, 4, 5]


def test_lessons() -> None:
    chunks = chunks_from_rows(ROWS)
    assert {row for _, row in citing_pairs(chunks)} == {0, 1}
    assert all("第一条" not in text for text, _ in citing_pairs(chunks)[:1])
    sentences = sentence_pairs(chunks, np.random.default_rng(0))
    assert ("禁止向河流排放污水", "违者由环保部门处以罚款", 0) in sentences
    own = chunks_of(load())
    pairs = project_pairs(own)
    assert len(pairs) > 1000
    assert any(own[row].id == "6.5" for _, row in pairs)


def test_figures() -> None:
    questions = [Question(id="1", text="", rows=(0, 3)), Question(id="2", text="", rows=(2,))]
    order = [np.array([1, 0, 2, 4, 5, 3]), np.array([0, 1])]
    assert figures(order, questions) == pytest.approx((0.25, 0.5, 0.5, 0.25))
    scores = np.array([[0.1, 0.3, 0.2, 0.0]], dtype=np.float32)
    assert best_rows(scores)[0].tolist() == [1, 2, 0]


def test_priors_favour_laws_that_were_asked_about() -> None:
    statutes: list[Chunk] = chunks_from_rows(ROWS)
    priors = law_priors(statutes, [Question(id="1", text="", rows=(0, 1)), Question(id="2", text="", rows=(0,))])
    assert list(priors) == ["甲法"]
    assert priors["甲法"] > 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_recipe_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    from assistant.retrieval.static import StaticModel
    from assistant.retrieval.train import main

    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(30):
            for row in ROWS:
                name = f"{row['name'][0]}{number}法第{'一' if row['id'] != 2 else '二'}条"
                text = f"{row['text']}编号{number}"
                file.write(json.dumps({"id": number * 10 + int(str(row["id"])), "name": name, "text": text}) + "\n")
            cited = {
                "id": number * 10 + 9,
                "name": f"丁{number}法第一条",
                "text": ROWS[3]["text"].replace("甲", f"甲{number}"),
            }  # type: ignore[attr-defined]
            file.write(json.dumps(cited) + "\n")
    asked = ["往河里偷排污水怎么罚", "老板欠薪怎么办", "偷排废水停产吗", "工资被拖欠找谁"] * 3
    with (tmp_path / "queries.jsonl").open("w", encoding="utf-8") as file:
        for number, text in enumerate(asked):
            relevant = [number * 10 + (1 if "排" in text else 3)]
            file.write(json.dumps({"id": number, "query": text, "relevant": relevant}) + "\n")
    given = ["--articles", str(tmp_path / "articles.jsonl.gz"), "--queries", str(tmp_path / "queries.jsonl")]
    few = ["--steps", "3", "--batch", "96"]
    made = []
    for name in ("a", "b"):
        main([*given, "--out", str(tmp_path / name), *few, *(["--keep-rule"] if name == "b" else [])])
        made.append(StaticModel(tmp_path / name).encode(["往河里偷排污水怎么罚"]))
    np.testing.assert_allclose(made[0], made[1], atol=1e-3)
    assert "| hybrid" in capsys.readouterr().out
