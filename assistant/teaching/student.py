"""The small network while it learns: imitates the teacher on exemplars and spoilt texts, and learns the exemplars' labels besides.

The same layers as `assistant.triage.network.forward`, in fractions; `rounding` makes the whole numbers of it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.teaching.batches import learn_in_rounds, padded
from assistant.teaching.truth import Truth, loss_of
from assistant.triage.learned import VERDICTS
from assistant.triage.network.pieces import UNKNOWN, Pieces

if TYPE_CHECKING:
    from torch import nn

    Module = nn.Module

WIDTH, HIDDEN = 192, 256
OWN = 64  # numbers of a piece's vector that are learned here, beside those the encoder brings
_BLANK = 0.1  # share of pieces shown as unknown while learning
_LONGEST = 256  # pieces of a text that are learned from
_FAR = 8.0  # log-odds beyond count as this


def learn(
    pieces: Pieces,
    vectors: Any,
    texts: Sequence[str],
    teacher: Any,
    truth: Truth,
    *,
    epochs: int,
    seed: int,
    size: int = 96,
    rate: float = 1.5e-3,
) -> "Module":
    """The fitted network. ``teacher`` [texts x outputs] holds log-odds of all ``texts``, ``truth`` the labels of the first of them;
    ``vectors`` [pieces x numbers] are the encoder's."""
    import torch

    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    network = _network(vectors, outputs=teacher.shape[1])
    numbers = pieces_of(pieces, texts)
    labelled = len(truth.verdict)
    learner = torch.optim.AdamW([p for p in network.parameters() if p.requires_grad], lr=rate, weight_decay=0.02)
    steps = epochs * -(-len(texts) // size)
    course = torch.optim.lr_scheduler.OneCycleLR(learner, rate, total_steps=steps + epochs, pct_start=0.1)

    def loss_of_rows(rows: list[int]) -> Any:
        kept = [draw.random(len(numbers[row])) > _BLANK for row in rows]
        shown = [np.where(keep, numbers[row], UNKNOWN).tolist() for keep, row in zip(kept, rows, strict=True)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(torch.tensor(padded(shown, -1, border=2))).float()
        loss = _imitation(logits, torch.as_tensor(teacher[rows]))
        known = [n for n, row in enumerate(rows) if row < labelled]
        return loss + 0.3 * loss_of(logits[known], truth.rows([rows[n] for n in known])) if known else loss

    learn_in_rounds(
        "network",
        network,
        learner,
        course,
        [len(n) for n in numbers],
        loss_of_rows,
        epochs=epochs,
        size=size,
        most=2.0,
        draw=draw,
    )
    return network


def pieces_of(pieces: Pieces, texts: Sequence[str]) -> list[list[int]]:
    """Numbers of the pieces of each text as the network learns them: no more than `_LONGEST`, at least one."""
    return [pieces.cut(text)[:_LONGEST] or [UNKNOWN] for text in texts]


def _imitation(logits: Any, teacher: Any) -> Any:
    """How far from the teacher's shares, and from its log-odds, so that the order among unlikely labels is learned too."""
    import torch
    from torch.nn import functional

    told = len(VERDICTS)
    shares = -(torch.softmax(teacher[:, :told], 1) * torch.log_softmax(logits[:, :told], 1)).sum(1)
    others = functional.binary_cross_entropy_with_logits(
        logits[:, told:], torch.sigmoid(teacher[:, told:]), reduction="none"
    ).sum(1)
    apart = (logits - teacher.clamp(-_FAR, _FAR)).square().mean(1)
    return (shares + others + 0.3 * apart).mean()


def _network(vectors: Any, *, outputs: int) -> "Module":
    import torch
    from torch import nn
    from torch.nn import functional

    class Small(nn.Module):
        """The layers of the forward module; ``numbers`` are padded by -1."""

        def __init__(self) -> None:
            super().__init__()
            scaled = torch.tensor((vectors - vectors.mean(axis=0)) / vectors.std(), dtype=torch.float32)
            self.brought = nn.Buffer(scaled)
            self.own = nn.Embedding(len(vectors), OWN)
            nn.init.normal_(self.own.weight, std=0.1)
            self.first = nn.Conv1d(scaled.shape[1] + OWN, WIDTH, 3, padding=1)
            self.second = nn.Conv1d(WIDTH, WIDTH, 3, padding=1)
            self.third = nn.Conv1d(WIDTH, WIDTH, 3, padding=2, dilation=2)
            self.norm = nn.BatchNorm1d(4 * WIDTH)
            self.hidden = nn.Linear(4 * WIDTH, HIDDEN)
            self.last = nn.Linear(HIDDEN, outputs)

        def layers(self, numbers: Any) -> tuple[Any, ...]:
            """Values of the three layers [rows x width x places] and their pooled values [rows x 4 width]."""
            mask = (numbers >= 0).unsqueeze(1)
            known = numbers.clamp(min=0)
            seen = torch.cat([self.brought[known], self.own(known)], 2).transpose(1, 2) * mask
            one = functional.relu(self.first(functional.dropout(seen, 0.1, self.training))) * mask
            two = (functional.relu(self.second(one)) + one) * mask
            three = (functional.relu(self.third(two)) + two) * mask
            mean = three.sum(2) / mask.sum(2)
            return one, two, three, torch.cat([one.amax(2), two.amax(2), three.amax(2), mean], 1)

        def forward(self, numbers: Any) -> Any:
            pooled = functional.dropout(self.norm(self.layers(numbers)[-1]), 0.3, self.training)
            return self.last(functional.dropout(functional.relu(self.hidden(pooled)), 0.2, self.training))

    return Small()
