"""Does the text assert a thing, deny it, suppose it, report it or clear it?

Markers and their reach are data (corpus/language/assertion.yaml); this module lays them over a text once and
answers for any span. After the ConText algorithm (Harkema et al., 2009, doi:10.1016/j.jbi.2009.05.002), with
Chinese markers and reaches in characters instead of words.
"""

from functools import cache
from typing import Literal, NamedTuple

import ahocorasick
import msgspec

from assistant.errors import BadRulePack
from assistant.paths import corpus_dir
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
    """One group of words that do the same to their neighbourhood."""

    kind: Kind | Literal["none"]
    words: tuple[str, ...]
    toward: Literal["forward", "backward", "both"] = "forward"
    reach: int | Literal["clause", "sentence", "text"] = "clause"
    stops: tuple[str, ...] = ()


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    markers: tuple[Marker, ...]


class Scope(NamedTuple):
    """Characters ``start`` to ``end`` stand under ``kind`` because of the marker at ``marker_start:marker_end``."""

    kind: Kind
    start: int
    end: int
    marker_start: int
    marker_end: int


@cache
def _automaton() -> ahocorasick.Automaton:
    path = corpus_dir() / "language" / "assertion.yaml"
    try:
        lexicon = msgspec.yaml.decode(path.read_bytes(), type=_Lexicon)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadRulePack(f"{path.name} 读不懂：{error}") from None
    automaton = ahocorasick.Automaton()
    groups: dict[str, list[Marker]] = {}
    for marker in lexicon.markers:
        for word in marker.words:
            groups.setdefault(word, []).append(marker)
    for word, markers in groups.items():
        automaton.add_word(word, (len(word), tuple(markers)))
    automaton.make_automaton()
    return automaton


def scopes(text: str, clauses: tuple[Clause, ...]) -> tuple[Scope, ...]:
    """Every reach laid over ``text`` by its markers, longest marker first where they overlap."""
    hits = [(end - length + 1, end + 1, markers) for end, (length, markers) in _automaton().iter(text)]
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    found: list[Scope] = []
    covered = 0
    for start, end, markers in hits:
        if start < covered:
            continue
        covered = end
        for marker in markers:
            if marker.kind != "none":
                found.extend(_lay(text, clauses, marker, marker.kind, start, end))
    return tuple(found)


def _lay(text: str, clauses: tuple[Clause, ...], marker: Marker, kind: Kind, start: int, end: int) -> list[Scope]:
    left, right = _bounds(text, clauses, marker.reach, start, end)
    laid: list[Scope] = []
    if marker.toward in {"forward", "both"}:
        stops = [at for stop in marker.stops if (at := text.find(stop, end, right)) >= 0]
        laid.append(Scope(kind, end, min(stops, default=right), start, end))
    if marker.toward in {"backward", "both"}:
        ends = [at + len(stop) for stop in marker.stops if (at := text.rfind(stop, left, start)) >= 0]
        laid.append(Scope(kind, max(ends, default=left), start, start, end))
    return laid


def _bounds(text: str, clauses: tuple[Clause, ...], reach: int | str, start: int, end: int) -> tuple[int, int]:
    if reach == "text":
        return 0, len(text)
    own = next((c for c in clauses if c.start <= start < c.end), None)
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
