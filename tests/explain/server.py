"""A real HTTP server on loopback that speaks the OpenAI chat protocol, streaming included, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


class _Handler(BaseHTTPRequestHandler):
    script = ""
    fault = ""
    seen: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

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
            time.sleep(3)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream" if fault != "html" else "text/html")
        self.end_headers()
        if fault == "html":
            self.wfile.write(b"<html>not json</html>")
            return
        pieces = [type(self).script[i : i + 7] for i in range(0, len(type(self).script), 7)]
        for n, piece in enumerate(pieces):
            if fault == "cut" and n == len(pieces) // 2:
                return
            chunk = {
                "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake",
                "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()
        self.wfile.write(b"data: [DONE]\n\n")


@contextmanager
def endpoint(script: str, *, fault: str = "") -> Iterator[tuple[str, list[str]]]:
    """Base URL of an endpoint that answers ``script``, and the bodies it was sent."""
    seen: list[str] = []
    handler = type("Handler", (_Handler,), {"script": script, "fault": fault, "seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
