"""The verifier: may a model's sentence stand in place of the rule-made one? Knows no model.

A sentence passes when it cites exactly the places of the rule-made one, quotes only words that stand in it, keeps its numbers, its
denials, its 可以 and 应, its verdict and its 问责方式, and brings no words of its own but those that join and point: whatever else it
says would be a fact or a law that nobody checked. `refuse` says why it does not pass.
"""

import re
from collections import Counter
from functools import cache

from assistant.corpus import Ref, Regulation, find_refs
from assistant.paths import corpus_dir

_QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]{1,200})[”」』\"》]")
_NUMBER = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十百千万]+(?=[个名次日天月年条款项种元万倍])")
_MARKUP = re.compile(r"[<>\[\]`|{}\\*#_~^=@$%&/]|https?:|www\.|[A-Za-z]|[^\u0000-\uffff]")
_DENIAL = re.compile(r"不|没|未|无|非|否|免|勿|别|莫|除外|拒")
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
    said, given = _bare(sentence), _bare(draft)
    if Counter(_NUMBER.findall(said)) != Counter(_NUMBER.findall(given)):
        return "数字与研判不一致"
    if Counter(_DENIAL.findall(said)) != Counter(_DENIAL.findall(given)):
        return "否定的说法与研判不一致"
    if Counter(_FORCE.findall(said)) - Counter(_FORCE.findall(given)):
        return "语气比研判重"
    if changed := [word for word in _WORDS if (word in said) != (word in given)]:
        return f"改变了“{changed[0]}”的意思"
    extra = _new_words(said, given)
    return f"多出了研判里没有的话“{extra}”" if extra else ""


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
