"""Learn to tell a telling from an asking: ``python -m assistant.chat.learn``.

Tellings are the exemplars, whole and sentence by sentence (officers tell a case in pieces); askings are the known ways of
asking, what lies outside, and small talk. Same data and versions give the same bytes.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.chat.telling import Card, Telling, asks, grams
from assistant.explain.questions.table import load_table
from assistant.explain.questions.talk import load_talk
from assistant.paths import corpus_dir
from assistant.triage.exemplars import read_exemplars

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE = re.compile(r"[^，,、。！？!?；;：:\n]+")
#: A known way of asking longer than this without the form of a question might as well be told.
_KEYWORDS = 8
_LEAST = 2
_SLIGHT = 0.05  # a weight below this is left out


def tellings() -> list[str]:
    """Incidents, their sentences, and the clauses that begin them."""
    rows, _ = read_exemplars(corpus_dir() / "exemplars")
    found = []
    for row in rows:
        found += [
            row.text,
            *[part for part in _CLAUSE.findall(row.text)[:2] if 5 <= len(part) <= 30 and not asks(part)],
        ]
        parts = [part.strip() for part in _SENTENCE.findall(row.text)]
        if len(parts) > 1:
            found += [part for part in parts if 6 <= len(part) <= 60 and not asks(part)]
    return list(dict.fromkeys(found))


def askings() -> list[str]:
    """Questions on the text, on other matters, and small talk."""
    table, talk = load_table(), load_talk()
    ways = [way for topic in table.topics.values() for way in topic.ways]
    ways = [way for way in ways if asks(way) or len(way) <= _KEYWORDS]
    # what lies outside tells no conduct, and commands are no tellings, whatever their form
    ways += [way for outside in table.outside for way in (*outside.ways, *outside.words)]
    ways += [way for group in (*talk.small_talk, *talk.improper) for way in group.ways]
    return list(dict.fromkeys([*ways, *(way + mark for way in ways for mark in ("？", "啊") if len(way) > 5)]))


def main() -> None:
    """Learn, measure by halves, write the model folder."""
    told, asked = tellings(), askings()
    texts = [*told, *asked]
    labels = np.array([1] * len(told) + [0] * len(asked))
    order = np.random.default_rng(2020).permutation(len(texts))
    test, train = order[: len(order) // 5], order[len(order) // 5 :]
    part = fit([texts[i] for i in train], labels[train])
    wrong = [texts[i] for i in test if (part.score(texts[i]) > 0.5) != bool(labels[i])]
    print(json.dumps({"held out": len(test), "wrong": len(wrong), "such as": wrong[:12]}, ensure_ascii=False, indent=1))
    write(corpus_dir() / "models" / "telling", fit(texts, labels))


def fit(texts: list[str], labels: Any) -> Telling:
    """The model of ``texts`` as it is kept: weights in whole numbers, without those that hardly count; ``labels`` are 1 for a telling."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = [sorted(grams(text)) for text in texts]
    counts = Counter(name for names in seen for name in names)
    names = sorted(name for name, count in counts.items() if count >= _LEAST)
    column = {name: n for n, name in enumerate(names)}
    rows = [[column[name] for name in found if name in column] for found in seen]
    data = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1))) for row in rows])
    places = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    ends = np.cumsum([0, *(len(row) for row in rows)])
    model = LogisticRegression(C=8.0, class_weight="balanced", max_iter=400)
    model.fit(csr_matrix((data, places, ends), shape=(len(rows), len(names))), labels)
    learned = zip(names, model.coef_[0].tolist(), strict=True)
    kept = {name: weight for name, weight in learned if abs(weight) >= _SLIGHT}
    scale = max(map(abs, kept.values())) / 32767
    told = int(sum(labels))
    bias = round(float(model.intercept_[0]), 6)
    card = Card(bias=bias, scale=scale, tellings=told, askings=len(texts) - told, note="逻辑回归，字一二三元组")
    return Telling(card, {name: round(weight / scale) for name, weight in kept.items()})


def write(folder: Path, model: Telling) -> None:
    """Write ``model`` as `read_telling` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "weights.npy", np.array(list(model.weights.values()), dtype=np.int16))
    (folder / "vocabulary.txt").write_text("\n".join(model.weights), encoding="utf-8")
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(model.card), indent=1) + b"\n")


if __name__ == "__main__":
    main()
