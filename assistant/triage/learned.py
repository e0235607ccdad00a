"""The learned reader: scores of verdicts, items and factors as a function of the text alone.

Two readers side by side: a linear one over the features of `features`, and a small network (`network`). Their log-odds are mixed; verdict and
items are then read from both in a second, small step. All weights are plain arrays in ``corpus/models/triage``, made by ``make train`` and
``make train-network``.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

import msgspec

from assistant.errors import Unavailable
from assistant.paths import corpus_dir
from assistant.stored import DAMAGE
from assistant.triage.assertion import Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit
from assistant.triage.exemplars import Exemplar
from assistant.triage.features import features, pairs
from assistant.triage.network.forward import Network, read_network
from assistant.triage.result import Verdict
from assistant.triage.weights import Weights, WeightsCard, read_weights

_LEAST = 1e-5
_FAR = 14.0
_EASING = ("11.1", "11.3")  # what speaks for these is not the conduct itself
_FEWEST = 10  # rows that a label needs to be learned


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """How the weights were made and how they are read; stored beside them as JSON.

    ``outputs`` names the columns: four verdicts, then item and factor ids. The network counts for ``share`` of the mixed log-odds.
    The verdict is read from `signs` by ``verdict_weights`` (a row a verdict) and ``verdict_bias``; a fault only with a share of at
    least ``fault_floor``: where it is the likeliest and has less, too little is told. A conduct item is read from `item_signs` by
    ``item_weights`` and ``item_bias``.
    An item or factor is ``sure`` at or above its threshold and ``maybe`` at or above ``maybe``.
    """

    outputs: tuple[str, ...]
    linear: WeightsCard
    share: float
    item_weights: tuple[float, float, float, float]
    item_bias: float
    verdict_weights: tuple[tuple[float, ...], ...]
    verdict_bias: tuple[float, ...]
    sure: dict[str, float]
    maybe: float
    fault_floor: float
    cases: int
    data_sha256: str
    note: str


class Reading(NamedTuple):
    """What the learner proposes for one text; ``clauses`` gives, where a fault is told, the clause that carries each proposed item."""

    verdict: Verdict
    verdicts: dict[str, float]
    scores: dict[str, float]
    sure: frozenset[str]
    maybe: frozenset[str]
    clauses: dict[str, tuple[int, int]]


VERDICTS: tuple[Verdict, ...] = ("fault", "no_fault", "insufficient", "out_of_scope")


def outputs_of(rows: Iterable[Exemplar]) -> tuple[str, ...]:
    """What a reader taught by ``rows`` tells: the verdicts, then every item and factor that enough rows are labelled with."""
    counts = Counter(label for row in rows for label in row.labels)
    learned = (label for label, count in counts.items() if count >= _FEWEST)
    return (*VERDICTS, *sorted(learned, key=lambda label: tuple(map(int, label.split(".")))))


class Reader:
    """Both readers of one regulation, ready to read."""

    def __init__(self, card: Card, weights: Weights, network: Network) -> None:
        self.card = card
        self._weights = weights
        self._network = network
        self._names = card.outputs[len(VERDICTS) :]

    def read(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...], hits: list[Hit]) -> Reading:
        """Scores for ``text`` and what they propose."""
        linear = self._weights.logits(features(text, clauses, laid, hits))
        network = self._network.logits(text)
        logits = mixed(linear, network, self.card.share)
        verdicts = self._verdicts(len(text), linear, network, logits)
        scores = self._scores(logits, verdicts[0])
        verdict = verdict_of(verdicts, self.card.fault_floor)
        sure: set[str] = set()
        if verdict == "fault":
            sure = {name for name, score in scores.items() if score >= self.card.sure[name]}
            if not any(name[0] in "6789" for name in sure):
                sure.add(max((name for name in scores if name[0] in "6789"), key=scores.__getitem__))
        maybe = {name for name, score in scores.items() if score >= self.card.maybe} - sure
        return Reading(
            verdict=verdict,
            verdicts=dict(zip(VERDICTS, verdicts, strict=True)),
            scores=scores,
            sure=frozenset(sure),
            maybe=frozenset(maybe),
            clauses=self._carriers(text, clauses, sure | maybe) if sure else {},
        )

    def _scores(self, logits: list[float], fault: float) -> dict[str, float]:
        own, lead, lag, told = self.card.item_weights
        read = {
            name: self.card.item_bias + own * seen[0] + lead * seen[1] + lag * seen[2] + told * seen[3]
            for name, seen in item_signs(logits, fault, self.card.outputs).items()
        }
        told_of = zip(self._names, logits[len(VERDICTS) :], strict=True)
        return {name: _sigmoid(read.get(name, logit)) for name, logit in told_of}

    def _verdicts(self, length: int, linear: list[float], network: list[float], logits: list[float]) -> list[float]:
        seen = signs(length, linear, network, logits, self.card.outputs)
        rows = zip(self.card.verdict_weights, self.card.verdict_bias, strict=True)
        return softmax([bias + sum(map(mul, row, seen)) for row, bias in rows])

    def _carriers(self, text: str, clauses: tuple[Clause, ...], names: set[str]) -> dict[str, tuple[int, int]]:
        """For each proposed item or factor the clause whose pairs of characters add most to its score; an item's less what they add
        to an `_EASING` factor."""
        whole = (0, len(text))
        if not names or len(clauses) < 2:
            return dict.fromkeys(names, (clauses[0].start, clauses[0].end) if clauses else whole)
        spans = [(clause.start, clause.end - 1) for clause in clauses]
        order = sorted(names)
        gains = self._weights.gains(pairs(text), spans, [self.card.outputs.index(name) for name in (*order, *_EASING)])
        easing = [max(0, *gain) for gain in zip(*gains[len(order) :], strict=True)]
        found = {}
        for name, gain in zip(order, gains, strict=False):
            own = [g - e for g, e in zip(gain, easing, strict=True)] if name[0] in "6789" else gain
            clause = clauses[own.index(max(own))]
            found[name] = (clause.start, clause.end)
        return found


def verdict_of(shares: Sequence[float], floor: float) -> Verdict:
    """The likeliest verdict by the ``shares`` of the four; a fault that has less than ``floor`` is too little told."""
    likeliest = VERDICTS[max(range(len(VERDICTS)), key=shares.__getitem__)]
    return "insufficient" if likeliest == "fault" and shares[0] < floor else likeliest


def mixed(linear: Sequence[float], network: Sequence[float], share: float) -> list[float]:
    """The log-odds of both readers as one; the network counts for ``share``."""
    return [(1 - share) * one + share * other for one, other in zip(linear, network, strict=True)]


def signs(
    length: int, linear: Sequence[float], network: Sequence[float], logits: Sequence[float], outputs: tuple[str, ...]
) -> list[float]:
    """What the verdict is read from: how long the text is, the log-odds of the four verdicts by each reader, the three likeliest
    conduct items by the mixed ``logits`` and the likeliest by each reader."""
    return [
        math.log(max(1, length)),
        *_odds(linear),
        *_odds(network),
        *_likeliest(logits, outputs, 3),
        *_likeliest(linear, outputs, 1),
        *_likeliest(network, outputs, 1),
    ]


def _odds(logits: Sequence[float]) -> list[float]:
    shares = (min(max(share, _LEAST), 1 - _LEAST) for share in softmax(logits[: len(VERDICTS)]))
    return [math.log(share / (1 - share)) for share in shares]


def _likeliest(logits: Sequence[float], outputs: tuple[str, ...], count: int) -> list[float]:
    items = sorted((x for x, name in zip(logits, outputs, strict=True) if name[0] in "6789"), reverse=True)
    return [min(max(item, -_FAR), _FAR) for item in items[:count]]


def item_signs(
    logits: Sequence[float], fault: float, outputs: tuple[str, ...]
) -> dict[str, tuple[float, float, float, float]]:
    """What each conduct item is read from: its own log-odds, its lead over the likeliest other item (and that again where it
    lags), and the log-odds of a fault, whose share is ``fault``."""
    items = {name: logit for logit, name in zip(logits, outputs, strict=True) if name[0] in "6789"}
    first, second = sorted(items.values(), reverse=True)[:2]
    share = min(max(fault, _LEAST), 1 - _LEAST)
    told = math.log(share / (1 - share))
    leads = {name: own - (second if own == first else first) for name, own in items.items()}
    return {name: (own, leads[name], min(leads[name], 0.0), told) for name, own in items.items()}


def softmax(logits: Sequence[float]) -> list[float]:
    """Shares that sum to one."""
    top = max(logits)
    powers = [math.exp(value - top) for value in logits]
    total = sum(powers)
    return [power / total for power in powers]


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit)) if logit > -700 else 0.0


@cache
def load_reader(regulation: str) -> Reader:
    """The weights learned for ``regulation``; raises Unavailable when they are missing or damaged."""
    return read_reader(corpus_dir() / "models" / "triage" / regulation)


def read_reader(folder: Path) -> Reader:
    """What is in ``folder``: card.json, the linear weights and the network's folder; raises Unavailable when missing or damaged."""
    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
        network = read_network(folder / "network")
        if not len(card.outputs) == len(card.linear.bias) == network.outputs:
            raise ValueError("card.json、线性权重与网络的输出不一样多")
        return Reader(card, read_weights(folder, card.linear), network)
    except DAMAGE as error:
        raise Unavailable(f"研判权重 {folder.name} 缺失或损坏（{error}）：请运行 make train 重做") from None
