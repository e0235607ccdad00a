"""The user's own text with the words that the result rests on marked: a colour and a number for each item, and why on each mark."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.triage import Triage
from assistant.web.panels.linked import esc, lines

COLOURS = 8
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Basis(NamedTuple):
    """An item or factor that rests on the user's words; ``number`` is its place in the legend, from 0."""

    number: int
    ref: str
    label: str

    @property
    def sign(self) -> str:
        """①, ②, …; a plain number after the twentieth."""
        return sign(self.number)

    @property
    def colour(self) -> str:
        """The class of its colour; colours come round again, signs do not."""
        return f"c{self.number % COLOURS + 1}"


class _Span(NamedTuple):
    start: int
    end: int
    basis: Basis
    why: str


def sign(number: int) -> str:
    """①, ②, … for 0, 1, …"""
    return _CIRCLED[number] if number < len(_CIRCLED) else f"({number + 1})"


def bases(triage: Triage) -> dict[str, Basis]:
    """Whatever has evidence in the text, by id, in the order in which it is shown."""
    shown = [p for p in triage.provisions if any(e.evidence for e in p.elements)]
    shown.sort(key=lambda p: p.status == "excluded")
    factors = [f for f in (*triage.mitigating, *triage.aggravating) if f.evidence]
    named = dict([(p.id, p.label) for p in shown] + [(f.id, f.label) for f in factors])
    return {ref: Basis(number, ref, label) for number, (ref, label) in enumerate(named.items())}


def told_html(triage: Triage) -> str:
    """The marked text and its legend."""
    by_ref = bases(triage)
    body = "".join(_pieces(triage.text, [span for span in _spans(triage, by_ref) if span.start < span.end]))
    legend = "".join(
        f'<li class="{basis.colour}"><b>{basis.sign}</b> <a href="#card-{esc(ref)}">{esc(basis.label)}</a></li>'
        for ref, basis in by_ref.items()
    )
    note = "标出的是结论依据的原话，点一下看为什么。" if by_ref else "没有标出：结论没有用到其中的哪一句原话。"
    return (
        f'<section class="said"><h3>您说的情况</h3><blockquote class="told">{body}</blockquote>'
        f'<ul class="legend" aria-label="颜色和号码对应的条项">{legend}</ul><p class="hint">{note}</p></section>'
    )


def _spans(triage: Triage, by_ref: dict[str, Basis]) -> Iterator[_Span]:
    for provision in triage.provisions:
        for element in provision.elements:
            state = {"met": "说到", "not_met": "否定", "unknown": "没说清"}[element.state]
            for e in element.evidence:
                basis = by_ref[provision.id]
                yield _Span(
                    e.start,
                    e.end,
                    basis,
                    f"{basis.sign} {provision.label}：{state}“{element.name}”（条文“{element.quote}”）",
                )
    for factor in (*triage.mitigating, *triage.aggravating):
        force = "可以从轻、减轻或者免于追究" if factor.force == "可以" else "应从重"
        for e in factor.evidence:
            basis = by_ref[factor.id]
            yield _Span(e.start, e.end, basis, f"{basis.sign} {factor.label}：{force}（条文“{factor.quote}”）")


def _pieces(text: str, spans: list[_Span]) -> Iterator[str]:
    """``text`` cut where the set of items changes, so that overlapping evidence loses nothing."""
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    runs: list[tuple[int, int, tuple[Basis, ...], dict[str, None]]] = []
    for start, end in pairwise(edges):
        over = [s for s in spans if s.start <= start and end <= s.end]
        found = tuple(sorted({s.basis for s in over}))
        whys = dict.fromkeys(s.why for s in over)
        if runs and found and runs[-1][2] == found:
            runs[-1] = (runs[-1][0], end, found, runs[-1][3] | whys)
        else:
            runs.append((start, end, found, whys))
    for start, end, found, whys in runs:
        words = lines(text[start:end])
        if not found:
            yield words
            continue
        signs = "".join(basis.sign for basis in found)
        why = "\n".join(whys)
        yield (
            f'<mark class="{found[0].colour}" tabindex="0" role="button" data-n="{signs}" data-why="{esc(why)}" '
            f'aria-label="{esc(text[start:end])}：{esc(why)}">{words}</mark>'
        )
