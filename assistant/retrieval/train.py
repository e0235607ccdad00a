"""Learn the sentence embedding from nothing: ``make train-embedding``, on a CPU, within half an hour, seeded.

A bag of pieces is learned by in-batch contrast (InfoNCE) with BM25's wrong answers as hard negatives. The losses of
sentence-transformers take no mask, and here a mask is needed: the statutes hold the same article under several
names, and a copy of the right answer must not be pushed away; so the step is written out. What is saved is an
ordinary sentence-transformers folder.

The rule of :mod:`assistant.retrieval.fuse` is fitted first, on questions that four models in turn have not seen.
"""

import argparse
import gzip
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.corpus import load
from assistant.paths import corpus_dir
from assistant.retrieval import lessons
from assistant.retrieval.chunks import Chunk, chunks_from_rows, chunks_of
from assistant.retrieval.fit import Question, fit_rule, law_priors, table
from assistant.retrieval.fuse import Rule
from assistant.retrieval.lessons import Ragged, joined
from assistant.retrieval.lexical import Lexical, lexical_scores
from assistant.retrieval.saving import save_model
from assistant.retrieval.static import distinct


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that the weights depend on besides the texts. Shares are of a batch; the rest of it is sentences."""

    rows: int = 29_000
    dimensions: int = 512
    steps: int = 150
    batch: int = 768
    rate: float = 5e-3
    temperature: float = 0.07
    questions: float = 0.45
    project: float = 0.08
    citing: float = 0.05
    drop_question: float = 0.4
    drop_passage: float = 0.25
    hard: int = 50
    seed: int = 20261123


class Texts:
    """All texts as numbers: passages (statutes, then this project's regulation), questions and pseudo-questions."""

    def __init__(self, statutes: list[Chunk], questions: list[Question], recipe: Recipe) -> None:
        own = chunks_of(load())
        rng = np.random.default_rng(recipe.seed)
        self.chunks = statutes + own
        passages = [distinct(f"{chunk.title}\n{chunk.searched}") for chunk in self.chunks]
        asked = [distinct(question.text) for question in questions]
        mine = [(text, row + len(statutes)) for text, row in lessons.project_pairs(own)]
        sentences, citing = lessons.sentence_pairs(statutes, rng), lessons.citing_pairs(statutes)
        counted: Counter[str] = Counter(piece for text in passages for piece in text)
        counted.update(piece for text in (*asked, *(distinct(text) for text, _ in mine)) for piece in text)
        self.pieces = [piece for piece, _ in counted.most_common(recipe.rows)]
        self.idf = np.log1p(len(passages) / np.array([counted[piece] for piece in self.pieces]))
        numbers = {piece: number for number, piece in enumerate(self.pieces)}

        def ragged(texts: Sequence[list[str]]) -> Ragged:
            return Ragged.of([[numbers[piece] for piece in text if piece in numbers] for text in texts])

        self.passages = ragged(passages)
        self.asked = ragged(asked)
        # Every kind of pair: the questions' numbers, and the row of the passage that answers.
        self.mine, self.mine_rows = ragged([distinct(text) for text, _ in mine]), _rows(mine)
        self.citing, self.citing_rows = ragged([distinct(text) for text, _ in citing]), _rows(citing)
        self.sentences = ragged([distinct(text) for text, _, _ in sentences])
        self.rests = ragged([distinct(text) for _, text, _ in sentences])
        self.sentence_rows = np.array([row for _, _, row in sentences])
        alike: dict[str, int] = {}
        self.copies = np.array([alike.setdefault("".join(chunk.text.split()), len(alike)) for chunk in self.chunks])


def _rows(pairs: Sequence[tuple[str, int]]) -> NDArray[np.int64]:
    return np.array([row for _, row in pairs], dtype=np.int64)


def learn(texts: Texts, questions: Sequence[Question], taught: Sequence[int], wrong: Any, recipe: Recipe) -> Any:
    """The table of vectors, shape (pieces, dimensions), learned from ``questions[taught]`` and all other pairs.

    ``wrong`` has each question's likely wrong answers by BM25, shape (questions, hard).
    """
    import torch
    from torch.nn import functional as F

    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    weights = F.normalize(torch.randn(len(texts.pieces), recipe.dimensions))
    weights = torch.nn.Parameter(weights * torch.tensor(texts.idf, dtype=torch.float32)[:, None])
    optimizer = torch.optim.Adam([weights], lr=recipe.rate, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / recipe.steps)
    answered = [(number, row) for number in taught for row in questions[number].rows]
    right = [{int(texts.copies[row]) for row in question.rows} for question in questions]
    counts = [int(recipe.batch * share) for share in (recipe.questions, recipe.project, recipe.citing)]
    order = _endless(len(answered), rng)

    def bag(texts_: Ragged, share: float) -> Any:
        thin = texts_.thinned(share, rng)
        flat, starts = torch.from_numpy(thin.flat), torch.from_numpy(thin.starts[:-1])
        return F.normalize(F.embedding_bag(flat, weights, starts, mode="sum"))

    for _ in range(recipe.steps):
        chosen = [answered[next(order)] for _ in range(counts[0])]
        numbers = np.array([number for number, _ in chosen])
        mine = rng.integers(len(texts.mine), size=counts[1])
        citing = rng.integers(len(texts.citing), size=counts[2])
        plain = rng.integers(len(texts.sentences), size=recipe.batch - sum(counts))
        hard = np.array([_wrong_answer(wrong[number], right[number], texts.copies, rng) for number in numbers])
        full = np.concatenate([[row for _, row in chosen], texts.mine_rows[mine], texts.citing_rows[citing]])
        asked = joined(
            texts.asked.take(numbers), texts.mine.take(mine), texts.citing.take(citing), texts.sentences.take(plain)
        )
        given = joined(texts.passages.take(full), texts.rests.take(plain), texts.passages.take(hard))
        answers = np.concatenate([full, texts.sentence_rows[plain]])
        columns = texts.copies[np.concatenate([answers, hard])]
        copy = texts.copies[answers][:, None] == columns[None, :]
        for place, number in enumerate(numbers):
            copy[place] |= np.isin(columns, list(right[number]))
        copy[np.arange(recipe.batch), np.arange(recipe.batch)] = False
        scores = bag(asked, recipe.drop_question) @ bag(given, recipe.drop_passage).T / recipe.temperature
        scores = scores.masked_fill(torch.from_numpy(copy), -1e4)
        loss = F.cross_entropy(scores, torch.arange(recipe.batch))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return weights.detach().numpy()


def _endless(count: int, rng: np.random.Generator) -> Any:
    while True:
        yield from rng.permutation(count).tolist()


def _wrong_answer(likely: Any, right: set[int], copies: Any, rng: np.random.Generator) -> int:
    wrong = [row for row in likely.tolist() if int(copies[row]) not in right]
    return int(wrong[rng.integers(len(wrong))])


def embed(weights: Any, texts: Ragged) -> NDArray[np.float32]:
    """Vectors of length one of ``texts`` under a table of vectors; shape (texts, dimensions)."""
    made = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
    for row in range(len(texts)):
        made[row] = weights[texts.flat[texts.starts[row] : texts.starts[row + 1]]].sum(axis=0)
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the rule on held-out questions, learn from all, and write the model's folder."""
    parser = argparse.ArgumentParser(prog="python -m assistant.retrieval.train", description=__doc__)
    statutes_folder = Path("../shared/statutes")
    parser.add_argument("--articles", type=Path, default=statutes_folder / "articles.jsonl.gz")
    parser.add_argument("--queries", type=Path, default=statutes_folder / "queries.jsonl")
    parser.add_argument("--out", type=Path, default=corpus_dir() / "models" / "embedding")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--batch", type=int, default=Recipe().batch)
    parser.add_argument("--only-fold", type=int, help="learn without this fold (0-3), print its figures, write nothing")
    parser.add_argument("--keep-rule", action="store_true", help="learn from all at once, with the rule that is there")
    options = parser.parse_args(arguments)
    recipe, begun = Recipe(steps=options.steps, batch=options.batch), time.perf_counter()

    def say(text: str) -> None:
        print(f"{time.perf_counter() - begun:6.0f} s  {text}", flush=True)

    statutes = read_articles(options.articles)
    questions = read_questions(options.queries, statutes)
    lexical = Lexical.build([chunk.searched for chunk in statutes])
    words = np.stack([lexical_scores([lexical], question.text) for question in questions])
    wrong = np.argsort(-words, axis=1, kind="stable")[:, : recipe.hard]
    texts = Texts(statutes, questions, recipe)
    say(f"{len(statutes)} articles, {len(questions)} questions, {len(texts.sentences)} sentences")
    rule = Rule.of_model(options.out)
    if not options.keep_rule:
        folds = np.array_split(np.random.default_rng(recipe.seed).permutation(len(questions)), 4)
        chosen = range(4) if options.only_fold is None else [options.only_fold]
        meaning = np.zeros_like(words)
        for fold in chosen:
            taught = [number for number in range(len(questions)) if number not in set(folds[fold].tolist())]
            weights = learn(texts, questions, taught, wrong, recipe)
            passages = embed(weights, texts.passages.take(np.arange(len(statutes))))
            meaning[folds[fold]] = embed(weights, texts.asked.take(folds[fold])) @ passages.T
            say(f"fold {fold} learned")
        rule = fit_rule(statutes, questions, [folds[fold] for fold in chosen], words, meaning)
        print(table(statutes, questions, [folds[fold] for fold in chosen], words, meaning, rule), flush=True)
        if options.only_fold is not None:
            return
        rule = msgspec.structs.replace(rule, laws=law_priors(statutes, questions))
    weights = learn(texts, questions, range(len(questions)), wrong, recipe)
    save_model(options.out, texts.pieces, weights, rule)
    say(f"written to {options.out}")


def read_articles(path: Path) -> list[Chunk]:
    """Chunks of an articles.jsonl.gz (or .jsonl)."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        return chunks_from_rows(msgspec.json.decode(line) for line in file)


def read_questions(path: Path, statutes: Sequence[Chunk]) -> list[Question]:
    """Questions of a queries.jsonl with the rows of their right articles."""
    rows = {chunk.id: row for row, chunk in enumerate(statutes)}
    found = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    return [
        Question(id=str(one["id"]), text=one["query"], rows=tuple(rows[str(key)] for key in one["relevant"]))
        for one in found
    ]


if __name__ == "__main__":
    main()
