"""Rejoin lines that a page broke: a PDF gives lines of the page, a regulation has paragraphs.

A line goes on with the next one unless the next begins like a unit (第六条, （一）, 一、, 第二章) or this one is short of the page's
width and ends a sentence.
"""

import re
import unicodedata
from itertools import pairwise

_BEGINS = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百千0-9]+[编章节条]|[（(][〇零一二三四五六七八九十百0-9]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])"
)
_ENDS = re.compile(r"[。；：！？）]$")
# Some PDFs give a character as the radical of the same shape (⻥ for 鱼): U+2E80 to U+2EF3, Unicode's EquivalentUnifiedIdeograph.
_RADICALS = str.maketrans(
    "⺁⺇⺊⺎⺒⺓⺕⺜⺝⺟⺠⺧⺩⺬⺮⺼⺽⻁⻃⻄⻅⻆⻉⻊⻋⻑⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳⺶⺷⺸⺐⺚",
    "厂几卜兀巳幺彐日月母民牛王示竹肉臼虎西西见角贝足车長长门阜雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟羊羊羊尢攴",
)
_KANGXI = re.compile("[\u2f00-\u2fd5]")
_PAGE = re.compile(r"^\s*[-—－]?\s*\d{1,3}\s*[-—－]?\s*$|^\s*第\s*\d+\s*页.*$")


def unwrap(text: str) -> str:
    """``text`` with broken lines joined, bare page numbers left out and radicals put back as characters."""
    text = _KANGXI.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text.translate(_RADICALS))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _PAGE.match(line)]
    if not lines:
        return ""
    width = sorted(map(len, lines))[int(len(lines) * 0.9)]
    joined: list[str] = [lines[0]]
    for before, line in pairwise(lines):
        if _BEGINS.match(line) or (_ENDS.search(before) and len(before) < width - 1) or len(before) < width * 0.6:
            joined.append(line)
        else:
            joined[-1] += line
    return "\n".join(joined)
