"""Two versions of a regulation, article by article: same, changed, moved, added, gone, with the words that differ.

Articles are paired by their words first (a renumbered article is the same article), then by their number.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.model import Article
from assistant.corpus.naming import article_label
from assistant.corpus.regulation import Regulation

_ALIKE = 0.6
Kind = Literal["same", "changed", "moved", "added", "gone"]
_NAMES: dict[Kind, str] = {"same": "未变", "changed": "修改", "moved": "移动", "added": "新增", "gone": "删去"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one article. ``old`` and ``new`` are labels, empty where there is none; ``words`` marks the difference
    as 「[-删去的-]」 and 「{+新增的+}」."""

    kind: Kind
    old: str
    new: str
    words: str

    @property
    def name(self) -> str:
        """The kind in Chinese."""
        return _NAMES[self.kind]


def compare(old: Regulation, new: Regulation) -> list[Change]:
    """Every article of both, in the order of the new one, those that are gone after the last."""
    pairs = _pair(old.articles, new.articles)
    found = []
    for n, article in enumerate(new.articles):
        before = pairs.get(n)
        label = article_label(article.number, article.sub)
        if before is None:
            found.append(Change(kind="added", old="", new=label, words=article.text))
            continue
        was = article_label(before.number, before.sub)
        kind: Kind = "same" if before.text == article.text else "changed"
        if was != label and kind == "same":
            kind = "moved"
        words = "" if before.text == article.text else mark(before.text, article.text)
        found.append(Change(kind=kind, old=was, new=label, words=words))
    kept = {id(article) for article in pairs.values()}
    found += [
        Change(kind="gone", old=article_label(a.number, a.sub), new="", words=a.text)
        for a in old.articles
        if id(a) not in kept
    ]
    return found


def _pair(old: tuple[Article, ...], new: tuple[Article, ...]) -> dict[int, Article]:
    """Index in ``new`` -> article of ``old``: equal words first, then the likest above a floor, the same number preferred."""
    free = list(old)
    pairs: dict[int, Article] = {}
    for n, article in enumerate(new):
        equal = next((a for a in free if a.text == article.text), None)
        if equal is not None:
            pairs[n] = equal
            free.remove(equal)
    for n, article in enumerate(new):
        if n in pairs or not free:
            continue
        scored = [(_alike(a, article) + 0.05 * (a.number == article.number), a) for a in free]
        score, best = max(scored, key=lambda pair: pair[0])
        if score >= _ALIKE:
            pairs[n] = best
            free.remove(best)
    return pairs


def _alike(one: Article, other: Article) -> float:
    matcher = difflib.SequenceMatcher(None, one.text, other.text, autojunk=False)
    return (
        matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE - 0.1 and matcher.quick_ratio() >= _ALIKE - 0.1 else 0.0
    )


def mark(old: str, new: str) -> str:
    """The words of both with the difference marked."""
    return "".join(_marked(old, new))


def _marked(old: str, new: str) -> Iterator[str]:
    for step, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield old[a:b]
            continue
        if a < b:
            yield f"[-{old[a:b]}-]"
        if c < d:
            yield f"{{+{new[c:d]}+}}"
