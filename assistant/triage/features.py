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


def features(text: str, clauses: tuple[Clause, ...], laid: tuple[Scope, ...], hits: list[Hit]) -> list[str]:
    """Distinct features of ``text``, in order of first appearance."""
    found: dict[str, None] = {}
    for size in range(1, LONGEST_GRAM + 1):
        found.update(dict.fromkeys(text[i : i + size] for i in range(len(text) - size + 1)))
    for scope in laid:
        mark = _MARK[scope.kind]
        end = min(scope.end, scope.start + 40)
        found.update(dict.fromkeys(mark + text[i : i + 2] for i in range(scope.start, end - 1)))
    return list(found)
