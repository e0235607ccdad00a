"""GIFT, Moodle's plain-text format (docs.moodle.org, "GIFT format"): a question a block, ``=`` right, ``~`` wrong, ``~%50%`` a share."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import ASKS, Option, Question, cases_of, kind_of, questions_of
from assistant.exercises.model import Case, Paper
from assistant.exercises.words import NOTICE
from assistant.triage.rules import RulePack

_SPECIAL = re.compile(r"([~=#{}:\\])")
_EXTRA = "// [extra] "
_TITLE = re.compile(r"::((?:\\.|[^\\])*?)::", re.DOTALL)
_ANSWER = re.compile(r"(?<!\\)([=~])(?:%(-?[\d.]+)%)?")
_MARKUP = re.compile(r"^\s*\[(?:plain|html|moodle|markdown)\]")
_HINT = re.compile(r"(?<!\\)#.*", re.DOTALL)
_BODY = re.compile(r"^(.*?)(?<!\\)\{(.*)(?<!\\)\}\s*$", re.DOTALL)


def write_gift(paper: Paper, pack: RulePack) -> str:
    """The paper as GIFT text."""
    blocks = [f"// {paper.title or '试卷'}\n// {NOTICE}"]
    for case in paper.cases:
        blocks += [_written(question) for question in questions_of(case, pack)]
    return "\n\n".join(blocks) + "\n"


def read_gift(text: str, pack: RulePack) -> list[Case]:
    """The cases in GIFT text; raises BadInput naming the line of a question that cannot be understood."""
    return cases_of(_questions(text, pack), pack)


def _written(question: Question) -> str:
    right = sum(option.right for option in question.options)
    lines = []
    for option in question.options:
        share = "=" if option.right else "~"
        if question.kind != "verdict":
            share = f"~%{100 / right:.7g}%" if option.right else "~%-100%"
        lines.append(share + _escaped(option.text))
    if question.feedback:
        lines.append(f"####{_escaped(question.feedback)}")
    extra = f"{_EXTRA}{question.extra}\n" if question.extra else ""
    asked = f"{_escaped(question.text)}\\n{_escaped(ASKS[question.kind])}"
    return f"{extra}::{_escaped(question.id)}::[plain]{asked} {{\n" + "\n".join(lines) + "\n}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text.strip(), flags=re.DOTALL)


def _questions(text: str, pack: RulePack) -> Iterator[Question]:
    for line, extra, block in _blocks(text):
        where = f"第 {line} 行的题"
        body = _BODY.match(block)
        if body is None or re.search(r"(?<!\\)[{}]", body[2]) or re.search(r"(?<!\\)[{}]", body[1]):
            raise BadInput(f"{where}的花括号不成对：文字里的 {{ 和 }} 请写成 \\{{ 和 \\}}")
        head, title = body[1], ""
        match = _TITLE.match(head.strip())
        if match:
            title, head = _plain(match[1]), head.strip()[match.end() :]
        answers = body[2]
        options = tuple(_options(_HINT.sub("", part) for part in _parts(answers)))
        if not options:
            raise BadInput(f"{where}没有选项：每个选项一行，正确的以 = 开头，其余以 ~ 开头")
        kind = kind_of((option.text for option in options), pack, where)
        asked = _plain(_MARKUP.sub("", head)).removesuffix(ASKS[kind]).rstrip("\n")
        yield Question(id=title, kind=kind, text=asked, options=options, extra=extra, where=where)


def _parts(answers: str) -> Iterator[str]:
    """Each answer with its sign, as written."""
    starts = [match.start() for match in _ANSWER.finditer(answers)]
    yield from (answers[a:b] for a, b in pairwise([*starts, len(answers)]))


def _options(parts: Iterator[str]) -> Iterator[Option]:
    for part in parts:
        match = _ANSWER.match(part)
        assert match is not None
        right = float(match[2]) > 0 if match[2] else match[1] == "="
        yield Option(text=_plain(part[match.end() :]), right=right)


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, extra data and text of each question; comments are left out."""
    block: list[str] = []
    extra, begins = "", 0
    for number, line in enumerate([*text.replace("\r\n", "\n").lstrip("\ufeff").split("\n"), ""], 1):
        if line.startswith(_EXTRA):
            extra = line.removeprefix(_EXTRA)
        elif line.strip().startswith(("//", "$CATEGORY")):
            continue
        elif line.strip():
            begins = begins or number
            block.append(line)
        elif block:
            yield begins, extra, "\n".join(block)
            block, extra, begins = [], "", 0
