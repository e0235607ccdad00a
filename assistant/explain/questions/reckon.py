"""Date arithmetic for the limits of arts 15 and 16: when does it end, was it late and by how much.

Counting: the first day is not counted; months end on the same day of the month or, where there is none, on its last
day. Holidays are not looked at, because the regulation says nothing of them.
"""

import re
from datetime import date
from typing import NamedTuple

from assistant.corpus import Regulation
from assistant.corpus.numerals import to_chinese, to_int
from assistant.explain.questions.answer import Answer, compose
from assistant.triage.calendar import Day, add_days, add_months, find_days

_NOTICE = re.compile(r"通知|送达|书面|告知|告诉|送到|送给|交给|到手|收到|才给|拿到|给他|给本人|知会")
_DECISION = re.compile(r"决定|处理意见定|作出处理|定下来|下的文")
_PROBE = re.compile(
    r"调查|开始查|查起|启动|立案|核查|查的|处理完|办完|办结|结案|延长|延期|三个月|查完|了结|开查|着手|查案|查这|查他|查办|结果|查"
)
_ASKS = re.compile(
    r"哪天|哪一天|几号|何时|什么时候|啥时候|最晚|最迟|截止|到期|届满|之前|以前|期限|超|晚|迟|来得及|来不来|算不算|逾期|按时|违规|够不够|时限|还有几天|最后一天|合规|合不合|行不行|可以吗|对吗|对不|赶趟|多久|多长时间|几个月|几天|几日|多少天|的话$|呢[。？?]?$"
)
_LEAVE = re.compile(r"延长|延期|延了|批了延|宽限|展期|多给了?一个月|续了一个月|又批了一个月|再加一个月|特殊情况")
_NO_LEAVE = re.compile(
    r"(?:没|未|不|没有|没能|别|无)(?:有|办|报|批准?|申请|经过?|走|请|搞|要|得到)*(?:延长|延期|延|宽限|展期)|没延|不延|延期没批|延长没批"
)
_BARE = re.compile(r"(?<![月0-9一二三四五六七八九十第])(\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?!内)")
_NEXT = re.compile(r"(次月|下个?月|当月|本月|同月)(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_COUNT = r"(\d{1,3}|[一二两俩三四五六七八九十百]{1,4}|半)"
_SPAN = re.compile(rf"第?{_COUNT}(个半月|个多月|个月|个礼拜|个星期|礼拜|星期|周|天|日|年)(半)?")
_ELAPSED = re.compile(
    r"第[0-9一二三四五六七八九十]+天|才|过了|用了|花了|拖了|查了|办了|隔了|之后|以后|过去|后|已经|都|还没|还未|了还"
)
_COUNTING = "计算方法：起算当天不计入，按月算的到对应日届满，没有对应日的到当月最后一天；节假日是否顺延条文没有规定。"


class _Limit(NamedTuple):
    """A limit in words and how its end is reckoned."""

    ref: str
    quote: str
    months: int
    days: int
    event: str
    act: str


_HANDLE = _Limit("15", "应当自调查之日起三个月内处理完毕", 3, 0, "调查", "处理完毕")
_NOTIFY = _Limit("16", "应在七日内将处理决定书面通知本人", 0, 7, "作出处理决定", "书面通知本人")


def reckon(text: str, regulation: Regulation) -> Answer | None:
    """The answer when ``text`` asks for a reckoning of art. 15 or 16 and tells a day or a stretch of time; else None."""
    if regulation.id != "xushui-2020":
        return None
    days = _days(text)
    if days and _ASKS.search(text) and (_NOTICE.search(text) or _DECISION.search(text) or _PROBE.search(text)):
        limit, start, rest = _which(text, days)
        return _ends(text, limit, start, rest[-1] if rest else None, regulation)
    return _by_length(text, regulation) if not days else None


def bears(text: str) -> bool:
    """True when ``text``, said after a reckoning, changes it: another day, or leave to go on longer."""
    return len(text) <= 30 and bool(_days(text) or _LEAVE.search(text) or _BARE.search(text))


def _days(text: str) -> list[tuple[int, Day]]:
    """Every day told with its place; a bare 10号 is of the month told before it."""
    found = [(span.start, span.day) for span in find_days(text)]
    covered = [(span.start, span.end) for span in find_days(text)]
    for match in (*_NEXT.finditer(text), *_BARE.finditer(text)):
        if any(a <= match.start() < b or a <= match.end() - 1 < b for a, b in covered):
            continue
        before = [day for at, day in sorted(found) if at < match.start()]
        if not before:
            continue
        number = to_int(match.group(match.lastindex or 1))
        base = before[-1]._replace(day=1)
        base = add_months(base, 1) if match.re is _NEXT and match[1].startswith(("次", "下")) else base
        if 1 <= number <= 31:
            found.append((match.start(), base._replace(day=number)))
            covered.append(match.span())
    return sorted(found)


def _which(text: str, days: list[tuple[int, Day]]) -> tuple[_Limit, Day, list[Day]]:
    """The limit asked for, the day it counts from, and the days told after that."""
    asks_notice = bool(_NOTICE.search(text)) or (bool(_DECISION.search(text)) and not _PROBE.search(text))
    if asks_notice and len(days) > 1 and not _DECISION.search(text) and _PROBE.search(text):
        asks_notice = False
    limit = _NOTIFY if asks_notice else _HANDLE
    marker = _DECISION if limit is _NOTIFY else _PROBE
    start = 0
    if len(days) > 1 and limit is _NOTIFY:
        for number, (at, _) in enumerate(days):
            until = days[number + 1][0] if number + 1 < len(days) else len(text)
            since = days[number - 1][0] + 4 if number else 0
            if marker.search(text[at:until]) or (marker.search(text[since:at]) and not number):
                start = number
                break
    return limit, days[start][1], [day for _, day in days[start + 1 :]]


def _ends(text: str, limit: _Limit, start: Day, actual: Day | None, regulation: Regulation) -> Answer:
    leave = limit is _HANDLE and bool(_LEAVE.search(text)) and not _NO_LEAVE.search(text)
    plain = add_months(start, limit.months) if limit.months else add_days(start, limit.days)
    longer = add_months(start, limit.months + 1)
    due = longer if leave else plain
    length = f"{to_chinese(limit.months + leave)}个月" if limit.months else f"{to_chinese(limit.days)}日"
    basis = f"自{start.chinese()}{limit.event}起算{length}，{due.chinese()}届满，最迟{due.chinese()}{limit.act}"
    more = [_COUNTING]
    if limit is _HANDLE:
        more.insert(
            0, f"没有批准延长的，到{plain.chinese()}；遇特殊情况、报办公会议批准延长一个月的，到{longer.chinese()}。"
        )
    if not start.year and due.month == 2 and due.day == 28:
        more.append("没有说年份，按平年算；遇闰年为2月29日。" if start.day > 28 else "")
    if actual is None:
        return compose(
            regulation, f"最迟{due.chinese()}：{basis}。", [limit.ref], quote=limit.quote, more=filter(None, more)
        )
    late = _later(start, due, actual)
    if late > 0:
        head = f"超期了，晚了{late}天：{basis}，{actual.chinese()}已经超过期限{late}天。"
    elif late == 0:
        head = f"没有超期，正好在最后一天：{basis}，{actual.chinese()}没有超过期限，来得及。"
    else:
        head = f"没有超期，在期限以内：{basis}，{actual.chinese()}没有超过，还早{-late}天。"
    return compose(regulation, head, [limit.ref], quote=limit.quote, more=filter(None, more))


def _later(start: Day, due: Day, actual: Day) -> int:
    """Days from ``due`` to ``actual``; a day without a year is the first such day after ``start``."""
    year = start.year or 2001
    due_year = due.year or (year + ((due.month, due.day) < (start.month, start.day)))
    actual_year = actual.year or (year + ((actual.month, actual.day) < (start.month, start.day)))
    end = date(due_year, due.month, due.day)
    return (date(actual_year, actual.month, min(actual.day, 28) if actual.month == 2 else actual.day) - end).days


def _by_length(text: str, regulation: Regulation) -> Answer | None:
    """Compare a told stretch of time with a limit: 第八天才通知, 查了五个月."""
    match = _SPAN.search(text)
    if match is None or not _ELAPSED.search(text) or not _ASKS.search(text):
        return None
    unit, half = match[2], bool(match[3])
    try:
        number = 0.5 if match[1] == "半" else float(to_int(match[1].replace("俩", "两")))
    except ValueError:
        return None
    number += 0.5 if half or unit in {"个半月", "个多月"} else 0.0
    told = match.group().removeprefix("第")
    in_days = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个礼拜": 7, "个星期": 7, "年": 365}.get(unit, 30)
    if _NOTICE.search(text) and not re.search(r"内(?:书面)?(?:通知|送达|告)", text):
        late = int(number * in_days) - 7
        if late > 0:
            head = f"晚了、超期了：作出处理决定后应在七日内书面通知本人，{told}已经超过七日" + (
                f"（超{late}天）。" if in_days == 1 else "。"
            )
        else:
            head = f"没有超期：作出处理决定后应在七日内书面通知本人，{told}没有超过七日。"
        return compose(regulation, head, ["16"], quote=_NOTIFY.quote, more=[_COUNTING])
    if not re.search(
        r"调查|查了|还没处理|没处理完|办了|处理了|处理完|没结|才处理|才办|结果|拖了|用了|花了", text
    ) or unit in {"日"}:
        return None
    leave = bool(_LEAVE.search(text)) and not _NO_LEAVE.search(text)
    most = 4 if leave else 3
    months = number * in_days / 30.4 if in_days != 30 else number
    if months > most + 0.03:
        head = f"超期了：应当自调查之日起三个月内处理完毕{'，经批准延长一个月最长四个月' if leave else ''}，{told}已经超过期限。"
    else:
        head = f"没有超期：应当自调查之日起三个月内处理完毕{'，经批准可以延长一个月，最长四个月' if leave else ''}，{told}没有超过期限。"
    more = [
        "遇特殊情况、报生态环境行政主管部门办公会议批准可以延长一个月（合计最长四个月）；超期就不再追究，条文没有这样规定。"
    ]
    return compose(regulation, head, ["15"], quote=_HANDLE.quote, more=more)
