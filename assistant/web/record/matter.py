"""The heart of a record: each item verbatim with its elements, and what makes it lighter or heavier."""

from collections.abc import Iterator

from assistant.chat import CaseFile
from assistant.triage import Triage
from assistant.triage.result import ElementFinding, Provision
from assistant.web.record.parts import Block, Grid, Line
from assistant.web.record.wording import Wording

_STATUSES = {"met": "成立", "possible": "可能成立，还缺事实"}
_STATES = {"met": "具备", "not_met": "不具备", "unknown": "没说清"}


def provisions(triage: Triage, case: CaseFile, words: Wording) -> Iterator[Block]:
    """The items that are met or in question, then those ruled out in a line each."""
    for provision in triage.provisions:
        if provision.status == "excluded":
            continue
        who = f"（行为人：{words.named(provision.actor)}）" if provision.actor else ""
        yield Line(f"{provision.label}：{_STATUSES[provision.status]}{who}", "head")
        yield Line(provision.quote, "law")
        rows = tuple(
            (e.name, f"“{e.quote}”", _STATES[e.state], _basis(provision, e, case, words)) for e in provision.elements
        )
        yield Grid(("要件", "条文用语", "是否具备", "依据"), rows, (3, 3, 2, 5))
    out = [p for p in triage.provisions if p.status == "excluded"]
    if out:
        yield Line("看过但不成立的条项", "head")
    for provision in out:
        missing = "、".join(e.name for e in provision.elements if e.state == "not_met")
        yield Line(f"{provision.label}“{provision.quote}”" + (f"：不具备“{missing}”" if missing else ""), "item")
    if not triage.provisions:
        yield Line("没有看到第六条至第九条所列的情形。")


def _basis(provision: Provision, element: ElementFinding, case: CaseFile, words: Wording) -> str:
    if any(fact.rule == provision.id and fact.element in {element.name, ""} for fact in case.hand):
        return "经办人手工设定"
    said = "、".join(dict.fromkeys(f"“{words.said(e)}”" for e in element.evidence if e.text))
    if said:
        return f"所说{said}"
    return "原话里没有直说，按前提视为具备" if element.state == "met" else "原话里没有"


def factors(triage: Triage, words: Wording) -> Iterator[Block]:
    """What art. 11 lets be lighter and art. 12 makes heavier, with the words of each."""
    if triage.verdict != "fault":
        return
    for force, title, found in (
        ("可以", "从轻、减轻或者免于追究（可以，不是必须）", triage.mitigating),
        ("应", "从重追究（应，不是可以）", triage.aggravating),
    ):
        yield Line(title, "head")
        for factor in found:
            said = "、".join(dict.fromkeys(f"“{words.said(e)}”" for e in factor.evidence if e.text))
            yield Line(f"{factor.label}：{factor.quote}", "law")
            yield Line(f"依据：{f'所说{said}' if said else '经办人手工设定'}", "item")
        if not found:
            yield Line(f"没有说到{force}{'从轻' if force == '可以' else '从重'}的情形。")
