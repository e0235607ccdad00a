"""Who guesses room codes waits: wrong codes are counted per client, in a memory that cannot grow.

With 31^6 codes and 20 tries in ten minutes, a client meets one of ten open rooms once in 80 years or so.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from assistant.errors import BadInput


class TooManyTries(BadInput):
    """Too many wrong codes from one client."""


class Doorkeeper:
    """Counts wrong codes; ``tries`` in ``seconds`` for a client, the ``remembered`` latest clients."""

    def __init__(
        self,
        *,
        tries: int = 20,
        seconds: float = 600,
        remembered: int = 4096,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tries = tries
        self._seconds = seconds
        self._remembered = remembered
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def check(self, client: str) -> None:
        """Raise TooManyTries when ``client`` has to wait."""
        with self._lock:
            since, count = self._of(client)
            if count >= self._tries:
                minutes = math.ceil((since + self._seconds - self._clock()) / 60)
                raise TooManyTries(f"房间码输错太多次：请 {minutes} 分钟后再试，并向老师核对房间码")

    def wrong(self, client: str) -> None:
        """Count one wrong code."""
        with self._lock:
            since, count = self._of(client)
            self._wrong[client] = (since, count + 1)
            self._wrong.move_to_end(client)
            if len(self._wrong) > self._remembered:
                self._wrong.popitem(last=False)

    def _of(self, client: str) -> tuple[float, int]:
        since, count = self._wrong.get(client, (self._clock(), 0))
        return (since, count) if self._clock() - since < self._seconds else (self._clock(), 0)
