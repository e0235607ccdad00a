"""Every row once; like lengths together; padding as asked."""

import numpy as np
import pytest

from assistant.teaching.batches import batches, by_length, padded


@pytest.mark.parametrize(("count", "size"), [(1, 4), (7, 3), (100, 8), (61, 3), (5, 2), (97, 96)])
def test_every_row_once(count: int, size: int) -> None:
    lengths = [n * 7 % 13 + 1 for n in range(count)]
    for made in (batches(lengths, size, np.random.default_rng(0)), list(by_length(lengths, size))):
        assert sorted(row for batch in made for row in batch) == list(range(count))
        assert all(1 <= len(batch) <= size + 1 for batch in made)


@pytest.mark.parametrize(("count", "size"), [(7, 3), (61, 3), (97, 96), (1921, 96)])
def test_no_row_learns_alone(count: int, size: int) -> None:
    made = batches([1] * count, size, np.random.default_rng(0))
    assert sorted({len(batch) for batch in made})[0] > 1
    assert [len(batch) for batch in made].count(size + 1) == 1


def test_shortest_first() -> None:
    assert list(by_length([5, 1, 3], 2)) == [[1, 2], [0]]


def test_padded() -> None:
    assert padded([[1, 2], [3]], -1, border=1).tolist() == [[-1, 1, 2, -1], [-1, 3, -1, -1]]
