"""A case as quiz questions and back: one on the verdict, one on the items, one on the factors. What every quiz format shares.

Each of the latter two ends with `NONE`, which is right where no other is: Moodle takes no question whose right answers do not add up.
The first question of a case carries in ``extra`` what a quiz has no place for (acceptable ids, open sanctions, difficulty, twin), as JSON;
questions typed by hand do without.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from assistant.corpus import Ref
from assistant.errors import AssistantError, BadInput
from assistant.exercises.contrast import one_place
from assistant.exercises.model import Case, Source, Twin
from assistant.exercises.words import NOTICE, VERDICTS
from assistant.triage.result import Verdict
from assistant.triage.rules import RulePack

ASKS = {
    "verdict": "按所说的情况，结论是哪一个？",
    "items": "构成的话，符合哪些条项？（可多选，都不符合的选最后一项）",
    "factors": "有哪些从轻、从重情形？（可多选，都没有的选最后一项）",
}
NONE = "以上都没有"
Kind = Literal["verdict", "items", "factors"]


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to choose."""

    text: str
    right: bool


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question: ``text`` is the case's; ``where`` says in an error message which question of the file it is."""

    id: str
    kind: Kind
    text: str
    options: tuple[Option, ...]
    feedback: str = ""
    extra: str = ""
    where: str = ""


class _Extra(msgspec.Struct, frozen=True, kw_only=True):
    acceptable: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    difficulty: float = 0.0
    twin: Twin | None = None
    source: Source = "own"


def questions_of(case: Case, pack: RulePack) -> list[Question]:
    """The questions of ``case``, the verdict first."""
    extra = _Extra(
        acceptable=case.acceptable,
        sanctions=case.sanctions,
        difficulty=case.difficulty,
        twin=case.twin,
        source=case.source,
    )
    verdicts = tuple(Option(text=text, right=verdict == case.verdict) for verdict, text in VERDICTS.items())
    found = [
        Question(
            id=f"{case.id}/verdict",
            kind="verdict",
            text=case.text,
            options=verdicts,
            feedback=_feedback(case, pack),
            extra=msgspec.json.encode(extra).decode(),
        )
    ]
    choices: tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...] = (
        ("items", case.options, case.provisions),
        ("factors", case.factor_options, case.factors),
    )
    for kind, offered, right in choices:
        if offered:
            options = tuple(Option(text=named(ref, pack), right=ref in right) for ref in offered)
            none = Option(text=NONE, right=not right)
            found.append(Question(id=f"{case.id}/{kind}", kind=kind, text=case.text, options=(*options, none)))
    return found


def cases_of(questions: Iterable[Question], pack: RulePack) -> list[Case]:
    """The cases that ``questions`` make, in order; raises BadInput naming the question that cannot be understood."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        ending = f"/{question.kind}"
        own = question.id.removesuffix(ending) if question.id.endswith(ending) else question.text
        groups.setdefault(own, []).append(question)
    return [_case(own, group, pack, number) for number, (own, group) in enumerate(groups.items(), 1)]


def kind_of(options: Iterable[str], pack: RulePack, where: str) -> Kind:
    """What a question with these options asks; raises BadInput naming ``where``."""
    texts = [text.strip() for text in options if text.strip() != NONE]
    if texts and all(text in VERDICTS.values() for text in texts):
        return "verdict"
    rules = [pack.rules.get(ref_of(text, pack, where)) for text in texts]
    kinds = {rule.kind if rule else "" for rule in rules}
    if kinds == {"conduct"}:
        return "items"
    if kinds and kinds <= {"mitigating", "aggravating"}:
        return "factors"
    raise BadInput(
        f"{where}的选项看不懂：选项要么是 {'、'.join(VERDICTS.values())}，要么都以条项开头，例如“第六条第（五）项 …”"
    )


def ref_of(text: str, pack: RulePack, where: str) -> str:
    """The id that an option begins with: 「第六条第（五）项 立案后…」 -> 6.5; raises BadInput naming ``where``."""
    head = re.split(r"[\s　]", text.strip(), maxsplit=1)[0]
    try:
        return pack.regulation.resolve(Ref.parse(head)).id
    except AssistantError:
        told = " ".join(text.split())[:20]
        raise BadInput(f"{where}的选项“{told}”看不懂：请以条项开头，例如“第六条第（五）项”或“6.5”") from None


def refs_of(text: str, pack: RulePack, where: str) -> tuple[str, ...]:
    """The ids in 「6.5、第六条第七项」, parted by blanks, commas or 、; raises BadInput naming ``where``."""
    return tuple(ref_of(part, pack, where) for part in re.split(r"[\s、，,；;]+", text) if part)


def strange_id(case: Case, pack: RulePack) -> str:
    """An id of ``case`` or its twin that the regulation does not have; empty when there is none."""
    ids = {*case.provisions, *case.factors, *case.options, *case.factor_options, *case.acceptable, *case.sanctions}
    if case.twin:
        ids |= {*case.twin.provisions, *case.twin.factors}
    return min(ids - pack.labels.keys(), default="")


def named(ref: str, pack: RulePack) -> str:
    """第六条第（五）项 and the item's words."""
    return f"{pack.labels[ref]} {pack.quotes[ref]}"


def contrast(case: Case, pack: RulePack) -> list[str]:
    """The twin and its key in a line, saying whether it differs in one place or is another matter of the kind; none without a twin."""
    if case.twin is None:
        return []
    kind = "只差一处的对照" if one_place(case.text, case.twin.text) else "同类的另一件事"
    ids = (*case.twin.provisions, *case.twin.factors)
    return [f"{kind}：{case.twin.text}——{'、'.join([VERDICTS[case.twin.verdict], *(pack.labels[ref] for ref in ids)])}"]


def _feedback(case: Case, pack: RulePack) -> str:
    key = "；".join([VERDICTS[case.verdict], *(named(ref, pack) for ref in (*case.provisions, *case.factors))])
    return "\n".join([key, *contrast(case, pack), NOTICE])


def _case(own: str, group: list[Question], pack: RulePack, number: int) -> Case:
    first = group[0]
    by_kind: dict[Kind, Question] = {question.kind: question for question in group}
    if len(by_kind) != len(group):
        raise BadInput(f"{first.where}：同一道题有两个同样的问题，请删去一个")
    try:
        extra = msgspec.json.decode(first.extra, type=_Extra) if first.extra else _Extra()
    except msgspec.MsgspecError:
        raise BadInput(f"{first.where}：附带的数据读不懂，请删去那一行再导入") from None
    verdict: Verdict = "fault"
    if "verdict" in by_kind:
        right = [option.text.strip() for option in by_kind["verdict"].options if option.right]
        if len(right) != 1:
            raise BadInput(f"{first.where}：结论要有而且只有一个正确选项")
        verdict = next(name for name, text in VERDICTS.items() if text == right[0])
    options, provisions = _chosen(by_kind.get("items"), pack)
    factor_options, factors = _chosen(by_kind.get("factors"), pack)
    case = Case(
        id=own if own != first.text else f"q{number}",
        text=first.text,
        verdict=verdict,
        provisions=provisions,
        factors=factors,
        acceptable=extra.acceptable,
        sanctions=extra.sanctions,
        options=options,
        factor_options=factor_options,
        difficulty=extra.difficulty,
        twin=extra.twin,
        source=extra.source,
    )
    strange = strange_id(case, pack)
    if strange:
        raise BadInput(f"{first.where}：附带的数据里的 {strange[:20]} 不在本制度里，请删去那一行再导入")
    return case


def _chosen(question: Question | None, pack: RulePack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if question is None:
        return (), ()
    chosen = [option for option in question.options if option.text.strip() != NONE]
    refs = [(ref_of(option.text, pack, question.where), option.right) for option in chosen]
    return tuple(ref for ref, _ in refs), tuple(ref for ref, right in refs if right)
