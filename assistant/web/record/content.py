"""What the record of a matter says, section by section; nothing here knows Word or HTML."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from assistant.chat import CaseFile
from assistant.triage import RulePack, Triage
from assistant.triage.result import Evidence
from assistant.web.panels.verdict import VERDICTS
from assistant.web.record.matter import factors, provisions
from assistant.web.record.parts import Block, Grid, Line, Section
from assistant.web.record.wording import Wording

__all__ = ["Grid", "Line", "Record", "Section", "record_of"]

MARK = "AI 辅助生成 · 辅助研判，不是处理决定"
_NOTICE = "本记录由程序根据所说的话自动生成（AI 辅助），只供核查参考，不是处理决定。是否追究、怎样处理，由有权机关按程序认定。"
_UNPROVED = "所说的事实有没有证据：本记录只根据所说的话，没有核对证据、文书和证件"
_STANDINGS = {"suggested": "参考", "open": "可用", "closed": "不适用"}


class Record(NamedTuple):
    """The record; ``mark`` stands on every page."""

    made: datetime
    title: str
    mark: str
    notice: str
    sections: tuple[Section, ...]


def record_of(
    triage: Triage, case: CaseFile, pack: RulePack, words: Wording, *, made: datetime, program: str, model: str
) -> Record:
    """The record of ``case``, whose result is ``triage``. ``program`` and ``model`` name the version and what words the chat."""
    sections = [
        ("案情（按所说的先后）", _told(case, words)),
        ("候选结论", _verdict(triage)),
        ("事实和出处", _facts(triage, case, pack, words)),
        ("条项和要件", provisions(triage, case, words)),
        ("从轻、从重", factors(triage, words)),
        ("问责方式（候选，不是决定）", _sanctions(triage)),
        ("后果和期限", _follows(triage)),
        ("还没有核查的", _open(triage, pack, words)),
        ("版本", _versions(triage, pack, words, made, program, model)),
    ]
    found = tuple(Section(title, blocks) for title, given in sections if (blocks := tuple(given)))
    return Record(made, "行政执法过错责任核查记录", MARK, _NOTICE, found)


def _told(case: CaseFile, words: Wording) -> Iterator[Block]:
    for number, part in enumerate(case.told, 1):
        yield Line(f"{number}. {words(part.strip())}")
    if case.withdrawn:
        yield Line("后来更正、不再算数的：" + "；".join(f"“{words(part)}”" for part in case.withdrawn))


def _verdict(triage: Triage) -> Iterator[Block]:
    plain = VERDICTS[triage.verdict]
    yield Line(f"{plain.name}。{plain.note}", "strong")
    for word, status in (("符合", "met"), ("可能涉及，还缺事实", "possible")):
        labels = dict.fromkeys(p.label for p in triage.provisions if p.status == status)
        if labels:
            yield Line(f"{word}：{'、'.join(labels)}")


def _facts(triage: Triage, case: CaseFile, pack: RulePack, words: Wording) -> Iterator[Block]:
    """Each sentence that the result rests on, and what it shows."""
    shows: dict[tuple[int, str], dict[str, dict[str, None]]] = {}

    def note(evidence: Evidence, what: str) -> None:
        if evidence.text:
            shows.setdefault(words.sentence(evidence), {}).setdefault(what, {})[f"“{words.said(evidence)}”"] = None

    for provision in triage.provisions:
        for element in provision.elements:
            for evidence in element.evidence:
                denied = "，否定" if element.state == "not_met" else ""
                note(evidence, f"{provision.label}“{element.name}”{denied}")
    for factor in (*triage.mitigating, *triage.aggravating):
        for evidence in factor.evidence:
            note(evidence, factor.label)
    rows = [
        (sentence, "\n".join(f"{what}：{'、'.join(said)}" for what, said in shown.items()))
        for (_, sentence), shown in sorted(shows.items(), key=lambda found: found[0])
    ]
    for fact in case.hand:
        what = f"“{fact.element}”" if fact.element else "所说的情形"
        rows.append(("（经办人手工设定）", f"{pack.labels[fact.rule]}{what}：{_HAND[fact.state]}"))
    if rows:
        yield Grid(("所说的原话（整句）", "说明什么"), tuple(rows), (5, 6))
    else:
        yield Line("结论没有用到其中的哪一句原话。")


_HAND = {"met": "是", "not_met": "否", "unknown": "不清楚"}


def _sanctions(triage: Triage) -> Iterator[Block]:
    reasons = dict.fromkeys((_STANDINGS[s.standing], s.reason) for s in triage.sanctions)
    for name, reason in reasons:
        yield Line(f"{name}：{reason}", "item")
    if all(s.standing == "closed" for s in triage.sanctions):
        return
    for needs in dict.fromkeys(s.needs for s in triage.sanctions if s.needs):
        yield Line(f"权限和程序：{needs}", "item")
    rows = tuple(
        (
            s.quote,
            s.label,
            _STANDINGS[s.standing],
            "可以合并用" if s.combinable else "只能单独用",
            "需要" if s.needs else "",
        )
        for s in triage.sanctions
    )
    yield Grid(("问责方式", "条文", "状态", "合并", "权限和程序"), rows, (4, 5, 2, 3, 3))


def _follows(triage: Triage) -> Iterator[Block]:
    for found in triage.consequences:
        yield Line(f"{found.reason}：“{found.quote}”（{found.label}）", "item")
    if triage.deadlines:
        rows = tuple(
            (limit.title, f"{limit.quote}（{limit.label}）", limit.counted_from or "—", limit.due or "—", limit.note)
            for limit in triage.deadlines
        )
        yield Grid(("期限", "条文原话", "从哪天算", "到期日", "说明"), rows, (3, 5, 3, 3, 4))


def _open(triage: Triage, pack: RulePack, words: Wording) -> Iterator[Block]:
    yield Line(f"□ {_UNPROVED}", "item")
    for question in triage.ask_next:
        labels = "、".join(pack.labels.get(ref, "") for ref in question.settles if ref in pack.labels)
        yield Line(f"□ {question.question}" + (f"（{labels}）" if labels else ""), "item")
    unknown = dict.fromkeys(
        f"□ {p.label}“{e.name}”没说清"
        for p in triage.provisions
        if p.status == "possible"
        for e in p.elements
        if e.state == "unknown"
    )
    for line in unknown:
        yield Line(line, "item")
    for line in triage.assumptions:
        yield Line(f"判断的前提：{words(line)}", "item")


def _versions(
    triage: Triage, pack: RulePack, words: Wording, made: datetime, program: str, model: str
) -> Iterator[Block]:
    law, stamp = pack.regulation, triage.regulation
    rows = (
        ("生成时间", f"{made:%Y年%m月%d日 %H:%M}"),
        ("依据的制度", f"《{law.title}》"),
        ("原文 SHA-256", stamp.sha256),
        ("规则 SHA-256", stamp.rules),
        ("程序版本", program),
        ("语言模型", f"对话里用 {model} 改写过措辞；本记录没有收入模型写的话" if model else "没有用到"),
        ("姓名", f"已隐去 {words.hidden} 处姓名、号码；程序认不出的没有隐去" if words.masked else "没有隐去"),
    )
    yield Grid(("项目", "内容"), rows, (3, 10))
