"""Who did it: the user's own words for the doer of an item, right or absent, for a wrong name harms an innocent man.

The doer is the subject of the words that tell the deed: the nearest mention before them in their clause that is no object (给小马,
拉着小马), no owner (小马的), and not he who spoke against it or was deceived; with 被 and 由 the agent. A dropped subject is that of
the clause before. A pronoun stands for the one person it can stand for. Where two could be meant there is no answer.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from assistant.triage.assertion import DENYING, Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit
from assistant.triage.persons import OURS, Person, Role, lexicon
from assistant.triage.places import HANDED, MADE, Places
from assistant.triage.rules import Rule

Span = tuple[int, int]
_FAR = 6  # clauses that a dropped subject carries over
_YOU = re.compile("[你您]")
_COUNTS = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DECLARED = re.compile(
    "(?:承办人|承办人员|办案人员|经办人|经办人员|经办|主办人|主办|责任人|责任人员)(?:为|是|系|：|:)?$"
)
_APPROVES = re.compile("[批签信]|同意|审核|审定")
_HEADS: frozenset[Role] = frozenset({"head"})
_BELOW: frozenset[Role] = frozenset({"officer"})
_THEY = frozenset({"他们", "她们", "他俩", "她俩", "我俩", "咱俩"})
_SINGLE = frozenset({"他", "她", "该员", "该同志", "此人", "其人"})


class _Found(NamedTuple):
    """The doers by one stretch of words; ``told`` when its own clause names them, ``unsure`` when two could be meant."""

    persons: tuple[Person, ...]
    told: bool = False
    unsure: bool = False


_NOBODY = _Found(())
_UNSURE = _Found((), unsure=True)


def deed_of(rule: Rule, hits: Iterable[Hit], carrier: Span) -> list[tuple[Span, ...]]:
    """The words that tell the deed of ``rule``, the best place first: those for its own element (within the learned clause before
    others), then that clause, then those for the other elements.

    What came of the deed (an element quoted from 导致… on) tells nothing of the doer.
    """
    names: list[str] = []
    for element in rule.elements:
        if element.quote.startswith(lexicon().outcomes) and names:
            break
        names.append(element.name)
    if rule.who != "several":
        names.reverse()
    told: dict[str, list[Span]] = {name: [] for name in names}
    for hit in hits:
        if hit.rule == rule.ref and hit.element in told and not hit.against and hit.kind not in DENYING:
            told[hit.element].append((hit.start, hit.end))
    own, *others = (tuple(told[name]) for name in names)
    best = tuple(span for span in own if carrier[0] <= span[0] and span[1] <= carrier[1])
    return [spans for spans in (best, own, (carrier,), *others) if spans]


def _all(found: Iterable[_Found]) -> tuple[Person, ...]:
    return tuple({p.word: p for one in found for p in one.persons}.values())


def _named(persons: tuple[Person, ...]) -> bool:
    return any(p.kind != "unit" for p in persons)


class Scene(Places):
    """One text asked for the doer of each item."""

    def __init__(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> None:
        super().__init__(text, clauses, laid)
        self._asked: dict[tuple[Span, frozenset[Role]], _Found] = {}

    def doers(self, rule: Rule, deed: list[tuple[Span, ...]]) -> tuple[str, ...]:
        """The user's words for those who did the ``deed``, each apart, or all in one where the rule is of ``several``."""
        found = self._doers(deed, self._whose(rule))
        if len(found) > 1:
            found = tuple(p for p in found if p.word not in self._cleared)
        if rule.who == "several":
            if len(found) == 1 and (found[0].kind == "name" or found[0].role == "head") and not self._cleared:
                found = ()  # nobody acts jointly alone
            return tuple(self._in_one(found))
        return tuple(dict.fromkeys(p.word for p in found))

    def _whose(self, rule: Rule) -> frozenset[Role]:
        """The roles that can do what ``rule`` speaks of: an item on the handler, or on who deceives the approver, is no head's."""
        if rule.who == "head":
            return _HEADS if any(p.role == "head" for p in self.persons) else OURS
        below = any("承办人员" in element.quote or "批准人" in element.quote for element in rule.elements)
        return _BELOW if below else OURS

    def _doers(self, deed: list[tuple[Span, ...]], whose: frozenset[Role]) -> tuple[Person, ...]:
        """By the best place that tells them; nobody where a dropped subject there and a told one elsewhere are two persons."""
        found = [[self._of(span, whose) for span in spans] for spans in deed]
        told = [persons for level in found if _named(persons := _all(one for one in level if one.told))]
        first = next((p for level in found if (p := _all(one for one in level if one.told) or _all(level))), ())
        if told and not _named(first):
            first = told[0]
        elif told and first not in told and not {p.word for p in first} & {p.word for p in told[0]}:
            first = ()
        if _named(first):
            return tuple(p for p in first if p.kind != "unit")
        handlers = tuple(p for p in self._handlers if self._ours(p, whose))
        sure = not first and not any(one.unsure or one.persons for level in found for one in level)
        return handlers or first or (self._only(whose) if sure else ())

    def _of(self, span: Span, whose: frozenset[Role]) -> _Found:
        """The doer by the words at ``span``; asked once, as many items rest on the same words."""
        key = (span, whose)
        if key not in self._asked:
            self._asked[key] = self._seek(span, whose)
        return self._asked[key]

    def _seek(self, span: Span, whose: frozenset[Role]) -> _Found:
        at = next((n for n, c in enumerate(self._clauses) if c.start <= span[0] < c.end), None)
        if at is None:
            return _NOBODY
        clause = self._clauses[at]
        subjects = self._subjects_of(clause)
        before = [p for p in subjects if p.lead < span[1]] if span[0] > clause.start else subjects
        if _YOU.search(self._text, before[-1].tail if before else clause.start, span[0]):
            return _UNSURE
        if not subjects:
            return self._carried(at, whose)
        chosen = before[-1] if before else subjects[0]
        if span[0] <= clause.start and span[1] >= clause.end - 1 and self._apart(before):
            able = [p for p in before if self._ours(p, whose) and not self._clears(p, clause)]
            if len({p.word for p in able}) != 1:
                return self._parallel(able, clause)
            chosen = able[0]
        if not self._ours(chosen, whose):
            return self._beside(chosen, at, whose)
        if self._clears(chosen, clause):
            return _NOBODY
        return _Found(self._meant(chosen, whose), told=True)

    def _beside(self, chosen: Person, at: int, whose: frozenset[Role]) -> _Found:
        """Where the clause speaks of somebody whose act the item is not: a firm or an approving head leaves room for another."""
        clause = self._clauses[at]
        approves = _APPROVES.search(self._text, chosen.tail, clause.end) or self._clears(chosen, clause)
        if chosen.kind == "unit" or (chosen.role in OURS and (whose is _HEADS or approves)):
            return self._carried(at, whose)
        return _UNSURE if chosen.role in OURS else _NOBODY

    def _carried(self, at: int, whose: frozenset[Role]) -> _Found:
        """The subject of the nearest clause before clause ``at`` that has one of ours."""
        for clause in reversed(self._clauses[max(0, at - _FAR) : at]):
            persons = [p for p in self._in(clause) if p.role in OURS or p.role == "stranger"]
            if not persons:
                continue
            handed = [p for p in persons if HANDED.search(self._text, clause.start, p.lead)]
            made = [p for p in persons if MADE.search(self._text, clause.start, p.lead)]
            if handed and handed[-1] is persons[-1] and self._ours(handed[-1], whose):
                return _Found(self._meant(handed[-1], whose))
            if made and made[-1].role in OURS and made[-1].kind != "unit" and whose is not _HEADS:
                return _UNSURE
            subjects = [p for p in self._subjects_of(clause) if p in persons]
            ours = [p for p in subjects if self._ours(p, whose)]
            if clause.sentence != self._clauses[at].sentence:
                ours = [p for p in ours if p.word not in {"我", "俺"}]
            if not ours:
                if any(p.role == "stranger" for p in subjects):
                    return _UNSURE
                continue
            if any(self._clears(p, clause) for p in ours):
                return _NOBODY
            if self._apart(ours):
                return self._parallel(ours, clause)
            return _Found(self._meant(ours[0], whose))
        return _NOBODY

    def _parallel(self, persons: list[Person], clause: Clause) -> _Found:
        """All of them when the clause says the same of each (小陶拿了八千小阮拿了两千), else nobody: either may be meant."""
        said = {self._text[p.tail : min(p.tail + 2, clause.end)] for p in persons}
        return _Found(tuple(persons)) if len(persons) > 1 and len(said) == 1 else _UNSURE

    def _ours(self, person: Person, whose: frozenset[Role]) -> bool:
        return person.role in whose or (person.role in OURS and person.word in _SINGLE)

    def _meant(self, person: Person, whose: frozenset[Role]) -> tuple[Person, ...]:
        """``person`` and those joined to him, a pronoun or a number resolved; nobody when two could be meant."""
        if person.kind == "many":
            return self._several(person)
        if person.word not in _SINGLE:
            return tuple(p for p in self._group(person) if self._ours(p, whose))
        named = [
            p for p in self.persons if p.lead < person.lead and self._ours(p, whose) and p.kind in {"name", "post"}
        ]
        if not named:
            return (person,) if whose is not _HEADS else ()
        if len({p.word for p in named}) == 1:
            return (named[-1],)
        clause = next((c for c in reversed(self._clauses) if any(c.start <= p.lead < c.end for p in named)), None)
        if clause is None:
            return ()
        last = [p for p in named if clause.start <= p.lead < clause.end]
        alone = len({p.word for p in last}) == 1 and self._is_subject(last[-1], clause)
        return (last[-1],) if alone and not clause.start <= person.lead < clause.end else ()

    def _several(self, person: Person) -> tuple[Person, ...]:
        named = [p for p in self.persons if p.lead < person.lead and p.role in OURS and p.kind in {"name", "post"}]
        each = tuple({p.word: p for p in named}.values())
        count = _COUNTS.get(person.word[0], 0)
        groups = [g for p in reversed(named) if len(g := [q for q in self._group(p) if q.role in OURS]) > 1]
        if groups and count in {0, len(groups[0])}:
            return tuple(groups[0])
        if count:
            return each if len(each) == count else ()
        return each if len(each) == 2 else () if each or person.word not in _THEY else (person,)

    @cached_property
    def _handlers(self) -> tuple[Person, ...]:
        """Whom the text declares to have had it in hand: 承办人为何某、任某."""
        for person in self.persons:
            before = _DECLARED.search(self._text, 0, person.lead) or _DECLARED.search(self._text, 0, person.start)
            group = self._group(person)
            alone = self._text[group[-1].tail : group[-1].tail + 1] in {*"，。；,.;\n", ""}
            if before and alone and person.role in OURS and person.kind == "name":
                return tuple(p for p in group if p.role in OURS)
        return ()

    def _only(self, whose: frozenset[Role]) -> tuple[Person, ...]:
        """The one person of ours in the text when there is no other whom it could mean; 他 where the text has no other person."""
        people = [p for p in self.persons if p.kind in {"name", "post"}]
        if not people and all(p.word in _SINGLE for p in self.persons if p.kind == "pronoun"):
            people = [p for p in self.persons if p.word in _SINGLE]
        if any(p.role == "stranger" for p in people):
            return ()
        able = [p for p in people if p.role in OURS and p.word not in self._cleared]
        able = [p for c in self._clauses for p in self._in(c) if p in able and not self._clears(p, c)]
        acting = [p for p in able if any(p in self._subjects_of(c) for c in self._clauses)]
        return tuple(acting[:1]) if len({p.word for p in able}) == 1 and self._ours(able[0], whose) else ()

    def _in_one(self, persons: tuple[Person, ...]) -> Iterable[str]:
        """The words of ``persons``, those that stand joined in one piece."""
        runs: list[list[Person]] = []
        for person in sorted(persons, key=lambda p: p.lead):
            if (
                runs
                and self._order[person] == self._order[runs[-1][-1]] + 1
                and self._linked(self._order[runs[-1][-1]])
            ):
                runs[-1].append(person)
            else:
                runs.append([person])
        return dict.fromkeys(self._text[run[0].start : run[-1].end] for run in runs)
