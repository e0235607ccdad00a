"""A paper as it stands now: proved anew each time it is looked at or goes out, for rules and weights change under kept papers."""

from typing import NamedTuple

from assistant.exercises import Paper
from assistant.exercises.prove import proved
from assistant.exercises.store import Papers
from assistant.triage import Engine


class Standing(NamedTuple):
    """``lost`` cases have just been moved among the refused, and kept there."""

    paper: Paper
    lost: int


def standing(papers: Papers, paper_id: int, engine: Engine) -> Standing:
    """The kept paper with what no longer proves among the refused; raises BadInput when it isn't there."""
    kept = papers.get(paper_id)
    now = proved(kept, engine)
    lost = sum(case not in now.cases for case in kept.cases)
    if now != kept:
        papers.edit(paper_id, now)
    return Standing(now, lost)
