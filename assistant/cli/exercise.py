"""`exercise …`: papers made from the exemplars, and their keys proved by the engine."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import BadInput, CheckFailed
from assistant.settings import Settings

exercise_app = typer.Typer(help="练习：出题与核对答案。", no_args_is_help=True)
_TEXTS = {"jsonl", "gift", "moodle"}


@exercise_app.command("make")
def exercise_make(
    theme: Annotated[str, typer.Option(help="条（6）、项（6.7、11.1）、结论（no_fault）或行为人（head）")],
    count: Annotated[int, typer.Option(help="题数", min=1, max=500)] = 10,
    seed: Annotated[int, typer.Option(help="随机种子，同一种子出同样的题")] = 1,
    difficulty: Annotated[str | None, typer.Option(help="easy、middle 或 hard，缺省不限")] = None,
    format: Annotated[str, typer.Option(help="jsonl、gift、moodle、xlsx、apkg、docx 或 docx-key")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="写入文件；文字格式缺省打印出来")] = None,
) -> None:
    """从样例里出题：只收引擎能证明答案的题。"""
    from assistant.exercises import make_paper
    from assistant.exercises.formats import FORMATS, write_paper
    from assistant.paths import corpus_dir
    from assistant.triage import load_engine
    from assistant.triage.exemplars import read_exemplars

    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    engine = load_engine(Settings.read().regulation)
    paper = make_paper(exemplars, engine, theme=theme, count=count, seed=seed, difficulty=difficulty)
    data = write_paper(paper, engine.pack, format=format)
    if out is None and format not in _TEXTS:
        kind = "答案" if format == "docx-key" else "试卷"
        out = Path(f"{kind}-{theme}-{seed}{FORMATS[format].suffix}")
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            out.write_bytes(data)
        except OSError as error:
            raise BadInput(f"写不了 {out}：{error.strerror}，请换一个文件夹") from None
        typer.echo(f"已写入 {out}", err=True)
    refused = "".join(f"\n  {one.case.id}：{one.reason}" for one in paper.refused[:5])
    typer.echo(f"出题 {len(paper.cases)} 道；引擎与标注不一致、没有采用的 {len(paper.refused)} 道{refused}", err=True)


@exercise_app.command("check")
def exercise_check(file: Annotated[Path, typer.Argument(help="试卷：.jsonl、.gift、.xml 或 .xlsx")]) -> None:
    """核对试卷：逐题由引擎证明答案。"""
    from assistant.exercises import prove
    from assistant.exercises.formats import read_paper_file
    from assistant.triage import load_engine

    engine = load_engine(Settings.read().regulation)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"读不了试卷 {file}：{error.strerror}") from None
    cases = read_paper_file(data, engine.pack, name=file.name)
    refuted = [found for case in cases if (found := prove(case, engine))]
    for found in refuted:
        typer.echo(f"{found.case.id}：{'答案被否定' if found.refuted else '答案证明不了'}，{found.reason}")
    if refuted:
        raise CheckFailed(f"{len(cases)} 道题里有 {len(refuted)} 道的答案没有得到证明")
    typer.echo(f"{len(cases)} 道题的答案都得到证明")
