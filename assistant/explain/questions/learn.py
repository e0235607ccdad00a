"""Learn which topic a question asks for: ``python -m assistant.explain.questions.learn`` (after changing the answers).

Linear support vectors over the features of `match`, from the known ways of asking alone. Same answers and versions give
the same bytes. Prints what held-out ways of asking get.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from assistant.explain.questions.learned import Card
from assistant.explain.questions.match import Matcher
from assistant.explain.questions.table import OUTSIDE, Table, load_table
from assistant.explain.questions.talk import load_talk
from assistant.paths import corpus_dir

_STRENGTH = 1.0
_FOLDS = 5
_SMALLEST = 1e-3


class _Model(NamedTuple):
    vocabulary: dict[str, int]
    idf: Any
    classes: list[str]
    weights: Any
    bias: Any


def main() -> None:
    """Learn, measure by folds, write the model folder."""
    table = load_table()
    ways = [(topic.id, way) for topic in table.topics.values() for way in topic.ways]
    ways += [(OUTSIDE, way) for outside in table.outside for way in outside.ways]
    talk = load_talk()
    ways += [(OUTSIDE, way) for saying in (*talk.small_talk, *talk.improper) for way in saying.ways]
    matcher = Matcher(ways, table.words)
    bags, labels = [matcher.features(way) for _, way in ways], [label for label, _ in ways]
    print(json.dumps(_measure(bags, labels, table), ensure_ascii=False))
    _write(_fit(bags, labels), table, len(ways))


def _fit(bags: Sequence[Mapping[str, float]], labels: Sequence[str]) -> _Model:
    from sklearn.svm import LinearSVC

    counts = Counter(name for bag in bags for name in bag)
    vocabulary = {name: row for row, name in enumerate(sorted(counts))}
    idf = np.array([math.log(1 + len(bags) / counts[name]) for name in vocabulary])
    model = LinearSVC(C=_STRENGTH, random_state=2020, max_iter=5000)
    model.fit(_matrix(bags, vocabulary, idf), labels)
    return _Model(vocabulary, idf, [str(name) for name in model.classes_], model.coef_.T, model.intercept_)


def _matrix(bags: Sequence[Mapping[str, float]], vocabulary: Mapping[str, int], idf: Any) -> Any:
    from scipy.sparse import csr_matrix

    data: list[float] = []
    places: list[int] = []
    ends = [0]
    for bag in bags:
        known = sorted((vocabulary[name], weight) for name, weight in bag.items() if name in vocabulary)
        values = [weight * float(idf[row]) for row, weight in known]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        places += [row for row, _ in known]
        data += [value / length for value in values]
        ends.append(len(places))
    return csr_matrix((data, places, ends), shape=(len(bags), len(vocabulary)))


def _measure(bags: list[dict[str, float]], labels: list[str], table: Table) -> dict[str, float]:
    """Of held-out ways: topics whose article is right, topics taken as covered, outside ways declined."""
    order = np.random.default_rng(2020).permutation(len(bags))
    right = covered = declined = inside = outside = 0
    for fold in range(_FOLDS):
        test = order[fold::_FOLDS]
        train = np.setdiff1d(order, test)
        model = _fit([bags[i] for i in train], [labels[i] for i in train])
        margins = _matrix([bags[i] for i in test], model.vocabulary, model.idf) @ model.weights + model.bias
        for row, i in zip(margins, test, strict=True):
            guess = model.classes[int(row.argmax())]
            if labels[i] == OUTSIDE:
                outside, declined = outside + 1, declined + (guess == OUTSIDE)
                continue
            inside, covered = inside + 1, covered + (guess != OUTSIDE)
            right += guess != OUTSIDE and _article(guess, table) == _article(labels[i], table)
    return {
        "article right": round(right / inside, 3),
        "covered": round(covered / inside, 3),
        "declined": round(declined / outside, 3),
    }


def _article(topic: str, table: Table) -> str:
    return table.topics[topic].refs[0].split(".")[0].split("#")[0]


def _write(model: _Model, table: Table, ways: int) -> None:
    kept = np.flatnonzero(np.abs(model.weights).max(axis=1) > _SMALLEST)
    weights = model.weights[kept]
    scale = np.abs(weights).max(axis=0) / 127
    folder = corpus_dir() / "models" / "questions" / table.regulation.id
    folder.mkdir(parents=True, exist_ok=True)
    names = list(model.vocabulary)
    np.save(folder / "weights.npy", np.round(weights / scale).astype(np.int8))
    np.save(folder / "idf.npy", model.idf[kept].astype(np.float32))
    (folder / "vocabulary.txt").write_text("\n".join(names[row] for row in kept), encoding="utf-8")
    card = Card(
        topics=tuple(model.classes),
        bias=tuple(round(float(b), 6) for b in model.bias),
        scale=tuple(float(s) for s in scale),
        data_sha256=table.sha256,
        ways=ways,
        note="线性支持向量，字、二元组与同义词特征",
    )
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")


if __name__ == "__main__":
    main()
