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
    r"(?:(?:不对|不是(?=[，,。、！! ]))+|(?:我|刚才|刚刚|前面|上面)*(?:说|讲|打|记|写|弄|搞)(?:得不对|错|岔|混|反|串|差)(?:了|"
    r"啦)?|更正(?:一下)?|纠正(?:一下)?|改(?:正)?一下|修正一下|我(?:又)?(?:问|查|核实|打听|翻)(?:了|过)?[^，,。]{0,8})"
    r"[，,。、：:！! ]*"
)
_REALLY = re.compile(r"^(?:其实|实际上|事实上|后来才?知道|后来(?:我)?(?:问|查)(?:清楚)?了?|才发现|原来)[，, ]*")
_SWAP = re.compile(r"不是([^，,。；;]{1,12})[，,、]?(?:而|应该|其实)?是([^，,。；;]{1,14})")
_INSIDE = re.compile(
    r"(?:是|属|归)[^，,。不]{0,8}(?:执法大队|大队|分局|咱局|我们局|局里|本局|环保局|局机关|生态环境局|执法队|我们队|咱队|队里|自己人)"
)
_NOT = re.compile(r"没有?|未|不曾|不|无|从未|并非|别")
_EMPTY = set("的了是在和就都而及与着或他她我你们这那有也很到说要去会对把给个人上下里来没不未无过其实")
_NUMERAL = r"(?:[0-9.]+|[一二两三四五六七八九十百千单独几]+)"
_COUNTS = tuple(
    re.compile(_NUMERAL + unit)
    for unit in ("个?人(?!家)", "万(?:元|块)?", "(?:元|块)(?!头)", "天", "[次回]", "个月", "条烟")
)
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
    swap = _SWAP.search(body)
    if swap and any(swap[1] in passage for passage in told):
        rest = (body[: swap.start()] + body[swap.end() :]).strip("，,。；; ")
        swapped = tuple(passage.replace(swap[1], swap[2]) for passage in told)
        return Merged((*swapped, rest) if len(rest) > 3 else swapped, (swap[1],))
    passages, withdrawn = list(told), []
    kept = []
    for clause in _CUT.findall(body):
        passages, gone, said = _changed(passages, clause)
        withdrawn += gone
        if not said:
            kept.append(clause)
    return Merged(
        (*(p for p in passages if p.strip("，,。 ")), *filter(None, ["".join(kept).strip("，,。 ")])), tuple(withdrawn)
    )


def _changed(passages: list[str], clause: str) -> tuple[list[str], list[str], bool]:
    """Passages changed by one corrected clause, the words taken out, and whether the change says all of the clause."""
    if _INSIDE.search(clause):
        organs = [organ for organ in _organs() if organ not in clause and any(organ in p for p in passages)]
        if organs:
            for organ in organs:
                passages = [passage.replace(organ, "执法大队") for passage in passages]
            return passages, organs, True
    for pattern in _COUNTS:
        new = pattern.search(clause)
        old = [found for passage in passages for found in pattern.findall(passage)]
        if new and len(old) == 1 and old[0] != new.group():
            return [passage.replace(old[0], new.group(), 1) for passage in passages], [old[0]], True
    return _turned(passages, clause)


def _turned(passages: list[str], clause: str) -> tuple[list[str], list[str], bool]:
    """The told clause that says the opposite of ``clause`` about the same thing, turned round."""
    words, denied = _content(clause), _denies(clause)
    best: tuple[int, int, int, str, str] = (0, -1, 0, "", "")
    for number, passage in enumerate(passages):
        for told in _CUT.findall(passage):
            for word in words & _content(told):
                found = re.search(
                    rf"(?:并|也|都|从|尚|还)?(?:{_NOT.pattern})[^，,。]{{0,3}}{re.escape(word)}(?:过|了)?", told
                )
                plain = re.search(rf"(?:已经|都|也)?{re.escape(word)}(?:过|了)?", told)
                match = plain if denied and not found else found if not denied else None
                if match:
                    shared = len(words & _content(told))
                    best = max(best, (shared, number, -match.start(), match.group(), word))
    if best[1] < 0:
        return passages, [], False
    _, number, _, old, word = best
    new = f"没有{word}" if denied else f"{word}过"
    return [*passages[:number], passages[number].replace(old, new, 1), *passages[number + 1 :]], [old], False


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
    return tuple(
        sorted(
            words | {"镇上城管", "区城管", "县城管", "第三方", "临时工", "协管员", "保安", "外包"},
            key=len,
            reverse=True,
        )
    )
