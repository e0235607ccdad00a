"""The case file: what was told over the turns, plain and serialisable, so that every door can keep it where it likes.

Questions and hypotheses do not enter it. The triage is made anew from the whole file after each turn.
"""

import msgspec

from assistant.triage import Triage
from assistant.triage.rules import State


class HandFact(msgspec.Struct, frozen=True, kw_only=True):
    """An element set by the officer's hand, or by a correction that took its ground away; it overrides what the words say. An empty
    ``element`` means all of the rule."""

    rule: str
    element: str
    state: State


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The last result in short, to say what changed since."""

    verdict: str
    met: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """``told``: the passages that stand, in order; ``withdrawn``: what corrections took out; ``cleared``: the elements that rested
    on it; ``last``: the last result; ``asked``: the question before this turn, which a short follow-up goes on from."""

    told: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    cleared: tuple[HandFact, ...] = ()
    hand: tuple[HandFact, ...] = ()
    last: Summary | None = None
    asked: str = ""

    @property
    def text(self) -> str:
        """All that stands, as one text."""
        return joined(self.told)

    @property
    def open(self) -> bool:
        """True when a case is being told."""
        return bool(self.told)


def joined(told: tuple[str, ...]) -> str:
    """The passages as one text."""
    return "。".join(part.strip().rstrip("。") for part in told if part.strip())


def summarise(triage: Triage) -> Summary:
    """The result in short."""
    return Summary(
        verdict=triage.verdict,
        met=tuple(sorted({p.id for p in triage.provisions if p.status == "met"})),
        possible=tuple(sorted({p.id for p in triage.provisions if p.status == "possible"})),
        factors=tuple(sorted(f.id for f in (*triage.mitigating, *triage.aggravating))),
    )
