"""Two versions of a regulation beside one another, article by article, with what went and what came marked."""

import re
from collections import Counter

from assistant.corpus import Regulation
from assistant.corpus.compare import Change, compare
from assistant.web.panels.linked import esc

_STEP = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)
_SIGNS = {"same": "＝", "changed": "≠", "moved": "→", "added": "＋", "gone": "－"}


def changes_panel(old: Regulation, new: Regulation) -> str:
    """Every article that is not the same in both, and how many are."""
    changes = compare(old, new)
    counted = Counter(change.name for change in changes)
    total = "，".join(f"{name} {count} 条" for name, count in counted.items())
    rows = "".join(_change(change) for change in changes if change.kind != "same")
    return (
        f'<div class="changes"><p role="status">《{esc(old.title)}》（{esc(old.id)}）与《{esc(new.title)}》（{esc(new.id)}）：{total or "都没有条文"}。'
        f"</p>{rows}</div>"
    )


def _change(change: Change) -> str:
    place = (
        f"{change.old} → {change.new}"
        if change.old and change.new and change.old != change.new
        else change.new or change.old
    )
    words = _words(change)
    body = f'<p class="words">{words}</p>' if words else ""
    return f'<article class="{change.kind}"><h3><span class="tag">{_SIGNS[change.kind]} {change.name}</span> {esc(place)}</h3>{body}</article>'


def _words(change: Change) -> str:
    if change.kind == "added":
        return f"<ins>{esc(change.words)}</ins>".replace("\n", "<br>")
    if change.kind == "gone":
        return f"<del>{esc(change.words)}</del>".replace("\n", "<br>")
    out, at = [], 0
    for step in _STEP.finditer(change.words):
        out.append(esc(change.words[at : step.start()]))
        out.append(f"<del>{esc(step[1])}</del>" if step[1] is not None else f"<ins>{esc(step[2])}</ins>")
        at = step.end()
    return ("".join(out) + esc(change.words[at:])).replace("\n", "<br>")
