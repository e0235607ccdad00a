"""Minimal pairs: a case with one sentence more or less, a scene with one gap, a twin among the exemplars; each with what its key is then.

What is added and the scenes are data (corpus/<regulation>/exercises.yaml). Nothing here is proved: `make` proves both of a pair.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from assistant.errors import BadRulePack
from assistant.exercises.model import Case, Twin
from assistant.exercises.report import in_order
from assistant.paths import corpus_dir
from assistant.stored import read_yaml
from assistant.triage import Triage
from assistant.triage.clauses import split
from assistant.triage.exemplars import Exemplar
from assistant.triage.result import Verdict

_SHORTEST = 12
_QUESTIONS = tuple("？?吗呢！!…")


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``add`` is the sentence, ``factor`` what it brings; or ``verdict`` what the case is with it.

    ``of`` an item: for cases of that alone. ``unless`` items, factors or articles: not for cases of those, which it would contradict.
    """

    name: str
    add: str
    of: str = ""
    unless: tuple[str, ...] = ()
    factor: str = ""
    verdict: Verdict | None = None


class Way(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One filling of a scene's gap, and the key of the case with it."""

    words: str
    verdict: Verdict
    provisions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()


class Scene(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scene with one gap, ``{}``."""

    name: str
    text: str
    ways: tuple[Way, ...]


class Pairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a regulation has of both."""

    changes: tuple[Change, ...] = ()
    scenes: tuple[Scene, ...] = ()


@cache
def load_pairs(regulation: str) -> Pairs:
    """The changes and scenes of a regulation; none where it has no exercises.yaml. Raises BadRulePack for a file that cannot be read."""
    path = corpus_dir() / regulation / "exercises.yaml"
    if not path.exists():
        return Pairs()
    found = read_yaml(path, Pairs, name=f"{regulation}/{path.name}")
    odd = next((scene.name for scene in found.scenes if scene.text.count("{}") != 1 or len(scene.ways) < 2), None)
    if odd:
        raise BadRulePack(f"{regulation}/{path.name} 的场景“{odd}”要有一处 {{}} 和至少两种填法")
    return found


def cases_of(scene: Scene) -> tuple[Case, ...]:
    """The scene with each of its fillings."""
    return tuple(
        Case(
            id=f"{scene.name}#{number}",
            text=scene.text.replace("{}", way.words),
            verdict=way.verdict,
            provisions=way.provisions,
            factors=way.factors,
            acceptable=way.acceptable,
            source="scene",
        )
        for number, way in enumerate(scene.ways, 1)
    )


def changed(case: Case, change: Change) -> Case | None:
    """``case`` with the sentence added and its key changed; None where the change says nothing new or is not for such a case.

    A case that ends with a question takes no sentence more.
    """
    told, ids = case.text.rstrip("。；; "), (*case.provisions, *case.factors)
    if case.verdict != "fault" or change.factor in case.factors or told.endswith(_QUESTIONS):
        return None
    if (change.of and case.provisions != (change.of,)) or any(touches(ref, ids) for ref in change.unless):
        return None
    verdict = change.verdict or case.verdict
    kept = verdict == "fault"
    return msgspec.structs.replace(
        case,
        id=f"{case.id}+{change.factor or change.name}",
        text=f"{told}。{change.add}",
        verdict=verdict,
        provisions=case.provisions if kept else (),
        factors=tuple(sorted((*case.factors, change.factor), key=in_order)) if kept else (),
        acceptable=case.acceptable if kept else (),
        source="changed",
    )


def touches(theme: str, ids: Iterable[str]) -> bool:
    """Whether an article (12) or an item (6.7) is among ``ids``, or holds one of them."""
    return any(ref == theme or ref.split(".")[0] == theme for ref in ids)


def shortened(case: Case, triage: Triage) -> Iterator[Case]:
    """``case`` without the clauses in which ``triage`` reads a factor of its key, and so without that factor; one for each that can go."""
    for factor in (*triage.mitigating, *triage.aggravating):
        if factor.id not in case.factors or not factor.evidence:
            continue
        first, last = min(e.start for e in factor.evidence), max(e.end for e in factor.evidence)
        edges = [0, *(clause.start for clause in split(case.text)[1:]), len(case.text)]
        start = max(edge for edge in edges if edge <= first)
        end = min(edge for edge in edges if edge >= last)
        rest = (case.text[:start] + case.text[end:]).rstrip("，,、：: ")
        if start and len(rest) >= _SHORTEST:
            left = tuple(ref for ref in case.factors if ref != factor.id)
            yield msgspec.structs.replace(case, id=f"{case.id}-{factor.id}", text=rest, factors=left, source="changed")


def twin_of(case: Case) -> Twin:
    """``case`` as it stands beside another."""
    return Twin(text=case.text, verdict=case.verdict, provisions=case.provisions, factors=case.factors)


def groups(exemplars: list[Exemplar]) -> dict[str, list[Exemplar]]:
    """Exemplars by group: the same matter, gone about differently."""
    found: dict[str, list[Exemplar]] = defaultdict(list)
    for row in exemplars:
        found[row.group].append(row)
    return found
