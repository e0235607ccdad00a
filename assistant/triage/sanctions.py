"""Which of the eleven ways of accounting are open, and which band the stated gravity suggests.

Article 10 gives no table from conduct to sanction. All eleven stay open once a fault is met; ``suggested`` is a
reference of this program (rules/10-sanctions.yaml), never the regulation's words, and never a decision. Where the facts
meet both art. 11 (可以) and art. 12 (应), heavier binds and lighter is the organ's choice: the reference stays open over two bands.
"""

from typing import NamedTuple

from assistant.triage.decide import Decision
from assistant.triage.result import Sanction, Standing
from assistant.triage.rules import Band, RulePack, SanctionRule


class _Reference(NamedTuple):
    """The severities that are suggested, and why."""

    severities: frozenset[int]
    reason: str


def candidates(decision: Decision, pack: RulePack) -> tuple[Sanction, ...]:
    """All eleven with their standing; ``closed`` throughout when no fault is met."""
    reference = _reference(decision, pack)
    return tuple(_candidate(rule, decision, reference, pack) for rule in pack.sanctions)


def _reference(decision: Decision, pack: RulePack) -> _Reference:
    band = _band(len(decision.aggravating) or -bool(decision.mitigating), pack)
    if not (decision.aggravating and decision.mitigating):
        return _Reference(frozenset(band.severities), f"参考（{band.name}）：{band.reason}")
    lighter = _band(band.gravity - 1, pack)
    heavier_for, lighter_for = (
        "、".join(pack.labels[ref] for ref in refs) for refs in (decision.aggravating, decision.mitigating)
    )
    return _Reference(
        frozenset((*lighter.severities, *band.severities)),
        f"参考（{lighter.name}到{band.name}之间）：应从重的（{heavier_for}）和可以从轻的（{lighter_for}）都有。“应”从重必须照办，"
        f"“可以”从轻由有权机关选择：选择从轻的，参考{lighter.name}的一档；不从轻的，参考{band.name}的一档",
    )


def _band(gravity: int, pack: RulePack) -> Band:
    """The band of ``gravity``, or the lowest or highest there is."""
    wanted = min(max(gravity, pack.bands[0].gravity), pack.bands[-1].gravity)
    return next(band for band in pack.bands if band.gravity == wanted)


def _candidate(rule: SanctionRule, decision: Decision, reference: _Reference, pack: RulePack) -> Sanction:
    standing: Standing
    if decision.verdict != "fault":
        standing, reason = "closed", "没有认定第六、七、八、九条所列情形，不适用问责方式"
    elif rule.severity in reference.severities:
        standing, reason = "suggested", f"{reference.reason}。这是本程序的参考，不是条文原话"
    else:
        standing, reason = "open", "条文没有排除这一方式，由有权机关视行为性质、情节轻重和危害程度决定"
    return Sanction(
        id=rule.ref,
        label=pack.labels[rule.ref],
        quote=rule.quote,
        standing=standing,
        combinable=rule.combinable,
        needs=rule.needs,
        reason=reason,
    )
