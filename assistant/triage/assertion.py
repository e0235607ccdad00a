"""Does the text assert a thing, deny it, suppose it, report it or clear it?

Markers and their reach are data (corpus/language/assertion.yaml); this module lays them over a text once and
answers for any span. After the ConText algorithm (Harkema et al., 2009, doi:10.1016/j.jbi.2009.05.002), with
Chinese markers and reaches in characters instead of words.

A negation reaches its own verb phrase and no further: 没 and 未 do not go with 了, so in 没请示撤了案 the verb before
了 is another, and done. So are 把 and words like 径行, unless the phrase itself tells what somebody saw or said
(没看见他撤了案).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

import ahocorasick
import msgspec

from assistant.paths import corpus_dir
from assistant.stored import read_yaml
from assistant.triage.clauses import Clause

Kind = Literal[
    "affirmed",
    "negated",
    "refused",
    "hypothetical",
    "question",
    "alleged",
    "cleared",
    "intended",
    "mended",
    "confirmed",
]
# When several reaches lie over a span, the first of these is the answer.
_RANK: tuple[Kind, ...] = ("cleared", "hypothetical", "intended", "refused", "negated", "question", "alleged", "mended")
DENYING: frozenset[Kind] = frozenset({"negated", "refused", "cleared", "hypothetical", "intended"})
UNPROVEN: frozenset[Kind] = frozenset({"alleged", "question"})


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One group of words that do the same to their neighbourhood; the file's head says what each field means."""

    kind: Kind | Literal["none"]
    words: tuple[str, ...]
    toward: Literal["forward", "backward", "both"] = "forward"
    reach: int | Literal["clause", "sentence", "text"] = "clause"
    stops: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    own_verb: bool = False


class OtherVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By what characters another verb shows that it begins: see the file's head."""

    begins: tuple[str, ...]
    results: str
    directions: tuple[str, ...]
    told: tuple[str, ...]
    named: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        """Where the next verb phrase begins: a word that begins one, or a verb done (with 了); a group holds the sign."""
        begins, directions = "|".join(self.begins), "|".join(self.directions)
        return re.compile(f".(?=({begins})|.(?:{directions}|[{self.results}])?(了))")


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    other_verb: OtherVerb
    asking_between: tuple[str, ...]
    markers: tuple[Marker, ...]


class Scope(NamedTuple):
    """Characters ``start`` to ``end`` stand under ``kind`` because of the marker at ``marker_start:marker_end``."""

    kind: Kind
    start: int
    end: int
    marker_start: int
    marker_end: int


class _Hit(NamedTuple):
    """The words at ``start:end`` and what they may mark."""

    start: int
    end: int
    markers: tuple[Marker, ...]

    @property
    def denies(self) -> bool:
        return any(marker.kind in {"negated", "refused"} for marker in self.markers)


_ASKS = Marker(kind="question", words=(), toward="both", reach="sentence")


class _Words:
    """The lexicon compiled for one pass over a text."""

    def __init__(self, lexicon: _Lexicon) -> None:
        self.told = lexicon.other_verb.told
        self.named = lexicon.other_verb.named
        self.another = lexicon.other_verb.pattern()
        self.asking_between = frozenset(lexicon.asking_between)
        groups: dict[str, list[tuple[int, Marker]]] = {}
        for marker in lexicon.markers:
            for word in marker.words:
                itself, _, after = word.partition("|")
                groups.setdefault(itself + after, []).append((len(itself), marker))
        self._automaton = ahocorasick.Automaton()
        for word, entries in groups.items():
            own = entries[0][0]
            self._automaton.add_word(word, (len(word), own, tuple(marker for _, marker in entries)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[_Hit]:
        """The markers of ``text`` from left to right; of those that overlap the one that begins first, then the longest."""
        met = [
            (last + 1 - length, -length, own, markers) for last, (length, own, markers) in self._automaton.iter(text)
        ]
        met.sort(key=lambda hit: hit[:2])
        hits: list[_Hit] = []
        covered = 0
        for start, _, own, markers in met:
            if start >= covered:
                covered = start + own
                hits.append(_Hit(start, covered, (_ASKS,) if self._asks(text, start, covered) else markers))
        return hits

    def _asks(self, text: str, start: int, end: int) -> bool:
        """Whether the negation stands between a word and itself (罚没罚): 没 in 想罚没罚成 does not ask but tells."""
        if text[start:end] not in self.asking_between:
            return False
        return any(
            text[max(0, start - n) : start] == text[end : end + n] and text[end + n : end + n + 1] not in {"成", "着"}
            for n in (1, 2)
            if start >= n
        )


@cache
def _words() -> _Words:
    return _Words(read_yaml(corpus_dir() / "language" / "assertion.yaml", _Lexicon))


def scopes(text: str, clauses: tuple[Clause, ...]) -> tuple[Scope, ...]:
    """Every reach laid over ``text`` by its markers, in the order of the markers."""
    hits = _words().find(text)
    shields = [hit for hit in hits if all(marker.kind == "none" for marker in hit.markers)]
    denials = [hit.start for hit in hits if hit.denies]
    found: list[Scope] = []
    for hit in hits:
        for marker in hit.markers:
            if marker.kind != "none":
                found.extend(_lay(text, clauses, marker, marker.kind, hit, shields, denials))
    return tuple(found)


def _lay(
    text: str,
    clauses: tuple[Clause, ...],
    marker: Marker,
    kind: Kind,
    hit: _Hit,
    shields: list[_Hit],
    denials: list[int],
) -> list[Scope]:
    start, end, _ = hit
    left, right = _bounds(text, clauses, marker.reach, start, end)

    def needed(first: int, last: int) -> bool:
        return not marker.needs or _has(text, marker.needs, first, last, shields)

    laid: list[Scope] = []
    if marker.toward in {"forward", "both"} and needed(end, right):
        stop = min(_places(text, marker.stops, end, right, shields), default=right)
        if marker.own_verb:
            stop = min(stop, _own_phrase(text, end, right, shields, denials))
        laid.append(Scope(kind, end, stop, start, end))
    if marker.toward in {"backward", "both"} and needed(left, start):
        begin = max(
            (at + len(stop) for stop in marker.stops if (at := text.rfind(stop, left, start)) >= 0), default=left
        )
        laid.append(Scope(kind, begin, start, start, end))
    return laid


def _has(text: str, words: tuple[str, ...], start: int, end: int, shields: list[_Hit]) -> bool:
    return next(iter(_places(text, words, start, end, shields)), None) is not None


def _places(text: str, words: tuple[str, ...], start: int, end: int, shields: list[_Hit]) -> Iterable[int]:
    """Where the first of each of ``words`` stands in ``start:end``, not inside a shielded word."""
    for word in words:
        at = text.find(word, start, end)
        while at >= 0 and any(shield.start <= at < shield.end for shield in shields):
            at = text.find(word, at + 1, end)
        if at >= 0:
            yield at


def _own_phrase(text: str, start: int, end: int, shields: list[_Hit], denials: list[int]) -> int:
    """Where the verb phrase that begins at ``start`` ends: at the next denial, or where another verb begins."""
    end = min((at for at in denials if start < at < end), default=end)
    words = _words()
    for match in words.another.finditer(text, start, end):
        cut = match.end()
        sign = match.start(match.lastindex or 0)
        if any(shield.start <= sign < shield.end for shield in shields):
            continue
        if _has(text, words.told, start, cut, shields) or _has(text, words.named, cut, end, shields):
            return end
        return cut
    return end


def _bounds(text: str, clauses: tuple[Clause, ...], reach: int | str, start: int, end: int) -> tuple[int, int]:
    if reach == "text":
        return 0, len(text)
    own = next((c for c in reversed(clauses) if c.start <= start), None)
    if own is None:
        return start, end
    if reach == "sentence":
        same = [c for c in clauses if c.sentence == own.sentence]
        return same[0].start, same[-1].end
    if isinstance(reach, int):
        return max(own.start, start - reach), min(own.end, end + reach)
    return own.start, own.end


def judge(laid: tuple[Scope, ...], start: int, end: int) -> Kind:
    """What the text does with ``[start, end)``: two negations cancel, a marker inside the span is the span's own."""
    kinds: set[Kind] = set()
    negations = 0
    for scope in laid:
        if scope.start <= start and end <= scope.end:
            if scope.kind == "negated":
                negations += 1
            else:
                kinds.add(scope.kind)
    if negations % 2:
        kinds.add("negated")
    if "confirmed" in kinds:
        kinds.discard("alleged")
    return next((kind for kind in _RANK if kind in kinds), "affirmed")
