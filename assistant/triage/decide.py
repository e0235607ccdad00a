"""The judgement: a pure function from facts to verdict, statuses and factors.

A provision is ``met`` when all its elements are, ``excluded`` when one is not met, ``possible`` when some are and
none is not met. A catch-all item is never more than possible: a person decides. Where no item is met, the text reads as proper or
a person has said so of what alone is blamed; else the facts are not enough.
"""

import msgspec

from assistant.triage.facts import ElementFact, Facts
from assistant.triage.result import Status, Verdict
from assistant.triage.rules import RulePack, Setting


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Verdict, status of each conduct item in question, and the factors met, ids in the regulation's order."""

    verdict: Verdict
    statuses: dict[str, Status]
    mitigating: tuple[str, ...]
    aggravating: tuple[str, ...]


def decide(facts: Facts, pack: RulePack) -> Decision:
    """Decide on ``facts``; looks at nothing else."""
    statuses: dict[str, Status] = {}
    factors: dict[str, list[str]] = {"mitigating": [], "aggravating": []}
    for ref, elements in facts.elements.items():
        rule = pack.rules[ref]
        status = _status(elements, rule.catch_all)
        if status is None:
            continue
        if rule.kind == "conduct":
            statuses[ref] = status
        elif status == "met":
            factors[rule.kind].append(ref)
    verdict = _verdict(facts, statuses, pack)
    if verdict == "out_of_scope":
        statuses = {}
    elif verdict != "fault":
        factors = {"mitigating": [], "aggravating": []}
    return Decision(
        verdict=verdict,
        statuses=statuses,
        mitigating=tuple(factors["mitigating"]),
        aggravating=tuple(factors["aggravating"]),
    )


def _status(elements: dict[str, ElementFact], catch_all: bool) -> Status | None:
    states = [fact.state for fact in elements.values()]
    if "not_met" in states:
        return "excluded"
    if all(state == "met" for state in states):
        return "possible" if catch_all else "met"
    return "possible" if catch_all or "met" in states else None


def _verdict(facts: Facts, statuses: dict[str, Status], pack: RulePack) -> Verdict:
    if facts.outside:
        return "out_of_scope"
    if "met" in statuses.values():
        return "fault"
    if facts.proper or ("possible" not in statuses.values() and _cleared(facts, statuses, pack)):
        return "no_fault"
    return "insufficient"


def _cleared(facts: Facts, statuses: dict[str, Status], pack: RulePack) -> bool:
    """Whether a person set to not met what an item blames (``clears``): a missing effect or another office leaves the deed open."""
    return any(
        element.clears and (fact := facts.elements[ref][element.name]).supposed and fact.state == "not_met"
        for ref in statuses
        for element in pack.rules[ref].elements
    )


def with_setting(facts: Facts, pack: RulePack, setting: Setting) -> Facts:
    """``facts`` with one element, or all elements of a rule, set to a state."""
    rule = pack.rules[setting.rule]
    unknown = {element.name: ElementFact(state="unknown") for element in rule.elements}
    elements = dict(facts.elements.get(setting.rule, unknown))
    for name in [setting.element] if setting.element else list(elements):
        elements[name] = ElementFact(state=setting.state, supposed=True)
    return msgspec.structs.replace(facts, elements={**facts.elements, setting.rule: elements})
