"""What is told after an answer: which element decides, the words of the case, the words of the law, the twin beside it."""

import msgspec

from assistant.corpus import Ref, Regulation
from assistant.exercises.contrast import OnePlace, one_place
from assistant.exercises.mark import mark
from assistant.exercises.model import Answer, Case, Mark, Twin
from assistant.triage import Engine
from assistant.triage.result import ElementFinding


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the law that the key rests on, or that was chosen wrongly: ``elements`` as the engine reads them in the case."""

    id: str
    label: str
    quote: str
    elements: tuple[ElementFinding, ...] = ()


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """``decides`` says in one sentence what the case turns on; ``grounds`` the key's places, ``astray`` those chosen wrongly.

    ``place`` is where case and twin differ, None where they differ in more than one place.
    """

    mark: Mark | None
    decides: str
    grounds: tuple[Ground, ...]
    astray: tuple[Ground, ...]
    twin: Twin | None
    place: OnePlace | None = None


def feedback(case: Case, answer: Answer | None, engine: Engine, regulation: Regulation) -> Feedback:
    """What to tell whoever gave ``answer`` (None: nothing was answered) to ``case``."""
    found = {provision.id: provision.elements for provision in engine.triage(case.text).provisions}
    marked = mark(case, answer) if answer else None

    def ground(ref: str) -> Ground:
        place = Ref.from_id(ref)
        return Ground(
            id=ref, label=regulation.label(place), quote=regulation.text_of(place), elements=found.get(ref, ())
        )

    return Feedback(
        mark=marked,
        decides=_decides(case, found, regulation),
        grounds=tuple(ground(ref) for ref in (*case.provisions, *case.factors)),
        astray=tuple(ground(ref) for ref in marked.wrong) if marked else (),
        twin=case.twin,
        place=one_place(case.text, case.twin.text) if case.twin else None,
    )


def _decides(case: Case, found: dict[str, tuple[ElementFinding, ...]], regulation: Regulation) -> str:
    if case.verdict == "out_of_scope":
        return "人或者事不在适用范围内，所以不判断过错。"
    if case.verdict == "fault":
        parts = []
        for ref in case.provisions:
            told = [e for e in found.get(ref, ()) if e.evidence]
            words = "，".join(f"“{e.name}”见于“{e.evidence[0].text}”" for e in told[:3])
            label = regulation.label(Ref.from_id(ref))
            parts.append(f"{label}：{words or '按所说的情况成立'}")
        return "；".join(parts) + "。"
    gaps = [(ref, e) for ref, elements in found.items() for e in elements if e.state != "met"]
    if case.verdict == "insufficient":
        names = "、".join(dict.fromkeys(e.name for _, e in gaps))
        return f"还缺：{names}。" if names else "所说的情况还不能判断有没有过错。"
    denied = [(ref, e) for ref, e in gaps if e.state == "not_met" and e.evidence]
    if denied:
        ref, element = denied[0]
        label = regulation.label(Ref.from_id(ref))
        return f"{label}的“{element.name}”不具备，见“{element.evidence[0].text}”。"
    return "所说的做法是正当的，没有第六至九条所列的情形。"
