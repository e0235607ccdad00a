"""A real HTTP server on loopback that speaks the OpenAI chat protocol, streaming included, and misbehaves on demand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


class _Handler(BaseHTTPRequestHandler):
    scripts: ClassVar[list[str]] = []
    fault = ""
    seen: ClassVar[list[str]] = []
    over: ClassVar[threading.Event]

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            """The client left, as it should when time is up."""

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def _say(self, piece: str) -> None:
        chunk = {
            "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        type(self).seen.append(body)
        fault = type(self).fault
        if fault.isdigit():
            self.send_response(int(fault))
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "no"}}')
            return
        if fault == "slow":
            type(self).over.wait(3)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream" if fault != "html" else "text/html")
        self.end_headers()
        if fault == "html":
            self.wfile.write(b"<html>not json</html>")
            return
        if fault == "dripping":  # alive, and not done within a minute
            for _ in range(1200):
                self._say("还")
                if type(self).over.wait(0.05):
                    break
            return
        if fault == "endless":
            while not type(self).over.is_set():
                self._say("没完没了\n" * 50)
            return
        if fault == "empty":
            self.wfile.write(b"data: [DONE]\n\n")
            return
        if fault == "nonsense":
            self.wfile.write(b"data: {not json\n\n")
            return
        script = type(self).scripts[min(len(type(self).seen), len(type(self).scripts)) - 1]
        pieces = [script[i : i + 7] for i in range(0, len(script), 7)]
        for n, piece in enumerate(pieces):
            if fault == "cut" and n == len(pieces) // 2:
                return
            self._say(piece)
        if fault == "then-slow":
            type(self).over.wait(60)
        self.wfile.write(b"data: [DONE]\n\n")


@contextmanager
def endpoint(*scripts: str, fault: str = "") -> Iterator[tuple[str, list[str]]]:
    """Base URL of an endpoint that answers ``scripts`` one after the other, the last again and again, and the bodies it was sent."""
    seen: list[str] = []
    over = threading.Event()
    handler = type("Handler", (_Handler,), {"scripts": list(scripts), "fault": fault, "seen": seen, "over": over})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
