"""Told stretches of time against the limits of arts 15 and 16: 第八天才通知, 查了三个月零五天.

A stretch is read whole, with the days after its months and with 多, 不到 and 左右. Months have 28 to 31 days, so some stretches are
neither within a limit nor over it; then the answer asks for the days.
"""

import re
from typing import NamedTuple

from assistant.corpus import Regulation
from assistant.corpus.numerals import to_int
from assistant.explain.questions.answer import Answer, compose
from assistant.explain.questions.limits import COUNTING, HANDLE, NOTICE, NOTIFY, Limit, has_leave, wanting

_COUNT = r"[0-9０-９]{1,3}|[一二两俩仨三四五六七八九十百]{1,4}|半"
#: 二三个月 is no number of months.
_ROUGH = re.compile(r"[一二两三四五六七八九]{2,}")
_UNIT = r"个半月|个[多来]月|个月|(?<=[俩仨])月|个?(?:礼拜|星期)|周|天|日|年"
_SPAN = re.compile(
    rf"(?P<about>不到|不足|没到|未到|将近|近|快|差不多|大约|大概|约|超过|不止)?第?(?P<count>{_COUNT})(?P<unit>{_UNIT})(?P<half>半)?"
    rf"(?:[零又加另还外带、]*(?P<rest>{_COUNT}|几)(?P<small>个?(?:礼拜|星期)|周|天|日))?"
    r"(?P<over>还?多|出头|有余|有零|挂零|开外|以上|左右|上下)?"
)
#: A stretch that is the limit itself or the leave given, not what was spent.
_NOT_SPENT = re.compile(r"(?:规定|应当?|要求|限|延长|延期|延|宽限|展期|再加|续|多给)(?:了|是|在|的)?$")
_ALLOWED = re.compile(r"\s*(?:的?(?:期限|时限|规定)|以?内|之内)")
_ELAPSED = re.compile(
    r"第[0-9一二三四五六七八九十]+天|才|过了|用了|花了|拖了|查了|办了|隔了|之后|以后|过去|后|已经|都|还没|还未|了还"
)
_SPEAKS_OF_HANDLING = re.compile(r"调查|查了|还没处理|没处理完|办了|处理了|处理完|没结|才处理|才办|结果|拖了|用了|花了")
_NOTICE_WITHIN = re.compile(r"内(?:书面)?(?:通知|送达|告)")
#: The fewest and the most days that so many months running have.
_SHORTEST, _LONGEST = (0, 28, 59, 89, 120), (0, 31, 62, 92, 123)
_MORE = frozenset({"超过", "不止", "多", "还多", "出头", "有余", "有零", "挂零", "开外", "以上"})
_ABOUT = frozenset({"差不多", "大约", "大概", "约", "左右", "上下"})
_NEARLY = frozenset({"将近", "近", "快"})


class _Length(NamedTuple):
    """Months and days on top of them."""

    months: int
    days: int


class _Stretch(NamedTuple):
    """``least`` to ``most`` as told in ``words``."""

    words: str
    least: _Length
    most: _Length


def by_length(text: str, regulation: Regulation) -> Answer | None:
    """Compare the one stretch of time that ``text`` tells with a limit; None when it tells none, or several."""
    if not _ELAPSED.search(text):
        return None
    spent = [stretch for match in _SPAN.finditer(text) if (stretch := _spent(text, match))]
    if len(spent) != 1:
        return None
    if NOTICE.search(text) and not _NOTICE_WITHIN.search(text):
        return _of_notice(spent[0], regulation)
    if not _SPEAKS_OF_HANDLING.search(text) or spent[0].words.endswith("日"):
        return None
    return _of_handling(spent[0], has_leave(text), regulation)


def _of_notice(spent: _Stretch, regulation: Regulation) -> Answer:
    over = _beyond(spent, NOTIFY, 0)
    if over is None:
        return wanting(NOTIFY, f"“{spent.words}”有没有超过七日说不准", regulation)
    if over:
        exact = spent.least == spent.most and not spent.least.months and "半" not in spent.words
        by = f"（超{spent.least.days - NOTIFY.days}天）" if exact else ""
        head = f"晚了、超期了：作出处理决定后应在七日内书面通知本人，{spent.words}已经超过七日{by}。"
    else:
        head = f"没有超期：作出处理决定后应在七日内书面通知本人，{spent.words}没有超过七日。"
    return compose(regulation, head, [NOTIFY.ref], quote=NOTIFY.quote, more=[COUNTING])


def _of_handling(spent: _Stretch, leave: bool, regulation: Regulation) -> Answer:
    over = _beyond(spent, HANDLE, int(leave))
    if over is None:
        return wanting(HANDLE, f"“{spent.words}”有没有超过期限说不准", regulation)
    if over:
        most = "，经批准延长一个月最长四个月" if leave else ""
        head = f"超期了：应当自调查之日起三个月内处理完毕{most}，{spent.words}已经超过期限。"
    else:
        most = "，经批准可以延长一个月，最长四个月" if leave else ""
        head = f"没有超期：应当自调查之日起三个月内处理完毕{most}，{spent.words}没有超过期限。"
    more = [
        "遇特殊情况、报生态环境行政主管部门办公会议批准可以延长一个月（合计最长四个月）；超期就不再追究，条文没有这样规定。"
    ]
    return compose(regulation, head, [HANDLE.ref], quote=HANDLE.quote, more=more)


def _spent(text: str, match: re.Match[str]) -> _Stretch | None:
    """The stretch that ``match`` tells, None for a limit, for leave, and for what is no number."""
    if _NOT_SPENT.search(text[: match.start()]) or _ALLOWED.match(text, match.end()):
        return None
    try:
        return _stretch(match)
    except ValueError:
        return None


def _stretch(match: re.Match[str]) -> _Stretch:
    unit = match["unit"]
    size = _size(unit)
    least = most = _times(match["count"], size)
    if match["half"] or unit == "个半月":
        least = most = _plus(most, _times("半", size))
    if match["rest"] == "几":
        least, most = _plus(least, _Length(0, 1)), _plus(most, _Length(0, 9))
    elif match["rest"]:
        least = most = _plus(most, _times(match["rest"], _size(match["small"])))
    words = {match["about"], match["over"], "多" if unit in {"个多月", "个来月"} else None}
    if words & _MORE:
        least, most = _plus(least, _Length(0, 1)), _plus(most, size)
    elif words & _ABOUT:
        least, most = _less(least, size), _plus(most, size)
    elif words & _NEARLY:
        least = _plus(_less(least, size), _Length(0, 1))
    elif match["about"]:  # 不到
        least = _Length(0, 0)
    return _Stretch(match.group().removeprefix("第"), least, most)


def _size(unit: str) -> _Length:
    if unit.endswith("年"):
        return _Length(12, 0)
    if unit.endswith("月"):
        return _Length(1, 0)
    return _Length(0, 1 if unit in {"天", "日"} else 7)


def _times(count: str, size: _Length) -> _Length:
    if _ROUGH.fullmatch(count):
        raise ValueError(f"a rough number: {count}")
    if count == "半":
        return _Length(size.months // 2, 15 if size.months == 1 else size.days // 2)
    number = to_int(count.replace("俩", "两").replace("仨", "三"))
    return _Length(size.months * number, size.days * number)


def _plus(one: _Length, other: _Length) -> _Length:
    return _Length(one.months + other.months, one.days + other.days)


def _less(one: _Length, other: _Length) -> _Length:
    return _Length(max(one.months - other.months, 0), max(one.days - other.days, 0))


def _beyond(spent: _Stretch, limit: Limit, leave: int) -> bool | None:
    """Was ``limit`` passed; None when that depends on which months and how much more they were."""
    if _surely_over(spent.least, limit, leave):
        return True
    return None if _maybe_over(spent.most, limit, leave) else False


def _surely_over(length: _Length, limit: Limit, leave: int) -> bool:
    if not limit.months:
        return length.months * 28 + length.days > limit.days
    left = limit.months + leave - length.months
    return left < 0 or length.days > _LONGEST[left]


def _maybe_over(length: _Length, limit: Limit, leave: int) -> bool:
    if not limit.months:
        return length.months * 31 + length.days > limit.days
    left = limit.months + leave - length.months
    return left < 0 or length.days > _SHORTEST[left]
