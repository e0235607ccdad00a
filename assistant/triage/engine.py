"""From what happened to a Triage: read, gather, decide, lay out. Deterministic and pure; the pack and weights are shared."""

import gc
from functools import cache

from assistant.triage.actors import Scene, deed_of
from assistant.triage.asking import ask_next, what_if
from assistant.triage.assertion import scopes
from assistant.triage.clauses import split
from assistant.triage.cues import CueMatcher
from assistant.triage.deadlines import reckon
from assistant.triage.decide import Decision, decide
from assistant.triage.facts import ElementFact, Facts, gather
from assistant.triage.learned import Reader, load_reader
from assistant.triage.result import (
    Consequence,
    ElementFinding,
    Evidence,
    Factor,
    Provision,
    RegulationStamp,
    Triage,
)
from assistant.triage.rules import RulePack, load_pack
from assistant.triage.sanctions import candidates


class Engine:
    """One regulation's rules and weights, ready to judge; holds nothing of any user."""

    def __init__(self, pack: RulePack, reader: Reader) -> None:
        self.pack = pack
        self._reader = reader
        self._cues = CueMatcher(pack.rules)

    def read(self, text: str) -> Facts:
        """The facts of ``text``, element by element."""
        clauses = split(text)
        laid = scopes(text, clauses)
        hits = self._cues.find(text, clauses, laid)
        reading = self._reader.read(text, clauses, laid, hits)
        actors: dict[str, tuple[str, ...]] = {}
        if reading.verdict == "fault":  # where no fault is told nobody is named
            scene = Scene(text, clauses, laid)
            conduct = [rule for ref in reading.clauses if (rule := self.pack.rules[ref]).kind == "conduct"]
            actors = {rule.ref: scene.doers(rule, deed_of(rule, hits, reading.clauses[rule.ref])) for rule in conduct}
        return gather(text, self.pack, laid, hits, reading, actors)

    def scores(self, text: str) -> dict[str, float]:
        """The learned score of every item and factor and of the four verdicts, between 0 and 1: how near each comes."""
        clauses = split(text)
        laid = scopes(text, clauses)
        reading = self._reader.read(text, clauses, laid, self._cues.find(text, clauses, laid))
        return {**reading.verdicts, **reading.scores}

    def judge(self, text: str, facts: Facts) -> Triage:
        """The result for ``facts`` (those of ``text``, perhaps with elements set by hand)."""
        decision = decide(facts, self.pack)
        return Triage(
            text=text,
            verdict=decision.verdict,
            provisions=tuple(
                self._provision(ref, who, decision, facts)
                for ref in _by_weight(decision, facts)
                for who in facts.actors.get(ref) or ("",)
            ),
            mitigating=tuple(self._factor(ref, facts) for ref in decision.mitigating),
            aggravating=tuple(self._factor(ref, facts) for ref in decision.aggravating),
            sanctions=candidates(decision, self.pack),
            consequences=self._consequences(decision),
            deadlines=reckon(text, self.pack, decision.verdict),
            ask_next=ask_next(facts, decision, self.pack),
            what_if=what_if(facts, decision, self.pack),
            assumptions=self._assumptions(decision, facts),
            regulation=RegulationStamp(
                id=self.pack.regulation.id, sha256=self.pack.regulation.sha256, rules=self.pack.version
            ),
        )

    def triage(self, text: str) -> Triage:
        """Read and judge in one step."""
        return self.judge(text, self.read(text))

    def _provision(self, ref: str, who: str, decision: Decision, facts: Facts) -> Provision:
        rule = self.pack.rules[ref]
        elements = facts.elements[ref]
        return Provision(
            id=ref,
            label=self.pack.labels[ref],
            quote=self.pack.quotes[ref],
            status=decision.statuses[ref],
            confidence=round(facts.confidence.get(ref, 0.0), 3),
            actor=who,
            elements=tuple(
                ElementFinding(
                    name=e.name, quote=e.quote, state=elements[e.name].state, evidence=elements[e.name].evidence
                )
                for e in rule.elements
            ),
        )

    def _factor(self, ref: str, facts: Facts) -> Factor:
        return Factor(
            id=ref,
            label=self.pack.labels[ref],
            quote=self.pack.quotes[ref],
            force=self.pack.rules[ref].force,
            evidence=_merge(list(facts.elements[ref].values())),
        )

    def _consequences(self, decision: Decision) -> tuple[Consequence, ...]:
        if decision.verdict != "fault":
            return ()
        return tuple(
            Consequence(id=item.ref, label=self.pack.labels[item.ref], quote=item.quote, reason=item.reason)
            for item in self.pack.consequences
        )

    def _assumptions(self, decision: Decision, facts: Facts) -> tuple[str, ...]:
        if decision.verdict == "out_of_scope":
            return (self.pack.scope.outside_note,)
        found = [self.pack.scope.presumed]
        for ref, status in decision.statuses.items():
            for element in self.pack.rules[ref].elements:
                fact = facts.elements[ref][element.name]
                if status == "met" and element.presumed and fact.state == "met" and not fact.evidence:
                    found.append(element.presumed)
        if decision.verdict == "fault" and facts.damage != "told":
            fault = self.pack.fault
            found.append(fault.damage_note if facts.damage == "untold" else fault.damage_denied_note)
        return tuple(dict.fromkeys(found))


def _by_weight(decision: Decision, facts: Facts) -> list[str]:
    order = {"met": 0, "possible": 1, "excluded": 2}
    return sorted(decision.statuses, key=lambda r: (order[decision.statuses[r]], -facts.confidence.get(r, 0.0)))


def _merge(facts: list[ElementFact]) -> tuple[Evidence, ...]:
    spans = {(e.start, e.end): e for fact in facts for e in fact.evidence}
    return tuple(spans[key] for key in sorted(spans))


@cache
def load_engine(regulation: str = "xushui-2020") -> Engine:
    """The engine of a regulation in ``corpus/``; immutable, so one serves everybody."""
    engine = Engine(load_pack(regulation), load_reader(regulation))
    gc.freeze()  # its tables are never garbage: the collector need not look through them again
    return engine


def triage(text: str, *, regulation: str = "xushui-2020") -> Triage:
    """Judge one text; the same text and version give the same result on any machine."""
    return load_engine(regulation).triage(text)
