"""An answer's Markdown as safe HTML. It reads only what `assistant.explain.render` writes; anything else is shown as it is typed.

The verdict stands first; the sections below it fold, because the panel beside the chat shows the same at length.
"""

import re
from collections.abc import Callable, Iterator

_HEADING = re.compile(r"\*\*(.{1,9})\*\*")
_VERDICT = re.compile(r"\*\*(.{10,})\*\*")
_NOTE = re.compile(r"\*([^*].*)\*")
_QUOTE = re.compile(r" *> (.*)")
_UNFOLDED = "逐项看"
Link = Callable[[str], str]


def answer_html(markdown: str, link: Link) -> str:
    """``markdown`` as HTML; ``link`` escapes a piece of text and links the citations in it."""
    blocks = "".join(_blocks(markdown.split("\n"), link))
    return f'<div class="answer">{blocks}</div>'


def _blocks(lines: list[str], link: Link) -> Iterator[str]:
    closing: list[str] = []  # of the section and the list that are open, innermost last
    quoted: list[str] = []
    for line in [*lines, ""]:
        if quote := _QUOTE.fullmatch(line):
            quoted.append(quote[1])
            continue
        if quoted:
            yield f"<blockquote>{'<br>'.join(map(link, quoted))}</blockquote>"
            quoted = []
        if not line.strip():
            continue
        if line.startswith("- "):
            if closing[-1:] != ["</ul>"]:
                closing.append("</ul>")
                yield "<ul>"
            yield f"<li>{link(line[2:])}"
            continue
        if closing[-1:] == ["</ul>"]:
            yield closing.pop()
        heading, verdict, note = _HEADING.fullmatch(line), _VERDICT.fullmatch(line), _NOTE.fullmatch(line)
        if closing and (heading or verdict or note):
            yield closing.pop()
        if heading:
            closing.append("</details>")
            yield f"<details{' open' * (heading[1] == _UNFOLDED)}><summary>{link(heading[1])}</summary>"
        elif verdict:
            yield f'<p class="head">{link(verdict[1])}</p>'
        elif note:
            yield f'<p class="note">{link(note[1])}</p>'
        else:
            yield f"<p>{link(line)}</p>"
    yield from reversed(closing)
