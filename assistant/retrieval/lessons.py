"""What the sentence embedding learns from: pairs of a question and a passage that answers it.

Four kinds. Lay questions with their articles (the statutes' queries). Questions and incidents of this project with
their articles and items. A sentence of an article with the rest of that article, a pseudo-question that any law
gives for nothing. A clause that cites an article with the article cited, the wording of one law about another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.corpus.numerals import to_int
from assistant.paths import corpus_dir
from assistant.retrieval.chunks import Chunk
from assistant.retrieval.static import distinct
from assistant.stored import read_yaml

_SENTENCE = re.compile(r"[。；\n]")
_CLAUSE = re.compile(r"[。；\n，,：]")
_NUMBER = "第([零〇一二三四五六七八九十百千]+)条"
_CITED = re.compile(rf"(?:《([^》]+)》|本(?:法|条例|办法|规定|解释|细则|规则)){_NUMBER}")
_ARTICLE = re.compile(rf"{_NUMBER}$")
_SENTENCES = 2  # of an article, at most


@dataclass(frozen=True, slots=True)
class Ragged:
    """Texts as numbers of pieces, end to end: text ``i`` is ``flat[starts[i]:starts[i + 1]]``."""

    flat: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> "Ragged":
        """From lists of numbers."""
        lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
        flat = np.fromiter((number for text in texts for number in text), dtype=np.int64, count=int(lengths.sum()))
        return cls(flat, np.concatenate([[0], np.cumsum(lengths)]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: NDArray[np.int64]) -> "Ragged":
        """The texts of ``rows``, in that order."""
        lengths = (self.starts[1:] - self.starts[:-1])[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Ragged(self.flat[places], starts)

    def thinned(self, share: float, rng: np.random.Generator) -> "Ragged":
        """The same texts with ``share`` of their pieces left out by chance."""
        kept = rng.random(len(self.flat)) >= share
        return Ragged(self.flat[kept], np.concatenate([[0], np.cumsum(kept)])[self.starts])


def joined(*parts: Ragged) -> Ragged:
    """The texts of all ``parts``, one after the other."""
    starts = [part.starts[1:] + offset for part, offset in zip(parts, _offsets(parts), strict=True)]
    return Ragged(np.concatenate([part.flat for part in parts]), np.concatenate([[0], *starts]))


def _offsets(parts: Sequence[Ragged]) -> list[int]:
    return [0, *np.cumsum([len(part.flat) for part in parts])[:-1].tolist()]


def project_pairs(chunks: Sequence[Chunk]) -> list[tuple[str, int]]:
    """This project's questions and incidents, each with the row in ``chunks`` of a place that answers it."""
    rows = {chunk.id: row for row, chunk in enumerate(chunks)}
    pairs: list[tuple[str, str]] = []
    for path in sorted((corpus_dir() / "exemplars").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            one: dict[str, Any] = msgspec.json.decode(line)
            pairs += [(one["text"], ref) for ref in (*one["provisions"], *one["mitigating"], *one["aggravating"])]
    for path in sorted((corpus_dir() / "xushui-2020" / "answers").glob("*.yaml")):
        for topic in read_yaml(path, dict[str, Any]).get("topics", ()):
            refs = [str(ref) for ref in topic.get("refs", ())][:3]
            pairs += [(ask.strip(), ref) for ask in topic["ask"].split("/") for ref in refs if ask.strip()]
    return [(text, rows[ref]) for text, ref in pairs if ref in rows]


def sentence_pairs(chunks: Sequence[Chunk], rng: np.random.Generator) -> list[tuple[str, str, int]]:
    """(sentence, rest of the article, row) of articles with two sentences or, failing that, two clauses."""
    found = []
    for row, chunk in enumerate(chunks):
        parts = [part for part in _SENTENCE.split(chunk.text) if len(part) >= 8]
        if len(parts) < 2:
            parts = [part for part in _CLAUSE.split(chunk.text) if len(part) >= 6]
        if len(parts) >= 2:
            for place in rng.permutation(len(parts))[:_SENTENCES].tolist():
                found.append((parts[place], "，".join(parts[:place] + parts[place + 1 :]), row))
    return found


def citing_pairs(chunks: Sequence[Chunk]) -> list[tuple[str, int]]:
    """(clause without the citation, row of the article that it cites)."""
    rows: dict[tuple[str, int], int] = {}
    for row, chunk in enumerate(chunks):
        number = _ARTICLE.search(chunk.label)
        if number:
            rows[_short(chunk.title), to_int(number[1])] = row
    found = []
    for row, chunk in enumerate(chunks):
        for sentence in _SENTENCE.split(chunk.text):
            for cited in _CITED.finditer(sentence):
                target = rows.get((_short(cited[1] or chunk.title), _number(cited[2])))
                rest = sentence[: cited.start()] + sentence[cited.end() :]
                if target not in {None, row} and len(distinct(rest)) > 12:
                    found.append((rest, int(target or 0)))
    return found


def _short(title: str) -> str:
    return title.replace("中华人民共和国", "")


def _number(text: str) -> int:
    try:
        return to_int(text)
    except ValueError:
        return 0
