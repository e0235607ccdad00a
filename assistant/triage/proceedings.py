"""When the accounting itself was set going: the day an inquiry into a fault began, and the day its outcome was decided.

Only an inquiry into a fault or into a person of the bureau counts, and only a decision on such a person. An officer's own inquiry into
a firm, a decision on a firm, and what is denied, asked for or planned are none. Words are data (corpus/language/proceedings.yaml).
"""

import re
from collections.abc import Callable

from assistant.triage.calendar import DaySpan
from assistant.triage.tellings import STOPS, Kind, grammar

_CUT = re.compile(f"[{STOPS}]")
_ENDS = re.compile(r"[。！!？?；;\n]")
_NEAR = 28
_LINK = re.compile(r"[的是在于从自为定（(：:\s时间日期]*")
_OBJECT = re.compile("[对给把将让]")
_SOON = re.compile(r"(?:之|以)?[前后]")
_LEAD = re.compile(
    r"(?:那天|当天|这天)?(?:上午|下午|晚上)?起?"
    r"|(?:经|根据|按照|依据|因|针对|由于|鉴于).*"
    r"|.*(?:会|会议|研究|讨论|审议|批准|批复|批示|同意|初核|表决|专班|调查组)了?"
)

_Match = re.Match[str]


def inquiry_day(text: str, days: list[DaySpan]) -> DaySpan | None:
    """The one of ``days`` on which ``text`` says that an inquiry into a fault or a person of the bureau began."""
    return _first(text, days, grammar().inquiries, _into_a_fault) if days else None


def decision_day(text: str, days: list[DaySpan]) -> DaySpan | None:
    """The one of ``days`` on which ``text`` says that it was decided what becomes of a person of the bureau."""
    return _first(text, days, grammar().decisions, _on_a_person) if days else None


def _first(
    text: str,
    days: list[DaySpan],
    ways: tuple[tuple[Kind, re.Pattern[str]], ...],
    counts: Callable[[str, Kind, _Match], bool],
) -> DaySpan | None:
    blank = _blanked(text, days)
    told = [(match, kind) for kind, way in ways for match in way.finditer(blank)]
    for match, kind in sorted(told, key=lambda one: one[0].start()):
        if grammar().unreal.search(_clause(blank, match.start())) or not counts(blank, kind, match):
            continue
        if day := _day(blank, days, match):
            return day
    return None


def _blanked(text: str, days: list[DaySpan]) -> str:
    """``text`` with spaces for the days, so that a way of telling may have a day anywhere."""
    for span in days:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _clause(text: str, end: int) -> str:
    """What stands before ``end`` in its clause."""
    return _CUT.split(text[:end])[-1]


def _sentence(text: str, match: _Match) -> str:
    """The sentence around ``match``."""
    return _ENDS.split(text[: match.start()])[-1] + match.group() + _ENDS.split(text[match.end() :])[0]


def _into_a_fault(text: str, kind: Kind, match: _Match) -> bool:
    words, before = grammar(), _clause(text, match.start())
    if kind == "of" or match.groupdict().get("whom"):
        return _concerns(text, match, before)
    if kind == "upon":
        return bool(words.discipline.search(match["by"])) or _person_acts(text[: match.start()])
    about_firms = words.about_firms.search(_sentence(text, match))
    if kind == "bare":
        return not about_firms and not _OBJECT.search(before) and _organ_acts(text[: match.start()], before)
    if kind == "named":
        return not words.firm.search(before)
    return not about_firms and not words.person.search(before)


def _concerns(text: str, match: _Match, before: str) -> bool:
    """True when what is looked into is a fault or a person of the bureau, and it is not an officer who does the looking."""
    words, whom = grammar(), match["whom"].strip().rstrip("于在从自")
    if any(found.end() == len(whom) for found in words.firm.finditer(whom)):
        return False
    by = before + match.group()[: match.start("whom") - match.start()]
    if words.person.search(before) and not words.organ.search(by):
        return False
    if words.person.search(whom) or words.matter.search(whom):
        return True
    if words.discipline.search(by):
        return not words.about_firms.search(whom)
    if words.pointing.match(whom):
        return _person_acts(text[: match.start()])
    return bool(words.pronoun.match(whom)) and _person_last(text[: match.start()])


def _organ_acts(earlier: str, clause: str) -> bool:
    """True when those who look into people do it in the sentence that ``earlier`` ends with, or an organ in its last ``clause`` after a
    person was named."""
    words = grammar()
    if not words.organ.search(clause) and words.person.search(clause):
        return False
    if words.discipline.search(_ENDS.split(earlier)[-1]):
        return True
    return bool(words.organ.search(clause) and words.person.search(earlier))


def _person_acts(before: str) -> bool:
    """True when the last clause of ``before`` that names a person or a firm names a person first."""
    words = grammar()
    for clause in reversed(_CUT.split(before)):
        person, firm = words.person.search(clause), words.firm.search(clause)
        if person or firm:
            return bool(person and (not firm or person.start() < firm.start()))
    return False


def _person_last(before: str) -> bool:
    """True when the last of the persons and firms named in ``before`` is a person."""
    words = grammar()
    person = max((found.start() for found in words.person.finditer(before)), default=-1)
    return person > max((found.start() for found in words.firm.finditer(before)), default=-1)


def _on_a_person(text: str, kind: Kind, match: _Match) -> bool:
    words, before = grammar(), _clause(text, match.start())
    if words.person.search(match.group()):
        return True
    if words.firm.search(before + match.group()):
        return False
    if words.personal.search(match.group()):
        return True
    sentence = _sentence(text, match)
    acting = any(not _OBJECT.search(before, 0, found.start()) for found in words.person.finditer(before))
    return not (acting and not words.organ.search(before)) and (
        not words.firm.search(sentence) or bool(words.person.search(sentence))
    )


def _day(text: str, days: list[DaySpan], match: _Match) -> DaySpan | None:
    """The day on which what ``match`` tells happened: the one within it, else the one that leads to it, else the one said just after it."""
    start, end = match.span("at") if "at" in match.groupdict() else (0, 0)
    for day in days:
        if start <= day.start and day.end <= end:
            return day
    earlier = [day for day in days if day.end <= match.start()]
    if earlier and _leads(text[earlier[-1].end : match.start()]):
        return earlier[-1]
    later = [day for day in days if day.start >= match.end()]
    return later[0] if later and _LINK.fullmatch(text, match.end(), later[0].start) else None


def _leads(between: str) -> bool:
    """True when a day said before ``between`` is still the day of what comes after it."""
    *clauses, own = _CUT.split(between)
    if _ENDS.search(between) or _SOON.match(between) or grammar().later.search(between):
        return False
    return len(own) <= _NEAR and all(_LEAD.fullmatch(clause.strip()) for clause in clauses)
