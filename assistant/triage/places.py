"""Who stands where in a clause: subject, object or owner, joined to whom, and who was against the deed or had no part in it.

The base of `actors`: what it needs to know of a text, clause by clause.
"""

import re
from functools import cache, cached_property

from assistant.triage.assertion import Scope
from assistant.triage.clauses import Clause
from assistant.triage.persons import OURS, Person, find_persons, lexicon

HANDED = re.compile("(?:派|安排|指派|打发|交给|转给|转交给|分给|交由)(?:了|[^，]{0,5}的)?$")
MADE = re.compile(
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
_AGENT = re.compile("(?:被|由|(?<!不)是)$")
_NOT = re.compile("(?:不是|并非|不关|没有|没|无|未)$")


@cache
def _innocent() -> re.Pattern[str]:
    words = sorted(lexicon().innocent, key=len, reverse=True)
    return re.compile("(?<![不没听顾未])(?:" + "|".join(map(re.escape, words)) + ")(?<!不知道(?=要|该|得|应|需))")


class Places:
    """One text with its persons and their places, laid out once."""

    def __init__(self, text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> None:
        self._text = text
        self._clauses = clauses
        self._refusals = sorted({s.marker_start: s.marker_end for s in laid if s.kind == "refused"}.items())
        self.persons = find_persons(text)
        self._subjects: dict[Clause, list[Person]] = {}

    def _apart(self, persons: list[Person]) -> bool:
        """Whether ``persons`` are more than one and those joined to him."""
        return len({p.word for p in persons if not self._joined_before(p)}) > 1

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
        if any(p.search(self._text, *before) for p in (_NOT, _OBJECT, _ASIDE, HANDED, MADE)):
            return self._alone_in_hand(first, clause)
        if _BECAUSE.search(self._text, *before) and any(
            p.lead < first.lead and p.role in OURS for p in self._in(clause)
        ):
            return False
        return first.lead == clause.start or last.tail < clause.end

    def _alone_in_hand(self, person: Person, clause: Clause) -> bool:
        """Whom a unit sent or told (队里派小王去) acts himself; 让小王给封了 is an agent."""
        text = self._text
        if MADE.search(text, clause.start, person.lead) and text.startswith("给", person.tail):
            return True
        if not (HANDED.search(text, clause.start, person.lead) or MADE.search(text, clause.start, person.lead)):
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
