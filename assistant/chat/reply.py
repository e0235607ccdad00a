"""A reply in exactly the fields of the `ask` contract, and how it is made of sentences."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from assistant.corpus import Ref, Regulation
from assistant.explain import Sentence, render
from assistant.triage import Triage


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A cited place and its verbatim words."""

    id: str
    text: str


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    """How many citations the answer has, how many sentences were verified, how many were taken out."""

    citations: int = 0
    verified: int = 0
    removed: int = 0


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. ``triage`` covers all facts of the case so far; None when no case is open."""

    kind: Literal["incident", "question", "not_covered", "chat"]
    answer: str
    citations: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    triage: Triage | None = None
    explained_by: str = "rules"
    checks: Checks = Checks()


def reply_of(
    kind: Literal["incident", "question", "not_covered", "chat"],
    sentences: Sequence[Sentence],
    regulation: Regulation,
    *,
    refs: Iterable[str] = (),
    triage: Triage | None = None,
) -> Reply:
    """A reply told in ``sentences``; cited are ``refs`` and whatever the sentences cite, each quoted verbatim."""
    cited = dict.fromkeys([*refs, *(ref for sentence in sentences for ref in sentence.citations)])
    labels = {ref.id: regulation.label(ref) for ref in regulation.refs()}
    return Reply(
        kind=kind,
        answer=render(sentences, labels),
        citations=tuple(cited),
        quotes=tuple(Quote(id=ref, text=regulation.text_of(Ref.from_id(ref))) for ref in cited),
        triage=triage,
        checks=Checks(citations=len(cited), verified=len(sentences)),
    )
