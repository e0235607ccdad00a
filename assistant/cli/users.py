"""`users …`: who may log in to the page when it is served to other machines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import BadInput
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.web.accounts import Accounts

users_app = typer.Typer(help="网页的登录用户：添加、列出、去掉。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="用户名", show_default=False)]
UsersFile = Annotated[
    Path | None, typer.Option("--file", help="用户文件，缺省为 ASSISTANT_USERS 或数据目录里的 users.json")
]


@users_app.command("add")
def users_add(
    name: Name,
    trainer: Annotated[bool, typer.Option("--trainer", help="教员：可以办练习房间")] = False,
    file: UsersFile = None,
) -> None:
    """添加用户，或者给已有的用户换密码（密码要输两遍，不会显示）。"""
    accounts = _accounts(file)
    password = typer.prompt("密码", hide_input=True)
    if typer.prompt("再输一遍", hide_input=True) != password:
        raise BadInput("两次输入的密码不一样：请重新运行")
    accounts.add(name, password, "trainer" if trainer else "officer")
    typer.echo(f"已写入 {accounts.path}；启动前设 ASSISTANT_USERS={accounts.path}，网页就要登录")


@users_app.command("list")
def users_list(file: UsersFile = None) -> None:
    """列出用户和角色。"""
    for user in _accounts(file).users().values():
        typer.echo(f"{user.name}\t{'教员' if user.role == 'trainer' else '办案人员'}")


@users_app.command("remove")
def users_remove(name: Name, file: UsersFile = None) -> None:
    """去掉用户；他已经打开的网页马上要重新登录。"""
    accounts = _accounts(file)
    accounts.remove(name)
    typer.echo(f"已从 {accounts.path} 去掉 {name}")


def _accounts(file: Path | None) -> "Accounts":
    from assistant.web.accounts import Accounts

    settings = Settings.read()
    return Accounts(file or settings.users_file or settings.data_dir / "users.json")
