"""One scorer, one question: each looks at a case and an answer and says right, wrong or not applicable, with a reason.

Parsed ids are compared, never substrings of citations. What cannot be read is unscored (None), not wrong. Items and factors
named ``acceptable`` are neither hit nor false alarm.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
PROPER = ("no_fault", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` is None when the question does not arise for this case."""

    right: bool | None
    reason: str = ""


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses over many cases."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    by_label: dict[str, list[int]] = field(default_factory=dict)

    def add(self, gold: Iterable[str], tolerated: Iterable[str], said: set[str]) -> None:
        """Count one case."""
        gold, tolerated = set(gold), set(tolerated)
        for label in gold:
            hit = label in said
            self.hits += hit
            self.misses += not hit
            self.by_label.setdefault(label, [0, 0, 0])[0 if hit else 2] += 1
        for label in said - gold - tolerated:
            self.false_alarms += 1
            self.by_label.setdefault(label, [0, 0, 0])[1] += 1

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was said."""
        total = 2 * self.hits + self.false_alarms + self.misses
        return 2 * self.hits / total if total else 1.0


def met(triage: Row) -> set[str]:
    """Ids of the items a triage says are met."""
    return {p["id"] for p in triage["provisions"] if p["status"] == "met"} if triage["verdict"] == "fault" else set()


def factors(triage: Row) -> set[str]:
    """Ids of the mitigating and aggravating circumstances a triage says are met."""
    return {f["id"] for f in (*triage["mitigating"], *triage["aggravating"])}


def verdict(case: Row, triage: Row) -> Score:
    """Is the verdict the label's?"""
    right = triage["verdict"] == case["verdict"]
    return Score(right, "" if right else f"应为 {case['verdict']}，判为 {triage['verdict']}")


def accusation(case: Row, triage: Row) -> Score:
    """Is nobody accused whose conduct was proper or out of scope?"""
    if case["verdict"] not in PROPER:
        return Score(None)
    right = triage["verdict"] != "fault"
    return Score(right, "" if right else "把正当的行为判成了过错")


def cited(case: Row, reply: Row) -> Score:
    """Are all expected articles among the citations?"""
    articles = {citation.split(".")[0].split("#")[0] for citation in reply["citations"]}
    missing = [a for a in case["articles"] if a not in articles and a not in reply["citations"]]
    return Score(not missing, f"没有引用 {'、'.join(missing)}" if missing else "")


def said(case: Row, reply: Row) -> Score:
    """Are the required words said, in one of their forms each?"""
    missing = [words for words in case["must_say"] if not any(w and w in reply["answer"] for w in words.split("|"))]
    return Score(not missing, f"没有说到 {'、'.join(missing)}" if missing else "")


def answered(case: Row, reply: Row) -> Score:
    """Is the answer right: cited and said?"""
    wrong = [score.reason for score in (cited(case, reply), said(case, reply)) if not score.right]
    return Score(not wrong, "；".join(wrong))


def declined(case: Row, reply: Row) -> Score:
    """Is a question outside the regulation declined, citing nothing but what the case tolerates?"""
    extra = set(reply["citations"]) - set(case.get("acceptable", []))
    right = reply["kind"] in {"not_covered", "chat"} and not extra
    return Score(right, "" if right else f"答成了 {reply['kind']}，引用 {sorted(extra)}")


def not_denied(case: Row, reply: Row) -> Score:
    """Is a question that the regulation answers not declined?"""
    right = reply["kind"] != "not_covered"
    return Score(right, "" if right else "条文有规定，却说没有")


def verbatim(reply: Row, quotes: dict[str, str]) -> Score:
    """Does every citation exist and is every quoted text verbatim?"""
    if not reply["citations"] and not reply["quotes"]:
        return Score(None)
    unknown = [c for c in reply["citations"] if c not in quotes]
    altered = [q["id"] for q in reply["quotes"] if q["text"].rstrip("；。") not in quotes.get(q["id"], "")]
    return Score(not unknown and not altered, f"不存在 {unknown}，不一致 {altered}" if unknown or altered else "")


def turn(case: Row, reply: Row) -> Score:
    """Is one turn of a dialogue right: a question cited and said, small talk left alone, an incident judged as labelled?"""
    if case.get("kind") == "chat":
        return declined(case, reply)
    if case.get("kind") == "question":
        return answered(case, reply)
    triage = reply.get("triage")
    if not triage:
        return Score(False, "没有给出研判")
    first = verdict(case, triage)
    if not first.right:
        return first
    named, gold = met(triage), set(case.get("provisions", []))
    missing, extra = gold - named, named - gold - set(case.get("acceptable", []))
    return Score(not missing and not extra, f"漏 {sorted(missing)} 多 {sorted(extra)}" if missing or extra else "")
