"""The days that a text tells and what it says happened on each (开始调查, 处理完, 作出决定, 通知), whatever their order."""

import re
from calendar import monthrange
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.corpus.numerals import to_int
from assistant.explain.questions.limits import ASKS_WHEN, DECISION, NOTICE
from assistant.triage.calendar import Day, add_months, find_days

Role = Literal["begun", "probed", "opened", "reported", "done", "decided", "notified", "leave"]

_NUMBER = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
#: A day that is no full date: 31号, 下月3日; and a date that the calendar does not have.
_LOOSE = re.compile(
    rf"(?:(?P<month>次月|下个?月|上个?月|当月|本月|这个?月|同月)|(?P<named>{_NUMBER})\s*月|(?<![月0-9０-９一二三四五六七八九十第]))\s*"
    rf"(?P<day>{_NUMBER})(?:号|日(?!以?后|之后|[多来]))(?!以?内|之内)"
)
_SPENT = ("过了", "隔了", "拖了", "用了", "花了", "等了", "又过", "查了", "办了")
_ASKING = re.compile(
    rf"{ASKS_WHEN.pattern}|[超逾]|[晚迟](?:没|了|几|不)|算不算|来得及|多久|几天|几个月|多少天|够不够|是否|[吗呢]"
)
_SEPARATOR = re.compile(r"[，。；;,、！!？?：:\s]")
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("begun", re.compile(r"(?:开始|启动|着手|立案|立的|当天就?)[^，。]{0,6}查|(?<!一)起[^，。]{0,4}查|开查|查起")),
    ("done", re.compile(r"处理(?!决定|意见)|办[完结好]|结案|[查调]完|调查结束|查结|了结|完毕|[还都才]?没完|结果|结束")),
    ("probed", re.compile(r"查")),
    ("opened", re.compile(r"开始|启动|着手|立案|立的|起算")),
    ("reported", re.compile(r"举报|投诉|反映|来信|来电|来访|信访|接到|线索|受理|发现|案发")),
    ("decided", DECISION),
    ("notified", NOTICE),
    ("leave", re.compile(r"延长|延期|延了|宽限|展期")),
)


class ToldDay(NamedTuple):
    """A day and what happened on it; no role when the text does not say."""

    day: Day
    roles: frozenset[Role]


class Told(NamedTuple):
    """The days in the order of the text, and the words for days that are on no calendar or of no certain month."""

    days: tuple[ToldDay, ...]
    unclear: tuple[str, ...]


class _Span(NamedTuple):
    start: int
    end: int
    day: Day


def tells_day(text: str) -> bool:
    """True when ``text`` tells a day, whole or by its number."""
    return bool(find_days(text) or _LOOSE.search(text))


def told_days(text: str) -> Told:
    """The days of ``text``, a bare 10号 being of the month told before it."""
    spans, unclear = _spans(text)
    return Told(tuple(ToldDay(span.day, _roles(text, spans, n)) for n, span in enumerate(spans)), unclear)


def _spans(text: str) -> tuple[list[_Span], tuple[str, ...]]:
    spans = [_Span(found.start, found.end, found.day) for found in find_days(text)]
    unclear = []
    for match in _LOOSE.finditer(text):
        start, end = match.span()
        if any(start < span.end and span.start < end for span in spans) or text[:start].endswith(_SPENT):
            continue
        day = _loose(match, [span.day for span in sorted(spans) if span.start < start])
        if day is None:
            unclear.append(match.group().strip())
        else:
            spans.append(_Span(start, end, day))
    return sorted(spans), tuple(unclear)


def _loose(match: re.Match[str], before: list[Day]) -> Day | None:
    """The day of ``match``, counted from the day told before; None when it is on no calendar or its month is not certain."""
    if match["named"] or not before:
        return None
    number, last = _number(match["day"]), before[-1]
    if not match["month"] and number < last.day:
        return None
    shift = {"次": 1, "下": 1, "上": -1}.get((match["month"] or "当")[0], 0)
    day = add_months(last._replace(day=1), shift)._replace(day=number)
    return day if exists(day) else None


def exists(day: Day) -> bool:
    """True for a day of the calendar; 2月29日 needs a leap year or no year."""
    return 1 <= day.month <= 12 and 1 <= day.day <= monthrange(day.year or 2000, day.month)[1]


def _number(text: str) -> int:
    try:
        return to_int(text)
    except ValueError:
        return 0


def _roles(text: str, spans: list[_Span], number: int) -> frozenset[Role]:
    """What happened on day ``number``: by the words of its own clause, else by those of the clauses up to the next day."""
    span = spans[number]
    since = spans[number - 1].end if number else 0
    until = spans[number + 1].start if number + 1 < len(spans) else len(text)
    begins = max((match.end() for match in _SEPARATOR.finditer(text, 0, span.start)), default=0)
    # what stands between two days of one clause is said of the first
    head = text[begins : span.start] if begins >= since else ""
    cuts = [*(match.start() for match in _SEPARATOR.finditer(text, span.end, until)), until]
    after = _stated(text[span.end : cuts[0]])
    roles = _happened(head + after)
    if text[: span.start].endswith(("到", "至")) and "begun" not in roles:
        return frozenset({"done"})
    if text[: span.start].endswith(("从", "自")) or after.startswith("起"):
        roles |= {"opened"}
    for start, end in pairwise(cuts):
        roles = roles or _happened(_stated(text[start:end]))
    return roles


def _stated(words: str) -> str:
    """``words`` up to where they begin to ask."""
    asks = _ASKING.search(words)
    return words[: asks.start()] if asks else words


def _happened(words: str) -> frozenset[Role]:
    return frozenset(role for role, pattern in _ROLES if pattern.search(words))
