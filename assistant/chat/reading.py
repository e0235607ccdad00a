"""The facts of a case told in pieces: the whole as one text, and what its later pieces say by themselves where the whole hides it.

A story that begins vaguely, properly or with somebody else (「有人说名字泄露了」, then who did it and what came of it) is read by its
beginning when it is read as one text. What was told later says more, so a later stretch that tells a fault by itself counts; it
runs to the end of the story, and so has in it whatever was told in its favour afterwards.
"""

import re

import msgspec

from assistant.chat.casefile import CaseFile, HandFact, joined
from assistant.chat.persons import acting, surnames, tells_of_another
from assistant.triage import Engine, Facts, Triage
from assistant.triage.decide import decide, with_setting
from assistant.triage.facts import ElementFact
from assistant.triage.result import Provision, Verdict
from assistant.triage.rules import Element, Setting

_OURS = re.compile(r"执法人?员|执法大?队|大队|中队|我们|咱|[我分本]局|局里|环保|科长|科员|股长|承办|办案|队里")
#: How many later stretches are read, and how sure the reader must be of a fault in one.
_MOST = 4
_SURE = 0.9


def judged(engine: Engine, case: CaseFile) -> Triage | None:
    """The result for all facts of ``case`` so far; None when nothing was told."""
    return engine.judge(case.text, read_case(engine, case)) if case.open else None


def supposing(engine: Engine, case: CaseFile, fact: str) -> Triage | None:
    """The result were ``fact`` told besides, where that is a fault by itself; None where it is not."""
    own = engine.read(fact)
    if decide(own, engine.pack).verdict != "fault":
        return None
    told = msgspec.structs.replace(case, told=(*case.told, fact))
    return engine.judge(told.text, _with(read_case(engine, told), own, len(told.text) - len(fact)))


def read_case(engine: Engine, case: CaseFile) -> Facts:
    """The facts of all that stands in ``case``, evidence by its place in ``case.text``."""
    facts = engine.read(case.text)
    verdict = decide(facts, engine.pack).verdict
    if verdict != "fault":
        facts = _told_later(engine, case.told, facts, verdict) or _told_before(engine, case.told, verdict) or facts
    if case.cleared:  # where nothing else is met, what is left is proper
        facts = msgspec.structs.replace(facts, proper=True)
    for fact in (*case.cleared, *case.hand):
        setting = Setting(rule=fact.rule, element=fact.element, state=fact.state)
        facts = with_setting(facts, engine.pack, setting)
    return facts


def unsupported(
    engine: Engine, before: Triage | None, said: str, gone: tuple[str, ...], *, whole: bool
) -> tuple[HandFact, ...]:
    """The elements of ``before`` that rested on the words ``gone``, which the correction ``said`` took out (all elements where it
    took back the ``whole``), where what it says instead is proper conduct; they are held to be denied until something told later
    meets their item. What it says of another person takes nothing back."""
    if before is None or engine.triage(said).verdict != "no_fault" or (whole and tells_of_another(said, before.text)):
        return ()
    named = acting(said)
    return tuple(
        HandFact(rule=provision.id, element=element.name, state="not_met")
        for provision in before.provisions
        if provision.status == "met" and not _of_others(provision, named)
        for element in engine.pack.rules[provision.id].elements
        if whole or _rested(provision, element, gone)
    )


def _of_others(provision: Provision, named: frozenset[str]) -> bool:
    who = surnames(provision.actor)
    return bool(who and named) and not who & named


def _rested(provision: Provision, element: Element, gone: tuple[str, ...]) -> bool:
    words = (*element.cues, *_evidence(provision, element.name))
    return any(_overlap(one, other) for one in words for other in gone)


def _evidence(provision: Provision, name: str) -> list[str]:
    return [e.text for element in provision.elements if element.name == name for e in element.evidence]


def _overlap(words: str, gone: str) -> bool:
    words, gone = words.replace("没有", "没"), gone.replace("没有", "没")
    return words in gone or gone in words


def _told_later(engine: Engine, told: tuple[str, ...], whole: Facts, verdict: Verdict) -> Facts | None:
    """``whole`` with the facts of the longest stretch from a later piece to the end that tells more than it."""
    for number in range(max(1, len(told) - _MOST), len(told)):
        text = joined(told[number:])
        if not text or (verdict == "out_of_scope" and not _OURS.search(text)):
            continue
        own = engine.read(text)
        says = decide(own, engine.pack).verdict
        surely = says == "fault" and engine.scores(text)["fault"] >= _SURE
        if surely or (verdict == "out_of_scope" and says == "no_fault"):
            return _with(whole, own, len(joined(told)) - len(text))
    return None


def _told_before(engine: Engine, told: tuple[str, ...], verdict: Verdict) -> Facts | None:
    """The facts before the last pieces, where these speak of somebody else, or the last one says nothing in anybody's favour, and yet
    the whole would clear everybody."""
    if verdict != "no_fault":
        return None
    for number in range(len(told) - 1, max(0, len(told) - 1 - _MOST), -1):
        earlier, later = joined(told[:number]), joined(told[number:])
        last = number == len(told) - 1
        if tells_of_another(later, earlier) or (last and engine.triage(later).verdict != "no_fault"):
            before = engine.read(earlier)
            says = decide(before, engine.pack).verdict
            if says == "fault":
                return before
            if later_fault := _told_later(engine, told[:number], before, says):
                return later_fault
    return None


def _with(whole: Facts, own: Facts, start: int) -> Facts:
    """``whole`` with the facts of a later stretch that begins at ``start``."""
    moved = {
        ref: {name: _moved(fact, start) for name, fact in elements.items()} for ref, elements in own.elements.items()
    }
    return msgspec.structs.replace(
        own,
        elements={**whole.elements, **moved},
        confidence={**whole.confidence, **own.confidence},
        actors={**whole.actors, **own.actors},
        damage=whole.damage if own.damage == "untold" else own.damage,
    )


def _moved(fact: ElementFact, start: int) -> ElementFact:
    evidence = tuple(msgspec.structs.replace(e, start=e.start + start, end=e.end + start) for e in fact.evidence)
    return msgspec.structs.replace(fact, evidence=evidence)
