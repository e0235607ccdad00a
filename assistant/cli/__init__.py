"""The command line: thin commands, one place where errors become a line and an exit code."""

import sys
from pathlib import Path
from typing import Annotated

import click
import msgspec
import typer

from assistant.cli.corpus import corpus_app, index_app
from assistant.cli.exercise import exercise_app
from assistant.cli.output import AsJson, answer_lines, print_json, required, text_of
from assistant.cli.users import users_app
from assistant.errors import AssistantError, Unavailable
from assistant.settings import Settings

app = typer.Typer(
    help="行政执法过错责任追究研判助手：问条文、辨过错，句句有出处。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(index_app, name="index")
app.add_typer(exercise_app, name="exercise")
app.add_typer(users_app, name="users")

Words = Annotated[str | None, typer.Argument(help="一句话或一段话", show_default=False)]
Batch = Annotated[bool, typer.Option("--jsonl", help="逐行处理 JSONL（参数为文件，缺省读标准输入）")]


@app.command("triage")
def triage_command(text: Words = None, as_json: AsJson = False, jsonl: Batch = False) -> None:
    """说出发生了什么，判断是不是过错、哪一条。"""
    from assistant.triage import accept, load_engine

    engine = load_engine(Settings.read().regulation)
    if jsonl:
        answer_lines(text, lambda row: msgspec.to_builtins(engine.triage(accept(text_of(row)))))
        return
    result = engine.triage(accept(required(text)))
    if as_json:
        print_json({"id": None, **msgspec.to_builtins(result)})
    else:
        from assistant.explain import explain_triage

        typer.echo(explain_triage(result))


@app.command("ask")
def ask_command(text: Words = None, as_json: AsJson = False, jsonl: Batch = False) -> None:
    """问条文，或者说一件事，得到有出处的回答。"""
    from assistant.chat import open_assistant

    assistant = open_assistant(Settings.read())
    if jsonl:
        answer_lines(text, assistant.answer_row)
        return
    reply = assistant.answer_row({"id": None, "text": required(text)})
    if as_json:
        print_json(reply)
    else:
        typer.echo(reply["answer"])


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
    keep: Annotated[bool, typer.Option("--keep", help="记下得分和日期，网页“关于”显示")] = False,
) -> None:
    """运行评测集，低于下限时退出码为 1。"""
    try:
        from evals.run import main as run_evals
    except ModuleNotFoundError:
        raise Unavailable("这里没有评测集：请在源码目录里运行") from None
    run_evals(quiet=quiet, html=html, kept=keep)


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
