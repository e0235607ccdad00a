"""Make a paper: draw exemplars and scenes by theme, change one fact in some, keep what the engine proves, list the others.

The exemplars are what the engine's reader learned from, so that most of them prove; the keys are their authors' labels all the same.
Of one group or scene a paper has one case at most, for the twin of one case is told with its key.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from assistant.errors import BadInput
from assistant.exercises.contrast import one_place
from assistant.exercises.difficulty import BANDS, difficulty, factor_options, options
from assistant.exercises.model import Case, Disagreement, Paper
from assistant.exercises.pairs import Pairs, cases_of, changed, groups, load_pairs, shortened, touches, twin_of
from assistant.exercises.prove import prove
from assistant.exercises.report import in_order
from assistant.triage import Engine
from assistant.triage.exemplars import Exemplar

_ACTORS = {"officer", "head", "joint", "company", "organ", "staff"}
_CHANGED = 0.3  # the share of cases that are tried with one sentence more
_SCENES = 0.2  # the share of a paper that scenes may take
_Candidate = tuple[Case, Iterable[Case]]


def make_paper(
    exemplars: list[Exemplar], engine: Engine, *, theme: str, count: int, seed: int, difficulty: str | None = None
) -> Paper:
    """Up to ``count`` proved cases on ``theme``: an article (6), an item or factor (6.7, 11.1), a verdict (no_fault) or an actor (head).

    ``difficulty`` is one of `BANDS`, None for any. Raises BadInput for a theme or a band that there is not.
    """
    if difficulty is not None and difficulty not in BANDS:
        raise BadInput(f"没有“{difficulty}”这一档难度：可用 {'、'.join(BANDS)}")
    if not any(_on_theme(row, theme) for row in exemplars):
        raise BadInput(
            f"没有主题“{theme}”的样例：可用条（6）、项（6.7、11.1）、结论（fault、no_fault、insufficient、out_of_scope）"
            "或行为人（officer、head、joint、company）"
        )
    low, high = BANDS[difficulty] if difficulty else (0.0, 2.0)
    cases: list[Case] = []
    refused: list[Disagreement] = []
    for case, others in _candidates(exemplars, engine, random.Random(seed), theme):
        if len(cases) == count:
            break
        disagreement = prove(case, engine)
        if disagreement:
            refused.append(disagreement)
            continue
        whole = with_choices(case, engine)
        if low <= whole.difficulty < high:
            cases.append(_beside(whole, others, engine))
    return Paper(
        cases=tuple(cases),
        refused=tuple(refused),
        theme=theme,
        seed=seed,
        regulation=engine.pack.regulation.id,
        rules=engine.pack.version,
    )


def with_choices(case: Case, engine: Engine) -> Case:
    """``case`` with what its author left out: wrong options near the key, the sanctions that stay open, the difficulty."""
    triage = engine.triage(case.text)
    sanctions = tuple(s.id for s in triage.sanctions if s.standing != "closed") if case.verdict == "fault" else ()
    bare, plain = {*case.options} <= {*case.provisions}, {*case.factor_options} <= {*case.factors}
    return msgspec.structs.replace(
        case,
        sanctions=case.sanctions or sanctions,
        options=options(case, triage, engine.pack) if bare else case.options,
        factor_options=factor_options(case, engine.pack) if plain else case.factor_options,
        difficulty=case.difficulty or difficulty(case, engine.scores(case.text)),
    )


def _candidates(exemplars: list[Exemplar], engine: Engine, chance: random.Random, theme: str) -> Iterator[_Candidate]:
    """Cases on ``theme`` in the order of chance, each with others that may stand beside it, the nearest first."""
    pairs = load_pairs(engine.pack.regulation.id)
    written = _from_scenes(pairs, chance, theme)
    drawn = _from_exemplars(exemplars, pairs, engine, chance, theme)
    for candidate in drawn:
        if chance.random() < _SCENES:
            yield from (found for found in (next(written, None),) if found)
        yield candidate
    yield from written


def _from_scenes(pairs: Pairs, chance: random.Random, theme: str) -> Iterator[_Candidate]:
    if theme in _ACTORS:
        return
    for scene in chance.sample(pairs.scenes, len(pairs.scenes)):
        told = cases_of(scene)
        fitting = [case for case in told if _about(theme, case)]
        if fitting:
            case = chance.choice(fitting)
            yield case, [other for other in told if other is not case]


def _from_exemplars(
    exemplars: list[Exemplar], pairs: Pairs, engine: Engine, chance: random.Random, theme: str
) -> Iterator[_Candidate]:
    alike, used = groups(exemplars), set[str]()
    drawn = [row for row in exemplars if _on_theme(row, theme)]
    chance.shuffle(drawn)
    for row in drawn:
        if row.group in used:
            continue
        used.add(row.group)
        case = _case(row)
        changes = sorted(chance.sample(pairs.changes, len(pairs.changes)), key=lambda change: not change.of)
        more = [made for change in changes if (made := changed(case, change))]
        made = next((one for one in more if _about(theme, one)), None)
        if made and chance.random() < _CHANGED:
            yield made, [case]
            continue
        others = [_case(other) for other in alike[row.group] if other.id != row.id]
        near = [other for other in others if one_place(case.text, other.text)]
        yield case, chain(near, shortened(case, engine.triage(case.text)) if case.factors else (), more, others)


def _beside(case: Case, others: Iterable[Case], engine: Engine) -> Case:
    """``case`` with the first of ``others`` that differs from it in one place and proves, else the first that proves, else alone."""
    spare: Case | None = None
    for other in others:
        if _key(other) == _key(case) or (spare and not one_place(case.text, other.text)):
            continue
        beside = msgspec.structs.replace(case, twin=twin_of(other))
        if prove(beside, engine):
            continue
        if one_place(case.text, other.text):
            return beside
        spare = beside
    return spare or case


def _key(case: Case) -> tuple[str, set[str]]:
    return case.verdict, {*case.provisions, *case.factors}


def _case(row: Exemplar) -> Case:
    return Case(
        id=row.id,
        text=row.text,
        verdict=row.verdict,
        provisions=tuple(sorted(row.provisions, key=in_order)),
        factors=tuple(sorted((*row.mitigating, *row.aggravating), key=in_order)),
        acceptable=tuple(sorted(row.tolerated)),
        source="exemplar",
    )


def _on_theme(row: Exemplar, theme: str) -> bool:
    return row.actor == theme if theme in _ACTORS else _about(theme, _case(row))


def _about(theme: str, case: Case) -> bool:
    return theme == case.verdict or touches(theme, (*case.provisions, *case.factors))
