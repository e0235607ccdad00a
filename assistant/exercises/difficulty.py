"""How hard a case is, and what wrong answers to offer: both measured by the engine, never guessed."""

import math
from collections.abc import Mapping
from functools import cache

from assistant.exercises.model import Case
from assistant.triage import Triage
from assistant.triage.learned import VERDICTS
from assistant.triage.rules import Rule, RulePack

OPTIONS = 5
FACTOR_OPTIONS = 4
MIDDLE = 9.0
BANDS = {"easy": (0.0, 0.34), "middle": (0.34, 0.67), "hard": (0.67, 1.01)}


def difficulty(case: Case, scores: Mapping[str, float]) -> float:
    """Near 0 where no wrong answer comes near, near 1 where the nearest all but passes the key.

    ``scores`` are the engine's (`Engine.scores`): the margin is the log-odds of the key less those of the likeliest wrong verdict or
    item, whichever is smaller; `MIDDLE` is the margin of a case of middling difficulty.
    """
    odds = {name: _log_odds(score) for name, score in scores.items()}
    margins = [odds[case.verdict] - max(odds[name] for name in VERDICTS if name != case.verdict)]
    if case.provisions:
        tolerated = {*case.provisions, *case.acceptable}
        wrong = max(own for name, own in odds.items() if name[0] in "6789" and name not in tolerated)
        margins.append(min(odds[ref] for ref in case.provisions) - wrong)
    return round(1 / (1 + math.exp((min(margins) - MIDDLE) / 2)), 3)


def _log_odds(score: float) -> float:
    kept = min(max(score, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def options(case: Case, triage: Triage, pack: RulePack) -> tuple[str, ...]:
    """Items to choose from, in the law's order: the key, the items of which the engine finds a part, then those nearest by rule."""
    conduct = [ref for ref, rule in pack.rules.items() if rule.kind == "conduct" and not rule.catch_all]
    open_ones = [p.id for p in sorted(triage.provisions, key=lambda p: -p.confidence)]
    seeds = case.provisions or tuple(open_ones[:1]) or case.acceptable[:1] or tuple(conduct[:1])
    near = sorted(conduct, key=lambda ref: -max(_nearness(pack, seed, ref) for seed in seeds))
    wanted = [*case.provisions, *(r for r in (*open_ones, *near) if r in conduct and r not in case.acceptable)]
    return _first(wanted, max(OPTIONS, len(case.provisions) + 2), conduct)


def factor_options(case: Case, pack: RulePack) -> tuple[str, ...]:
    """Factors to choose from, in the law's order: the key, then those nearest by rule; for every case, lest their absence tell the verdict."""
    factors = [ref for ref, rule in pack.rules.items() if rule.kind != "conduct" and not rule.catch_all]
    start = sum(map(ord, case.id)) % len(factors)
    others = [*factors[start:], *factors[:start]]
    near = sorted(others, key=lambda ref: -max((_nearness(pack, own, ref) for own in case.factors), default=0.0))
    wanted = [*case.factors, *(ref for ref in near if ref not in case.acceptable)]
    return _first(wanted, max(FACTOR_OPTIONS, len(case.factors) + 2), factors)


def _first(wanted: list[str], count: int, order: list[str]) -> tuple[str, ...]:
    chosen = list(dict.fromkeys(wanted))[:count]
    return tuple(ref for ref in order if ref in chosen)


def _nearness(pack: RulePack, one: str, other: str) -> float:
    """The share of the two items' words that they have in common, their elements' words of the law counted in pairs of characters."""
    if one not in pack.rules or other not in pack.rules:
        return 0.0
    a, b = _pairs(pack.rules[one]), _pairs(pack.rules[other])
    return len(a & b) / max(1, len(a | b))


@cache
def _pairs(rule: Rule) -> frozenset[str]:
    words = [element.quote for element in rule.elements] + [cue for element in rule.elements for cue in element.cues]
    return frozenset(word[n : n + 2] for word in words for n in range(len(word) - 1))
