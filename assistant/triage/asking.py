"""What to ask next, and what would move the result: both computed from the facts, never written by hand."""

from assistant.triage.decide import Decision, decide, with_setting
from assistant.triage.facts import Facts
from assistant.triage.result import Evidence, Question, Verdict, WhatIf
from assistant.triage.rules import RulePack

_MOST = 3
_VERDICTS: dict[Verdict, str] = {
    "fault": "构成过错",
    "no_fault": "不构成过错",
    "insufficient": "资料不足",
    "out_of_scope": "不属本办法",
}


def ask_next(facts: Facts, decision: Decision, pack: RulePack) -> tuple[Question, ...]:
    """Up to three questions, those first that settle most open items (then the item that least is missing of, then the likeliest).

    Where the facts are not enough and no item is in question, what the nearest items turn on."""
    if decision.verdict == "out_of_scope":
        scope = pack.scope
        return (Question(question=scope.ask, settles=(scope.ref,), why=f"{pack.labels[scope.ref]}：{scope.quote}"),)
    asked = {ref: _missing(facts, pack, ref) for ref, status in decision.statuses.items() if status == "possible"}
    if decision.verdict == "insufficient" and not any(asked.values()):
        asked = {ref: _missing(facts, pack, ref) for ref in facts.nearest}
    settles: dict[str, list[str]] = {}
    reasons: dict[str, str] = {}
    for ref, questions in asked.items():
        for question, why in questions:
            settles.setdefault(question, []).append(ref)
            reasons.setdefault(question, why)
    ranked = sorted(
        settles,
        key=lambda q: (-len(settles[q]), min(len(asked[ref]) for ref in settles[q]), -_likeliest(facts, settles[q])),
    )
    found = [Question(question=q, settles=tuple(settles[q]), why=reasons[q]) for q in ranked]
    if decision.verdict == "fault" and facts.damage == "untold":
        fault = pack.fault
        found.append(Question(question=fault.damage_ask, settles=(fault.ref,), why=fault.damage_note))
    return tuple(found[:_MOST])


def _missing(facts: Facts, pack: RulePack, ref: str) -> list[tuple[str, str]]:
    """The question about each open element of ``ref``, and why: where words speak of it that are not proven, whether it is so."""
    found = facts.elements.get(ref, {})
    return [
        (_proof(fact.evidence) if fact and fact.evidence else element.ask, element.why)
        for element in pack.rules[ref].elements
        if ((fact := found.get(element.name)) and fact.state == "unknown") or (fact is None and not element.presumed)
    ]


def _proof(evidence: tuple[Evidence, ...]) -> str:
    return f"话里说到{'、'.join(f'“{e.text}”' for e in evidence)}：这一点查实了吗，有什么凭据？"


def _likeliest(facts: Facts, refs: list[str]) -> float:
    return max(facts.confidence.get(ref, 0.0) for ref in refs)


def what_if(facts: Facts, decision: Decision, pack: RulePack) -> tuple[WhatIf, ...]:
    """The pack's changes that move this decision, each by deciding again."""
    found = []
    for change in pack.changes:
        rule = pack.rules[change.set.rule]
        if facts.outside or (rule.kind == "conduct" and change.set.rule not in decision.statuses):
            continue
        after = decide(with_setting(facts, pack, change.set), pack)
        effect, ids = _difference(decision, after, pack)
        if effect:
            found.append(WhatIf(change=change.change, effect=effect, ids=ids))
    return tuple(found)


def _difference(before: Decision, after: Decision, pack: RulePack) -> tuple[str, tuple[str, ...]]:
    """What moved, in words, and the ids that moved."""
    words: list[str] = []
    ids: list[str] = []
    if before.verdict != after.verdict:
        words.append(f"结论由“{_VERDICTS[before.verdict]}”变为“{_VERDICTS[after.verdict]}”")
    names = {"met": "成立", "possible": "可能成立", "excluded": "不成立"}
    for ref in {**before.statuses, **after.statuses}:
        status = after.statuses.get(ref)
        if status and status != before.statuses.get(ref):
            words.append(f"{pack.labels[ref]}{names[status]}")
            ids.append(ref)
    for field, force in (("mitigating", "可以从轻、减轻或者免于追究"), ("aggravating", "应从重")):
        for ref in getattr(after, field):
            if ref not in getattr(before, field):
                words.append(f"符合{pack.labels[ref]}，{force}")
                ids.append(ref)
    return "；".join(words), tuple(ids)
