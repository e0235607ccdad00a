"""The command line: thin commands, one place where errors become a line and an exit code."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import click
import msgspec
import typer

from assistant.errors import AssistantError, BadInput, CheckFailed, Unavailable
from assistant.settings import Settings

app = typer.Typer(
    help="行政执法过错责任追究研判助手：问条文、辨过错，句句有出处。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="法规原文与规则：查看、核对、解析。", no_args_is_help=True)
index_app = typer.Typer(help="检索索引：建立、查看状态。", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
exercise_app = typer.Typer(help="练习：出题与核对答案。", no_args_is_help=True)
app.add_typer(index_app, name="index")
app.add_typer(exercise_app, name="exercise")

Words = Annotated[str | None, typer.Argument(help="一句话或一段话", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
Batch = Annotated[bool, typer.Option("--jsonl", help="逐行处理 JSONL（参数为文件，缺省读标准输入）")]


@app.command("triage")
def triage_command(text: Words = None, as_json: AsJson = False, jsonl: Batch = False) -> None:
    """说出发生了什么，判断是不是过错、哪一条。"""
    from assistant.triage import accept, load_engine

    engine = load_engine(Settings.read().regulation)
    if jsonl:
        _batch(text, lambda row: msgspec.to_builtins(engine.triage(accept(_text(row)))))
        return
    result = engine.triage(accept(_required(text)))
    if as_json:
        _print_json({"id": None, **msgspec.to_builtins(result)})
    else:
        from assistant.explain import explain_triage

        typer.echo(explain_triage(result))


@app.command("ask")
def ask_command(text: Words = None, as_json: AsJson = False, jsonl: Batch = False) -> None:
    """问条文，或者说一件事，得到有出处的回答。"""
    from assistant.chat import open_assistant

    assistant = open_assistant(Settings.read())
    if jsonl:
        _batch(text, assistant.answer_row)
        return
    reply = assistant.answer_row({"id": None, "text": _required(text)})
    if as_json:
        _print_json(reply)
    else:
        typer.echo(reply["answer"])


@corpus_app.command("show")
def corpus_show(reference: Annotated[str, typer.Argument(help="6.5 或 第六条第五项")]) -> None:
    """显示一条、一款或一项的原文。"""
    from assistant.corpus import Ref, load

    regulation = load(Settings.read().regulation)
    for ref in Ref.parse_many(reference):
        typer.echo(f"{regulation.label(ref)}\n{regulation.text_of(ref)}")


@corpus_app.command("check")
def corpus_check(
    with_coverage: Annotated[bool, typer.Option("--coverage", help="逐项列出规则、样例、评测和查准查全")] = False,
) -> None:
    """核对原文与哈希、规则与原文。"""
    from assistant.triage import load_pack

    pack = load_pack(Settings.read().regulation)
    regulation = pack.regulation
    typer.echo(f"原文一致：{regulation.title}，共 {len(regulation.articles)} 条，sha256 {regulation.sha256[:12]}…")
    typer.echo(
        f"规则一致：{len(pack.rules) + len(pack.principles) + len(pack.sanctions)} 条规则，引文都是原文，版本 {pack.version[:12]}…"
    )
    if with_coverage:
        _print_coverage(pack)


def _print_coverage(pack: Any) -> None:
    from assistant.paths import corpus_dir
    from assistant.triage.coverage import coverage
    from assistant.triage.exemplars import read_exemplars

    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    model = corpus_dir() / "models" / "triage" / pack.regulation.id
    standings = coverage(pack, exemplars, model=model, cases=Path("evals/cases/incidents.jsonl"))
    typer.echo("条项\t线索词\t样例\t评测\t查准\t查全（按作者留出的交叉验证）\t缺口")
    for item in standings:
        measured = ["—" if value is None else f"{value:.2f}" for value in (item.precision, item.recall)]
        row = [item.ref, str(item.cues), str(item.exemplars), str(item.evals), *measured, "、".join(item.gaps) or "无"]
        typer.echo("\t".join(row))


@corpus_app.command("outline")
def corpus_outline(
    file: Annotated[Path, typer.Argument(help="法规文件（.txt、.md）")], as_json: AsJson = False
) -> None:
    """看解析器在一个文件里读出了什么。"""
    from assistant.corpus import outline, render_outline

    try:
        seen = outline(file.read_bytes())
    except OSError as error:
        raise BadInput(f"读不了文件 {file}：{error.strerror}") from None
    if as_json:
        _print_json(seen)
    else:
        typer.echo(render_outline(seen))


@app.command("serve")
def serve_command(
    port: Annotated[int | None, typer.Option(help="端口")] = None,
    host: Annotated[str | None, typer.Option(help="地址")] = None,
) -> None:
    """打开网页，同 python app.py。"""
    from dataclasses import replace

    from assistant.web import serve

    settings = Settings.read()
    serve(replace(settings, port=port or settings.port, host=host or settings.host))


@app.command("eval")
def eval_command(
    quiet: Annotated[bool, typer.Option("--quiet", help="只打印总表")] = False,
    html: Annotated[Path | None, typer.Option(help="另存为一个 HTML 文件")] = None,
) -> None:
    """运行评测集，低于下限时退出码为 1。"""
    try:
        from evals.run import main as run_evals
    except ModuleNotFoundError:
        raise Unavailable("这里没有评测集：请在源码目录里运行") from None
    run_evals(quiet=quiet, html=html)


@index_app.command("build")
def index_build() -> None:
    """建立检索索引（已经是最新的就不重建）。"""
    typer.echo(_index().status().note)


@index_app.command("status")
def index_status() -> None:
    """查看检索索引。"""
    typer.echo(_index().status().note)


def _index() -> Any:
    from assistant.corpus import load
    from assistant.retrieval import chunks_of, open_index

    settings = Settings.read()
    chunks = chunks_of(load(settings.regulation))
    return open_index(
        settings.data_dir / "index",
        chunks,
        model=settings.embedding,
        reranker=settings.reranker,
        chroma_url=settings.chroma_url,
    )


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


def _required(text: str | None) -> str:
    if text is None:
        raise BadInput('缺少文字：请在命令后面写上，例如 python -m assistant triage "小王立案后没有报批就把案子撤了"')
    return text


def _text(row: dict[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInput('这一行没有 text 字段，或者它不是文字：应为 {"id": …, "text": "…"}')
    return text


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _batch(source: str | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """A line in, a line out, in order; a bad line gives its error in its place and exit code 1 at the end."""
    encode = msgspec.json.Encoder().encode
    seen: set[object] = set()
    bad = 0
    for number, line in _lines(source):
        identity: object = None
        try:
            row = _row(line, number)
            identity = row.get("id")
            if identity is not None and identity in seen:
                raise BadInput(f"第 {number} 行的 id {identity!r} 与前面重复")
            seen.add(identity)
            out = {"id": identity, **answer(row)}
        except BadInput as error:
            bad += 1
            out = {"id": identity, "error": str(error)}
        sys.stdout.buffer.write(encode(out) + b"\n")
    sys.stdout.buffer.flush()
    if bad:
        raise CheckFailed(f"有 {bad} 行没有处理，原因写在该行的 error 里；其余各行已答")


def _lines(source: str | None) -> Iterator[tuple[int, bytes]]:
    if source in {None, "-"}:
        yield from _filled(sys.stdin.buffer)
        return
    try:
        with Path(source or "").open("rb") as stream:
            yield from _filled(stream)
    except OSError as error:
        raise BadInput(f"读不了文件 {source}：{error.strerror}") from None


def _filled(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(stream, 1) if line.strip())


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadInput(f"第 {number} 行不是 JSON（要用 UTF-8，每行一个对象）") from None
    if not isinstance(row, dict):
        raise BadInput(f'第 {number} 行不是 JSON 对象：应为 {{"id": …, "text": "…"}}')
    if isinstance(row.get("id"), list | dict):
        raise BadInput(f"第 {number} 行的 id 应为文字或数字")
    return row


def main() -> None:
    """Run a command; every AssistantError becomes one line on standard error and its exit code."""
    try:
        code = app(standalone_mode=False)
    except AssistantError as error:
        typer.echo(f"错误：{error}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        typer.echo(f"用法不对：{error.format_message()}（加 --help 看用法）", err=True)
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        code = 2
    except BrokenPipeError:
        code = 0
    sys.exit(code)
