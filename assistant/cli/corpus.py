"""`corpus …` and `index …`: the law's text, its rules, the regulations that users bring, and the search index."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.output import AsJson, print_json
from assistant.errors import BadInput, CheckFailed
from assistant.settings import Settings

corpus_app = typer.Typer(help="法规原文与规则：查看、核对、解析、加入自己的制度。", no_args_is_help=True)
index_app = typer.Typer(help="检索索引：建立、查看状态。", no_args_is_help=True)


@corpus_app.command("show")
def corpus_show(
    reference: Annotated[str, typer.Argument(help="6.5 或 第六条第五项")],
    name: Annotated[str | None, typer.Option("--id", help="制度编号，缺省为本局制度")] = None,
) -> None:
    """显示一条、一款或一项的原文。"""
    from assistant.corpus import Ref

    regulation = _library().load(name or Settings.read().regulation)
    for ref in Ref.parse_many(reference):
        typer.echo(f"{regulation.label(ref)}\n{regulation.text_of(ref)}")


@corpus_app.command("check")
def corpus_check(
    name: Annotated[str | None, typer.Argument(help="编号，缺省为本局制度", show_default=False)] = None,
    with_coverage: Annotated[bool, typer.Option("--coverage", help="逐项列出规则、样例、评测和查准查全")] = False,
) -> None:
    """核对原文与哈希、规则与原文；自己加入的制度还说明规则缺什么。"""
    from assistant.triage import load_pack

    library = _library()
    if name in library.brought():
        _check_brought(library.load(name))
        return
    pack = load_pack(name or Settings.read().regulation)
    regulation = pack.regulation
    typer.echo(f"原文一致：{regulation.title}，共 {len(regulation.articles)} 条，sha256 {regulation.sha256[:12]}…")
    typer.echo(
        f"规则一致：{len(pack.rules) + len(pack.principles) + len(pack.sanctions)} 条规则，引文都是原文，版本 {pack.version[:12]}…"
    )
    if with_coverage:
        _print_coverage(pack)


def _check_brought(regulation: Any) -> None:
    from assistant.triage.scaffold import open_points

    typer.echo(f"原文一致：{regulation.title}，共 {len(regulation.articles)} 条，sha256 {regulation.sha256[:12]}…")
    points = open_points(regulation, Settings.read().data_dir / "regulations" / regulation.id)
    for point in points:
        typer.echo(f"待办：{point}")
    if points:
        raise CheckFailed(f"{regulation.id} 的规则还没有完成，问答可用，研判不可用")


def _print_coverage(pack: Any) -> None:
    from assistant.paths import corpus_dir
    from assistant.triage.coverage import coverage
    from assistant.triage.exemplars import read_exemplars

    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    model = corpus_dir() / "models" / "triage" / pack.regulation.id
    standings = coverage(pack, exemplars, model=model, cases=Path("evals/cases/incidents.jsonl"))
    typer.echo("条项\t线索词\t样例\t评测\t查准\t查全（按作者轮流留出）\t缺口")
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
        print_json(seen)
    else:
        typer.echo(render_outline(seen))


@corpus_app.command("list")
def corpus_list() -> None:
    """列出现有的制度。"""
    library = _library()
    for name in [*library.built_in(), *library.brought()]:
        regulation = library.load(name)
        typer.echo(f"{name}\t{regulation.title}\t{_size(regulation)}\tsha256 {regulation.sha256[:12]}…")


@corpus_app.command("add")
def corpus_add(
    file: Annotated[Path, typer.Argument(help="制度文件：.txt、.md、.docx、.pdf（有文字的）、.html")],
    name: Annotated[str, typer.Option("--id", help="编号，例如 penalty-2010")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接加入")] = False,
) -> None:
    """加入一部制度：先看读出的提纲，同意了才存。"""
    from assistant.corpus import outline_of, remarks, render_outline

    library = _library()
    _, _, reading = library.prepare(file, name)
    typer.echo(render_outline(outline_of(reading)))
    for line in remarks(reading):
        typer.echo(f"请留意：{line}")
    if not yes and not typer.confirm("加入这部制度吗？"):
        typer.echo("没有加入")
        return
    regulation = library.add(file, name)
    typer.echo(f"已加入《{regulation.title}》（{name}），共 {_size(regulation)}；{_index().status().note}")


@corpus_app.command("remove")
def corpus_remove(name: Annotated[str, typer.Argument(help="编号")]) -> None:
    """去掉自己加入的一部制度。"""
    _library().remove(name)
    typer.echo(f"已去掉 {name}；{_index().status().note}")


@corpus_app.command("diff")
def corpus_diff(
    old: Annotated[str, typer.Argument(help="旧版编号")], new: Annotated[str, typer.Argument(help="新版编号")]
) -> None:
    """逐条比较两部制度：修改、移动、新增、删去，并标出字句。"""
    from assistant.corpus import compare

    library = _library()
    for change in compare(library.load(old), library.load(new)):
        places = " → ".join(dict.fromkeys(place for place in (change.old, change.new) if place))
        typer.echo(f"{change.name}\t{places}" + (f"\n  {change.words}" if change.words else ""))


@corpus_app.command("scaffold-rules")
def corpus_scaffold(name: Annotated[str, typer.Argument(help="编号")]) -> None:
    """为一部制度写出规则骨架：每一项的原文都备好，等人来填。"""
    from assistant.triage.scaffold import scaffold

    path = scaffold(_library().load(name), Settings.read().data_dir / "regulations" / name)
    typer.echo(f"已写出 {path}：填好后运行 python -m assistant corpus check {name}")


def _size(regulation: Any) -> str:
    return f"{len(regulation.articles)} 条" if regulation.articles else f"{len(regulation.sections)} 部分"


def _library() -> Any:
    from assistant.corpus import Library

    return Library(Settings.read().data_dir)


@index_app.command("build")
def index_build() -> None:
    """建立检索索引（已经是最新的就不重建）。"""
    typer.echo(_index().status().note)


@index_app.command("status")
def index_status() -> None:
    """查看检索索引。"""
    typer.echo(_index().status().note)


def _index() -> Any:
    from assistant.chat.brought import open_laws

    return open_laws(Settings.read(), _library())
