"""编, 章 and 节 above the articles, and the table of contents that says them all once before."""

import re
from dataclasses import replace

from assistant.corpus.marks import Mark
from assistant.corpus.model import Heading
from assistant.corpus.normalise import CleanText, Line
from assistant.corpus.numerals import to_chinese

LEVELS = ("编", "分编", "章", "节")
_LEADER = re.compile(r"[ .…·]*(?:[.…·]{2,}|\s)\s*\d*$|（第.{1,20}条）$")


class Headings:
    """``all`` headings of the body in order, and the ``open`` ones, which the next article stands under."""

    def __init__(self) -> None:
        self.all: list[Heading] = []
        self.open: list[Heading] = []
        self.counts: dict[str, int] = {}

    def add(self, line: Line, mark: Mark, clean: CleanText, *, started: bool) -> str | None:
        """Take the heading in ``line``; returns what is wrong with its number. ``started``: an article was seen."""
        title = _LEADER.sub("", line.text[mark.length :])
        start, end = clean.span(line.start, line.start + len(line.text))
        words = line.text[: mark.length].replace(" ", "")
        heading = Heading(
            level=mark.style, number=mark.number, title=title.replace(" ", ""), mark=words, start=start, end=end
        )
        first = self.all[0] if self.all else None
        if not started and first and (first.level, first.number) == (heading.level, heading.number):
            self.forget()  # what came before was the table of contents
        problem = self._count(heading)
        self.all.append(heading)
        rank = LEVELS.index(heading.level)
        self.open = [*(one for one in self.open if LEVELS.index(one.level) < rank), heading]
        return problem

    def forget(self) -> None:
        """Drop everything seen: it was a table of contents."""
        self.all.clear()
        self.open.clear()
        self.counts.clear()

    def begin_articles(self) -> None:
        """At the first article: a second heading of one level before it means that all were contents."""
        levels = [heading.level for heading in self.all]
        if len(levels) != len(set(levels)):
            self.forget()

    @property
    def wants_title(self) -> bool:
        """True while the last heading is a bare 第一章."""
        return bool(self.all) and not self.all[-1].title and bool(self.all[-1].number)

    def set_title(self, line: Line, clean: CleanText) -> bool:
        """Give the last heading the title on the line below it; False when it has one."""
        if not self.wants_title:
            return False
        old = self.all[-1]
        _, end = clean.span(line.start, line.start + len(line.text))
        self.all[-1] = self.open[-1] = replace(old, title=line.text.replace(" ", ""), end=end)
        return True

    def is_due(self, mark: Mark) -> bool:
        """Whether the body may go on with this heading."""
        return mark.number in {1, self.counts.get(mark.style, 0) + 1}

    def _count(self, heading: Heading) -> str | None:
        if not heading.number:
            return None
        rank = LEVELS.index(heading.level)
        before = self.counts.get(heading.level, 0)
        restarts = heading.number == 1 and any(one.level != heading.level for one in self._above(rank))
        self.counts[heading.level] = heading.number
        if not before or heading.number == before + 1 or restarts:
            return None
        label = f"第{to_chinese(before)}{heading.level}"
        if heading.number <= before:
            return f"{heading.mark}重复出现（前一处编号是{label}）"
        return f"{label}之后应是第{to_chinese(before + 1)}{heading.level}，却是{heading.mark}，编号不连续"

    def _above(self, rank: int) -> list[Heading]:
        return [one for one in self.open if LEVELS.index(one.level) < rank]
