"""What the text says, element by element: cues and learning brought together. The one place where they meet.

The learner proposes an item (``sure``, ``maybe`` or not at all); cues carry the elements and may veto:

* an element is ``met`` when a cue for it is affirmed,
* ``not_met`` when no cue for it is affirmed and one is denied, or a cue against it is affirmed,
* else ``met`` when the learner is sure of the item or the rule presumes it, and ``unknown`` otherwise.

A veto stands unless the learner is sure; an item of which the learner is not sure keeps at least one element
``unknown``, so words alone accuse nobody. `Facts` is a plain value: the case file stores it, the officer may set an
element by hand, and `decide` is a pure function of it.
"""

from collections.abc import Mapping

import msgspec

from assistant.triage.assertion import DENYING
from assistant.triage.cues import Hit
from assistant.triage.learned import Reading
from assistant.triage.result import Evidence
from assistant.triage.rules import Element, Rule, RulePack, State


class ElementFact(msgspec.Struct, frozen=True, kw_only=True):
    """State of one element and the words it rests on."""

    state: State
    evidence: tuple[Evidence, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the decision looks at. ``elements``: rule id -> element name -> fact, for the items in question only."""

    elements: dict[str, dict[str, ElementFact]]
    confidence: dict[str, float]
    actors: dict[str, tuple[str, ...]]
    outside: bool
    proper: bool
    damage_told: bool


def gather(
    text: str, pack: RulePack, hits: list[Hit], reading: Reading, actors: Mapping[str, tuple[str, ...]]
) -> Facts:
    """Facts of ``text`` from its cue ``hits`` and its learned ``reading``."""
    by_element: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        by_element.setdefault((hit.rule, hit.element), []).append(hit)
    elements: dict[str, dict[str, ElementFact]] = {}
    for ref, rule in pack.rules.items():
        if ref not in reading.sure and ref not in reading.maybe:
            continue
        facts = {e.name: _from_cues(text, e, by_element.get((ref, e.name), [])) for e in rule.elements}
        sure = ref in reading.sure and not rule.catch_all
        elements[ref] = _settle(text, rule, facts, sure, reading)
    return Facts(
        elements=elements,
        confidence={ref: reading.scores[ref] for ref in elements},
        actors={ref: actors[ref] for ref in elements if ref in actors},
        outside=reading.verdict == "out_of_scope",
        proper=reading.verdict == "no_fault",
        damage_told=any(word in text for word in pack.fault.damage_cues),
    )


def _from_cues(text: str, element: Element, hits: list[Hit]) -> ElementFact:
    told = [hit for hit in hits if not hit.against and hit.kind not in DENYING]
    if told:
        return ElementFact(state="met", evidence=_spans(text, told))
    denied = [h for h in hits if (h.against and h.kind not in DENYING) or (not h.against and h.kind in DENYING)]
    if denied:
        return ElementFact(state="not_met", evidence=_spans(text, denied))
    return ElementFact(state="unknown")


def _spans(text: str, hits: list[Hit]) -> tuple[Evidence, ...]:
    """The words of ``hits`` in order, less those that lie within others."""
    spans = sorted({(hit.start, hit.end) for hit in hits}, key=lambda span: (span[0], -span[1]))
    spans = [span for n, span in enumerate(spans) if all(span[1] > end for _, end in spans[:n])]
    return tuple(Evidence(start=a, end=b, text=text[a:b], source="cue") for a, b in spans)


def _settle(
    text: str, rule: Rule, facts: dict[str, ElementFact], sure: bool, reading: Reading
) -> dict[str, ElementFact]:
    """Let the learner and the presumptions speak where cues are silent."""
    settled = dict(facts)
    start, end = reading.clauses[rule.ref]
    learned = Evidence(start=start, end=end, text=text[start:end], source="learned")
    for element in rule.elements:
        fact = settled[element.name]
        if sure and fact.state != "met":
            settled[element.name] = ElementFact(state="met", evidence=(learned,))
        elif fact.state == "unknown" and element.presumed:
            settled[element.name] = ElementFact(state="met")
    if not sure and all(fact.state == "met" for fact in settled.values()):
        weakest = min(rule.elements, key=lambda e: (bool(e.presumed), len(settled[e.name].evidence)))
        settled[weakest.name] = ElementFact(state="unknown", evidence=settled[weakest.name].evidence)
    return settled
