"""What the learner sees of a text: character n-grams, those under denial marked apart, and the cues that fired.

One function of the text alone, shared by training and reading, so that both see the same.
"""

from assistant.triage.assertion import Kind, Scope
from assistant.triage.clauses import Clause
from assistant.triage.cues import Hit

_MARK: dict[Kind, str] = {
    "negated": "¬",
    "refused": "¬",
    "hypothetical": "?",
    "question": "¿",
    "alleged": "~",
    "cleared": "✓",
    "intended": "→",
    "mended": "+",
}
LONGEST_GRAM = 3
_REACH = 40


def grams(text: str, shortest: int, longest: int) -> list[str]:
    """Every run of ``shortest`` to ``longest`` characters, in order, repeats included."""
    found: list[str] = []
    for size in range(shortest, longest + 1):
        found += map("".join, zip(*(text[i:] for i in range(size)), strict=False)) if size > 1 else list(text)
    return found


def features(text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...], hits: list[Hit]) -> list[str]:
    """Distinct features of ``text``, in order of first appearance."""
    found = grams(text, 1, LONGEST_GRAM)
    for scope in laid:
        mark = _MARK[scope.kind]
        found += [mark + pair for pair in grams(text[scope.start : min(scope.end, scope.start + _REACH)], 2, 2)]
    return list(dict.fromkeys(found))
