"""Prove keys: a case's key stands only when the engine, reading the text alone, says the same; what is acceptable may be said besides."""

import re

from assistant.exercises.model import Case, Disagreement
from assistant.triage import Engine, Triage


def prove(case: Case, engine: Engine) -> Disagreement | None:
    """None when the engine says the same as the key, else where they part."""
    result = engine.triage(case.text)
    met = {p.id for p in result.provisions if p.status == "met"} if result.verdict == "fault" else set()
    factors = {f.id for f in (*result.mitigating, *result.aggravating)}
    if result.verdict != case.verdict:
        reason = f"结论不同：答案是 {case.verdict}，引擎判为 {result.verdict}"
    elif not set(case.provisions) <= met <= {*case.provisions, *case.acceptable}:
        reason = f"条项不同：答案是 {_named(case.provisions)}，引擎判为 {_named(met)}"
    elif not set(case.factors) <= factors <= {*case.factors, *case.acceptable}:
        reason = f"从轻从重不同：答案是 {_named(case.factors)}，引擎判为 {_named(factors)}"
    else:
        return None
    return Disagreement(case=case, engine=_summary(result), reason=reason)


def _named(ids: set[str] | tuple[str, ...]) -> str:
    return "、".join(sorted(ids, key=lambda ref: [int(part) for part in re.split(r"[.#]", ref)])) or "（无）"


def _summary(result: Triage) -> str:
    return f"{result.verdict} {_named({p.id for p in result.provisions if p.status == 'met'})}"
