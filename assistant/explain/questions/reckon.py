"""Date arithmetic for the limits of arts 15 and 16: when does it end, was it late and by how much.

Counting: the first day is not counted; months end on the same day of the month or, where there is none, on its last
day. Holidays are not looked at, because the regulation says nothing of them. A limit is reckoned from the day on which the
text says that it began and from no other; where it does not say that, the answer asks for it.
"""

from datetime import date
from typing import NamedTuple

from assistant.corpus import Regulation
from assistant.corpus.numerals import to_chinese
from assistant.explain.questions.answer import Answer, compose
from assistant.explain.questions.limits import (
    ASKS,
    ASKS_WHEN,
    COUNTING,
    DECISION,
    HANDLE,
    NOTICE,
    NOTIFY,
    PROBE,
    Limit,
    asks_of_notice,
    has_leave,
    speaks_of_leave,
    wanting,
)
from assistant.explain.questions.stretches import by_length
from assistant.explain.questions.told_days import Role, Told, exists, tells_day, told_days
from assistant.triage.calendar import Day, add_days, add_months

#: A longer text tells a story, whatever it asks at its end.
_LONGEST = 300
#: What happened on the day that a limit runs from, the surest first, and on the day that it ran to.
_FROM: dict[str, tuple[Role, ...]] = {"15": ("begun", "probed", "opened"), "16": ("decided",)}
_TO: dict[str, tuple[Role, ...]] = {"15": ("done", "decided"), "16": ("notified",)}
_SURELY = frozenset({"begun", "decided"})
#: Years that a day without one is tried in: a common one, one before a leap year, a leap year.
_YEARS = (2001, 2003, 2004)


class _Course(NamedTuple):
    """From when a limit ran and to when; ``end`` None when that is not told. Both have years; ``shown`` without when none was told."""

    start: Day
    end: Day | None
    yearless: bool

    def shown(self, day: Day) -> str:
        """``day`` as people say it."""
        if not self.yearless:
            return day.chinese()
        return ("次年" if day.year > self.start.year else "") + day._replace(year=0).chinese()


def reckon(text: str, regulation: Regulation) -> Answer | None:
    """The answer when ``text`` asks for a reckoning of art. 15 or 16 and tells a day or a stretch of time; else None."""
    if regulation.id != "xushui-2020" or len(text) > _LONGEST or not ASKS.search(text):
        return None
    told = told_days(text)
    if not told.days:
        return by_length(text, regulation)
    if not (NOTICE.search(text) or DECISION.search(text) or PROBE.search(text)):
        return None
    order = (NOTIFY, HANDLE) if asks_of_notice(text) else (HANDLE, NOTIFY)
    begun = [(limit, start) for limit in order if (start := _start(told, limit)) is not None]
    unsaid = next((number for number, day in enumerate(told.days) if not day.roles), None)
    if not begun and unsaid is not None:
        begun = [(order[0], unsaid)]
    if begun:
        return _by_days(text, told, begun, regulation)
    ended = next(
        (limit for limit in order if _end(told, limit) is not None), order[0] if ASKS_WHEN.search(text) else None
    )
    return wanting(ended, f"没有说哪天{ended.begins}", regulation) if ended else None


def bears(text: str) -> bool:
    """True when ``text``, said after a reckoning, changes it: another day, or leave to go on longer."""
    return len(text) <= 30 and (tells_day(text) or speaks_of_leave(text))


def _start(told: Told, limit: Limit) -> int | None:
    """The place among the days of the one that ``limit`` runs from; None when no day is said to be it."""
    for role in _FROM[limit.ref]:
        for number, day in enumerate(told.days):
            if role in day.roles and (role in _SURELY or not day.roles & {"done", "reported"}):
                return number
    return None


def _end(told: Told, limit: Limit, start: int | None = None) -> Day | None:
    """The day that the act of ``limit`` was done on, or the last one told without what happened on it."""
    days = [day for number, day in enumerate(told.days) if number != start]
    for role in _TO[limit.ref]:
        if found := [day.day for day in days if role in day.roles]:
            return found[-1]
    return next((day.day for day in reversed(days) if not day.roles), None) if start is not None else None


def _by_days(text: str, told: Told, begun: list[tuple[Limit, int]], regulation: Regulation) -> Answer:
    """The first of the limits ``begun``, each with the place of its first day; of another one what was passed of it."""
    limit, start = begun[0]
    course = _course(told, limit, start)
    if course is None:
        return wanting(limit, f"哪天{limit.begins}、哪天{limit.act}，先后对不上", regulation)
    leave = has_leave(text)
    more = _more(limit, course, leave, told)
    for other, place in begun[1:]:
        also = _course(told, other, place)
        if also and also.end and also.end > _due(other, also.start, leave=leave):
            more.insert(0, f"另外，{_head(other, also, leave)}")
    return compose(regulation, _head(limit, course, leave), [limit.ref], quote=limit.quote, more=more)


def _head(limit: Limit, course: _Course, leave: bool) -> str:
    due = _due(limit, course.start, leave=leave)
    months = limit.months + (leave and limit.extends)
    length = f"{to_chinese(months)}个月" if limit.months else f"{to_chinese(limit.days)}日"
    ends = course.shown(due)
    basis = f"自{course.shown(course.start)}{limit.event}起算{length}，{ends}届满，最迟{ends}{limit.act}"
    if course.end is None:
        return f"最迟{ends}：{basis}。"
    late, actual = (date(*course.end) - date(*due)).days, course.shown(course.end)
    if late > 0:
        return f"超期了，晚了{late}天：{basis}，{actual}已经超过期限{late}天。"
    if late == 0:
        return f"没有超期，正好在最后一天：{basis}，{actual}没有超过期限，来得及。"
    return f"没有超期，在期限以内：{basis}，{actual}没有超过，还早{-late}天。"


def _more(limit: Limit, course: _Course, leave: bool, told: Told) -> list[str]:
    """What goes with a reckoning: the end with and without leave, how it is counted, and what is not certain."""
    more = [f"“{words}”是哪一天说不准，没有拿它来比：请写明是几月几日。" for words in told.unclear]
    if limit.extends:
        plain, longer = (course.shown(_due(limit, course.start, leave=given)) for given in (False, True))
        more.append(f"没有批准延长的，到{plain}；遇特殊情况、报办公会议批准延长一个月的，到{longer}。")
    more.append(COUNTING)
    due = _due(limit, course.start, leave=leave)
    if course.yearless and course.start.year == _YEARS[0]:
        leap = (_due(limit, course.start._replace(year=year), leave=leave) for year in _YEARS[1:])
        if other := next((day for day in leap if day[1:] != due[1:]), None):
            more.append(f"没有说年份，按平年算；遇闰年为{other._replace(year=0).chinese()}。")
    return more


def _due(limit: Limit, start: Day, *, leave: bool) -> Day:
    """The last day of ``limit`` from ``start`` on, which has a year."""
    return add_months(start, limit.months + (leave and limit.extends)) if limit.months else add_days(start, limit.days)


def _course(told: Told, limit: Limit, start: int) -> _Course | None:
    """From the day at place ``start`` to the day that the act was done on, both with years: a day without one is the first
    such day from the other on, or the last one before a dated end; None when the end lies before the start."""
    first, last = told.days[start].day, None if told.unclear else _end(told, limit, start)
    ends_in = last.year if last else 0
    years: tuple[int, ...] = (first.year,) if first.year else (ends_in, ends_in - 1) if ends_in else _YEARS
    for year in years:
        begins = first._replace(year=year)
        if not exists(begins):
            continue
        if last is None:
            return _Course(begins, None, yearless=not first.year)
        for ends in (last._replace(year=found) for found in ((ends_in,) if ends_in else (year, year + 1))):
            if exists(ends) and ends >= begins:
                return _Course(begins, ends, yearless=not (first.year or ends_in))
    return None
