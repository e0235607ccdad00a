"""Who may log in: one file of names, hashed passwords and roles, made by ``python -m assistant users``.

JSON or YAML, ``{"users": {NAME: {"password": "$argon2id$…", "role": "trainer" | "officer"}}}``. It is read again when it
changes, so that a name taken out is out at once. Beside it lies the secret that signs sessions; both are the owner's only.
"""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING, Literal, get_args

import yaml

from assistant.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["trainer", "officer"]
_SHORTEST = 8
_LONGEST = 200
_NAME_LONGEST = 40
_AT_ONCE = Semaphore(2)  # one check of a password takes 64 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A name, its role, and the argon2 hash of its password."""

    name: str
    role: Role
    password: str

    @property
    def stamp(self) -> str:
        """Changes with the password, so that old sessions end."""
        return hashlib.sha256(self.password.encode()).hexdigest()[:16]


class Accounts:
    """The users of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._users: dict[str, User] = {}

    def users(self) -> dict[str, User]:
        """Everybody by name; raises BadInput for a file that cannot be understood, Unavailable for one that cannot be read."""
        try:
            stat = self.path.stat()
            if self._seen != (stat.st_mtime_ns, stat.st_size):
                self._users = _read(self.path)
                self._seen = (stat.st_mtime_ns, stat.st_size)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise Unavailable(f"读不了用户文件 {self.path}：{error.strerror}") from None
        return self._users

    def check(self, name: str, password: str) -> User | None:
        """The user when the password is right. Takes as long for a name that is not there."""
        hasher = _hasher()
        from argon2.exceptions import InvalidHashError, VerificationError

        user = self.users().get(name)
        with _AT_ONCE:
            try:
                hasher.verify(user.password if user else _nobody(), password[:_LONGEST])
            except (VerificationError, InvalidHashError):
                return None
        return user

    def add(self, name: str, password: str, role: Role) -> None:
        """Add a user, or give one a new password and role; raises BadInput for a name or password that will not do."""

        plain = name.isprintable() and ":" not in name and name == name.strip()
        if not plain or not 1 <= len(name) <= _NAME_LONGEST:
            raise BadInput(f"用户名“{name}”不能用：请写 1 至 {_NAME_LONGEST} 个字，不含冒号和首尾空格，例如 zhangsan")
        if not _SHORTEST <= len(password) <= _LONGEST:
            raise BadInput(f"密码要 {_SHORTEST} 至 {_LONGEST} 个字符")
        user = User(name=name, role=role, password=_hasher().hash(password))
        self._write({**self.users(), name: user})

    def remove(self, name: str) -> None:
        """Take a user out; raises BadInput when there is none of this name."""
        kept = dict(self.users())
        if kept.pop(name, None) is None:
            names = "、".join(kept) or "（还没有）"
            raise BadInput(f"没有用户“{name}”：现有 {names}")
        self._write(kept)

    def secret(self) -> str:
        """The key that signs sessions, made at the first call; raises Unavailable when it cannot be kept."""
        path = self.path.with_name(self.path.name + ".secret")
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        except OSError as error:
            raise Unavailable(f"写不了会话密钥 {path}：{error.strerror}") from None
        found = path.read_text(encoding="ascii").strip()
        if len(found) < 64:
            raise Unavailable(f"会话密钥 {path} 不完整：请删掉它再启动，大家要重新登录一次")
        return found

    def _write(self, users: dict[str, User]) -> None:
        content = {"users": {user.name: {"password": user.password, "role": user.role} for user in users.values()}}
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False, indent=1)  # JSON is YAML too
            fresh.replace(self.path)
        except OSError as error:
            raise Unavailable(f"写不了用户文件 {self.path}：{error.strerror}") from None
        self._seen = None


def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher
    except ImportError:
        raise Unavailable("没有安装网页组件：请运行 pip install -e '.[web]'，或用 make run") from None
    return PasswordHasher()


def _nobody() -> str:
    """A hash that no password has."""
    salt = "c29tZXNhbHRzb21lc2FsdA"
    return f"$argon2id$v=19$m=65536,t=3,p=4${salt}${'A' * 43}"


def _read(path: Path) -> dict[str, User]:
    accepted = '应为 {"users": {"名字": {"password": "$argon2id$…", "role": "officer"}}}，用 python -m assistant users add 生成'
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = content["users"]
        found = {
            name: User(name=name, role=row.get("role", "officer"), password=row["password"])
            for name, row in rows.items()
        }
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError):
        raise BadInput(f"看不懂用户文件 {path}：{accepted}") from None
    for user in found.values():
        if (
            not isinstance(user.name, str)
            or user.role not in get_args(Role)
            or not str(user.password).startswith("$argon2")
        ):
            raise BadInput(f"用户文件 {path} 里“{user.name}”一项不对：{accepted}")
    return found
