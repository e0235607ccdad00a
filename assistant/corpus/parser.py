"""Text to Regulation: ``read`` takes any text and says what is wrong with it, ``parse`` only a text that is whole."""

import hashlib
from typing import NamedTuple

from assistant.corpus.drafts import Problem
from assistant.corpus.model import Front
from assistant.corpus.normalise import clean
from assistant.corpus.numerals import count_of
from assistant.corpus.reader import Reader
from assistant.corpus.regulation import Regulation
from assistant.errors import BadRegulation


class Reading(NamedTuple):
    """A text as it was read, with everything that is wrong with it in the order of its lines."""

    regulation: Regulation
    problems: tuple[Problem, ...]


def parse(text: str, *, id: str = "", sha256: str = "", front: Front | None = None) -> Regulation:
    """The regulation in ``text``; raises BadRegulation on the first gap, repeat or lack, with its line.

    ``sha256`` is the hash of the file's bytes, by default that of the text in UTF-8; ``front`` is title, issuer and
    date where they are known from elsewhere, by default they are read off the text.
    """
    reading = read(text, id=id, sha256=sha256, front=front)
    if reading.problems:
        more = len(reading.problems) - 1
        raise BadRegulation(f"{reading.problems[0]}" + (f"（另有{count_of(more)}处问题）" if more else ""))
    return reading.regulation


def read(text: str, *, id: str = "", sha256: str = "", front: Front | None = None) -> Reading:
    """What can be seen in ``text``, right or wrong; raises BadRegulation only when there is nothing to see."""
    if not text.strip():
        raise BadRegulation("文件是空的：请给出制度全文")
    reader = Reader(clean(text))
    reader.run()
    if front is None:
        from assistant.corpus.front import read_front

        front = read_front(text, reader.head, reader.signed)
    if not reader.blocks:
        raise BadRegulation("没有找到“第一条”，也没有“一、二、三、”：这不像制度的全文，请检查文件内容和编码")
    articles = (block.freeze_article(reader.clean) for block in reader.blocks if block.is_article)
    sections = (block.freeze_section(reader.clean) for block in reader.blocks if not block.is_article)
    regulation = Regulation(
        id=id,
        title=front.title,
        issuer=front.issuer,
        date=front.date,
        articles=tuple(articles),
        sections=tuple(sections),
        headings=tuple(reader.headings.all),
        sha256=sha256 or hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )
    return Reading(regulation, tuple(sorted(reader.problems, key=lambda problem: problem.line)))
