"""The exemplars' labels as numbers, and what a wrong reading of them costs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from assistant.triage.exemplars import Exemplar
from assistant.triage.learned import VERDICTS

POSITIVE_WEIGHT = 3.0
_SMOOTHING = 0.05


class Truth(NamedTuple):
    """verdict [rows], labels [rows x others] of 0 and 1, weight of each [rows x others]: 0 where a row tolerates the label."""

    verdict: Any
    labels: Any
    weight: Any

    def rows(self, rows: Sequence[int]) -> "Truth":
        """Those of ``rows``."""
        return Truth(self.verdict[rows], self.labels[rows], self.weight[rows])


def truth_of(rows: Sequence[Exemplar], outputs: Sequence[str]) -> Truth:
    """The labels of ``rows``; ``outputs`` begin with the verdicts."""
    others = outputs[len(VERDICTS) :]
    labels = np.array([[label in row.labels for label in others] for row in rows], dtype=np.float32)
    known = np.array([[label not in row.tolerated or label in row.labels for label in others] for row in rows])
    verdict = np.array([VERDICTS.index(row.verdict) for row in rows])
    return Truth(verdict, labels, known * (1 + (POSITIVE_WEIGHT - 1) * labels))


def loss_of(logits: Any, truth: Truth) -> Any:
    """Cross-entropy of the verdict and of every label, mean over the rows."""
    import torch
    from torch.nn import functional

    verdict, labels, weight = (torch.as_tensor(x) for x in truth)
    told = functional.cross_entropy(logits[:, : len(VERDICTS)], verdict, label_smoothing=_SMOOTHING)
    each = functional.binary_cross_entropy_with_logits(
        logits[:, len(VERDICTS) :], labels, weight=weight.float(), reduction="sum"
    )
    return told + each / len(verdict)
