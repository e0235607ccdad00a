"""Learn to tell a telling from an asking: ``python -m assistant.chat.learn``.

Tellings are the exemplars, whole and sentence by sentence (officers tell a case in pieces); askings are the known ways of
asking, what lies outside, and small talk. Same data and versions give the same bytes.
"""

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.chat.telling import Card, asks, grams
from assistant.explain.questions.table import load_table
from assistant.explain.questions.talk import load_talk
from assistant.paths import corpus_dir
from assistant.triage.exemplars import read_exemplars

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE = re.compile(r"[^，,、。！？!?；;：:\n]+")
#: A known way of asking longer than this without the form of a question might as well be told.
_KEYWORDS = 8
_LEAST = 2


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
    weights, bias = _fit([texts[i] for i in train], labels[train])
    wrong = [texts[i] for i in test if (_score(weights, bias, texts[i]) > 0) != bool(labels[i])]
    print(json.dumps({"held out": len(test), "wrong": len(wrong), "such as": wrong[:12]}, ensure_ascii=False, indent=1))
    weights, bias = _fit(texts, labels)
    _write(corpus_dir() / "models" / "telling", weights, bias, len(told), len(asked))


def _fit(texts: list[str], labels: Any) -> tuple[dict[str, float], float]:
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
    return dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def _score(weights: dict[str, float], bias: float, text: str) -> float:
    found = [weights[name] for name in grams(text) if name in weights]
    return bias + sum(found) / math.sqrt(max(len(found), 1))


def _write(folder: Path, weights: dict[str, float], bias: float, told: int, asked: int) -> None:
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= 0.05}
    scale = max(abs(weight) for weight in kept.values()) / 32767
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "weights.npy", np.array([round(w / scale) for w in kept.values()], dtype=np.int16))
    (folder / "vocabulary.txt").write_text("\n".join(kept), encoding="utf-8")
    card = Card(bias=round(bias, 6), scale=scale, tellings=told, askings=asked, note="逻辑回归，字一二三元组")
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")


if __name__ == "__main__":
    main()
