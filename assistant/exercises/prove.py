"""Prove keys: a key stands only when the engine, reading the text alone, says the same; what is acceptable may be said besides.

The twin of a case is shown beside it, so its key is proved too. Where the engine decides otherwise, the key is refuted; where it
decides less (the facts do not suffice, an item is only possible), it is unproved.
"""

from collections.abc import Iterable

import msgspec

from assistant.exercises.model import Case, Disagreement, Paper
from assistant.exercises.report import in_order
from assistant.exercises.words import VERDICTS
from assistant.triage import Engine, Triage


def prove(case: Case, engine: Engine) -> Disagreement | None:
    """None when the engine says the same as the keys of the case and of its twin, else where they part."""
    found = _compared(case, engine)
    if found or case.twin is None:
        return found
    told = case.twin
    beside = Case(id=case.id, text=told.text, verdict=told.verdict, provisions=told.provisions, factors=told.factors)
    of_twin = _compared(beside, engine)
    return of_twin and msgspec.structs.replace(of_twin, case=case, reason=f"对照的一题：{of_twin.reason}")


def proved(paper: Paper, engine: Engine) -> Paper:
    """``paper`` with the cases that do not prove, or no longer do, among the refused; those refused before are tried again."""
    cases, refused = [], []
    for case in (*paper.cases, *(one.case for one in paper.refused)):
        found = prove(case, engine)
        if found:
            refused.append(found)
        else:
            cases.append(case)
    return msgspec.structs.replace(
        paper,
        cases=tuple(cases),
        refused=tuple(refused),
        regulation=engine.pack.regulation.id,
        rules=engine.pack.version,
    )


def _compared(case: Case, engine: Engine) -> Disagreement | None:
    result = engine.triage(case.text)
    met = _met(result)
    factors = {factor.id for factor in (*result.mitigating, *result.aggravating)}

    def named(ids: Iterable[str]) -> str:
        return "、".join(engine.pack.labels[ref] for ref in sorted(ids, key=in_order)) or "“没有”"

    tolerated = {*case.acceptable}
    if result.verdict != case.verdict:
        reason = f"结论不同：答案是{VERDICTS[case.verdict]}，引擎判为{VERDICTS[result.verdict]}"
        unproved = result.verdict == "insufficient"
    elif not {*case.provisions} <= met <= {*case.provisions} | tolerated:
        reason = f"条项不同：答案是{named(case.provisions)}，引擎判为{named(met)}"
        unproved = met <= {*case.provisions} | tolerated
    elif not {*case.factors} <= factors <= {*case.factors} | tolerated:
        reason = f"从轻从重不同：答案是{named(case.factors)}，引擎判为{named(factors)}"
        unproved = factors <= {*case.factors} | tolerated
    else:
        return None
    says = "：".join([VERDICTS[result.verdict], *([named(met)] if met else [])])
    return Disagreement(case=case, engine=says, reason=reason, refuted=not unproved)


def _met(result: Triage) -> set[str]:
    return {p.id for p in result.provisions if p.status == "met"} if result.verdict == "fault" else set()
