"""Which of the eleven ways of accounting are open, and which band the stated gravity suggests.

Article 10 gives no table from conduct to sanction. All eleven stay open once a fault is met; ``suggested`` is a
reference of this program (rules/10-sanctions.yaml), never the regulation's words, and never a decision.
"""

from assistant.triage.decide import Decision
from assistant.triage.result import Sanction, Standing
from assistant.triage.rules import Band, RulePack, SanctionRule


def candidates(decision: Decision, pack: RulePack) -> tuple[Sanction, ...]:
    """All eleven with their standing; ``closed`` throughout when no fault is met."""
    band = _band(decision, pack)
    return tuple(_candidate(rule, decision, band, pack) for rule in pack.sanctions)


def _band(decision: Decision, pack: RulePack) -> Band:
    gravity = len(decision.aggravating) or -bool(decision.mitigating)
    lowest, highest = pack.bands[0].gravity, pack.bands[-1].gravity
    wanted = min(max(gravity, lowest), highest)
    return next(band for band in pack.bands if band.gravity == wanted)


def _candidate(rule: SanctionRule, decision: Decision, band: Band, pack: RulePack) -> Sanction:
    standing: Standing
    if decision.verdict != "fault":
        standing, reason = "closed", "没有认定第六、七、八、九条所列情形，不适用问责方式"
    elif rule.severity in band.severities:
        standing, reason = "suggested", f"参考（{band.name}）：{band.reason}。这是本程序的参考，不是条文原话"
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
