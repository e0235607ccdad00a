"""Clean lines out of any text a regulation comes in, with the way back to the source.

Taken out: HTML tags, comments and entities, Markdown marks, zero-width characters. All kinds of white space become a
plain space, all kinds of line ends a newline. Nothing else changes, and every place of the clean text knows where it
stands in the source, so that units can give source offsets and errors can name a source line.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NEWLINES = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Radicals that PDF files put in the place of the characters they look like: ⼀ for 一.
_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_ONE_TO_ONE = str.maketrans({**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_NEWLINES, "\n"), **_RADICALS})

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MAY_BE_NOISE = re.compile(rf"[\r<&*\\\[\]{{{_INVISIBLE}]")
_PREFIX = re.compile(r"(?:#{1,6} +|> *|[-*+] +)+")


class Line(NamedTuple):
    """A line that has words: ``text`` trimmed, ``start`` its first character's place in the clean text."""

    start: int
    text: str


class CleanText(NamedTuple):
    """The clean text of ``source``; ``starts`` and ``origins`` say which stretch came from where."""

    source: str
    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, position: int) -> int:
        """The place in the source of the clean character at ``position``."""
        index = bisect_right(self.starts, position) - 1
        return self.origins[index] + position - self.starts[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of ``text[start:end]``, which is not empty."""
        return self.origin(start), self.origin(end - 1) + 1

    def line_number(self, position: int) -> int:
        """The source line, counted from one, of the clean character at ``position``."""
        before = self.source[: self.origin(position)]
        return before.count("\n") + before.count("\r") - before.count("\r\n") + 1

    def lines(self) -> Iterator[Line]:
        """Lines with words, Markdown's marks at the beginning left out."""
        start = 0
        for raw in self.text.split("\n"):
            text = raw.strip(" ")
            if text:
                at = start + raw.index(text[0])
                if text[0] in "#>-*+" and (prefix := _PREFIX.match(text)):
                    at, text = at + prefix.end(), text[prefix.end() :]
                if text:
                    yield Line(at, text)
            start += len(raw) + 1


@cache
def _noise() -> re.Pattern[str]:
    """What is taken out of a source that has markup; most sources have none, and never pay for this pattern."""
    blocks = "p|br|div|li|ul|ol|tr|h[1-6]|hr|table|tbody|section|article|center|blockquote|title|head|body|html"
    url = r"(?:https?:|mailto:|#|\.{0,2}/)[^()\n]*"
    return re.compile(
        rf"(?P<newline>\r\n?|<(?:/?(?i:{blocks}))\b[^<>]*>)"
        r"|(?P<gap></?(?i:td|th)\b[^<>]*>)"
        r"|(?P<entity>&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
        r"|<!--.{0,9999}?-->|<(?P<raw>(?i:style|script))\b.{0,9999}?</(?P=raw)\s*>|<[!?][A-Za-z][^<>]*>"
        r"|</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<(?:https?|mailto):[^<>\s]*>"
        rf"|[{_INVISIBLE}]+|\*\*|\\(?=[\\`*_{{}}\[\]()（）#+\-.!、])"
        rf"|!?\[(?=[^\[\]\n]*\]\({url}\))|\]\({url}\)|\{{[#.\w][^{{}}\n\u4e00-\u9fff]*\}}(?= *$)",
        re.DOTALL | re.MULTILINE,
    )


def clean(source: str) -> CleanText:
    """``source`` without markup and invisible characters."""
    text = source.translate(_ONE_TO_ONE)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = end = 0
    for noise in _noise().finditer(text) if _MAY_BE_NOISE.search(text) else ():
        for piece, origin in ((text[end : noise.start()], end), (_instead(noise), noise.start())):
            if piece:
                pieces.append(piece)
                starts.append(length)
                origins.append(origin)
                length += len(piece)
        end = noise.end()
    pieces.append(text[end:])
    return CleanText(source, "".join(pieces), [*starts, length], [*origins, end])


def _instead(noise: re.Match[str]) -> str:
    if noise["newline"]:
        return "\n"
    if noise["gap"]:
        return " "
    if noise["entity"]:
        import html

        return re.sub(f"[{_INVISIBLE}]", "", html.unescape(noise["entity"])).translate(_ONE_TO_ONE)
    return ""
