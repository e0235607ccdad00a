"""Lets an open page rest: a script that has to run before Gradio's own stands first in the head of the page.

Gradio puts what it is given as ``head`` into the page only after its own scripts have begun.
"""

from assistant.web.asgi import App, Message, Receive, Scope, Send
from assistant.web.theme import script

_SCRIPT = f"<head><script>\n{script('frames.js')}</script>".encode()


class Resting:
    """ASGI middleware that puts the script into the page at ``/``; everything else passes through untouched."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def held(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = body.replace(b"<head>", _SCRIPT, 1)
            kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
            await send({"type": "http.response.body", "body": body})

        plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, held)
