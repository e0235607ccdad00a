"""Which told clause does a corrected clause contradict, and what stands in its place.

A clause that affirms (「其实报批过」) turns a denial round where it stands, because the words beside it may still hold. A clause
that denies (「没让停业」) takes the place of the whole clause that said so, and keeps the person it spoke of.
"""

import re
from typing import NamedTuple

from assistant.chat.persons import PERSON

CLAUSE = re.compile(r"[^，,。；;！!？?\n]+[，,。；;！!？?\n]*")
_NOT = re.compile(r"没有?|未|不曾|不|无|从未|并非|别")
_EMPTY = set("的了是在和就都而及与着或他她我你们这那有也很到说要去会对把给个人上下里来没不未无过其实")
_WHO = re.compile(rf"^(?:那天|当时|昨天|后来)?(?:他们?|她们?|我们?|咱们?|{PERSON.pattern})")
_ENDS = "，,。；;！!？?\n"
#: Of the characters of the shorter clause, how many the other must have where no pair of characters is shared.
_ALIKE = 0.6


class Turned(NamedTuple):
    """The passages now, what was taken out, and whether the change says all that the corrected clause says."""

    passages: list[str]
    withdrawn: list[str]
    said: bool


def turned(passages: list[str], clause: str) -> Turned:
    """``passages`` with the clause that says the opposite of ``clause`` turned round or put in its place."""
    denied = denies(clause)
    best: tuple[int, int, str, re.Match[str] | None, str] = (0, -1, "", None, "")
    for number, passage in enumerate(passages):
        for told in CLAUSE.findall(passage):
            shared = content(clause) & content(told)
            for word in shared:
                match = _said(told, word, denied=denied)
                if match and (len(shared), number) > best[:2]:
                    best = (len(shared), number, told, match, word)
    _, number, told, match, word = best
    if match is None:
        return _by_characters(passages, clause)
    if denied:
        return _put(passages, number, told, clause)
    passages = [*passages]
    passages[number] = passages[number].replace(match.group(), f"{word}过", 1)
    return Turned(passages, [match.group().rstrip("就便")], all(set(pair) & set(word) for pair in content(clause)))


def content(text: str) -> set[str]:
    """Pairs of characters that carry meaning."""
    plain = _NOT.sub("", re.sub(r"[\W_]+", "", text))
    return {plain[i : i + 2] for i in range(len(plain) - 1) if not (plain[i] in _EMPTY or plain[i + 1] in _EMPTY)}


def denies(text: str) -> bool:
    """True when ``text`` denies: an odd number of negations."""
    return bool(len(_NOT.findall(text)) % 2)


def _said(told: str, word: str, *, denied: bool) -> re.Match[str] | None:
    """Where ``told`` says of ``word`` the opposite of a clause that denies it, or affirms it."""
    negated = re.search(
        rf"(?:并|也|都|从|尚|还)?(?:{_NOT.pattern})[^，,。]{{0,6}}{re.escape(word)}(?:过|了)?(?:就|便)?", told
    )
    if not denied:
        return negated
    return None if negated else re.search(re.escape(word), told)


def _by_characters(passages: list[str], clause: str) -> Turned:
    """The same for short clauses in another order of words: 没亮证, 证也亮了."""
    mine = _characters(clause)
    for number, passage in enumerate(passages):
        for told in CLAUSE.findall(passage):
            theirs = _characters(told)
            shared = len(mine & theirs)
            if denies(told) != denies(clause) and shared >= max(2, _ALIKE * max(len(mine), len(theirs))):
                return _put(passages, number, told, clause)
    return Turned(passages, [], False)


def _characters(text: str) -> set[str]:
    return set(_NOT.sub("", re.sub(r"[\W_]+", "", text))) - _EMPTY


def take_place(passage: str, old: re.Pattern[str], new: str) -> str:
    """``passage`` with ``new`` in the place of each clause that says ``old``, with the person it spoke of."""
    return "".join(_in_place(told, new) if old.search(told) else told for told in CLAUSE.findall(passage))


def _in_place(told: str, new: str) -> str:
    who, new = PERSON.search(told), new.strip(_ENDS + " ")
    return (who.group() if who and not _WHO.match(new) else "") + new + told[len(told.rstrip(_ENDS)) :]


def _put(passages: list[str], number: int, told: str, clause: str) -> Turned:
    changed = passages[number].replace(told, _in_place(told, clause), 1)
    return Turned([*passages[:number], changed, *passages[number + 1 :]], [told.rstrip(_ENDS)], True)
