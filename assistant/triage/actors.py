"""Who did it: the user's own words for the doer of an item, right or absent, for a wrong name harms an innocent man.

The doer is the subject of the words that tell the deed: the nearest mention before them in their clause that is no object (给小马,
拉着小马), no owner (小马的), and not he who spoke against it or was deceived; with 被 and 由 the agent. A dropped subject is that of
the clause before. A pronoun stands for the one person it can stand for. Where two could be meant there is no answer.
"""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import NamedTuple

from assistant.triage.assertion import DENYING, Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit
from assistant.triage.persons import OURS, Person, Role, find_persons, lexicon
from assistant.triage.rules import Rule

Span = tuple[int, int]
_FAR = 6  # clauses that a dropped subject carries over
_AGENT = re.compile("(?:被|由|(?<!不)是)$")
_NOT = re.compile("(?:不是|并非|不关|没有|没|无|未)$")
_HANDED = re.compile("(?:派|安排|指派|打发|交给|转给|转交给|分给|交由)(?:了|[^，]{0,5}的)?$")
_MADE = re.compile(
    "(?:让|叫|要求|命令|命|指使|授意|责令|逼|令|委托|督促|催促|催|请|请求|通知|喊|吩咐|嘱咐|交代|示意|暗示|动员)(?:了|着|[^，]{0,5}的)?$"
)
_OBJECT = re.compile(
    "(?:给|对|向|把|将|问|找|替|帮|跟|同|随|陪|陪着|拉着|拉上|拉|带着|带上|带|领着|领|叫上|喊上|告诉|告知|骗|骗了|瞒着|瞒过|瞒|背着|骂|求|见|见了|见到|等|怪|报|报给|报请|"
    "请示|递给|塞给|送给|发给|转|塞|送|说服|举荐|威胁|打击|报复|处分|批评|训|追究|调查|受|受了|收|收了|收受|为|比|除|除了|避开|绕过|绕开|糊弄|应付|哄|围着|"
    "等着|调走|调离|管着|管不着|回|往|到|从|去|来)(?:了|[^，]{0,5}的)?$"
)
_ASIDE = re.compile(
    "(?:经|经过|未经|不经|没经|没经过|没等|不等|未等|等|不顾|不听|按|按照|据|依|听|听了|根据|在|趁|凭|以|报|征得|征求|取得|违背|无视|不理)(?:了|[^，]{0,5}的)?$"
)
_BECAUSE = re.compile("(?:因|因为|由于)$")
_OWNED = re.compile("的(?!时候|话)|(?:手里|手上|名下|办公室|家里|家|那边|这边)")
_JOINED = re.compile("(?:[和与及、]|以及|，?(?:还有|连同))")
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


@cache
def _innocent() -> re.Pattern[str]:
    words = sorted(lexicon().innocent, key=len, reverse=True)
    return re.compile("(?<![不没听顾未])(?:" + "|".join(map(re.escape, words)) + ")(?<!不知道(?=要|该|得|应|需))")


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


def _words(persons: tuple[Person, ...]) -> list[str]:
    return [p.word for p in persons]


def _named(persons: tuple[Person, ...]) -> bool:
    return any(p.kind != "unit" for p in persons)


class Scene:
    """One text with its persons, laid out once and asked for each item."""

    def __init__(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> None:
        self._text = text
        self._clauses = clauses
        self._refusals = sorted({s.marker_start: s.marker_end for s in laid if s.kind == "refused"}.items())
        self.persons = find_persons(text)
        self._asked: dict[tuple[Span, frozenset[Role]], _Found] = {}
        self._subjects: dict[Clause, list[Person]] = {}

    def doers(self, rule: Rule, deed: list[tuple[Span, ...]]) -> tuple[str, ...]:
        """The user's words for those who did the ``deed``, each apart, or all in one where the rule is of ``several``."""
        found = self._doers(deed, self._whose(rule))
        if len(found) > 1:
            found = tuple(p for p in found if p.word not in self._cleared)
        if rule.who == "several":
            if len(found) == 1 and (found[0].kind == "name" or found[0].role == "head") and not self._cleared:
                found = ()  # nobody acts jointly alone
            if not found and not any(element.quote.endswith("除外") for element in rule.elements):
                found = self._pair
            return tuple(self._in_one(found))
        return tuple(dict.fromkeys(p.word for p in found))

    def _whose(self, rule: Rule) -> frozenset[Role]:
        """The roles that can do what ``rule`` speaks of: an item on the handler, or on who deceives the approver, is no head's."""
        if rule.who == "head":
            return _HEADS if any(p.role == "head" for p in self.persons) else OURS
        below = any("承办人员" in element.quote or "批准人" in element.quote for element in rule.elements)
        return _BELOW if below else OURS

    def _doers(self, deed: list[tuple[Span, ...]], whose: frozenset[Role]) -> tuple[Person, ...]:
        found = [[self._of(span, whose) for span in spans] for spans in deed]
        told = [persons for level in found if _named(persons := _all(one for one in level if one.told))]
        first = next((p for level in found if (p := _all(one for one in level if one.told) or _all(level))), ())
        if first and told and first not in told and not set(_words(first)) & set(_words(told[0])):
            first = ()
        elif first:
            first = next((persons for persons in (*told, first) if persons == first or _named(persons)), first)
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

    def _apart(self, persons: list[Person]) -> bool:
        """Whether ``persons`` are more than one and those joined to him."""
        return len({p.word for p in persons if not self._joined_before(p)}) > 1

    def _carried(self, at: int, whose: frozenset[Role]) -> _Found:
        """The subject of the nearest clause before clause ``at`` that has one of ours."""
        for clause in reversed(self._clauses[max(0, at - _FAR) : at]):
            persons = [p for p in self._in(clause) if p.role in OURS or p.role == "stranger"]
            if not persons:
                continue
            handed = [p for p in persons if _HANDED.search(self._text, clause.start, p.lead)]
            made = [p for p in persons if _MADE.search(self._text, clause.start, p.lead)]
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

    def _in(self, clause: Clause) -> list[Person]:
        return [p for p in self.persons if clause.start <= p.lead < clause.end]

    def _subjects_of(self, clause: Clause) -> list[Person]:
        if clause not in self._subjects:
            self._subjects[clause] = [p for p in self._in(clause) if self._is_subject(p, clause)]
        return self._subjects[clause]

    def _is_subject(self, person: Person, clause: Clause) -> bool:
        first = self._group(person)[0]
        before = (clause.start, first.lead)
        last = self._group(person)[-1]
        if _OWNED.match(self._text, last.tail, clause.end) and not _AGENT.search(self._text, *before):
            return False
        if _AGENT.search(self._text, *before):
            return True
        if any(p.search(self._text, *before) for p in (_NOT, _OBJECT, _ASIDE, _HANDED, _MADE)):
            return self._alone_in_hand(first, clause)
        if _BECAUSE.search(self._text, *before) and any(
            p.lead < first.lead and p.role in OURS for p in self._in(clause)
        ):
            return False
        return first.lead == clause.start or last.tail < clause.end

    def _alone_in_hand(self, person: Person, clause: Clause) -> bool:
        """Whom a unit sent or told (队里派小王去) acts himself; 让小王给封了 is an agent."""
        text = self._text
        if _MADE.search(text, clause.start, person.lead) and text.startswith("给", person.tail):
            return True
        if not (_HANDED.search(text, clause.start, person.lead) or _MADE.search(text, clause.start, person.lead)):
            return False
        others = [p for p in self._in(clause) if p.lead < person.lead]
        sent = bool(others) and all(p.kind == "unit" for p in others)
        return sent and person.tail < clause.end and person.role in OURS

    def _group(self, person: Person) -> list[Person]:
        """``person`` and those joined to him."""
        first = last = self._order[person]
        while first and self._linked(first - 1):
            first -= 1
        while last + 1 < len(self.persons) and self._linked(last):
            last += 1
        return self.persons[first : last + 1]

    def _linked(self, n: int) -> bool:
        one, other = self.persons[n : n + 2]
        return bool(_JOINED.fullmatch(self._text, one.tail, other.lead)) and "many" not in {one.kind, other.kind}

    def _joined_before(self, person: Person) -> bool:
        return self._group(person)[0] is not person

    @cached_property
    def _order(self) -> dict[Person, int]:
        return {person: n for n, person in enumerate(self.persons)}

    def _clears(self, person: Person, clause: Clause) -> bool:
        """Whether the clause says of ``person`` that he was against it, had no part in it or was deceived."""
        tail = self._group(person)[-1].tail
        others = (p.lead for p in self._in(clause) if p.lead >= tail and self._owns(p, clause))
        end = min(others, default=clause.end)
        if _innocent().search(self._text, tail, end):
            return True
        duties = lexicon().duties
        return any(
            tail <= start < end and not any(duty in self._text[stop : stop + 5] for duty in duties)
            for start, stop in self._refusals
        )

    def _owns(self, person: Person, clause: Clause) -> bool:
        """Whether the words behind ``person`` are said of him and not of whoever stands before him."""
        before = (clause.start, person.lead)
        return not _OBJECT.search(self._text, *before)

    @cached_property
    def _cleared(self) -> frozenset[str]:
        return frozenset(
            p.word
            for clause in self._clauses
            for p in self._in(clause)
            if p.kind == "name" and self._is_subject(p, clause) and self._clears(p, clause)
        )

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
        people = [p for p in self.persons if p.kind in {"name", "post"}] or [
            p for p in self.persons if p.word in _SINGLE
        ]
        if any(p.role == "stranger" for p in people):
            return ()
        able = [p for p in people if p.role in OURS and p.word not in self._cleared]
        able = [p for c in self._clauses for p in self._in(c) if p in able and not self._clears(p, c)]
        acting = [p for p in able if any(p in self._subjects_of(c) for c in self._clauses)]
        return tuple(acting[:1]) if len({p.word for p in able}) == 1 and self._ours(able[0], whose) else ()

    @cached_property
    def _pair(self) -> tuple[Person, ...]:
        """The two persons of ours in a text that names no others of ours and clears neither."""
        named = {p.word: p for p in self.persons if p.role in OURS and p.kind == "name"}
        posts = any(p.kind == "post" and p.role in OURS for p in self.persons)
        return tuple(named.values()) if len(named) == 2 and not posts and not self._cleared else ()

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
