"""What a question is answered with: cited sentences, the verbatim words, and how they are laid out."""

from collections.abc import Iterable, Sequence

import msgspec

from assistant.corpus import Ref, Regulation
from assistant.explain.template import Sentence, mark

#: A place longer than this is quoted in part, unless the answer is about the whole of it.
_WHOLE = 620


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer from the text alone. ``refs``: ids cited, the leading place first; empty when nothing is cited.

    ``sure`` is how far the topic's margin is above that of everything outside the regulation, or more than 1 for a known way of asking
    (see `Guess`); 1 for exact look-ups and reckonings, 0 for what is declined or cannot be reckoned from what was told.
    """

    sentences: tuple[Sentence, ...]
    refs: tuple[str, ...]
    covered: bool = True
    topic: str = ""
    sure: float = 1.0


def compose(
    regulation: Regulation,
    text: str,
    refs: Sequence[str],
    *,
    quote: str = "",
    more: Iterable[str] = (),
    topic: str = "",
    sure: float = 1.0,
) -> Answer:
    """``text`` first with its citation, then the words of ``refs``, then ``more`` sentences; related places last."""
    places = [ref for ref in refs if not any(ref != other and _within(ref, other) for other in refs[:1])]
    lead = [ref for ref in places if ref == refs[0] or _kept(regulation, ref)]
    sentences = [Sentence(text=text + mark(label(regulation, ref) for ref in refs[:2]), citations=tuple(refs[:2]))]
    sentences += [Sentence(text=line, citations=tuple(refs[:1])) for line in more]
    sentences += [_quoted(regulation, ref, quote if ref == refs[0] else "") for ref in lead[:3]]
    rest = [ref for ref in refs if ref not in lead[:3] and ref not in refs[:2]]
    if rest:
        sentences.append(Sentence(text=f"相关{mark(label(regulation, ref) for ref in rest)}", citations=tuple(rest)))
    return Answer(sentences=tuple(sentences), refs=tuple(dict.fromkeys(refs)), topic=topic, sure=sure)


def label(regulation: Regulation, ref: str) -> str:
    """第六条第（五）项 for 6.5."""
    return regulation.label(Ref.from_id(ref))


def _within(inner: str, outer: str) -> bool:
    return inner.startswith((f"{outer}.", f"{outer}#"))


def _kept(regulation: Regulation, ref: str) -> bool:
    return len(regulation.text_of(Ref.from_id(ref))) <= 160


def _quoted(regulation: Regulation, ref: str, quote: str) -> Sentence:
    words = regulation.text_of(Ref.from_id(ref))
    if len(words) > _WHOLE and quote:
        words = quote
    return Sentence(text=f"原文{mark([label(regulation, ref)])}", citations=(ref,), quoted=ref, quote=words)
