"""The banner: the result in plain words, said by a mark and by text, never by colour alone."""

from typing import NamedTuple

from assistant.triage import Triage
from assistant.triage.result import Verdict
from assistant.web.panels.linked import Links


class Plain(NamedTuple):
    """A verdict's mark, its name, and what it means."""

    mark: str
    name: str
    note: str


VERDICTS: dict[Verdict, Plain] = {
    "fault": Plain("✖", "构成过错", "所说的情况符合下面的条项。这是候选结论，由有权机关按程序认定。"),
    "no_fault": Plain("✔", "不构成过错", "按所说的情况，没有看到第六条至第九条所列的过错。"),
    "insufficient": Plain("？", "资料不足", "现有情况还判断不了，先把下面要弄清的问题问明白。"),
    "out_of_scope": Plain("—", "不属本办法", "所说的人或者事不在适用范围内；其他规定是否适用，这里不判断。"),
}


def banner(triage: Triage, link: Links) -> str:
    """The banner, with the items that are met or in question."""
    plain = VERDICTS[triage.verdict]
    met = dict.fromkeys(p.id for p in triage.provisions if p.status == "met")
    possible = dict.fromkeys(p.id for p in triage.provisions if p.status == "possible" and p.id not in met)
    lines = [f"<p>{link(plain.note)}</p>"]
    for word, refs in (("符合", met), ("可能涉及", possible)):
        if refs:
            lines.append(f"<p>{word}：{'、'.join(map(link.cite, refs))}</p>")
    return (
        f'<section class="verdict {triage.verdict}" role="status"><span class="sign" aria-hidden="true">{plain.mark}</span>'
        f"<div><b>{plain.name}</b>{''.join(lines)}</div></section>"
    )
