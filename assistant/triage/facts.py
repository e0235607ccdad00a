"""What the text says, element by element: cues and learning brought together. The one place where they meet.

The learner proposes an item (``sure``, ``maybe`` or not at all); cues carry the elements and may veto:

* an element is ``met`` when a cue for it is told as it happened,
* ``not_met`` when no cue for it is told so and one is denied, or a cue against it is affirmed,
* else ``met`` when the learner is sure of the item or the rule presumes it, and ``unknown`` otherwise: with the words that
  speak of it where they are hearsay or a question.

A veto against a factor always stands, one against a conduct item unless the learner is sure; an item of which the learner is
not sure keeps at least one element ``unknown``, so words alone accuse nobody. `Facts` is a plain value: the case file stores
it, the officer may set an element by hand, and `decide` is a pure function of it.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from assistant.triage.assertion import DENYING, UNPROVEN, Scope, judge
from assistant.triage.cues import Hit
from assistant.triage.learned import Reading
from assistant.triage.result import Evidence
from assistant.triage.rules import Element, Rule, RulePack, State

Damage = Literal["told", "denied", "untold"]
_NEAREST = 2


class ElementFact(msgspec.Struct, frozen=True, kw_only=True):
    """State of one element and the words it rests on; ``supposed`` where a person set it, not the text."""

    state: State
    evidence: tuple[Evidence, ...] = ()
    supposed: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the decision looks at. ``elements``: rule id -> element name -> fact, for the items in question only;
    ``nearest``: the conduct items that the text comes nearest to, in question or not."""

    elements: dict[str, dict[str, ElementFact]]
    confidence: dict[str, float]
    actors: dict[str, tuple[str, ...]]
    outside: bool
    proper: bool
    damage: Damage
    nearest: tuple[str, ...] = ()


def gather(
    text: str,
    pack: RulePack,
    laid: tuple[Scope, ...],
    hits: list[Hit],
    reading: Reading,
    actors: Mapping[str, tuple[str, ...]],
) -> Facts:
    """Facts of ``text`` from the scopes ``laid`` over it, its cue ``hits`` and its learned ``reading``."""
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
    conduct = [ref for ref in reading.scores if pack.rules[ref].kind == "conduct"]
    return Facts(
        elements=elements,
        confidence={ref: reading.scores[ref] for ref in elements},
        actors={ref: actors[ref] for ref in elements if ref in actors},
        outside=reading.verdict == "out_of_scope",
        proper=reading.verdict == "no_fault",
        damage=_damage(text, pack, laid, elements),
        nearest=tuple(sorted(conduct, key=reading.scores.__getitem__, reverse=True)[:_NEAREST]),
    )


def _damage(text: str, pack: RulePack, laid: tuple[Scope, ...], elements: dict[str, dict[str, ElementFact]]) -> Damage:
    """Whether the text tells of damage or a bad effect: by a word for it, or by an element that is one."""
    shown = (elements[e.rule][e.element].state for e in pack.fault.damage_elements if e.rule in elements)
    kinds = [judge(laid, at, at + len(word)) for word in pack.fault.damage_cues if (at := text.find(word)) >= 0]
    if "met" in shown or any(kind not in DENYING for kind in kinds):
        return "told"
    return "denied" if kinds else "untold"


def _from_cues(text: str, element: Element, hits: list[Hit]) -> ElementFact:
    told = [hit for hit in hits if not hit.against and hit.kind not in DENYING]
    if proven := [hit for hit in told if hit.kind not in UNPROVEN]:
        return ElementFact(state="met", evidence=_spans(text, proven))
    denied = [h for h in hits if (h.against and h.kind not in DENYING) or (not h.against and h.kind in DENYING)]
    if denied:
        return ElementFact(state="not_met", evidence=_spans(text, denied))
    return ElementFact(state="unknown", evidence=_spans(text, told))


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
    start, end = reading.clauses.get(rule.ref, (0, 0))
    learned = Evidence(start=start, end=end, text=text[start:end], source="learned")
    for element in rule.elements:
        fact = settled[element.name]
        if sure and (fact.state == "unknown" or (fact.state == "not_met" and rule.kind == "conduct")):
            own = fact.evidence if fact.state == "unknown" else ()
            settled[element.name] = ElementFact(state="met", evidence=own or (learned,))
        elif fact.state == "unknown" and element.presumed:
            settled[element.name] = ElementFact(state="met")
    if not sure and all(fact.state == "met" for fact in settled.values()):
        weakest = min(rule.elements, key=lambda e: (bool(e.presumed), len(settled[e.name].evidence)))
        settled[weakest.name] = ElementFact(state="unknown", evidence=settled[weakest.name].evidence)
    return settled
