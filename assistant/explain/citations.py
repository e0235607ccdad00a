"""The verifier: may a model's sentence stand in place of the rule-made one? Knows no model.

A sentence passes when it cites exactly the places of the rule-made one, quotes only words that stand in it, keeps its numbers,
its 可以 and 应, its verdict and its 问责方式, and holds no markup, address or foreign words. `refuse` says why it does not.
"""

import re
from collections import Counter

from assistant.corpus import Ref, Regulation, find_refs

_QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]{1,200})[”」』\"》]")
_NUMBER = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十百千万]+(?=[个名次日天月年条款项种元万倍])")
_MARKUP = re.compile(r"[<>\[\]`|]|https?:|www\.|[A-Za-z]{4,}|!\(")
_WORDS = (
    "不构成", "构成", "成立", "不成立", "可能", "资料不足", "不属", "从重", "从轻", "减轻", "免于", "书面检查", "诫勉谈话", "通报批评", "公开道歉", "停职检查",
    "调离", "责令辞职", "免职", "降职", "辞退", "必须", "应当", "可以", "不得", "不能", "没有", "犯罪", "违法", "开除", "撤职", "拘留", "移送",
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
    if extra := Counter(_NUMBER.findall(_bare(sentence))) - Counter(_NUMBER.findall(_bare(draft))):
        return f"多出数字 {'、'.join(extra)}"
    changed = [word for word in _WORDS if (word in sentence) != (word in draft)]
    return f"改变了“{changed[0]}”的意思" if changed else ""


def _places(text: str, regulation: Regulation) -> frozenset[Ref]:
    return frozenset(regulation.canonical(ref) or ref for _, _, refs in find_refs(text, regulation) for ref in refs)


def _bare(text: str) -> str:
    """``text`` without its citations, whose numbers are compared as places."""
    return re.sub(r"〔[^〕]*〕|第[〇零一二三四五六七八九十百0-9]+[条款项]|（[一二三四五六七八九十]+）项?", "", text)
