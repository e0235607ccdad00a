"""What a line of a regulation is, judged by how it begins: an article, a heading, an item, or plain words."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import to_int


class Kind(Enum):
    """Kinds of lines; WORDS has no mark."""

    ARTICLE = auto()
    HEADING = auto()
    ITEM = auto()
    SUBITEM = auto()
    SECTION = auto()
    CONTENTS = auto()
    APPENDIX = auto()
    BREAK = auto()
    DATE = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a line: ``length`` characters of it, of ``style`` (level of a heading, writing of a number).

    ``sure`` is false for 第六条 with words right behind it, which may be a citation and no article.
    """

    kind: Kind
    number: int = 0
    sub: int = 0
    length: int = 0
    style: str = ""
    sure: bool = True


WORDS = Mark(Kind.WORDS)

_ARTICLE = re.compile(rf"第 *({_N}) *条(?: *之 *({_N}))?")
# What follows 第六条 where it is cited at the beginning of a paragraph.
_CITED = re.compile(
    rf"[、，的之—～~-]|[和及与或至到] *[第本]|以[上下外及]|规定|所[列称规]|"
    rf" *第 *(?:[（(] *{_N} *[）)]|{_N}) *[款项]| *[（(] *{_N} *[）)] *[项、]"
)
_HEADING = re.compile(
    rf"第 *({_N}) *(分编|编|章|节)(?! *(?:规定|所[列称规]|的|第|[、和至]))(?: *([^。；;，]{{0,40}}))?"
)
_BARE_HEADING = re.compile(r"[总分附] *则")
_ITEM = re.compile(
    rf"[（(] *({_N}) *[）)](?! *(?:[、，至和或及] *[（(] *{_N} *[）)])? *[项款][、，和至或及的之规所])[、．. ]*"
)
_SUBITEM = re.compile(r"(?:(?P<dot>\d{1,2}|[０-９]{1,2}) *[.．、](?!\d)|(?P<half>\d{1,2})[)）]|(?P<sign>[①-⑳⑴-⒇])) *")
_DIGIT_ITEM = re.compile(r"[（(] *(\d{1,2}|[０-９]{1,2}) *[）)] *")
_SECTION = re.compile(rf"({_N}) *、 *")
_DATE = re.compile(r"(?:[〇零○ＯO一二三四五六七八九]{4}|[12]\d{3}|[１２][０-９]{3}) *年 *[^ ]{1,3} *月 *[^ ]{1,3} *日")
_CONTENTS = re.compile(r"(?:::: *\w+ *)?目 *[录次]")
_APPENDIX = re.compile(rf"(?:::: *\w+ *)?附 *[件录表图](?: *{_N})? *(?:[:：].*|[^。；，]{{0,30}})|附[:：].{{0,60}}")
# Rules, containers of Markdown, and the lines that follow a document's body.
_BREAK = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}|:{3,}.*|（此件.*）|(?:抄送|主题词)[:：].*")
QUOTES = '“「『"〝'


def classify(text: str) -> Mark:
    """The mark of a trimmed line."""
    first = text[0]
    if first in QUOTES:
        return WORDS
    if first == "第":
        return _article(text) or _heading(text) or WORDS
    if first in "（(":
        return _bracket(text)
    if "㈠" <= first <= "㈩":
        return Mark(Kind.ITEM, ord(first) - ord("㈠") + 1, length=1)
    if first in "总分附目:-*_=抄主":
        return _other(text)
    if _DATE.fullmatch(text):
        return Mark(Kind.DATE, length=len(text))
    if found := _SUBITEM.match(text):
        return _subitem(found)
    if found := _SECTION.match(text):
        return _numbered(Kind.SECTION, found[1], found.end())
    return WORDS


def _article(text: str) -> Mark | None:
    found = _ARTICLE.match(text)
    if found is None or _CITED.match(text, found.end()):
        return None
    try:
        number, sub = to_int(found[1]), to_int(found[2] or "0")
    except ValueError:
        return None
    sure = text[found.end() : found.end() + 1] in {"", " ", "【", "[", "［", "（", "(", ":", "："}
    return Mark(Kind.ARTICLE, number, sub, found.end(), sure=sure)


def _heading(text: str) -> Mark | None:
    found = _HEADING.fullmatch(text)
    if found is None:
        return None
    return _numbered(Kind.HEADING, found[1], found.end(2), found[2])


def _bracket(text: str) -> Mark:
    if found := _DIGIT_ITEM.match(text):
        return _numbered(Kind.SUBITEM, found[1], found.end(), "bracket")
    if found := _ITEM.match(text):
        return _numbered(Kind.ITEM, found[1], found.end())
    return Mark(Kind.BREAK, length=len(text)) if _BREAK.fullmatch(text) else WORDS


def _subitem(found: re.Match[str]) -> Mark:
    if sign := found["sign"]:
        first = "①" if sign <= "⑳" else "⑴"
        return Mark(Kind.SUBITEM, ord(sign) - ord(first) + 1, length=found.end(), style="sign")
    return _numbered(Kind.SUBITEM, found["dot"] or found["half"], found.end(), "dot" if found["dot"] else "half")


def _other(text: str) -> Mark:
    if _BARE_HEADING.fullmatch(text):
        return Mark(Kind.HEADING, length=0, style="章")
    for kind, pattern in ((Kind.CONTENTS, _CONTENTS), (Kind.APPENDIX, _APPENDIX), (Kind.BREAK, _BREAK)):
        if pattern.fullmatch(text):
            return Mark(kind, length=len(text))
    return WORDS


def _numbered(kind: Kind, numeral: str, length: int, style: str = "") -> Mark:
    try:
        return Mark(kind, to_int(numeral), length=length, style=style)
    except ValueError:
        return WORDS
