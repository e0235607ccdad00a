"""The eleven 问责方式 as a ladder, from the lightest rung up, with what follows by itself and the deadlines."""

from assistant.triage import Triage
from assistant.triage.result import Consequence, Deadline, Sanction
from assistant.web.panels.linked import Links, esc

_STANDINGS = {"suggested": ("★", "参考"), "open": ("○", "可用"), "closed": ("×", "不适用")}


def ladder(triage: Triage, link: Links) -> str:
    """The ladder; the reason of each standing, and what some rungs need, are said once above it."""
    reasons = {s.standing: s.reason for s in reversed(triage.sanctions)}
    needs = dict.fromkeys(s.needs for s in triage.sanctions if s.needs)
    why = "".join(
        f"<li>{_tag(standing)} {link(reasons[standing])}</li>" for standing in _STANDINGS if standing in reasons
    )
    why += "".join(f'<li><span class="chip needs">权限和程序</span> {link(text)}</li>' for text in needs)
    rungs = "".join(_rung(s, link) for s in triage.sanctions)
    opened = " open" if triage.verdict == "fault" else ""
    return (
        f'<details class="block" data-key="ladder"{opened}><summary>问责方式：候选，不是决定</summary>'
        f'<ul class="why">{why}</ul><ol class="ladder">{rungs}</ol></details>'
    )


def _tag(standing: str) -> str:
    mark, name = _STANDINGS[standing]
    return f'<span class="tag {standing}">{mark} {name}</span>'


def _rung(sanction: Sanction, link: Links) -> str:
    chips = [
        '<span class="chip">可以合并用</span>' if sanction.combinable else '<span class="chip alone">只能单独用</span>'
    ]
    if sanction.needs:
        chips.append('<span class="chip needs">权限和程序</span>')
    return (
        f'<li class="{sanction.standing}">{_tag(sanction.standing)} <b>{esc(sanction.quote)}</b> {"".join(chips)} '
        f'<span class="place">{link.cite(sanction.id)}</span></li>'
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
