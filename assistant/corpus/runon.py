"""Items that run on in one line, and the quotation marks that keep quoted items out of the count."""

import re
from collections.abc import Iterator

from assistant.corpus.marks import Kind, Mark, classify
from assistant.corpus.normalise import Line

_OPEN, _CLOSE = "“「『", "”」』"
_QUOTE = re.compile(f"[{_OPEN}{_CLOSE}]")
_INNER = re.compile(r"(?P<before>[：:；;。，,、 ]) {0,8}(?=[（(㈠-㈩])")


def inside_quotes(text: str, before: bool = False) -> bool:
    """Whether a quotation is open after ``text``, given whether one was open ``before`` it.

    A quotation of several paragraphs opens again at each and closes once, so the last mark decides.
    """
    marks = _QUOTE.findall(text)
    return marks[-1] in _OPEN if marks else before


def split_run_on(line: Line, mark: Mark, in_quote: bool) -> Iterator[tuple[Line, Mark]]:
    """The line cut before each item in it, with the mark of each part; most lines come back whole.

    A first item must follow a colon; a later one must count on, or follow a semicolon. Citations such as
    第（一）、（二）项 and everything in quotation marks stay where they are.
    """
    number = mark.number if mark.kind is Kind.ITEM else 0
    start = 0
    for found in _INNER.finditer(line.text, mark.length):
        inner = classify(line.text[found.end() :])
        if inner.kind is not Kind.ITEM or inside_quotes(line.text[: found.start() + 1], in_quote):
            continue
        before = found["before"]
        due = inner.number == number + 1 and not line.text[: found.start()].endswith((")", "）"))
        if (due and (number or before in "：:")) or (number and before in "；;"):
            yield Line(line.start + start, line.text[start : found.start() + 1].rstrip(" ")), mark
            start, number, mark = found.end(), inner.number, inner
    yield Line(line.start + start, line.text[start:]), mark
