"""Run the cases through the engine and the assistant, score, report, and hold the floors.

    python -m assistant eval [--quiet] [--html FILE] [--keep]

Floors (evals/floors.yaml) are what the program reached when they were set; below one, CheckFailed names it.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from assistant.chat import open_assistant
from assistant.errors import BadInput, CheckFailed
from assistant.evaluation import Evaluation, Figure, keep, kept_at, learned_hash
from assistant.settings import Settings
from assistant.triage import load_engine, load_pack
from assistant.triage.assertion import judge, scopes
from assistant.triage.clauses import split
from evals import report, scorers

HERE = Path(__file__).parent
Row = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """Everything measured in one run; ``figures`` by name, ``confusion`` of verdicts, ``wrong`` cases with their reasons."""

    figures: dict[str, float] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)
    by_label: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def rate(self, name: str, scores: list[tuple[Row, scorers.Score]]) -> None:
        """Record the share of right answers among the scored ones."""
        scored = [(case, score) for case, score in scores if score.right is not None]
        right = sum(bool(score.right) for _, score in scored)
        self.figures[name] = right / len(scored) if scored else 1.0
        self.counts[name] = f"{right}/{len(scored)}"
        self.wrong += [(name, case["id"], score.reason) for case, score in scored if not score.right]


def read_cases(name: str, *, folder: Path = HERE / "cases") -> list[Row]:
    """The cases of one file; an absent file has none, a bad line raises BadInput."""
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return []
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise BadInput(f"评测文件 {path.name} 第 {number} 行不是 JSON：{error.msg}") from None
    return rows


def measure() -> Outcome:
    """Run and score every case file."""
    outcome = Outcome()
    _incidents(outcome, read_cases("incidents"))
    _talk(outcome)
    _assertion(outcome, read_cases("assertion"))
    return outcome


def _incidents(outcome: Outcome, cases: list[Row]) -> None:
    engine = load_engine()
    items, circumstances = scorers.Tally(), scorers.Tally()
    answers = [(case, msgspec.to_builtins(engine.triage(case["text"]))) for case in cases]
    for case, triage in answers:
        pair = (case["verdict"], triage["verdict"])
        outcome.confusion[pair] = outcome.confusion.get(pair, 0) + 1
        items.add(case["provisions"], case["acceptable"], scorers.met(triage))
        gold = case.get("mitigating", []) + case.get("aggravating", [])
        circumstances.add(gold, case.get("acceptable_factors", []), scorers.factors(triage))
    outcome.rate("verdict", [(case, scorers.verdict(case, triage)) for case, triage in answers])
    outcome.rate("no_false_accusation", [(case, scorers.accusation(case, triage)) for case, triage in answers])
    outcome.figures["items_f1"], outcome.figures["factors_f1"] = items.f1, circumstances.f1
    outcome.by_label = {**items.by_label, **circumstances.by_label}


def _talk(outcome: Outcome) -> None:
    assistant = open_assistant(Settings())
    quotes = load_pack().quotes
    asked = [(case, _ask(assistant, case)) for case in read_cases("questions")]
    outside = [(case, _ask(assistant, case)) for case in read_cases("not_covered")]
    outcome.rate("questions_cited", [(case, scorers.cited(case, reply)) for case, reply in asked])
    outcome.rate("questions_said", [(case, scorers.said(case, reply)) for case, reply in asked])
    outcome.rate("questions_right", [(case, scorers.answered(case, reply)) for case, reply in asked])
    outcome.rate("no_false_denial", [(case, scorers.not_denied(case, reply)) for case, reply in asked])
    outcome.rate("declined", [(case, scorers.declined(case, reply)) for case, reply in outside])
    turns = []
    for case in read_cases("dialogues"):
        replies = assistant.answer_row({"id": case["id"], "turns": [t["text"] for t in case["turns"]]})["turns"]
        turns += [
            ({**t, "id": f"{case['id']}/{n}"}, r)
            for n, (t, r) in enumerate(zip(case["turns"], replies, strict=True), 1)
        ]
    outcome.rate("dialogue_turns", [(case, scorers.turn(case, reply)) for case, reply in turns])
    everything = [*asked, *outside, *turns]
    outcome.rate("citations_verbatim", [(case, scorers.verbatim(reply, quotes)) for case, reply in everything])


def _ask(assistant: Any, case: Row) -> Row:
    reply: Row = assistant.answer_row({"id": case["id"], "text": case["text"]})
    return reply


def _assertion(outcome: Outcome, cases: list[Row]) -> None:
    scores = []
    for case in cases:
        text, start = case["text"], case["text"].index(case["target"])
        clauses = split(text)
        kind = judge(scopes(text, clauses), start, start + len(case["target"]))
        scores.append((case, scorers.Score(kind == case["kind"], f"应为 {case['kind']}，判为 {kind}")))
    outcome.rate("assertion", scores)


def evaluation_of(outcome: Outcome) -> Evaluation:
    """The figures of ``outcome`` as the page shows them."""
    pack = load_pack()
    figures = tuple(
        Figure(title=report.NAMES.get(name, name), value=round(value, 3), count=outcome.counts.get(name, ""))
        for name, value in outcome.figures.items()
    )
    return Evaluation(
        date=date.today().isoformat(),
        rules=pack.version,
        learned=learned_hash(pack.regulation.id),
        figures=figures,
    )


def main(*, quiet: bool = False, html: Path | None = None, kept: bool = False) -> None:
    """Measure, print, write the page and keep the figures when asked, hold the floors; raises CheckFailed naming what fell below."""
    outcome = measure()
    print(report.table(outcome.figures, outcome.counts))
    if not quiet:
        print(report.misses(outcome.wrong))
    if html is not None:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(
            report.page(outcome.figures, outcome.counts, outcome.confusion, outcome.by_label, outcome.wrong),
            encoding="utf-8",
        )
        print(f"已写入 {html}")
    if kept:
        keep(evaluation_of(outcome))
        print(f"已写入 {kept_at()}，网页“关于”显示它")
    floors: dict[str, float] = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))
    fallen = [
        f"{name} {outcome.figures[name]:.3f} < {floor}"
        for name, floor in floors.items()
        if outcome.figures[name] < floor
    ]
    if fallen:
        raise CheckFailed(f"评测低于下限：{'；'.join(fallen)}（下限在 evals/floors.yaml）")
