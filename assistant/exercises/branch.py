"""A case told piece by piece: the trainee chooses what to ask next, beside what the engine would ask.

What is asked is answered by the piece that settles it for the engine, wherever it stands; where none does, the case goes on in order.
A Branch is a plain value that a page keeps for its visitor; every step gives a new one.
"""

from itertools import pairwise

import msgspec

from assistant.errors import BadInput
from assistant.exercises.model import Case
from assistant.triage import Engine
from assistant.triage.clauses import split

CHOICES = 4


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A question to choose; ``why`` is the engine's reason where it would ask it too, else empty."""

    question: str
    why: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One step taken: what was asked, whether the engine would have asked it (``apt``) and what it would have asked first (``first``,
    empty where it had nothing to ask), and whether what was told then settles it."""

    question: str
    apt: bool
    why: str = ""
    first: str = ""
    answered: bool


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """``pieces`` of the case in order, those ``shown`` (their numbers) in the order they were told; ``asked`` the steps so far."""

    case: Case
    pieces: tuple[str, ...]
    shown: tuple[int, ...] = (0,)
    asked: tuple[Asked, ...] = ()

    @property
    def told(self) -> str:
        """What the trainee has seen, in the order of the case."""
        return _told(self, self.shown)

    @property
    def over(self) -> bool:
        """True when everything is told: time for the answer."""
        return len(self.shown) == len(self.pieces)


def start(case: Case) -> Branch:
    """``case`` cut into sentences, or into clauses where it is one sentence; raises BadInput for one that cannot be cut."""
    clauses = split(case.text)
    sentences = [clauses[n].start for n in range(1, len(clauses)) if clauses[n].sentence != clauses[n - 1].sentence]
    marks = sentences or [clause.start for clause in clauses[1:]]
    if not marks:
        raise BadInput("这道题只有一句话，不能分段：请换一道长一点的")
    edges = [0, *marks, len(case.text)]
    return Branch(case=case, pieces=tuple(case.text[a:b] for a, b in pairwise(edges)))


def choices(branch: Branch, engine: Engine) -> tuple[Choice, ...]:
    """What may be asked now, in the alphabet's order: the engine's own questions on what is told, and others that settle nothing here."""
    asked = {step.question for step in branch.asked}
    apt = [
        Choice(question=q.question, why=q.why) for q in engine.triage(branch.told).ask_next if q.question not in asked
    ]
    known = {choice.question for choice in apt} | asked
    others = [e.ask for rule in engine.pack.rules.values() for e in rule.elements if e.ask and e.ask not in known]
    start_at = sum(map(ord, branch.case.id)) % max(1, len(others))
    spare = dict.fromkeys([*others[start_at:], *others[:start_at]])
    filled = [*apt[: CHOICES - 1], *(Choice(question=q) for q in spare)][:CHOICES]
    return tuple(sorted(filled, key=lambda choice: choice.question))


def step(branch: Branch, question: str, engine: Engine) -> Branch:
    """Ask one of `choices` and hear the piece that answers it, or the next; raises BadInput for another question, and at the end."""
    if branch.over:
        raise BadInput("案情已经说完了：请作答")
    chosen = next((choice for choice in choices(branch, engine) if choice.question == question), None)
    if chosen is None:
        raise BadInput("没有这个问题可选：请从列出的问题里选")
    left = [n for n in range(len(branch.pieces)) if n not in branch.shown]
    before = _settled(branch.told, question, engine)
    answering = [n for n in left if _settled(_told(branch, (*branch.shown, n)), question, engine) - before]
    after = msgspec.structs.replace(branch, shown=(*branch.shown, (answering or left)[0]))
    asked = Asked(
        question=question,
        apt=bool(chosen.why),
        why=chosen.why,
        first=next((q.question for q in engine.triage(branch.told).ask_next), ""),
        answered=bool(answering),
    )
    return msgspec.structs.replace(after, asked=(*branch.asked, asked))


def _told(branch: Branch, numbers: tuple[int, ...]) -> str:
    return "".join(branch.pieces[n] for n in sorted(numbers))


def _settled(text: str, question: str, engine: Engine) -> set[tuple[str, str]]:
    """The elements that ``question`` asks about and ``text`` settles, by rule and name."""
    facts, pack = engine.read(text), engine.pack
    found = {
        (ref, element.name)
        for ref, elements in facts.elements.items()
        for element in pack.rules[ref].elements
        if element.ask == question and elements[element.name].state != "unknown"
    }
    if question == pack.fault.damage_ask and facts.damage != "untold":
        found.add((pack.fault.ref, question))
    return found
