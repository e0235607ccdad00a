"""Fit the rule that fuses words, meaning and the law's prior, on questions that no part of it has seen."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.chunks import Chunk
from assistant.retrieval.fuse import Rule, lengths

_DEPTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and the rows of the articles that answer it."""

    id: str
    text: str
    rows: tuple[int, ...]


def law_priors(statutes: Sequence[Chunk], questions: Sequence[Question]) -> dict[str, float]:
    """For each law that ``questions`` are about, how much likelier it is than a law they never name (log scale / 10).

    Smoothed, so that one question says little and a long law is not favoured for being long.
    """
    sizes = Counter(chunk.title for chunk in statutes)
    asked: dict[str, float] = {}
    for question in questions:
        for row in question.rows:
            title = statutes[row].title
            asked[title] = asked.get(title, 0.0) + 1 / len(question.rows)

    def rate(title: str) -> float:
        return math.log((asked.get(title, 0.0) + 0.2) / (sizes[title] + 20))

    unasked = [rate(title) for title in sizes if title not in asked]
    usual = sum(unasked) / max(1, len(unasked))
    return {title: round(max(0.0, rate(title) - usual) / 10, 3) for title in sorted(asked)}


def figures(order: Sequence[NDArray[np.intp]], questions: Sequence[Question]) -> tuple[float, float, float, float]:
    """R@5, R@10, R@100 and MRR@10, means over questions of ``order``'s rows, best first."""
    total = np.zeros(4)
    for rows, question in zip(order, questions, strict=True):
        hits = np.isin(rows[:_DEPTH], question.rows)
        first = np.flatnonzero(hits[:10])
        found = [hits[:depth].sum() / len(question.rows) for depth in (5, 10, _DEPTH)]
        total += [*found, 1 / (first[0] + 1) if len(first) else 0.0]
    r5, r10, r100, mrr = (total / len(questions)).tolist()
    return r5, r10, r100, mrr


def best_rows(scores: NDArray[np.float32]) -> list[NDArray[np.intp]]:
    """For each question, the hundred rows with the highest scores, best first."""
    depth = min(_DEPTH, scores.shape[1] - 1)
    near = np.argpartition(-scores, depth, axis=1)[:, :depth]
    return [part[np.argsort(-row[part], kind="stable")] for row, part in zip(scores, near, strict=True)]


class _Held:
    """The scores of held-out questions, with the priors of each fold's laws taken from the other folds only."""

    def __init__(self, statutes: Any, questions: Any, folds: Any, words: Any, meaning: Any) -> None:
        self.questions = [questions[number] for fold in folds for number in fold]
        rows = np.concatenate(folds)
        self.meaning = meaning[rows]
        self.words = words[rows] / np.maximum(words[rows].max(axis=1, keepdims=True), 1e-9)
        self.lengths = lengths(statutes)
        self.laws: list[NDArray[np.float32]] = []
        for fold in folds:
            unseen = set(fold.tolist())
            laws = law_priors(statutes, [one for number, one in enumerate(questions) if number not in unseen])
            one = np.array([laws.get(chunk.title, 0.0) for chunk in statutes], dtype=np.float32)
            self.laws += [one] * len(fold)

    def figures(self, rule: Rule, *, meaning: float = 1.0) -> tuple[float, float, float, float]:
        """The four figures under ``rule``, the cosine weighted by ``meaning``."""
        order = []
        for start in range(0, len(self.questions), 64):
            part = slice(start, start + 64)
            scores = meaning * self.meaning[part] + rule.lexical * self.words[part]
            order += best_rows(scores + rule.prior * np.stack(self.laws[part]) + rule.length * self.lengths)
        return figures(order, self.questions)


def fit_rule(statutes: Any, questions: Any, folds: Any, words: Any, meaning: Any) -> Rule:
    """The weights with the highest sum of the four figures; ``words`` and ``meaning`` are (questions, articles)."""
    held = _Held(statutes, questions, folds, words, meaning)
    grid = product((0.2, 0.3, 0.4), (0.4, 0.6, 0.8), (0.0, 0.02, 0.04))
    tried = [Rule(lexical=lexical, prior=prior, length=length) for lexical, prior, length in grid]
    return max(tried, key=lambda rule: sum(held.figures(rule)))


def table(statutes: Any, questions: Any, folds: Any, words: Any, meaning: Any, rule: Rule) -> str:
    """What each part gives on held-out questions, as lines of Markdown."""
    held = _Held(statutes, questions, folds, words, meaning)
    whole = Rule(lexical=rule.lexical, prior=rule.prior, length=rule.length)
    only_words = Rule(lexical=rule.lexical)
    parts = {
        "BM25": held.figures(only_words, meaning=0),
        "BM25 + prior": held.figures(Rule(lexical=rule.lexical, prior=rule.prior), meaning=0),
        "embedding": held.figures(Rule(lexical=0)),
        "embedding + BM25": held.figures(only_words),
        "embedding + prior": held.figures(Rule(lexical=0, prior=rule.prior)),
        "embedding + BM25 + prior": held.figures(Rule(lexical=rule.lexical, prior=rule.prior)),
        f"hybrid (BM25 {rule.lexical}, prior {rule.prior}, length {rule.length})": held.figures(whole),
    }
    lines = ["| | R@5 | R@10 | R@100 | MRR@10 |", "|---|---|---|---|---|"]
    lines += [f"| {name} | " + " | ".join(f"{value:.3f}" for value in found) + " |" for name, found in parts.items()]
    return "\n".join(lines)
