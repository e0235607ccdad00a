"""How a request shows who sends it: a signed cookie from the login page, or HTTP Basic from a program."""

import base64
import binascii
import hashlib
import math
from collections import OrderedDict
from dataclasses import dataclass

from anyio.to_thread import run_sync
from itsdangerous import BadData, URLSafeTimedSerializer

from assistant.web.accounts import Accounts, User
from assistant.web.limits import Meter

LASTS = 12 * 3600  # seconds until one has to log in again
_REMEMBERED = 256


class TooManyTries(Exception):
    """Too many passwords tried; ``seconds`` to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = math.ceil(seconds)
        super().__init__(f"输密码的次数太多：请 {self.seconds} 秒后再试")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Cookies that hold a name and the stamp of its password. Nothing of them is kept on the server."""

    accounts: Accounts
    secret: str

    def open(self, user: User) -> str:
        """The cookie's value for ``user``."""
        return str(self._signer().dumps([user.name, user.stamp]))

    def user(self, value: str) -> User | None:
        """Whose cookie it is; None when it is forged or old, the name is gone or the password has changed."""
        try:
            name, stamp = self._signer().loads(value, max_age=LASTS)
        except (BadData, TypeError, ValueError):
            return None
        user = self.accounts.users().get(name)
        return user if user and user.stamp == stamp else None

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt="session", signer_kwargs={"digest_method": hashlib.sha256})


class Passwords:
    """Checks passwords and slows down who guesses them: ten tries at once for a client, then six a minute."""

    def __init__(self, accounts: Accounts, secret: str) -> None:
        self._accounts = accounts
        self._secret = secret
        self._tries = Meter(per_minute=6, burst=10)
        self._right: OrderedDict[str, tuple[str, str]] = OrderedDict()

    async def check(self, client: str, name: str, password: str) -> User | None:
        """The user when the password is right; raises TooManyTries."""
        wait = self._tries.take(client)
        if wait:
            raise TooManyTries(wait)
        user = await run_sync(self._accounts.check, name, password)
        if user:
            self._tries.forget(client)
        return user

    async def basic(self, client: str, authorization: str) -> User | None:
        """The user of an Authorization header; a right one is remembered, because checking takes a tenth of a second.

        Raises TooManyTries.
        """
        key = hashlib.sha256((self._secret + authorization).encode()).hexdigest()
        name, stamp = self._right.get(key, ("", ""))
        known = self._accounts.users().get(name)
        if known and known.stamp == stamp:
            return known
        scheme, _, encoded = authorization.partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user = await self.check(client, name, password)
        if user:
            self._right[key] = (user.name, user.stamp)
            if len(self._right) > _REMEMBERED:
                self._right.popitem(last=False)
        return user
