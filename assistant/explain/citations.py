"""The verifier: may a model's sentence stand in place of the rule-made one? Knows no model.

A sentence passes when it cites exactly the places of the rule-made one, keeps its quotes and numbers in their order, its denials, its
可以 and 应, its verdict and its 问责方式, tells its clauses in their order, and brings no words of its own but those that join and
point: whatever else it says would be a fact or a law that nobody checked, and what changes places may change hands, so that one
element has another's evidence, or one person another's lot. `refuse` says why it does not pass.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from assistant.corpus import Ref, Regulation, find_refs
from assistant.paths import corpus_dir

_QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]{1,200})[”」』\"》]")
_NUMBER = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十百千万]+(?=[个名次日天月年条款项种元万倍])")
_CLAUSES = re.compile(r"[，,。；;：:！!？?\n]+")
#: Between the parts of a clause: the name of an element, a quote, what stands in brackets.
_PARTS = re.compile(r"[—、“”「」『』\"（）()\s]+")
_ENDS = '—、“”「」『』"（）() '
#: From so many characters on a stretch kept from the draft shows which clause it is from.
_TELLING = 4
_MARKUP = re.compile(r"[<>\[\]`|{}\\*#_~^=@$%&/]|https?:|www\.|[A-Za-z]|[^\u0000-\uffff]")
#: With the character that is denied, so that 不承担 and 不同意 cannot change places.
_DENIAL = re.compile(r"(?:不|没|未|无|非|否|免|勿|别|莫|除外|拒)[\u4e00-\u9fff]?")
_FORCE = re.compile(r"必须|应当|务必|须|一律|肯定|当然")
_WORDS = (
    "不构成", "构成", "成立", "不成立", "可能", "资料不足", "不属", "从重", "从轻", "减轻", "免于", "书面检查", "诫勉谈话", "通报批评", "公开道歉", "停职检查",
    "调离", "责令辞职", "免职", "降职", "辞退", "必须", "应当", "应", "须", "可以", "不得", "不能", "没有", "犯罪", "违法", "开除", "撤职", "拘留", "移送",
    "假定", "候选", "只", "都", "全部", "或者", "并且", "以内", "以上", "之前", "之后",
)  # fmt: skip


def refuse(sentence: str, draft: str, regulation: Regulation) -> str:
    """Why ``sentence`` may not replace ``draft``, in Chinese; empty when it may."""
    if not sentence.strip() or len(sentence) > 3 * len(draft) + 40:
        return "空句或过长"
    if _MARKUP.search(sentence):
        return "带有标记、网址或外文"
    if _places(sentence, regulation) != _places(draft, regulation):
        return "引用的条款与研判不一致"
    for words in _QUOTED.findall(sentence):
        if words not in draft:
            return f"引号里的“{words[:20]}”不是原文"
    if dropped := [words for words in _QUOTED.findall(draft) if words not in sentence]:
        return f"漏了引文“{dropped[0][:20]}”"
    if _QUOTED.findall(sentence) != _QUOTED.findall(draft):
        return "引文的次序与研判不一致"
    said, given = _bare(sentence), _bare(draft)
    if _NUMBER.findall(said) != _NUMBER.findall(given):
        return "数字或者数字的次序与研判不一致"
    if _DENIAL.findall(said) != _DENIAL.findall(given):
        return "否定的说法与研判不一致"
    if Counter(_FORCE.findall(said)) - Counter(_FORCE.findall(given)):
        return "语气比研判重"
    if changed := [word for word in _WORDS if (word in said) != (word in given)]:
        return f"改变了“{changed[0]}”的意思"
    if extra := _new_words(said, given):
        return f"多出了研判里没有的话“{extra}”"
    moved = _out_of_order(said, given)
    return f"“{moved[:20]}”换了位置，可能张冠李戴" if moved else ""


def _places(text: str, regulation: Regulation) -> frozenset[Ref]:
    return frozenset(regulation.canonical(ref) or ref for _, _, refs in find_refs(text, regulation) for ref in refs)


def _bare(text: str) -> str:
    """``text`` without its citations, whose numbers are compared as places."""
    return re.sub(
        r"〔[^〕]*〕|第[〇零一二三四五六七八九十百0-9]+[条款项]|第?（[一二三四五六七八九十]+）项?|对应", "", text
    )


@cache
def _joining() -> re.Pattern[str]:
    import yaml

    found = yaml.safe_load((corpus_dir() / "language" / "joining.yaml").read_text(encoding="utf-8"))
    words = [*found["joining"], *found["marks"]]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _new_words(said: str, given: str) -> str:
    """The first words of ``said`` that neither stand in ``given`` (two characters or more) nor merely join or point."""
    at = 0
    while at < len(said):
        end = at + 2
        while end <= len(said) and said[at:end] in given:
            end += 1
        if end > at + 2:
            at = end - 1
        elif said[at].isspace():
            at += 1
        elif joining := _joining().match(said, at):
            at = joining.end()
        else:
            return said[at : at + 6]
    return ""


def _out_of_order(said: str, given: str) -> str:
    """The first stretch of ``said`` that comes after one of a later clause of ``given``."""
    clauses = _CLAUSES.split(given)
    parts = {part for clause in clauses for part in _PARTS.split(clause) if len(part) > 1}
    at = 0
    for stretch in (stretch for clause in _CLAUSES.split(said) for stretch in _kept(clause, clauses)):
        if len(stretch) < _TELLING and stretch not in parts:
            continue
        ahead = [number for number, clause in enumerate(clauses) if number >= at and stretch in clause]
        if not ahead:
            return stretch
        at = ahead[0]
    return ""


def _kept(said: str, clauses: list[str]) -> Iterator[str]:
    """The stretches of ``said`` that stand in one of ``clauses``, each as long as it goes, without marks at their ends."""
    at = 0
    while at < len(said):
        end = at + 1
        while end <= len(said) and any(said[at:end] in clause for clause in clauses):
            end += 1
        yield said[at : end - 1].strip(_ENDS)
        at = max(end - 1, at + 1)
