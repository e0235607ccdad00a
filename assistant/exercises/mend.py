"""A trainer mends one case of a paper: its text and key, as typed; whether the key then proves is said by `prove`."""

import msgspec

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import refs_of
from assistant.exercises.model import Case, Disagreement, Paper
from assistant.exercises.prove import prove
from assistant.exercises.words import VERDICTS
from assistant.triage import Engine
from assistant.triage.rules import RulePack

LONGEST = 5000


def case_of(paper: Paper, number: int) -> Case:
    """Case ``number`` (from 0), counting the cases and then the refused; raises BadInput when there is none."""
    everything = [*paper.cases, *(one.case for one in paper.refused)]
    if not 0 <= number < len(everything):
        raise BadInput(f"这份试卷没有第 {number + 1} 题：请回到试卷再选")
    return everything[number]


def mended_case(case: Case, text: str, verdict: str, provisions: str, factors: str, *, pack: RulePack) -> Case:
    """``case`` as typed, its choices to be filled in anew; raises BadInput for what cannot be read."""
    told = text.replace("\r\n", "\n").strip()
    if not told:
        raise BadInput("案情是空的：请写上发生了什么")
    if len(told) > LONGEST:
        raise BadInput(f"案情太长（{len(told)} 个字）：最多 {LONGEST} 个字")
    chosen = next((name for name in VERDICTS if name == verdict), None)
    if chosen is None:
        raise BadInput(f"还没有选结论：请选 {'、'.join(VERDICTS.values())} 之一")
    key = refs_of(provisions, pack, "条项"), refs_of(factors, pack, "从轻从重")
    for refs, kinds, name in ((key[0], {"conduct"}, "条项"), (key[1], {"mitigating", "aggravating"}, "从轻从重")):
        odd = next((ref for ref in refs if ref not in pack.rules or pack.rules[ref].kind not in kinds), None)
        if odd:
            raise BadInput(f"{name}里的{pack.labels.get(odd, odd)}不对：条项只在第六至九条，从轻从重只在第十一、十二条")
    same = (chosen, *key) == (case.verdict, case.provisions, case.factors)
    beside = case.twin and (case.twin.verdict, case.twin.provisions, case.twin.factors) != (chosen, *key)
    return msgspec.structs.replace(
        case,
        text=told,
        verdict=chosen,
        provisions=key[0],
        factors=key[1],
        sanctions=(),
        options=case.options if same else (),
        factor_options=case.factor_options if same else (),
        difficulty=0.0,
        twin=case.twin if beside else None,
        source=case.source if told == case.text else "own",
    )


def with_sound_twin(case: Case, engine: Engine) -> Case:
    """``case`` without its twin where the twin is all that keeps it from being proved."""
    alone = msgspec.structs.replace(case, twin=None)
    return alone if prove(case, engine) and not prove(alone, engine) else case


def with_case(paper: Paper, number: int, case: Case) -> Paper:
    """``paper`` with ``case`` in the place of case ``number`` of `case_of`."""
    first = len(paper.cases)
    if number < first:
        return msgspec.structs.replace(paper, cases=(*paper.cases[:number], case, *paper.cases[number + 1 :]))
    own = Disagreement(case=case, engine="", reason="")
    at = number - first
    return msgspec.structs.replace(paper, refused=(*paper.refused[:at], own, *paper.refused[at + 1 :]))
