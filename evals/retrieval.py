"""How well and how fast the law is found: BM25, vectors and the hybrid, over any articles and questions.

    python -m evals.retrieval --articles FILE.jsonl.gz --queries FILE.jsonl --out ranks.jsonl [--models FOLDER]

An article is {"id", "name", "text"} a line, a question {"id", "query"} with or without {"relevant": [ids]}; without it
only ranks and times are made. Each line written is {"id", "ranked": [100 article ids]} of the hybrid. ``--models`` names
a folder of model folders, each measured in the same run. Times are of this machine, in this run.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.retrieval import Chunk, Index, open_index
from assistant.retrieval.fit import Question, figures
from assistant.retrieval.train import read_articles

_DEPTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One way of searching: its ranks (article ids a question), figures where there are answers, and times."""

    name: str
    ranked: list[list[str]]
    figures: tuple[float, float, float, float] | None
    build_s: float
    reopen_s: float
    p50_ms: float
    p95_ms: float


def measure(name: str, chunks: Sequence[Chunk], questions: Sequence[Question], *, model: str | Path | None) -> Result:
    """Build an index in a folder of its own, reopen it, and ask every question."""
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        open_index(Path(home), chunks, model=model).close()
        build_s = time.perf_counter() - begun
        begun = time.perf_counter()
        with open_index(Path(home), model=model) as index:
            reopen_s = time.perf_counter() - begun
            ranked, times = _ask(index, questions)
    rows = {chunk.id: row for row, chunk in enumerate(chunks)}
    answered = [place for place, question in enumerate(questions) if question.rows]
    order = [np.array([rows[key] for key in ranked[place]], dtype=np.intp) for place in answered]
    found = figures(order, [questions[place] for place in answered]) if answered else None
    p50, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    return Result(name=name, ranked=ranked, figures=found, build_s=build_s, reopen_s=reopen_s, p50_ms=p50, p95_ms=p95)


def _ask(index: Index, questions: Sequence[Question]) -> tuple[list[list[str]], list[float]]:
    index.search(questions[0].text, top=_DEPTH, floor=False)  # the first search opens files
    ranked, times = [], []
    for question in questions:
        begun = time.perf_counter()
        hits = index.search(question.text, top=_DEPTH, floor=False)
        times.append((time.perf_counter() - begun) * 1000)
        ranked.append([hit.chunk.id for hit in hits])
    return ranked, times


def read_questions(path: Path, chunks: Sequence[Chunk]) -> list[Question]:
    """Questions of a jsonl file; ``rows`` is empty where it has no answers."""
    rows = {chunk.id: row for row, chunk in enumerate(chunks)}
    found: list[dict[str, Any]] = [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    return [
        Question(id=one["id"], text=one["query"], rows=tuple(rows[str(key)] for key in one.get("relevant", ())))
        for one in found
    ]


def report(results: Sequence[Result]) -> str:
    """The table, a line a way of searching."""
    lines = [
        "| | R@5 | R@10 | R@100 | MRR@10 | build s | reopen s | p50 ms | p95 ms |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        marks = ["-"] * 4 if one.figures is None else [f"{value:.3f}" for value in one.figures]
        times = [f"{one.build_s:.1f}", f"{one.reopen_s:.2f}", f"{one.p50_ms:.1f}", f"{one.p95_ms:.1f}"]
        lines.append(f"| {one.name} | " + " | ".join(marks + times) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the hybrid's ranks."""
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder of model folders to measure too")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    chunks = read_articles(options.articles)
    questions = read_questions(options.queries, chunks)
    print(
        f"{len(chunks)} articles, {len(questions)} questions, read in {time.perf_counter() - begun:.1f} s", flush=True
    )
    hybrid = measure("hybrid", chunks, questions, model="")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    results = [measure("BM25", chunks, questions, model=None), hybrid]
    if options.models is not None:
        folders = sorted(path for path in options.models.iterdir() if path.is_dir())
        results += [measure(f"hybrid, {path.name}", chunks, questions, model=path) for path in folders]
    print(report(results))
    print(f"peak resident memory, build and all questions of the hybrid: {peak:.0f} MB")
    chunks_out = options.out
    chunks_out.parent.mkdir(parents=True, exist_ok=True)
    with chunks_out.open("w", encoding="utf-8") as file:
        for question, ranked in zip(questions, hybrid.ranked, strict=True):
            file.write(
                json.dumps({"id": question.id, "ranked": [int(key) if key.isdigit() else key for key in ranked]})
            )
            file.write("\n")
    print(f"ranks written to {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
