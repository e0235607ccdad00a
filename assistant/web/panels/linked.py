"""Words with every citation in them a link to its place in the law; the only links that the page has."""

import html
import re
from collections.abc import Mapping
from functools import cache

from assistant.chat.reply import labels_of
from assistant.corpus import Regulation


def esc(text: str) -> str:
    """HTML-escaped text."""
    return html.escape(text, quote=True)


def lines(text: str) -> str:
    """HTML-escaped text that keeps its lines."""
    return esc(text).replace("\n", "<br>")


def cite(ref: str, label: str) -> str:
    """A citation that opens its place in the law: ``6.5``, or ``duty-2024:3`` for a regulation that the users brought."""
    return f'<a class="cite" href="#law-{esc(ref)}">{esc(label)}</a>'


class Links:
    """Knows places by what people call them; ``labels`` is id -> label."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self._ids = {label: ref for ref, label in labels.items()}
        longest_first = sorted(self._ids, key=len, reverse=True)
        self._named = re.compile(f"(?<!》)(?:{'|'.join(map(re.escape, longest_first))})") if longest_first else None

    def __call__(self, text: str) -> str:
        """``text`` escaped, the places that it names linked. A place of another law (《…法》第六条) is left alone."""
        if self._named is None:
            return esc(text)
        out, at = [], 0
        for found in self._named.finditer(text):
            out += [esc(text[at : found.start()]), cite(self._ids[found.group()], found.group())]
            at = found.end()
        return "".join(out) + esc(text[at:])

    def cite(self, ref: str) -> str:
        """The link to ``ref`` under its label."""
        return cite(ref, self.labels.get(ref, ref))


@cache
def links_of(regulation: Regulation) -> Links:
    """The links into ``regulation``."""
    return Links(labels_of(regulation))
