"""The last evaluation that was kept (evals/figures.json): its figures, when it was run, and on which rules and weights."""

import hashlib
from pathlib import Path

import msgspec

from assistant.paths import corpus_dir


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure: a share between 0 and 1, and of how many, ``58/62``, empty where it is no simple share."""

    title: str
    value: float
    count: str = ""


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """``date`` is ISO; ``rules`` is the rule pack's version; ``learned`` is the hash of the learned reader's report."""

    date: str
    rules: str
    learned: str
    figures: tuple[Figure, ...]


def kept_at() -> Path:
    """Where the figures are kept, in a checkout."""
    return corpus_dir().parent / "evals" / "figures.json"


def last_evaluation() -> Evaluation | None:
    """The figures that are kept; None where there are none, as in an installed wheel."""
    try:
        return msgspec.json.decode(kept_at().read_bytes(), type=Evaluation)
    except (OSError, msgspec.DecodeError):
        return None


def keep(evaluation: Evaluation) -> None:
    """Write the figures where ``last_evaluation`` finds them."""
    kept_at().write_bytes(msgspec.json.format(msgspec.json.encode(evaluation), indent=1) + b"\n")


def learned_hash(regulation: str) -> str:
    """The sha256 of the report that came with the weights: another training, another hash."""
    return hashlib.sha256((corpus_dir() / "models" / "triage" / regulation / "report.json").read_bytes()).hexdigest()
