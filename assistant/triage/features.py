"""What the linear reader sees of a text: characters and pairs of them, those under denial marked apart, the trade's concepts and the cues.

Functions of the text alone, shared by training and reading, so that both see the same. Concepts (corpus/language/concepts.yaml)
let a way of saying a thing count that no exemplar used; pairs of them stand for facts that only count together.
"""

from functools import cache
from operator import add

import msgspec

from assistant.paths import corpus_dir
from assistant.stored import read_yaml
from assistant.triage.assertion import DENYING, Kind, Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit, Phrases

_MARK: dict[Kind, str] = {
    "affirmed": "",
    "negated": "¬",
    "refused": "¬",
    "hypothetical": "?",
    "question": "¿",
    "alleged": "~",
    "cleared": "✓",
    "intended": "→",
    "mended": "+",
    "confirmed": "!",
}
_REACH = 40
_MOST_PAIRED = 24


class _Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    concepts: dict[str, tuple[str, ...]]


@cache
def _phrases() -> Phrases[str]:
    table = read_yaml(corpus_dir() / "language" / "concepts.yaml", _Concepts).concepts
    return Phrases((word, concept) for concept, words in table.items() for word in words)


def pairs(text: str) -> list[str]:
    """Every two characters that stand side by side, in order, repeats included."""
    return list(map(add, text, text[1:]))


def features(text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...], hits: list[Hit]) -> list[str]:
    """Distinct features of ``text``."""
    found = [*text, *pairs(text)]
    for scope in laid:
        mark = _MARK[scope.kind]
        found += [mark + pair for pair in pairs(text[scope.start : min(scope.end, scope.start + _REACH)])]
    found += _told(text, clauses, laid)
    for hit in hits:
        side = "-" if hit.against else "+"
        state = "d" if hit.kind in DENYING else "a" if hit.kind == "affirmed" else "x"
        found += [f"#{hit.rule}{side}{state}", f"#{hit.rule}/{hit.element}{side}{state}"]
    return list(dict.fromkeys(found))


def _told(text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...]) -> list[str]:
    """Concepts with how they are told, and pairs of the concepts that are simply told."""
    kinds: dict[str, None] = {}
    for concept, _, _, kind in _phrases().find(text, clauses, laid):
        kinds[f"@{concept}"] = None
        kinds[f"@{_MARK[kind]}{concept}"] = None
    plain = sorted(name for name in kinds if name[1] not in "¬?¿~✓→+!")[:_MOST_PAIRED]
    return [*kinds, *(f"{one}&{other}" for n, one in enumerate(plain) for other in plain[n + 1 :])]
