"""The user's words as a record shows them: as they are, or with the names and numbers of people hidden."""

import re
from collections.abc import Iterable

from assistant.explain.masking import Mask
from assistant.triage.result import Evidence

_ENDS = "。！？；!?;\n"
_OTHER = "某某"


class Wording:
    """Words of ``text``; ``masked`` hides what the mask finds, and ``others``, words that somebody adds by hand."""

    def __init__(self, text: str, *, masked: bool, others: Iterable[str] = ()) -> None:
        self.masked = masked
        self._text = text
        self._mask = Mask(text if masked else "")
        if masked:
            self._mask.hidden.update({word: _OTHER for word in others if word})
        hidden = self._mask.hidden
        found = re.compile("|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))) if hidden else None
        self._spans = [match.span() for match in found.finditer(text)] if found else []

    @property
    def hidden(self) -> int:
        """How many different words are hidden."""
        return len(self._mask.hidden)

    def __call__(self, text: str) -> str:
        """``text`` with what is to be hidden replaced."""
        return self._mask.hide(text)

    def said(self, evidence: Evidence) -> str:
        """The words of ``evidence``."""
        return self._widened(evidence.start, evidence.end)

    def named(self, word: str) -> str:
        """A ``word`` of the text, such as a name that the engine has found."""
        start = self._text.find(word)
        return self(word) if start < 0 else self._widened(start, start + len(word))

    def _widened(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end``; those that cut a hidden name are shown with the whole of it hidden."""
        for left, right in self._spans:
            if left < end and start < right:
                start, end = min(start, left), max(end, right)
        return self(self._text[start:end])

    def sentence(self, evidence: Evidence) -> tuple[int, str]:
        """Where the sentence with ``evidence`` begins, and its words."""
        start = max(self._text.rfind(sign, 0, evidence.start) for sign in _ENDS) + 1
        ends = [place for sign in _ENDS if (place := self._text.find(sign, max(evidence.end - 1, start))) >= 0]
        return start, self(self._text[start : min(ends, default=len(self._text)) + 1].strip())
