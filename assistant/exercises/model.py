"""What an exercise is made of: plain frozen values that every part of this room passes on.

A key is a label that the engine proved: ``provisions`` are items of arts 6-9, ``factors`` those of arts 11 and 12, ``sanctions``
the ways of art. 10 that stay open. Certainty is 1 (guessing) to 3 (sure).
"""

from typing import Literal

import msgspec

from assistant.triage.result import Verdict

Certainty = Literal[1, 2, 3]
Source = Literal["exemplar", "changed", "scene", "own"]


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """A case to be shown beside another, and its key: a minimal pair where they differ in one place (`contrast`), else a matter alike."""

    text: str
    verdict: Verdict
    provisions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise: the text and its key.

    ``options`` and ``factor_options`` are the ids offered to choose from, the key among them; ``acceptable`` ids are neither right
    nor wrong; ``difficulty`` runs from 0 (nothing else comes near) to 1 (the nearest wrong answer scores as high as the key).
    ``source`` says where the text is from: an exemplar, which the engine's reader learned from; one with a fact changed or a scene,
    which it did not; or somebody's own.
    """

    id: str
    text: str
    verdict: Verdict
    provisions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    factor_options: tuple[str, ...] = ()
    difficulty: float = 0.0
    twin: Twin | None = None
    source: Source = "own"


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose key the engine does not prove, with what each of them says; ``refuted`` where it says otherwise, not just less."""

    case: Case
    engine: str
    reason: str
    refuted: bool = True


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """Proved cases, and the cases drawn that were refused because engine and label do not agree.

    ``rules`` is the hash of the rule pack that proved the keys.
    """

    cases: tuple[Case, ...]
    refused: tuple[Disagreement, ...] = ()
    title: str = ""
    theme: str = ""
    seed: int = 0
    regulation: str = ""
    rules: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a trainee chose for one case; ``sanctions`` are the ways of accounting taken to be open."""

    verdict: Verdict
    provisions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    certainty: Certainty = 1


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One answer marked: ``points`` by certainty, ``right`` when verdict, items and factors all agree with the key,
    ``missed`` and ``wrong`` the ids left out and the ids that should not be there."""

    points: float
    right: bool
    right_verdict: bool
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
