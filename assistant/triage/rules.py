"""The rule pack: which words of the law each element stands for, locked to the text it quotes.

A pack is the folder ``corpus/<regulation>/rules``. Loading fails by file and id when a quote is not in its
item, an item of the conduct, sanction or factor articles has no rule, a key is unknown or an id repeats, so a
changed regulation cannot leave a rule behind.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from assistant.corpus import Ref, Regulation, load
from assistant.errors import BadInput, BadRulePack
from assistant.paths import corpus_dir

State = Literal["met", "not_met", "unknown"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all rule data: unknown keys are refused."""


class _Cited(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of data that rests on verbatim words of one place."""

    ref: str
    quote: str


class Element(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One 要件: the words of the item it stands for, and the users' words that speak for or against it.

    ``presumed`` is the assumption under which the element counts as met when the text is silent. ``clears``: without it nothing is
    left to blame.
    """

    name: str
    quote: str
    alternative: str = ""
    presumed: str = ""
    clears: bool = False
    ask: str
    why: str
    cues: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


Who = Literal["officer", "head", "several"]


class Rule(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the conduct articles or of the mitigating and aggravating ones."""

    ref: str
    kind: Literal["conduct", "mitigating", "aggravating"]
    who: Who = "officer"
    force: str = ""
    force_quote: str = ""
    catch_all: bool = False
    elements: tuple[Element, ...]


class SanctionRule(_Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the ways of accounting; ``severity`` is this program's own reference, not the regulation's."""

    severity: int
    combinable: bool = True
    needs: str = ""


class Band(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reference: which severities a gravity suggests."""

    gravity: int
    name: str
    severities: tuple[int, ...]
    reason: str


class Consequence(_Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What follows from being held to account by itself."""

    reason: str


class DeadlineRule(_Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time limit counted from an ``event``, in calendar months or days."""

    event: Literal["investigation", "decision"]
    title: str
    months: int = 0
    days: int = 0


class Step(_Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of the procedure that has no reckoned date."""

    note: str


class Principle(_Cited, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What accounting for a fault must keep to."""

    note: str


class ElementName(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An element of a rule."""

    rule: str
    element: str


class FaultDefinition(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a fault is, and the open question of damage: told by ``damage_cues``, or where one of ``damage_elements`` is met."""

    ref: str
    damage_quote: str
    damage_note: str
    damage_denied_note: str
    damage_ask: str
    damage_cues: tuple[str, ...]
    damage_elements: tuple[ElementName, ...]
    activity_quote: str


class ScopeRule(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom the regulation reaches."""

    ref: str
    quote: str
    presumed: str
    ask: str
    outside_note: str


class Setting(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One element, or all elements of a rule, set to a state."""

    rule: str
    state: State
    element: str = ""


class Change(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A what-if: words for the person and the setting to try."""

    change: str
    set: Setting


class _File(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...] = ()
    principles: tuple[Principle, ...] = ()
    sanctions: tuple[SanctionRule, ...] = ()
    bands: tuple[Band, ...] = ()
    combine_quote: str = ""
    measure_quote: str = ""
    consequences: tuple[Consequence, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    steps: tuple[Step, ...] = ()
    fault: FaultDefinition | None = None
    scope: ScopeRule | None = None
    changes: tuple[Change, ...] = ()


class RulePack(msgspec.Struct, frozen=True, kw_only=True):
    """All rules of one regulation, checked against its text. ``version`` is the hash of the rule files.

    ``labels`` and ``quotes`` give 「第六条第（五）项」 and the verbatim words for every id of the regulation.
    """

    regulation: Regulation
    version: str
    rules: dict[str, Rule]
    principles: tuple[Principle, ...]
    sanctions: tuple[SanctionRule, ...]
    bands: tuple[Band, ...]
    combine_quote: str
    measure_quote: str
    consequences: tuple[Consequence, ...]
    deadlines: tuple[DeadlineRule, ...]
    steps: tuple[Step, ...]
    fault: FaultDefinition
    scope: ScopeRule
    changes: tuple[Change, ...]
    labels: dict[str, str]
    quotes: dict[str, str]


@cache
def load_pack(name: str = "xushui-2020") -> RulePack:
    """The checked pack of a regulation in ``corpus/``; see `read_pack`."""
    return read_pack(corpus_dir() / name / "rules", load(name))


def read_pack(folder: Path, regulation: Regulation) -> RulePack:
    """Read and check every ``*.yaml`` of ``folder`` against ``regulation``; raises BadRulePack."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    if not files:
        raise BadRulePack(f"规则文件夹 {folder} 里没有 .yaml 文件：请先用 corpus scaffold-rules 生成")
    parts = {name: _decode(name, data) for name, data in files.items()}
    _check_quotes(parts, regulation)
    rules = {rule.ref: rule for part in parts.values() for rule in part.rules}
    _check_complete(rules, parts, regulation)
    gather = list(parts.values())
    return RulePack(
        regulation=regulation,
        version=hashlib.sha256(b"".join(files.values())).hexdigest(),
        rules=rules,
        principles=tuple(item for part in gather for item in part.principles),
        sanctions=tuple(item for part in gather for item in part.sanctions),
        bands=tuple(sorted((band for part in gather for band in part.bands), key=lambda band: band.gravity)),
        combine_quote="".join(part.combine_quote for part in gather),
        measure_quote="".join(part.measure_quote for part in gather),
        consequences=tuple(item for part in gather for item in part.consequences),
        deadlines=tuple(item for part in gather for item in part.deadlines),
        steps=tuple(item for part in gather for item in part.steps),
        fault=_only("fault", [part.fault for part in gather]),
        scope=_only("scope", [part.scope for part in gather]),
        changes=tuple(item for part in gather for item in part.changes),
        labels={ref.id: regulation.label(ref) for ref in regulation.refs()},
        quotes={ref.id: regulation.text_of(ref) for ref in regulation.refs()},
    )


def _decode(name: str, data: bytes) -> _File:
    try:
        return msgspec.yaml.decode(data, type=_File)
    except msgspec.MsgspecError as error:
        reason = " ".join(str(error).split())
        raise BadRulePack(f"规则文件 {name} 读不懂：{reason}") from None


_T = TypeVar("_T")


def _only(key: str, values: list[_T | None]) -> _T:
    found = [value for value in values if value is not None]
    if len(found) != 1:
        raise BadRulePack(f"规则包应当恰好有一处 {key}:，现有 {len(found)} 处")
    return found[0]


def _quotes(part: _File) -> Iterator[tuple[str, str]]:
    for rule in part.rules:
        article = rule.ref.split(".")[0]
        if rule.force_quote:
            yield article, rule.force_quote
        for element in rule.elements:
            yield rule.ref, element.quote
            if element.alternative:
                yield rule.ref, element.alternative
    cited: tuple[_Cited, ...] = (*part.principles, *part.sanctions, *part.consequences, *part.deadlines, *part.steps)
    for item in cited:
        yield item.ref, item.quote
    for sanction in part.sanctions:
        if sanction.needs:
            yield sanction.ref.split(".")[0], sanction.needs
    if part.sanctions:
        article = part.sanctions[0].ref.split(".")[0]
        yield article, part.combine_quote
        yield article, part.measure_quote
    if part.fault:
        yield part.fault.ref, part.fault.damage_quote
        yield part.fault.ref, part.fault.activity_quote
    if part.scope:
        yield part.scope.ref, part.scope.quote


def _check_quotes(parts: dict[str, _File], regulation: Regulation) -> None:
    for name, part in parts.items():
        for ref, quote in _quotes(part):
            try:
                words = regulation.text_of(Ref.parse(ref))
            except BadInput as error:
                raise BadRulePack(f"规则文件 {name}：{ref} 不在法规里（{error}）") from None
            if not quote or quote not in words:
                raise BadRulePack(f"规则文件 {name}：{ref} 引用的“{quote}”不是该条项的原文，请对照原文改正")


def _check_complete(rules: dict[str, Rule], parts: dict[str, _File], regulation: Regulation) -> None:
    seen: set[str] = set()
    for name, part in parts.items():
        cited: tuple[_Cited, ...] = (*part.principles, *part.sanctions)
        for ref in [*(rule.ref for rule in part.rules), *(item.ref for item in cited)]:
            if ref in seen:
                raise BadRulePack(f"规则文件 {name}：{ref} 重复，每个条项只能有一条规则")
            seen.add(ref)
        for rule in part.rules:
            names = [element.name for element in rule.elements]
            if len(set(names)) < len(names) or not names:
                raise BadRulePack(f"规则文件 {name}：{rule.ref} 的要件名称重复或缺少要件")
    articles = {ref.split(".")[0] for ref in seen}
    for place in regulation.refs():
        if place.item and str(place.article) in articles and place.id not in seen:
            raise BadRulePack(f"规则包缺少 {regulation.label(place)}（{place.id}）的规则")
    for part in parts.values():
        named = [(f"what-if “{change.change}”", change.set.rule, change.set.element) for change in part.changes]
        if part.fault:
            named += [("damage_elements", damage.rule, damage.element) for damage in part.fault.damage_elements]
        for what, ref, element in named:
            target = rules.get(ref)
            if target is None or (element and element not in {e.name for e in target.elements}):
                raise BadRulePack(f"{what} 指向不存在的规则或要件：{ref}")
