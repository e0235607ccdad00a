"""One pass over the lines of a text, sorting each into the article it belongs to.

What texts may look like is described, quirk by quirk, in tests/corpus/test_quirks.py.
"""

import re

from assistant.corpus.body import add_item, add_paragraph, add_subitem, drop_signature
from assistant.corpus.drafts import Block, Draft, Problem
from assistant.corpus.headings import Headings
from assistant.corpus.marks import WORDS, Kind, Mark, classify
from assistant.corpus.naming import article_label
from assistant.corpus.normalise import CleanText, Line
from assistant.corpus.numerals import to_chinese
from assistant.corpus.runon import inside_quotes, split_run_on

_FRONT_MATTER = re.compile(r"\s*---\n.*?\n---(?=\n)", re.DOTALL)
_CAPTION = re.compile(
    r"(?:【([^【】]{1,30})】|[\[［]([^\[\]［］]{1,30})[\]］]|（(?!已|被|删|废止|取消|略)([^（）。；，：]{2,20})）) *"
)


class Reader:
    """One pass over the lines.

    ``resting``: what comes belongs to no article, as below a heading; ``closed``: a signature or an appendix began.
    """

    def __init__(self, clean: CleanText) -> None:
        self.clean = clean
        self.blocks: list[Block] = []
        self.seen: set[tuple[int, int]] = set()
        self.problems: list[Problem] = []
        self.headings = Headings()
        self.head: list[str] = []
        self.signed = ""
        self.resting = self.closed = self.in_quote = False
        self.counted = 0
        self.unit = Kind.ARTICLE

    def run(self) -> None:
        """Read every line; what was found is in ``blocks``, ``headings`` and ``problems``, the rest in ``head``."""
        matter = _FRONT_MATTER.match(self.clean.text)
        lines = [line for line in self.clean.lines() if not matter or line.start >= matter.end()]
        self.unit = Kind.ARTICLE if _has_articles(lines) else Kind.SECTION
        for line in lines:
            mark = self._mark(line.text)
            if self.closed and mark.kind is self.unit and not self._is_due(mark):
                break  # an appendix or a second document, which counts on its own
            self._take(line, mark)
            self.in_quote = inside_quotes(line.text, self.in_quote and mark is WORDS)
        for block in self.blocks:
            self._look_for_gaps(block)

    def _mark(self, text: str) -> Mark:
        """What the line is at this place: quoted lines and cited articles are plain words."""
        mark = classify(text)
        last = self.blocks[-1] if self.blocks else None
        paragraph = last.paragraphs[-1] if last and last.paragraphs else Draft(0)
        counted = paragraph.items[-1] if paragraph.items else None
        follows = counted is not None and mark.number == counted.number + 1
        if mark.kind is self.unit:
            return mark if self._is_due(mark) or (mark.sure and not self.in_quote) else WORDS
        if mark.kind is Kind.ITEM and follows:
            return mark
        if mark.kind is Kind.SECTION:  # 一、 as an item, which laws of old have
            begins = mark.number == 1 and not counted and self._ends_in_colon(paragraph)
            goes_on = follows and counted is not None and counted.style == "plain"
            return mark._replace(kind=Kind.ITEM, style="plain") if begins or goes_on else WORDS
        if mark.kind is Kind.HEADING and not mark.number and self.headings.wants_title:
            return WORDS  # 总则 on the line below 第一章
        if mark.kind is Kind.HEADING and self.headings.is_due(mark):
            return mark
        return WORDS if self.in_quote or mark.kind is Kind.ARTICLE else mark

    def _ends_in_colon(self, paragraph: Draft) -> bool:
        return bool(paragraph.pieces) and self.clean.text[paragraph.pieces[-1][1] - 1] in "：:"

    def _is_due(self, mark: Mark) -> bool:
        """Whether a document may go on with this article or section."""
        if not self.blocks:
            return True
        last = self.blocks[-1].mark
        return (mark.number, mark.sub) in {(last.number + 1, 0), (last.number, last.sub + 1)}

    def _take(self, line: Line, mark: Mark) -> None:
        if mark.kind is self.unit:
            self._begin(line, mark)
        elif mark.kind is Kind.HEADING:
            self._report(line, self.headings.add(line, mark, self.clean, started=bool(self.blocks)))
            self.resting = True
        elif mark.kind is Kind.DATE and self.blocks:
            self.signed, self.resting, self.closed = line.text, True, True
            drop_signature(self.blocks[-1], self.clean.text)
        elif mark.kind is Kind.APPENDIX and self.blocks:
            self.resting = self.closed = True
        elif mark.kind is Kind.BREAK:
            self.resting = True
        elif self.resting or not self.blocks:
            self._outside(line, mark)
        elif mark.kind is Kind.SUBITEM:
            self._report(line, add_subitem(self.blocks[-1], line, mark))
        else:
            self._add(line, mark)

    def _outside(self, line: Line, mark: Mark) -> None:
        """Words above the first article, and between a heading and its first article."""
        named = mark is WORDS and len(line.text) <= 30 and self.headings.set_title(line, self.clean)
        if not named and not self.blocks and mark.kind is not Kind.CONTENTS:
            self.head.append(line.text)

    def _begin(self, line: Line, mark: Mark) -> None:
        if not self.blocks:
            self.headings.begin_articles()
        elif not self._is_due(mark):
            self._report(line, self._why_not_due(mark))
        block = Block(mark, line.start, line.text[: mark.length].rstrip("、 "), tuple(self.headings.open))
        rest = line.text[mark.length :].lstrip(" :：")
        if block.is_article and (caption := _CAPTION.match(rest)):
            block.caption = caption[1] or caption[2] or caption[3]
            rest = rest[caption.end() :]
        self.blocks.append(block)
        self.seen.add(_at(mark))
        self.resting = self.closed = False
        if rest:
            self._add(Line(line.start + len(line.text) - len(rest), rest), classify(rest))

    def _add(self, line: Line, mark: Mark) -> None:
        """A paragraph or an item, and the items that run on in its line."""
        mark = mark if mark.kind is Kind.ITEM else WORDS
        for part, inner in split_run_on(line, mark, self.in_quote):
            if inner.kind is Kind.ITEM:
                carried = self.counted if self.unit is Kind.SECTION else 0
                self._report(part, add_item(self.blocks[-1], part, inner, carried=carried))
                self.counted = inner.number
            else:
                add_paragraph(self.blocks[-1], part)

    def _why_not_due(self, mark: Mark) -> str:
        last = self.blocks[-1].mark
        here, before, due = (self._label(*at) for at in (_at(mark), _at(last), (last.number + 1, 0)))
        if _at(mark) in self.seen:
            return f"{here}重复出现（前一处编号是{before}）"
        return f"{before}之后应是{due}，却是{here}，编号不连续"

    def _label(self, number: int, sub: int) -> str:
        return article_label(number, sub) if self.unit is Kind.ARTICLE else f"“{to_chinese(number)}、”"

    def _look_for_gaps(self, block: Block) -> None:
        """Marks with nothing behind them."""
        units = [*block.paragraphs, *(item for paragraph in block.paragraphs for item in paragraph.items)]
        if not block.paragraphs:
            self._report(Line(block.at, ""), f"{block.name}没有内容")
        for unit in units:
            if unit.is_empty:
                self._report(Line(unit.at, ""), f"{block.name}的{unit.mark_text}没有内容")

    def _report(self, line: Line, message: str | None) -> None:
        if message:
            self.problems.append(Problem(self.clean.line_number(line.start), message))


def _at(mark: Mark) -> tuple[int, int]:
    return mark.number, mark.sub


def _has_articles(lines: list[Line]) -> bool:
    """Whether an article begins anywhere outside a quotation."""
    in_quote = False
    for line in lines:
        if not in_quote and (mark := classify(line.text)).kind is Kind.ARTICLE and mark.sure:
            return True
        in_quote = inside_quotes(line.text, in_quote)
    return False
