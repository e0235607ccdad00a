"""Minimal pairs: twins among the exemplars, and a case with one sentence more that changes one fact (corpus/<regulation>/exercises.yaml)."""

from collections import defaultdict
from functools import cache

import msgspec

from assistant.errors import BadRulePack
from assistant.exercises.model import Case, Twin
from assistant.paths import corpus_dir
from assistant.triage.exemplars import Exemplar
from assistant.triage.result import Verdict


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``add`` is the sentence, ``factor`` what it brings; or ``verdict`` what the case is with it."""

    name: str
    add: str
    factor: str = ""
    verdict: Verdict | None = None


class _Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    changes: tuple[Change, ...]


@cache
def load_changes(regulation: str) -> tuple[Change, ...]:
    """The changes of a regulation; none where it has no exercises.yaml. Raises BadRulePack for a file that cannot be read."""
    path = corpus_dir() / regulation / "exercises.yaml"
    if not path.exists():
        return ()
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=_Changes).changes
    except msgspec.MsgspecError as error:
        raise BadRulePack(f"{regulation}/{path.name} 读不懂：{error}") from None


def changed(case: Case, change: Change) -> Case | None:
    """``case`` with the sentence added and its key changed, its twin the case as it was; None where the change says nothing new."""
    if case.verdict != "fault" or change.factor in case.factors:
        return None
    twin = Twin(text=case.text, verdict=case.verdict, provisions=case.provisions)
    text = f"{case.text.rstrip('。；; ')}。{change.add}"
    verdict = change.verdict or case.verdict
    kept = verdict == "fault"
    return msgspec.structs.replace(
        case,
        id=f"{case.id}+{change.factor or change.verdict}",
        text=text,
        verdict=verdict,
        provisions=case.provisions if kept else (),
        factors=(*case.factors, change.factor) if kept else (),
        acceptable=case.acceptable if kept else (),
        twin=twin,
    )


def twins(exemplars: list[Exemplar]) -> dict[str, Exemplar]:
    """For each exemplar, by id, another of its group that has another verdict or other items."""
    groups: dict[str, list[Exemplar]] = defaultdict(list)
    for row in exemplars:
        groups[row.group].append(row)
    found: dict[str, Exemplar] = {}
    for members in groups.values():
        for row in members:
            other = next((o for o in members if (o.verdict, o.provisions) != (row.verdict, row.provisions)), None)
            if other is not None:
                found[row.id] = other
    return found
