"""How each item of the conduct and factor articles stands: rule, exemplars, evals, and how well it was read of authors held out.

The figures are cross-validated by author: neither reader saw these authors, and the last step and the thresholds with which one of them
is read were chosen on the others (`calibrate`). A catch-all item is left to a person: it has no cues, is not learned and not measured.
"""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import msgspec

from assistant.errors import Unavailable
from assistant.triage.exemplars import Exemplar
from assistant.triage.rules import RulePack


class Standing(NamedTuple):
    """One item; ``precision`` and ``recall`` are None where nothing was measured."""

    ref: str
    label: str
    cues: int
    exemplars: int
    evals: int
    precision: float | None
    recall: float | None
    catch_all: bool

    @property
    def gaps(self) -> list[str]:
        """What is missing, in Chinese, or why nothing need be; empty when nothing is."""
        if self.catch_all:
            return ["兜底项，不学不测，留给人判断"]
        named = [("没有线索词", self.cues), ("没有样例", self.exemplars), ("没有评测", self.evals)]
        return [name for name, count in named if not count]


class _Score(msgspec.Struct, frozen=True):
    precision: float
    recall: float
    cases: int


class _Report(msgspec.Struct, frozen=True):
    by_label: dict[str, _Score]


def coverage(pack: RulePack, exemplars: list[Exemplar], *, model: Path, cases: Path) -> list[Standing]:
    """The standing of every rule of ``pack``; ``model`` holds report.json, ``cases`` the incidents of the evals (may be absent)."""
    try:
        report = msgspec.json.decode((model / "report.json").read_bytes(), type=_Report)
    except (OSError, msgspec.MsgspecError) as error:
        raise Unavailable(f"读不了 {model / 'report.json'}（{error}）：请运行 make train") from None
    counted = Counter(label for row in exemplars for label in row.labels)
    tested = Counter(_labels(cases)) if cases.exists() else Counter[str]()
    found = []
    for ref, rule in pack.rules.items():
        score = report.by_label.get(ref)
        found.append(
            Standing(
                ref=ref,
                label=pack.labels[ref],
                cues=sum(len(element.cues) for element in rule.elements),
                exemplars=counted[ref],
                evals=tested[ref],
                precision=score.precision if score else None,
                recall=score.recall if score else None,
                catch_all=rule.catch_all,
            )
        )
    return found


def _labels(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [ref for row in rows for key in ("provisions", "mitigating", "aggravating") for ref in row[key]]
