"""A page of its own for a script: ``python app.py`` on a free port, ended by its process."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(folder: Path, *command: str) -> Iterator[str]:
    """The address, once the page of ``command`` (default app.py) answers; its data lie in ``folder``, its process id in pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {
        **os.environ,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_DATA_DIR": str(folder),
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    process = subprocess.Popen(
        [sys.executable, *(command or ("app.py",))], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    (folder / "pid").write_text(str(process.pid), encoding="ascii")
    address = f"http://127.0.0.1:{port}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(600):
            try:
                with direct.open(address, timeout=2):
                    break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("the page did not start") from None
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
