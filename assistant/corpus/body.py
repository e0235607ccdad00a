"""How lines fall into an article: a plain line is a new paragraph, a marked one an item or sub-item of the last.

Lines between two items that go on counting belong to the item before them, and 目 of a second kind, （1） below 1.,
belong to the words of the first kind. Each function returns what is wrong with the numbering, None when nothing is.
"""

import re
from collections.abc import Callable

from assistant.corpus.drafts import Block, Draft
from assistant.corpus.marks import Mark
from assistant.corpus.normalise import Line
from assistant.corpus.numerals import to_chinese

_FINISHED = re.compile(r"[。；：！？，、”’）)》]$")


def add_paragraph(block: Block, line: Line) -> None:
    """A line without a mark: a paragraph of its own, or the words of a mark that stood alone on its line.

    In a document without articles it goes on with the item before it: there are no 款 to be counted.
    """
    span = (line.start, line.start + len(line.text))
    last = _last(block)
    if last and (last.is_empty or (last.mark and not block.is_article)):
        last.pieces.append(span)
    else:
        block.paragraphs.append(Draft(line.start, pieces=[span]))


def add_item(block: Block, line: Line, mark: Mark, *, carried: int = 0) -> str | None:
    """（一） in the last paragraph; ``carried`` is the number before it in a document that counts across sections."""
    last = block.paragraphs[-1] if block.paragraphs else Draft(block.at)
    if last.items and last.items[0].style == "plain" and mark.style == "bracket":
        return add_subitem(block, line, mark)  # （一） below 一、
    items = _rejoined(block, [p.items[-1].number if p.items else 0 for p in block.paragraphs], mark.number).items
    previous = items[-1].number if items else 0
    items.append(_marked(line, mark))
    if mark.number == previous + 1 or (not items[1:] and carried and mark.number == carried + 1):
        return None
    return _wrong(block.name, previous, mark.number, "第（{}）项", to_chinese)


def add_subitem(block: Block, line: Line, mark: Mark) -> str | None:
    """1. or （1） in the last item, or in the last paragraph where it has no items."""
    ends = [owner.subitems[-1].number if owner.subitems else 0 for owner in map(_owner, block.paragraphs)]
    subitems = _owner(_rejoined(block, ends, mark.number)).subitems
    if subitems and subitems[0].style != mark.style:
        subitems[-1].pieces.append((line.start, line.start + len(line.text)))
        return None
    previous = subitems[-1].number if subitems else 0
    subitems.append(_marked(line, mark))
    return None if mark.number == previous + 1 else _wrong(block.name, previous, mark.number, "第{}目", str)


def drop_signature(block: Block, text: str) -> None:
    """Take the issuer's name, which stands above the date at the end, out of the last article of clean ``text``."""
    while len(block.paragraphs) > 1:
        last = block.paragraphs[-1]
        words = "".join(text[start:end] for start, end in last.pieces)
        if last.items or last.subitems or len(words) > 30 or _FINISHED.search(words):
            return
        block.paragraphs.pop()


def _owner(paragraph: Draft) -> Draft:
    return paragraph.items[-1] if paragraph.items else paragraph


def _last(block: Block) -> Draft | None:
    if not block.paragraphs:
        return None
    owner = _owner(block.paragraphs[-1])
    return owner.subitems[-1] if owner.subitems else owner


def _rejoined(block: Block, ends: list[int], number: int) -> Draft:
    """The paragraph that mark ``number`` goes into; ``ends`` says where each paragraph's counting has come to.

    Paragraphs without items since the one that ``number`` continues belong to its last unit.
    """
    if not block.paragraphs:
        block.paragraphs.append(Draft(block.at))
    counted = max((index for index, end in enumerate(ends) if end), default=None)
    if counted is None or number == 1 or ends[counted] != number - 1:
        return block.paragraphs[-1]
    since = block.paragraphs[counted + 1 :]
    if not any(paragraph.items for paragraph in since):
        for paragraph in since:
            _absorb(_owner(block.paragraphs[counted]), paragraph)
        del block.paragraphs[counted + 1 :]
    return block.paragraphs[-1]


def _absorb(owner: Draft, paragraph: Draft) -> None:
    """Words and sub-items of ``paragraph`` as the end of ``owner``."""
    if owner.subitems:
        pieces = [piece for subitem in paragraph.subitems for piece in subitem.lines()]
        owner.subitems[-1].pieces += paragraph.pieces + pieces
    else:
        owner.pieces += paragraph.pieces
        owner.subitems += paragraph.subitems


def _marked(line: Line, mark: Mark) -> Draft:
    rest = line.text[mark.length :]
    start = line.start + mark.length
    pieces = [(start, start + len(rest))] if rest else []
    return Draft(line.start, mark, line.text[: mark.length].rstrip(" "), pieces)


def _wrong(where: str, previous: int, number: int, form: str, written: Callable[[int], str]) -> str:
    here, due = form.format(written(number)), form.format(written(previous + 1))
    if not previous:
        return f"{where}的编号从{here}开始，缺少{due}"
    if number <= previous:
        return f"{where}的{here}重复出现（前一处编号是{form.format(written(previous))}）"
    return f"{where}的{form.format(written(previous))}之后应是{due}，却是{here}，编号不连续"
