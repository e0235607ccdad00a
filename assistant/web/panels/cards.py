"""Each item as a card that folds open into its elements with the verbatim words; the factors of arts 11 and 12 below."""

from collections.abc import Iterable

from assistant.triage import RulePack, Triage
from assistant.triage.result import ElementFinding, Factor, Provision
from assistant.triage.rules import State
from assistant.web.panels.facts import Hand, setting
from assistant.web.panels.linked import Links, esc
from assistant.web.panels.told import Basis

_STATUSES = {"met": ("●", "成立"), "possible": ("◐", "可能成立"), "excluded": ("○", "不成立")}
_STATES = {"met": ("●", "具备"), "not_met": ("○", "不具备"), "unknown": ("？", "没说清")}
_KINDS = {
    "mitigating": ("从轻、减轻或者免于追究", "可以", "第十一条：可以，不是必须"),
    "aggravating": ("从重追究", "应", "第十二条：应，不是可以"),
}


def cards(triage: Triage, hand: Hand, by_ref: dict[str, Basis], moved: Iterable[str], link: Links) -> str:
    """The items in question; those ruled out come last, folded into one line."""
    shown = [p for p in triage.provisions if p.status != "excluded"]
    out = [p for p in triage.provisions if p.status == "excluded"]
    parts = [_card(p, hand, by_ref, p.id in moved, link) for p in shown]
    if out:
        rest = "".join(_card(p, hand, by_ref, p.id in moved, link) for p in out)
        opened = "" if shown else " open"
        parts.append(
            f'<details class="more" data-key="out"{opened}><summary>看过但不成立的条项（{len(out)}）</summary>{rest}</details>'
        )
    return f"<section><h3>条项与要件</h3>{''.join(parts)}</section>" if parts else ""


def _card(provision: Provision, hand: Hand, by_ref: dict[str, Basis], moved: bool, link: Links) -> str:
    mark, status = _STATUSES[provision.status]
    who = f'<span class="who">{esc(provision.actor)}</span>' if provision.actor else ""
    key = f"{provision.id}|{provision.actor}"
    basis = by_ref.get(provision.id)
    number = f'<b class="number {basis.colour}">{basis.sign}</b>' if basis else ""
    rows = "".join(_element(provision, element, hand, key) for element in provision.elements)
    return (
        f'<details class="card {provision.status}{" moved" * moved}" id="card-{esc(provision.id)}" data-key="{esc(key)}"'
        f'{" open" * (provision.status != "excluded")}><summary>{number}<span class="tag">{mark} {status}</span>'
        f'<span class="name">{esc(provision.label)}</span>{who}</summary>'
        f'<blockquote class="law-words">{esc(provision.quote)} {link.cite(provision.id)}</blockquote>'
        f'<ul class="elements">{rows}</ul></details>'
    )


def _element(provision: Provision, element: ElementFinding, hand: Hand, key: str) -> str:
    mark, state = _STATES[element.state]
    said = "、".join(dict.fromkeys(f"“{esc(e.text)}”" for e in element.evidence if e.text))
    words = f"所说{said}" if said else "原话里没有"
    if not said and element.state == "met":
        words = "原话里没有直说，按前提视为具备"
    if (provision.id, element.name) in hand or (provision.id, "") in hand:
        words = "手工设定"
    return (
        f'<li class="{element.state}"><div><b>{mark} {esc(element.name)}</b> <span class="state">{state}</span>'
        f"<small>条文“{esc(element.quote)}”；{words}</small></div>"
        f"{setting(provision.id, element.name, element.state, hand, where=key)}</li>"
    )


def factors(
    triage: Triage, pack: RulePack, hand: Hand, by_ref: dict[str, Basis], moved: Iterable[str], link: Links
) -> str:
    """What makes it lighter and what makes it heavier, apart; the other circumstances can be set by hand."""
    parts = []
    for kind, found in (("mitigating", triage.mitigating), ("aggravating", triage.aggravating)):
        title, force, note = _KINDS[kind]
        met = {factor.id for factor in found}
        rows = "".join(_factor(factor, hand, by_ref, factor.id in moved, link) for factor in found)
        rest = "".join(
            f"<li><div>{esc(pack.quotes[ref])} {link.cite(ref)}</div>{setting(ref, '', _by_hand(ref, hand), hand, where=kind)}</li>"
            for ref, rule in pack.rules.items()
            if rule.kind == kind and ref not in met
        )
        parts.append(
            f'<section class="factors {kind}"><h3><span class="force">{force}</span> {title} <span class="hint">{link(note)}</span></h3>'
            f"{rows or '<p>没有说到这样的情形。</p>'}"
            f'<details class="more" data-key="{kind}"><summary>逐条核对其余情形</summary><ul class="elements">{rest}</ul></details></section>'
        )
    return "".join(parts)


def _by_hand(ref: str, hand: Hand) -> State | None:
    return hand.get((ref, ""))


def _factor(factor: Factor, hand: Hand, by_ref: dict[str, Basis], moved: bool, link: Links) -> str:
    basis = by_ref.get(factor.id)
    number = f'<b class="number {basis.colour}">{basis.sign}</b>' if basis else ""
    said = "、".join(dict.fromkeys(f"“{esc(e.text)}”" for e in factor.evidence if e.text))
    words = f"所说{said}" if said else "手工设定"
    return (
        f'<div class="factor{" moved" * moved}" id="card-{esc(factor.id)}"><blockquote class="law-words">{number}{esc(factor.quote)} '
        f"{link.cite(factor.id)}</blockquote><small>{words}</small>"
        f"{setting(factor.id, '', 'met', hand, where='factor')}</div>"
    )
