"""Make a paper: draw exemplars by theme and seed, keep those whose key the engine proves, list the others."""

import random

from assistant.errors import BadInput
from assistant.exercises.model import Case, Disagreement, Paper
from assistant.exercises.prove import prove
from assistant.triage import Engine
from assistant.triage.exemplars import Exemplar


def make_paper(exemplars: list[Exemplar], engine: Engine, *, theme: str, count: int, seed: int) -> Paper:
    """Up to ``count`` proved cases on ``theme``: an article (6), an item or factor (6.7, 11.1) or a verdict (no_fault)."""
    drawn = [row for row in exemplars if _on_theme(row, theme)]
    if not drawn:
        raise BadInput(
            f"没有主题“{theme}”的样例：可用条（6）、项（6.7、11.1）或结论（fault、no_fault、insufficient、out_of_scope）"
        )
    random.Random(seed).shuffle(drawn)
    cases: list[Case] = []
    refused: list[Disagreement] = []
    for row in drawn:
        if len(cases) == count:
            break
        case = Case(
            id=row.id,
            text=row.text,
            verdict=row.verdict,
            provisions=row.provisions,
            factors=(*row.mitigating, *row.aggravating),
        )
        disagreement = prove(case, engine)
        if disagreement:
            refused.append(disagreement)
        else:
            cases.append(case)
    return Paper(cases=tuple(cases), refused=tuple(refused))


def _on_theme(row: Exemplar, theme: str) -> bool:
    return theme == row.verdict or any(label == theme or label.split(".")[0] == theme for label in row.labels)
