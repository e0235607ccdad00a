"""What a line of a regulation is, judged by how it begins: an article, a heading, an item, or plain words."""

import re
from enum import Enum, auto
from typing import NamedTuple

from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import shape_of, to_int


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


class Mark(NamedTuple):
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

# Patterns for the shape of a line, see numerals.shape_of: 〇 is any Chinese numeral, 0 any digit.
_ARTICLE = re.compile(rf"第 *({_N}) *条(?: *之 *({_N}))?")
# What follows 第六条 where it is cited at the beginning of a paragraph.
_CITED = re.compile(
    rf"[、，的之—～~-]|[和及与或至到] *[第本]|以[上下外及]|规定|所[列称规]| *第 *(?:\( *{_N} *\)|{_N}) *[款项]| *\( *{_N} *\) *[项、]"
)
_HEADING = re.compile(
    rf"第 *({_N}) *(分编|编|章|节)(?! *(?:规定|所[列称规]|的|第|[、和至]))(?: *([^。；;，]{{0,40}}))?"
)
_BRACKET = re.compile(rf"\( *({_N}) *\)(?! *(?:[、，至和或及] *\( *{_N} *\))? *[项款][、，和至或及的之规所])[、．. ]*")
_SUBITEM = re.compile(r"(?:(?P<dot>00?) *[.．、](?!0)|(?P<half>00?)\)|(?P<sign>[①-⑳⑴-⒇])) *")
_SECTION = re.compile(r"(〇+) *、 *")
_DATE = re.compile(r"[0〇ＯO]{4} *年 *[0〇]{1,3} *月 *[0〇]{1,3} *日")
_BARE_HEADING = re.compile(r"[总分附] *则")
_CONTENTS = re.compile(r"(?:::: *\w+ *)?目 *[录次]")
_APPENDIX = re.compile(r"(?:::: *\w+ *)?附 *[件录表图](?: *[0〇]+)? *(?:[:：].*|[^。；，]{0,30})|附[:：].{0,60}")
# Rules, containers of Markdown, and the lines that follow a document's body.
_BREAK = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}|:{3,}.*|\(此件.*\)|(?:抄送|主题词)[:：].*")
_SURE = frozenset(["", " ", "【", "[", "［", "(", ":", "："])
_QUOTES = '“「『"〝'


def classify(text: str) -> Mark:
    """The mark of a trimmed line."""
    shape = shape_of(text)
    first = shape[0]
    if first in _QUOTES:
        return WORDS
    if first == "第":
        return _article(text, shape) or _heading(text, shape) or WORDS
    if first == "(":
        return _bracket(text, shape)
    if "㈠" <= first <= "㈩":
        return Mark(Kind.ITEM, ord(first) - ord("㈠") + 1, length=1, style="bracket")
    if first in "0〇①②③④⑤⑥⑦⑧⑨⑴⑵⑶⑷⑸⑹⑺⑻⑼⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇ＯO":
        return _counted(text, shape)
    return _other(shape)


def _article(text: str, shape: str) -> Mark | None:
    found = _ARTICLE.match(shape)
    if found is None or _CITED.match(shape, found.end()):
        return None
    try:
        number = to_int(text[found.start(1) : found.end(1)])
        sub = to_int(text[found.start(2) : found.end(2)]) if found[2] else 0
    except ValueError:
        return None
    return Mark(Kind.ARTICLE, number, sub, found.end(), sure=shape[found.end() : found.end() + 1] in _SURE)


def _heading(text: str, shape: str) -> Mark | None:
    found = _HEADING.fullmatch(shape)
    return _numbered(Kind.HEADING, text, found.span(1), found.end(2), found[2]) if found else None


def _bracket(text: str, shape: str) -> Mark:
    found = _BRACKET.match(shape)
    if found is None:
        return _other(shape)
    if "0" in found[1]:
        return _numbered(Kind.SUBITEM, text, found.span(1), found.end(), "digits")
    return _numbered(Kind.ITEM, text, found.span(1), found.end(), "bracket")


def _counted(text: str, shape: str) -> Mark:
    """Lines that begin with a number: a date, 1. or ①, 一、"""
    if _DATE.fullmatch(shape):
        return Mark(Kind.DATE, length=len(text))
    if found := _SUBITEM.match(shape):
        if sign := found["sign"]:
            first = "①" if sign <= "⑳" else "⑴"
            return Mark(Kind.SUBITEM, ord(sign) - ord(first) + 1, length=found.end(), style="sign")
        group = "dot" if found["dot"] else "half"
        return _numbered(Kind.SUBITEM, text, found.span(group), found.end(), group)
    if found := _SECTION.match(shape):
        return _numbered(Kind.SECTION, text, found.span(1), found.end())
    return WORDS


def _other(shape: str) -> Mark:
    if _BARE_HEADING.fullmatch(shape):
        return Mark(Kind.HEADING, style="章")
    for kind, pattern in ((Kind.CONTENTS, _CONTENTS), (Kind.APPENDIX, _APPENDIX), (Kind.BREAK, _BREAK)):
        if pattern.fullmatch(shape):
            return Mark(kind, length=len(shape))
    return WORDS


def _numbered(kind: Kind, text: str, span: tuple[int, int], length: int, style: str = "") -> Mark:
    try:
        return Mark(kind, to_int(text[span[0] : span[1]]), length=length, style=style)
    except ValueError:
        return WORDS
