"""`exercise …`: papers made from the exemplars, and their keys proved by the engine."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from assistant.errors import CheckFailed
from assistant.settings import Settings

exercise_app = typer.Typer(help="练习：出题与核对答案。", no_args_is_help=True)


@exercise_app.command("make")
def exercise_make(
    theme: Annotated[str, typer.Option(help="条（6）、项（6.7、11.1）或结论（no_fault）")],
    count: Annotated[int, typer.Option(help="题数", min=1, max=500)] = 10,
    seed: Annotated[int, typer.Option(help="随机种子，同一种子出同样的题")] = 1,
) -> None:
    """从样例里出题：只收引擎能证明答案的题，每行一个 JSON。"""
    from assistant.exercises import make_paper
    from assistant.paths import corpus_dir
    from assistant.triage import load_engine
    from assistant.triage.exemplars import read_exemplars

    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    paper = make_paper(exemplars, load_engine(Settings.read().regulation), theme=theme, count=count, seed=seed)
    for case in paper.cases:
        typer.echo(msgspec.json.encode(case).decode())
    typer.echo(f"出题 {len(paper.cases)} 道；引擎与标注不一致、没有采用的 {len(paper.refused)} 道", err=True)


@exercise_app.command("check")
def exercise_check(file: Annotated[Path, typer.Argument(help="试卷，每行一个 JSON")]) -> None:
    """核对试卷：逐题由引擎证明答案。"""
    from assistant.exercises import prove, read_paper
    from assistant.triage import load_engine

    engine = load_engine(Settings.read().regulation)
    cases = read_paper(file)
    refuted = [found for case in cases if (found := prove(case, engine))]
    for found in refuted:
        typer.echo(f"{found.case.id}：{found.reason}")
    if refuted:
        raise CheckFailed(f"{len(cases)} 道题里有 {len(refuted)} 道的答案没有得到证明")
    typer.echo(f"{len(cases)} 道题的答案都得到证明")
