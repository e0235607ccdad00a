"""What goes in and out of a command: a text, or JSON lines answered one by one, in order."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import msgspec
import typer

from assistant.errors import BadInput, CheckFailed

AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def answer_lines(source: str | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadInput(f"第 {number} 行不是 JSON（要用 UTF-8，每行一个对象）") from None
    if not isinstance(row, dict):
        raise BadInput(f'第 {number} 行不是 JSON 对象：应为 {{"id": …, "text": "…"}}')
    if isinstance(row.get("id"), list | dict):
        raise BadInput(f"第 {number} 行的 id 应为文字或数字")
    return row


def text_of(row: dict[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInput('这一行没有 text 字段，或者它不是文字：应为 {"id": …, "text": "…"}')
    return text


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def required(text: str | None) -> str:
    if text is None:
        raise BadInput('缺少文字：请在命令后面写上，例如 python -m assistant triage "小王立案后没有报批就把案子撤了"')
    return text
