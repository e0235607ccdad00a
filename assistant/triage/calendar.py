"""Dates as people write them, and the reckoning of the regulation's time limits.

Counting follows 民法典 art. 200-203 as commonly read: the first day is not counted, a limit in months ends on the same
day of the last month or, where there is none, on that month's last day. The limits of arts 15 and 16 are plain days
and months; whether a holiday at the end extends them the regulation does not say, and neither does this module.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from assistant.corpus.numerals import to_int

_NUMBER = r"[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2}"
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*年\s*)?(?P<month>{_NUMBER})\s*月\s*(?P<day>{_NUMBER})\s*(?:日|号|(?![0-9一二三四五六七八九十]))"
    r"|(?P<dotted>(?:19|20)\d{2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{1,2})(?!\d)"
)
_MONTH = re.compile(rf"(?P<year>{_YEAR})\s*年\s*(?P<month>{_NUMBER})\s*月")
_NEXT = ("次年", "翌年", "第二年", "转年")
_OPEN = ("今年", "去年", "前年", "明年", "本年", "上年")
_RELATIVE = re.compile(rf"(?:{'|'.join((*_NEXT, *_OPEN))}|同年|当年|该年)(?:的|度)?\s*$")
_NEAR = 8


class Day(NamedTuple):
    """A calendar day; ``year`` is 0 when the text did not tell it."""

    year: int
    month: int
    day: int

    def iso(self) -> str:
        """``2026-03-05``, or ``03-05`` without a year."""
        tail = f"{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{tail}" if self.year else tail

    def chinese(self) -> str:
        """「2026年3月5日」, or 「3月5日」 without a year."""
        head = f"{self.year}年" if self.year else ""
        return f"{head}{self.month}月{self.day}日"


class DaySpan(NamedTuple):
    """A day and where the text tells it."""

    day: Day
    start: int
    end: int


def find_days(text: str) -> list[DaySpan]:
    """Every date of ``text`` that exists in the calendar, in order; 2月29日 needs a leap year or no year."""
    found = []
    for match in _DATE.finditer(text):
        if match["dotted"]:
            year, month, day = (int(part) for part in re.split(r"[./-]", match["dotted"]))
        else:
            year, month, day = _year(match["year"] or ""), _small(match["month"]), _small(match["day"])
        if 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]:
            found.append(DaySpan(Day(year, month, day), *match.span()))
    return found


def with_years(text: str, days: list[DaySpan]) -> list[DaySpan]:
    """``days`` of ``text``, a day without a year given that of the day (or the month of a year) told last before it, where it does not
    come before that one; 次年 goes one year on. 今年 and its like stay open, and what follows them: no function of a text knows today."""
    months = [(match.end(), Day(_year(match["year"]), _small(match["month"]), 1)) for match in _MONTH.finditer(text)]
    since: Day | None = None
    found = []
    for span in days:
        while months and months[0][0] <= span.end:
            since = months.pop(0)[1]
        day = span.day if span.day.year else _after(since, span.day, text[max(0, span.start - _NEAR) : span.start])
        since = day if day.year else None
        found.append(span._replace(day=day))
    return found


def _after(since: Day | None, day: Day, before: str) -> Day:
    """``day`` with the year that follows from ``since`` and the words ``before`` it, else as it is."""
    said = _RELATIVE.search(before)
    if since is None or (said and said[0].startswith(_OPEN)):
        return day
    if said is None and (day.month, day.day) < (since.month, since.day):
        return day
    return day._replace(year=since.year + bool(said and said[0].startswith(_NEXT)))


def _year(text: str) -> int:
    return to_int(text.replace("零", "〇")) if text else 0


def _small(text: str) -> int:
    try:
        return to_int(text)
    except ValueError:
        return 0


def add_months(start: Day, months: int) -> Day:
    """The day ``months`` later, clamped to the month's last day (2月 without a year counts 28)."""
    index = start.month - 1 + months
    year = start.year + index // 12 if start.year else 0
    month = index % 12 + 1
    return Day(year, month, min(start.day, monthrange(year or 2001, month)[1]))


def add_days(start: Day, days: int) -> Day:
    """The day ``days`` later; without a year a common year is reckoned, but 2月29日 tells of a leap year."""
    common = 2000 if (start.month, start.day) == (2, 29) else 2001
    later = date(start.year or common, start.month, start.day) + timedelta(days=days)
    return Day(later.year if start.year else 0, later.month, later.day)
