"""Chinese numerals to numbers and back, because a regulation counts in 一百零二 and a program in 102.

Read are ordinary (一百零二), spoken (一百二 is 120), positional (二〇二〇), financial (壹佰) and decimal
numerals in half and full width; 两, 廿, 卅, ⑤ and Ⅵ too. Written is the form of statutes: 十五, 一百一十五, 一百零二.
"""

import re
import unicodedata
from functools import lru_cache

#: One numeral in the shape of a text, see ``shape_of``; justified lines have spaces in it (第 十 五 条).
PATTERN = "[0〇](?:[0〇 ]{0,14}[0〇])?"
_SHAPE = str.maketrans({
    **dict.fromkeys("〇零○一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟", "〇"),
    **dict.fromkeys("0123456789０１２３４５６７８９", "0"),
    **dict.fromkeys("\u3000\xa0\t", " "),
    **dict(zip("條項（）", "条项()", strict=True)),
})

#: Numbers of one character, such as ⑤ and Ⅵ.
SIGNS = "".join(map(chr, (*range(0x2460, 0x2488), *range(0x2160, 0x216C))))

_DIGITS = "零一二三四五六七八九"
_PLAIN = str.maketrans(
    "０１２３４５６７８９〇○ＯOo两壹贰叁肆伍陆柒捌玖拾佰仟",
    "0123456789零零零零零二一二三四五六七八九十百千",
)
_SECTION = re.compile(
    r"(?:(?P<thousands>[一二三四五六七八九])千)?"
    r"(?:零?(?P<hundreds>[一二三四五六七八九])百)?"
    r"(?:零?(?P<tens>[一二三四五六七八九]?)十)?"
    r"(?P<zero>零)?(?P<ones>[一二三四五六七八九])?"
)


def shape_of(text: str) -> str:
    """``text`` with 〇 for every Chinese numeral, 0 for every digit, and one form of 条, 项, space and brackets.

    A pattern over the shape stays small, and finds places in the text itself: both have the same length.
    """
    return text.translate(_SHAPE)


@lru_cache(maxsize=4096)
def to_int(text: str) -> int:
    """The number that ``text`` writes, 0 to 99,999,999; raises ValueError when it writes none."""
    plain = "".join(text.split()).translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if len(plain) == 1 and plain in SIGNS:
        return int(unicodedata.numeric(plain))
    if plain and all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS.index(char)) for char in plain))
    high, ten_thousands, low = plain.partition("万")
    if ten_thousands:
        return _section(high, text) * 10_000 + (_section(low, text) if low else 0)
    return _section(plain, text)


def _section(plain: str, text: str) -> int:
    found = _SECTION.fullmatch(plain)
    if not plain or found is None or (found["zero"] and not found["ones"]):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    ones = _digit(found["ones"])
    if ones and found["tens"] is None and not found["zero"]:
        if found["hundreds"]:
            ones *= 10
        elif found["thousands"]:
            ones *= 100
    tens = 0 if found["tens"] is None else _digit(found["tens"]) or 1
    return _digit(found["thousands"]) * 1000 + _digit(found["hundreds"]) * 100 + tens * 10 + ones


def _digit(char: str | None) -> int:
    return _DIGITS.index(char) if char else 0


@lru_cache(maxsize=4096)
def to_chinese(number: int) -> str:
    """``number`` (0 to 99,999,999) as statutes write it; raises ValueError outside that range."""
    if not 0 <= number <= 99_999_999:
        raise ValueError(f"out of range: {number}")
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return to_chinese(high) + "万" + gap + (_written(low) if low else "")
    words = _written(number)
    return words[1:] if 10 <= number < 20 else words


def _written(number: int) -> str:
    words = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            words += _DIGITS[digit] + unit
        elif words and number % size:
            words += "" if words.endswith("零") else "零"
    return words or "零"


def count_of(number: int) -> str:
    """``number`` before a measure word: 两款, 十一项."""
    return "两" if number == 2 else to_chinese(number)
