"""How much one visitor may ask: bytes in a request, and calls in a minute. Counted in a memory that cannot grow."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from assistant.web.asgi import App, Message, Receive, Scope, Send, client_of, header
from assistant.web.problems import refuse

MIB = 1024 * 1024
#: The most bytes of a request's body, by the beginning of its path; the first that fits counts.
SIZES = (
    ("/gradio_api/upload", 24 * MIB),
    ("/gradio_api/", 8 * MIB),
    ("/api/", MIB),
    ("/join/", MIB),
    ("/class/papers/", 5 * MIB),
    ("/", 64 * 1024),
)


class Meter:
    """A bucket of tokens for each client: ``burst`` at once, ``per_minute`` in the long run, the latest 4096 clients."""

    def __init__(
        self, *, per_minute: float, burst: float, remembered: int = 4096, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._remembered = remembered
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str) -> float:
        """0 when ``client`` may go on and one token is taken, else the seconds to wait."""
        with self._lock:
            now = self._clock()
            at, left = self._left.pop(client, (now, self._burst))
            left = min(self._burst, left + (now - at) * self._rate)
            free = left >= 1
            self._left[client] = (now, left - 1 if free else left)
            if len(self._left) > self._remembered:
                self._left.popitem(last=False)
            return 0.0 if free else (1 - left) / self._rate

    def forget(self, client: str) -> None:
        """Give ``client`` a full bucket again."""
        with self._lock:
            self._left.pop(client, None)


class RateLimit:
    """ASGI middleware: 429 with Retry-After for a client that calls too often."""

    def __init__(self, app: App, *, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _thinks(scope["method"], scope["path"]):
            wait = math.ceil(self._meter.take(client_of(scope)))
            if wait:
                await refuse(send, 429, f"请求太频繁：请 {wait} 秒后再试", {"retry-after": str(wait)})
                return
        await self._app(scope, receive, send)


def _thinks(method: str, path: str) -> bool:
    """True for a call that makes the server think; reading the page itself is not counted."""
    return path.startswith("/api/") or (method == "POST" and path.startswith("/gradio_api/"))


class _TooLarge(Exception):
    """More bytes came than are allowed."""


class SizeLimit:
    """ASGI middleware: 413 for a body that is too large, by what it declares and by what really comes."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = next(size for prefix, size in SIZES if scope["path"].startswith(prefix))
        detail = f"内容太大：最多 {_named(most)}，请分几次提交"
        declared = header(scope, b"content-length")
        if declared.isdecimal() and int(declared) > most:
            await refuse(send, 413, detail, {"connection": "close"})
            return
        came, started, over = 0, False, False

        async def counted() -> Message:
            nonlocal came, over
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                over = True
                raise _TooLarge
            return message

        async def guarded(message: Message) -> None:
            nonlocal started
            if over and not started:
                return  # whatever the framework makes of the broken body, the answer is 413
            started = True
            await send(message)

        with suppress(_TooLarge):
            await self._app(scope, counted, guarded)
        if over and not started:
            await refuse(send, 413, detail, {"connection": "close"})


def _named(size: int) -> str:
    return f"{size // MIB} MB" if size >= MIB else f"{size // 1024} KB"
