"""What a triage says: the stable contract of the command line, the page and the API, field by field.

Positions are characters of ``text``. ``quote`` is always verbatim from the regulation. ``confidence`` is the learned
score of the item between 0 and 1, for ordering only: it is not a probability of guilt.
"""

from typing import Literal

import msgspec

from assistant.triage.rules import State

Verdict = Literal["fault", "no_fault", "insufficient", "out_of_scope"]
Status = Literal["met", "possible", "excluded"]
Standing = Literal["suggested", "open", "closed"]


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all result values."""


class Evidence(_Value, frozen=True, kw_only=True):
    """A span of the user's own words and where it came from; ``hand`` is a fact set by the officer."""

    start: int
    end: int
    text: str
    source: Literal["cue", "learned", "hand"]


class ElementFinding(_Value, frozen=True, kw_only=True):
    """One 要件 with its state."""

    name: str
    quote: str
    state: State
    evidence: tuple[Evidence, ...] = ()


class Provision(_Value, frozen=True, kw_only=True):
    """An item of the conduct articles; ``actor`` is the user's word for who did it, empty when not told: a finding for each person."""

    id: str
    label: str
    quote: str
    status: Status
    confidence: float
    actor: str
    elements: tuple[ElementFinding, ...]


class Factor(_Value, frozen=True, kw_only=True):
    """A 从轻 (``force`` 可以) or 从重 (``force`` 应) circumstance that the facts meet."""

    id: str
    label: str
    quote: str
    force: str
    evidence: tuple[Evidence, ...]


class Sanction(_Value, frozen=True, kw_only=True):
    """One of the eleven ways of accounting: a candidate, never a decision."""

    id: str
    label: str
    quote: str
    standing: Standing
    combinable: bool
    needs: str
    reason: str


class Consequence(_Value, frozen=True, kw_only=True):
    """What follows by itself."""

    id: str
    label: str
    quote: str
    reason: str


class Deadline(_Value, frozen=True, kw_only=True):
    """A time limit; ``due`` is an ISO date when the text told the day it counts from (``counted_from``) and its year, else both are empty."""

    id: str
    label: str
    quote: str
    title: str
    counted_from: str
    due: str
    note: str


class Question(_Value, frozen=True, kw_only=True):
    """What to ask next and which items the answer settles."""

    question: str
    settles: tuple[str, ...]
    why: str


class WhatIf(_Value, frozen=True, kw_only=True):
    """One changed fact and what the decision then says; ``ids`` are the items and factors that move."""

    change: str
    effect: str
    ids: tuple[str, ...]


class RegulationStamp(_Value, frozen=True, kw_only=True):
    """Which text and which rules judged."""

    id: str
    sha256: str
    rules: str


class Triage(_Value, frozen=True, kw_only=True):
    """The whole result for one text."""

    text: str
    verdict: Verdict
    provisions: tuple[Provision, ...]
    mitigating: tuple[Factor, ...]
    aggravating: tuple[Factor, ...]
    sanctions: tuple[Sanction, ...]
    consequences: tuple[Consequence, ...]
    deadlines: tuple[Deadline, ...]
    ask_next: tuple[Question, ...]
    what_if: tuple[WhatIf, ...]
    assumptions: tuple[str, ...]
    regulation: RegulationStamp
