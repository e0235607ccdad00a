"""How a correction changes what was told: the contradicted words go, the new words come.

Three shapes are understood: 「不是三万，是五万」 replaces words; 「老马是咱执法大队的」 moves a person into or out of the bureau;
and a denial or affirmation (「其实报批过」) takes out the clause that says the opposite of the same thing.
"""

import re
from functools import cache
from typing import Any, NamedTuple

import yaml

from assistant.paths import corpus_dir

_MARKER = re.compile(
    r"^(?:哦|噢|啊|哎呀?|诶|嗯|呃|额)?[，,、 ]*(?:对不起|不好意思|抱歉)?[，,、 ]*"
    r"(?:(?:哦)?(?:不对|不是)(?:不对|不是)?|(?:我|刚才|刚刚|前面|上面)*(?:说|讲|打|记|写|弄|搞)(?:得不对|错|岔|混|反|串|差)(?:了|啦)?|更正(?:一下)?|纠正(?:一下)?|改(?:正)?一下|修正一下|我(?:又)?(?:问|查|核实|打听|翻)(?:了|过)?[^，,。]{0,8})"
    r"[，,。、：:！! ]*"
)
_REALLY = re.compile(r"^(?:其实|实际上|事实上|后来才?知道|后来(?:我)?(?:问|查)(?:清楚)?了?|才发现|原来)[，, ]*")
_SWAP = re.compile(r"不是([^，,。；;]{1,12})[，,、]?(?:而|应该|其实)?是([^，,。；;]{1,14})")
_INSIDE = re.compile(r"(?:是|属|归)[^，,。不]{0,8}(?:执法大队|大队|分局|咱局|我们局|局里|本局|环保局|局机关|生态环境局|执法队|我们队|咱队|队里|自己人)")
_NOT = re.compile(r"没有?|未|不曾|不|无|从未|并非|别")
_EMPTY = set("的了是在和就都而及与着或他她我你们这那有也很到说要去会对把给个人上下里来没不未无过其实")
_CUT = re.compile(r"[^，,。；;！!？?\n]+[，,。；;！!？?\n]*")


class Merged(NamedTuple):
    """The passages that stand now and the words that were taken out."""

    told: tuple[str, ...]
    withdrawn: tuple[str, ...]


def is_correction(text: str) -> bool:
    """True when ``text`` takes back something said before."""
    return bool(_MARKER.match(text) or _REALLY.match(text))


def merge(told: tuple[str, ...], text: str) -> Merged:
    """``told`` after the correction ``text``."""
    body = _REALLY.sub("", _MARKER.sub("", text)).strip() or text
    passages, withdrawn = list(told), []
    swap = _SWAP.search(body)
    if swap and any(swap[1] in passage for passage in passages):
        passages = [passage.replace(swap[1], swap[2]) for passage in passages]
        withdrawn.append(swap[1])
        rest = (body[: swap.start()] + body[swap.end() :]).strip("，,。；; ")
        return Merged((*passages, rest) if len(rest) > 3 else tuple(passages), tuple(withdrawn))
    if _INSIDE.search(body):
        for organ in _organs():
            if organ in body:
                continue
            if any(organ in passage for passage in passages):
                passages = [passage.replace(organ, "执法大队") for passage in passages]
                withdrawn.append(organ)
    for clause in _CUT.findall(body):
        passages, gone = _without_opposite(passages, clause)
        withdrawn += gone
    return Merged((*(p for p in passages if p.strip("，,。 ")), body), tuple(withdrawn))


def _without_opposite(passages: list[str], clause: str) -> tuple[list[str], list[str]]:
    """Passages without the clause that says the opposite of ``clause`` about the same thing."""
    words = _content(clause)
    best: tuple[float, int, str] = (0.0, -1, "")
    for number, passage in enumerate(passages):
        for told in _CUT.findall(passage):
            shared = words & _content(told)
            if shared and _denies(told) != _denies(clause):
                weight = sum(len(word) for word in shared) / max(4, min(len(words), len(_content(told))))
                best = max(best, (weight, number, told))
    if best[0] < 0.4:
        return passages, []
    _, number, told = best
    changed = passages[number].replace(told, "", 1)
    return [*passages[:number], changed, *passages[number + 1 :]], [told.strip("，,。；; ")]


def _content(text: str) -> set[str]:
    """Pairs of characters that carry meaning."""
    plain = _NOT.sub("", re.sub(r"[\W_]+", "", text))
    return {plain[i : i + 2] for i in range(len(plain) - 1) if not (plain[i] in _EMPTY or plain[i + 1] in _EMPTY)}


def _denies(text: str) -> bool:
    return bool(len(_NOT.findall(text)) % 2)


@cache
def _organs() -> tuple[str, ...]:
    """Words for other authorities and companies' people, longest first (corpus/language/actors.yaml)."""
    data: Any = yaml.safe_load((corpus_dir() / "language" / "actors.yaml").read_text(encoding="utf-8"))
    words = {word for role in data["roles"] if role["role"] == "organ" for word in role["words"]}
    return tuple(sorted(words | {"镇上城管", "区城管", "县城管", "第三方", "临时工", "协管员", "保安", "外包"}, key=len, reverse=True))
