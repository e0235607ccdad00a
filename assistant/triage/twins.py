"""Near-duplicates: texts that share most of their runs of three characters.

A case that nearly repeats another one of a different group, or one of an evaluation set, would make held-out figures look better
than they are. Only texts that share rare runs are compared, so thousands are checked in seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_KEYS, _SHARED = 12, 4
ALIKE = 0.6  # of the shorter text's runs


def runs(text: str) -> frozenset[str]:
    """Every three characters that stand side by side."""
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def near_duplicates(texts: Sequence[str], others: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Pairs (i, j): ``texts[i]`` and a later ``texts[j]``, or ``others[j - len(texts)]``, that are nearly the same."""
    seen = [runs(text) for text in (*texts, *others)]
    counts = Counter(run for found in seen for run in found)
    holders: dict[str, list[int]] = defaultdict(list)
    for n, found in enumerate(seen):
        near: Counter[int] = Counter()
        for key in sorted(found, key=lambda run: (counts[run], run))[:_KEYS]:
            near.update(holders[key])
        for other, shared in near.items():
            least = min(len(found), len(seen[other])) or 1
            if shared >= min(_SHARED, least) and other < len(texts) and len(found & seen[other]) / least >= ALIKE:
                yield other, n
        for key in found:
            if counts[key] <= _KEYS:
                holders[key].append(n)
