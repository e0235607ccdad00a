"""A reply in exactly the fields of the `ask` contract, and how it is made of sentences."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from assistant.corpus import Ref, Regulation
from assistant.explain import Sentence, Told, render
from assistant.triage import Triage

Kind = Literal["incident", "question", "not_covered", "chat"]


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A cited place and its verbatim words."""

    id: str
    text: str


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    """How many citations the answer has, how many sentences were verified, how many replies of a model were taken out,
    and the sha256 of the prompt that a model was asked with, empty where none was."""

    citations: int = 0
    verified: int = 0
    removed: int = 0
    prompt: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. ``triage`` covers all facts of the case so far; None when no case is open."""

    kind: Kind
    answer: str
    citations: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    triage: Triage | None = None
    explained_by: str = "rules"
    checks: Checks = Checks()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn will say, made by rules: the sentences in order, and places to cite beside those that they cite."""

    kind: Kind
    sentences: tuple[Sentence, ...]
    refs: tuple[str, ...] = ()
    triage: Triage | None = None

    @property
    def citations(self) -> tuple[str, ...]:
        """Every place cited, the leading ones first."""
        return tuple(dict.fromkeys([*self.refs, *(ref for sentence in self.sentences for ref in sentence.citations)]))


def said(kind: Kind, text: str, triage: Triage | None = None) -> Draft:
    """A turn of one sentence, beside what stands of the case."""
    return Draft(kind=kind, sentences=(Sentence(text=text),), triage=triage)


def reply_of(draft: Draft, sentences: Sequence[Sentence], told: Told, regulation: Regulation) -> Reply:
    """The reply that shows ``sentences`` in place of those of ``draft``; each cited place is quoted verbatim."""
    cited = draft.citations
    return Reply(
        kind=draft.kind,
        answer=render(sentences, labels_of(regulation)),
        citations=cited,
        quotes=tuple(Quote(id=ref, text=regulation.text_of(Ref.from_id(ref))) for ref in cited),
        triage=draft.triage,
        explained_by=told.by,
        checks=Checks(citations=len(cited), verified=told.verified, removed=told.removed, prompt=told.prompt),
    )


@cache
def labels_of(regulation: Regulation) -> dict[str, str]:
    """What people call each place, by id."""
    return {ref.id: regulation.label(ref) for ref in regulation.refs()}
