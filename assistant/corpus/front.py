"""Title, issuer and date of a regulation, read off the lines around its articles."""

import contextlib
import datetime
import re

from assistant.corpus.model import Front
from assistant.corpus.numerals import to_int

_DIGIT = "0-9０-９〇零○ＯO一二三四五六七八九十"
_DATE = re.compile(rf"([{_DIGIT}]{{4}}) *年 *([{_DIGIT}]{{1,3}}) *月 *([{_DIGIT}]{{1,3}}) *日")
_DECIDED = re.compile(r"公布|发布|通过|颁布|印发|修订|修正|制定|施行")
_TITLE_END = re.compile(
    r"(?:法|条例|规定|办法|制度|细则|规则|准则|规程|意见|决定|通知|标准|方案|解释|批复|公告|修正案)(?:（[^（）]{1,12}）)?$"
)
_ISSUER = (
    r"[\u4e00-\u9fff]{2,30}?(?:人民政府|人民代表大会(?:常务委员会)?|国务院|委员会|管理局|分局|总局|办公室|[部厅局院会])"
)
_ISSUER_LINE = re.compile(rf"^{_ISSUER}$")
_BY_ORDER = re.compile(
    rf"日 *(?:第.{{1,4}}届)?(?:中华人民共和国)?({_ISSUER})(?:、[^ 。（）]*)?(?:第.{{1,8}}次会议|令|公布|发布|通过|修订)"
)
_META = re.compile(r"^(title|author|date) *: *(.+?) *$", re.MULTILINE)
_NOT_TITLE = re.compile(r"[。；，]|^[（(〔\[]|号$|[:：]$")


def read_front(source: str, head: list[str], signed: str) -> Front:
    """From the lines above the first article and the date line below the last (``signed``)."""
    meta = _front_matter(source)
    heading = re.search(r"^# +(.+?) *$", source, re.MULTILINE)
    lines = _title_lines(head)
    title = heading[1] if heading and heading[1] in head else meta.get("title") or "".join(lines)
    notice = " ".join(head)
    named = _BY_ORDER.findall(notice)
    first = lines[0] if len(lines) > 1 and _ISSUER_LINE.match(lines[0]) else ""
    return Front(
        title=title,
        issuer=first or (named[-1] if named else meta.get("author", "")),
        date=_first(signed) or _decided(notice) or _first(meta.get("date", "")),
    )


def _front_matter(source: str) -> dict[str, str]:
    found = re.match(r"\s*---\r?\n(.*?)\n---", source, re.DOTALL)
    return dict(_META.findall(found[1])) if found else {}


def _title_lines(head: list[str]) -> list[str]:
    """The first lines that can be a title, up to the one that ends as titles do; else the very first of them."""
    begin = next((index for index, line in enumerate(head) if _may_be_title(line)), len(head))
    lines: list[str] = []
    for line in head[begin : begin + 4]:
        if not _may_be_title(line):
            break
        lines.append(line)
        if _TITLE_END.search(line):
            return lines
    return lines[:1]


def _may_be_title(line: str) -> bool:
    return len(line) <= 120 and not _NOT_TITLE.search(line) and not _DATE.search(line)


def _decided(notice: str) -> datetime.date | None:
    """The last day on which it was passed, issued or revised; the day it takes effect is another matter."""
    days = []
    for found in _DATE.finditer(notice):
        after = re.split(rf"[。）]|[{_DIGIT}]{{4}} *年", notice[found.end() : found.end() + 80])[0]
        if _DECIDED.search(after) and not after.startswith("起") and not notice[: found.start()].endswith("自"):
            days += _dates(found[0])
    return days[-1] if days else None


def _first(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return next(iter(_dates(text)), None)


def _dates(text: str) -> list[datetime.date]:
    days = []
    for year, month, day in _DATE.findall(text):
        with contextlib.suppress(ValueError):
            days.append(datetime.date(to_int(year), to_int(month), to_int(day)))
    return days
