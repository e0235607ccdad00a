"""Judge the rows of a table one after the other; a row that cannot be judged says why, and the rest goes on."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from assistant.errors import BadInput
from assistant.triage import Engine, Triage, accept
from assistant.triage.result import ElementFinding, Factor, Verdict
from assistant.web.batch.table import Row

_STATUSES = {"met": "成立", "possible": "可能成立"}


class Found(msgspec.Struct, frozen=True):
    """An item or factor that counts for a row: its place, what it is called, how it stands and why, its words."""

    id: str
    label: str
    standing: str
    reason: str
    quote: str


class Judged(msgspec.Struct, frozen=True):
    """A row with its result in short. ``verdict`` is None where ``wrong`` says why it could not be judged."""

    number: int
    values: tuple[str, ...]
    text: str
    verdict: Verdict | None = None
    wrong: str = ""
    provisions: tuple[Found, ...] = ()
    factors: tuple[Found, ...] = ()
    asks: tuple[str, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """How many rows have each verdict, and each item; a row that could not be judged counts under ``None``."""

    verdicts: dict[Verdict | None, int]
    provisions: dict[str, int]


def judge_rows(engine: Engine, rows: Iterable[Row], column: int) -> Iterator[Judged]:
    """A result for each row, in order."""
    for row in rows:
        text = row.values[column]
        wrong = row.wrong or ("" if text.strip() else "案情是空的")
        if wrong:
            yield Judged(row.number, row.values, text, wrong=wrong)
            continue
        try:
            triage = engine.triage(accept(text))
        except BadInput as error:
            yield Judged(row.number, row.values, text, wrong=str(error))
            continue
        yield _judged(row, text, triage)


def tally(judged: Iterable[Judged]) -> Tally:
    """The counts; items that are met, once a row."""
    verdicts: Counter[Verdict | None] = Counter()
    items: Counter[str] = Counter()
    for one in judged:
        verdicts[one.verdict] += 1
        items.update({found.id for found in one.provisions if found.standing == _STATUSES["met"]})
    return Tally(dict(verdicts), dict(items))


def _judged(row: Row, text: str, triage: Triage) -> Judged:
    provisions = [
        Found(p.id, p.label, _STATUSES[p.status], _who(p.actor) + "；".join(map(_reason, p.elements)), p.quote)
        for p in triage.provisions
        if p.status in _STATUSES
    ]
    factors = [
        Found(f.id, f.label, f"{f.force}{'从轻' if f.force == '可以' else '从重'}", _said(f), f.quote)
        for f in (*triage.mitigating, *triage.aggravating)
    ]
    asks = tuple(question.question for question in triage.ask_next)
    return Judged(row.number, row.values, text, triage.verdict, "", tuple(provisions), tuple(factors), asks)


def _who(actor: str) -> str:
    return f"{actor}：" if actor else ""


def _reason(element: ElementFinding) -> str:
    said = _said(element)
    if element.state == "met":
        return f"{element.name}——{f'所说{said}' if said else '没有直说，按前提视为具备'}"
    if element.state == "not_met":
        return f"{element.name}——不具备{f'，所说{said}' if said else ''}"
    return f"{element.name}——没说清"


def _said(basis: ElementFinding | Factor) -> str:
    return "、".join(dict.fromkeys(f"“{e.text}”" for e in basis.evidence if e.text))
