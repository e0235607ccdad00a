"""Texts of like length learn together, so that little is padding; the rounds in which teacher and network learn."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

_WINDOW = 20  # batches that are sorted among themselves


def batches(lengths: Sequence[int], size: int, draw: Any) -> list[list[int]]:
    """All rows once, in random batches of ``size``, a single last row with those before it; ``draw`` is a numpy generator."""
    order = draw.permutation(len(lengths)).tolist()
    made = []
    for start in range(0, len(order), size * _WINDOW):
        near = sorted(order[start : start + size * _WINDOW], key=lengths.__getitem__)
        made += [near[at : at + size] for at in range(0, len(near), size)]
    if len(made) > 1 and len(made[-1]) == 1:  # one row has no spread to learn from
        alone = made.pop()
        made[-1] += alone
    return [made[n] for n in draw.permutation(len(made))]


def by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """All rows once, shortest first."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    yield from (order[at : at + size] for at in range(0, len(order), size))


def padded(numbers: Sequence[Sequence[int]], filler: int, *, border: int = 0) -> Any:
    """[rows x longest + 2 border], ``filler`` where a row is shorter."""
    made = np.full((len(numbers), max(map(len, numbers)) + 2 * border), filler, dtype=np.int64)
    for row, own in enumerate(numbers):
        made[row, border : border + len(own)] = own
    return made


def learn_in_rounds(
    name: str,
    model: Any,
    learner: Any,
    course: Any,
    lengths: Sequence[int],
    loss_of_rows: Callable[[list[int]], Any],
    *,
    epochs: int,
    size: int,
    most: float,
    draw: Any,
) -> None:
    """Show ``model`` all rows ``epochs`` times in batches; gradients longer than ``most`` are shortened. Prints the mean loss."""
    from torch.nn.utils import clip_grad_norm_

    for epoch in range(epochs):
        model.train()
        total = 0.0
        for rows in batches(lengths, size, draw):
            learner.zero_grad()
            loss = loss_of_rows(rows)
            loss.backward()
            clip_grad_norm_(model.parameters(), most)
            learner.step()
            course.step()
            total += float(loss.detach()) * len(rows)
        print(f"{name}, epoch {epoch + 1} of {epochs}: loss {total / len(lengths):.3f}", flush=True)
    model.eval()
