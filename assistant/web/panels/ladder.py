"""The eleven 问责方式 as a ladder, from the lightest rung up, with what follows by itself and the deadlines."""

from assistant.triage import Triage
from assistant.triage.result import Consequence, Deadline, Sanction
from assistant.web.panels.linked import Links, esc

_STANDINGS = {"suggested": ("★", "参考"), "open": ("○", "可用"), "closed": ("×", "不适用")}


def ladder(triage: Triage, link: Links) -> str:
    """The ladder; each standing's reason is said once above it."""
    reasons: dict[str, str] = {}
    for sanction in triage.sanctions:
        reasons.setdefault(sanction.standing, sanction.reason)
    why = "".join(
        f'<li><span class="tag {standing}">{" ".join(_STANDINGS[standing])}</span> {link(reasons[standing])}</li>'
        for standing in _STANDINGS
        if standing in reasons
    )
    rungs = "".join(_rung(s, link) for s in triage.sanctions)
    opened = " open" if triage.verdict == "fault" else ""
    return (
        f'<details class="block" data-key="ladder"{opened}><summary>问责方式：候选，不是决定</summary>'
        f'<ul class="why">{why}</ul><ol class="ladder">{rungs}</ol></details>'
    )


def _rung(sanction: Sanction, link: Links) -> str:
    mark, name = _STANDINGS[sanction.standing]
    notes = ["可以单独用，也可以合并用" if sanction.combinable else "只能单独用，不能与别的合并"]
    if sanction.needs:
        notes.append(sanction.needs)
    return (
        f'<li class="{sanction.standing}"><span class="tag {sanction.standing}">{mark} {name}</span>'
        f"<div><b>{esc(sanction.quote)}</b> {link.cite(sanction.id)}<small>{'；'.join(map(link, notes))}</small></div></li>"
    )


def consequences(found: tuple[Consequence, ...], link: Links) -> str:
    """What follows by itself."""
    rows = "".join(f"<li>{esc(c.reason)}：“{esc(c.quote)}” {link.cite(c.id)}</li>" for c in found)
    return (
        f'<details class="block" data-key="consequences"><summary>随之而来的后果</summary><ul>{rows}</ul></details>'
        if rows
        else ""
    )


def deadlines(found: tuple[Deadline, ...], link: Links) -> str:
    """The time limits, with the date where the text told from which day to count."""
    rows = []
    for limit in found:
        due = f'<b class="due">{esc(limit.due)}</b>' if limit.due else ""
        rows.append(
            f"<li><b>{esc(limit.title)}</b>{due}：“{esc(limit.quote)}” {link.cite(limit.id)}<small>{link(limit.note)}</small></li>"
        )
    body = "".join(rows)
    return (
        f'<details class="block" data-key="deadlines" open><summary>期限</summary><ul>{body}</ul></details>'
        if rows
        else ""
    )
