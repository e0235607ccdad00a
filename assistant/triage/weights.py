"""The weights of the linear reader, whose sums are exact, so that every machine gets the same scores.

A row of the array is read as one long whole number with a lane of 32 bits for each output; adding rows adds all outputs at once.
Mapped from disk and never unpickled.
"""

import math
import mmap
from pathlib import Path

import msgspec

LANE_BYTES = 4
OFFSET = 1 << 15  # added to every weight so that no lane is ever negative
_LANE = (1 << 8 * LANE_BYTES) - 1


class WeightsCard(msgspec.Struct, frozen=True, kw_only=True):
    """How the weights are read: a weight is ``scale`` times its whole number, a feature's squared idf ``norm_scale`` times its
    own; ``bias`` is a number for each output."""

    scale: float
    norm_scale: float
    bias: tuple[float, ...]


class Weights:
    """Weights ready to read; what it keeps between texts are rows of its own weights only."""

    def __init__(self, card: WeightsCard, vocabulary: dict[str, int], rows: mmap.mmap | bytes) -> None:
        """``rows``: a row of 1 + outputs lanes for each feature, first the squared idf, then the weights times idf."""
        self.card = card
        self._vocabulary = vocabulary
        self._rows = rows
        self._row_bytes = LANE_BYTES * (1 + len(card.bias))
        self._numbers: dict[str, int] = {}

    def logits(self, found: list[str]) -> list[float]:
        """Log-odds of every output for distinct features ``found``."""
        numbers, fetch = self._numbers.get, self._fetch
        values = [value for name in found if (value := numbers(name) or fetch(name))]
        norm, *lanes = memoryview(sum(values).to_bytes(self._row_bytes, "little")).cast("I").tolist()
        card, offset = self.card, len(values) * OFFSET
        factor = card.scale / math.sqrt(norm * card.norm_scale) if norm else 0.0
        return [(lane - offset) * factor + bias for lane, bias in zip(lanes, card.bias, strict=True)]

    def gains(self, names: list[str], spans: list[tuple[int, int]], outputs: list[int]) -> list[list[int]]:
        """For each of ``outputs`` what the features ``names[start:end]`` of each of ``spans`` add to it, in whole numbers."""
        numbers, fetch = self._numbers.get, self._fetch
        rows = [numbers(name) or fetch(name) for name in names]
        sums = []
        for start, end in spans:
            values = [value for value in rows[start:end] if value]
            sums.append((sum(values), len(values) * OFFSET))
        shifts = [8 * LANE_BYTES * (1 + output) for output in outputs]
        return [[(total >> shift & _LANE) - offset for total, offset in sums] for shift in shifts]

    def _fetch(self, name: str) -> int:
        """The row of a feature as one number, kept for the next text; 0 for an unknown feature."""
        row = self._vocabulary.get(name)
        if row is None:
            return 0
        start = row * self._row_bytes
        number = int.from_bytes(self._rows[start : start + self._row_bytes], "little")
        self._numbers[name] = number
        return number


def read_weights(folder: Path, card: WeightsCard) -> Weights:
    """The weights in ``folder``: features.txt (a feature a line) and weights.bin; raises OSError, or ValueError where they disagree."""
    names = (folder / "features.txt").read_text(encoding="utf-8").split("\n")
    with (folder / "weights.bin").open("rb") as stream:
        rows = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    if len(rows) != len(names) * LANE_BYTES * (1 + len(card.bias)):
        raise ValueError("weights.bin 与 features.txt 行数不一")
    return Weights(card, {name: n for n, name in enumerate(names)}, rows)
