"""The few types that every layer around the page shares."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """The first value of a request header, ``name`` in lower case; empty when there is none."""
    for key, value in scope.get("headers", []):
        if key.lower() == name:
            return bytes(value).decode("latin-1")
    return ""


def client_of(scope: Scope) -> str:
    """Who is asking, for counting only: the name that logged in, or the address."""
    user = scope.get("assistant.user")
    return f"user:{user}" if user else f"address:{(scope.get('client') or ('',))[0]}"
