"""Make a paper: draw exemplars by theme, change one fact in some, keep what the engine proves, list the others.

The exemplars are what the engine's reader learned from, so that most of them prove; the keys are their authors' labels all the same.
"""

import random
from collections.abc import Iterator

import msgspec

from assistant.errors import BadInput
from assistant.exercises.difficulty import BANDS, difficulty, factor_options, options
from assistant.exercises.model import Case, Disagreement, Paper, Twin
from assistant.exercises.pairs import changed, load_changes, twins
from assistant.exercises.prove import prove
from assistant.triage import Engine
from assistant.triage.exemplars import Exemplar

_ACTORS = {"officer", "head", "joint", "company", "organ", "staff"}
_CHANGED = 0.3  # the share of cases that are tried with one sentence more


def make_paper(
    exemplars: list[Exemplar], engine: Engine, *, theme: str, count: int, seed: int, difficulty: str | None = None
) -> Paper:
    """Up to ``count`` proved cases on ``theme``: an article (6), an item or factor (6.7, 11.1), a verdict (no_fault) or an actor (head).

    ``difficulty`` is one of `BANDS`, None for any. Raises BadInput for a theme or a band that there is not.
    """
    if difficulty is not None and difficulty not in BANDS:
        raise BadInput(f"没有“{difficulty}”这一档难度：可用 {'、'.join(BANDS)}")
    drawn = [row for row in exemplars if _on_theme(row, theme)]
    if not drawn:
        raise BadInput(
            f"没有主题“{theme}”的样例：可用条（6）、项（6.7、11.1）、结论（fault、no_fault、insufficient、out_of_scope）"
            "或行为人（officer、head、joint、company）"
        )
    chance = random.Random(seed)
    chance.shuffle(drawn)
    cases: list[Case] = []
    refused: list[Disagreement] = []
    for case in _candidates(drawn, exemplars, engine, chance, theme):
        if len(cases) == count:
            break
        disagreement = prove(case, engine) or _refuted_twin(case, engine)
        if disagreement:
            refused.append(disagreement)
            continue
        whole = _with_choices(case, engine)
        low, high = BANDS[difficulty] if difficulty else (0.0, 2.0)
        if low <= whole.difficulty < high:
            cases.append(whole)
    return Paper(
        cases=tuple(cases),
        refused=tuple(refused),
        theme=theme,
        seed=seed,
        regulation=engine.pack.regulation.id,
        rules=engine.pack.version,
    )


def _candidates(
    drawn: list[Exemplar], exemplars: list[Exemplar], engine: Engine, chance: random.Random, theme: str
) -> Iterator[Case]:
    """Each drawn exemplar as a case with its twin, now and then with one sentence more instead."""
    others = twins(exemplars)
    changes = load_changes(engine.pack.regulation.id)
    for row in drawn:
        case = _case(row)
        change = chance.choice(changes) if changes and chance.random() < _CHANGED else None
        made = changed(case, change) if change else None
        if made is not None and (theme in made.factors or theme == made.verdict or _named(theme, made)):
            yield made
            continue
        other = others.get(row.id)
        twin = Twin(text=other.text, verdict=other.verdict, provisions=other.provisions) if other else None
        yield msgspec.structs.replace(case, twin=twin)


def _case(row: Exemplar) -> Case:
    return Case(
        id=row.id,
        text=row.text,
        verdict=row.verdict,
        provisions=row.provisions,
        factors=(*row.mitigating, *row.aggravating),
        acceptable=tuple(sorted(row.tolerated)),
    )


def _refuted_twin(case: Case, engine: Engine) -> Disagreement | None:
    """A twin is shown beside its case, so its key must stand too."""
    if case.twin is None:
        return None
    result = engine.triage(case.twin.text)
    if result.verdict == case.twin.verdict:
        return None
    return Disagreement(
        case=case,
        engine=result.verdict,
        reason=f"对照的一题结论不同：答案是 {case.twin.verdict}，引擎判为 {result.verdict}",
    )


def _with_choices(case: Case, engine: Engine) -> Case:
    triage = engine.triage(case.text)
    return msgspec.structs.replace(
        case,
        sanctions=tuple(s.id for s in triage.sanctions if s.standing != "closed") if case.verdict == "fault" else (),
        options=options(case, triage, engine.pack),
        factor_options=factor_options(case, engine.pack),
        difficulty=difficulty(case, engine.scores(case.text)),
    )


def _on_theme(row: Exemplar, theme: str) -> bool:
    if theme in _ACTORS:
        return row.actor == theme
    return theme == row.verdict or any(label == theme or label.split(".")[0] == theme for label in row.labels)


def _named(theme: str, case: Case) -> bool:
    return any(label == theme or label.split(".")[0] == theme for label in (*case.provisions, *case.factors))
