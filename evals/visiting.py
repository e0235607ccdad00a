"""A page of its own for a script or a test, and how the browser that visits it is started."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 180  # seconds for a start; a few are enough unless the machine is very busy
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_options() -> dict[str, Any]:
    """What Playwright starts Debian's Chromium with; the path is None where there is none."""
    return {"executable_path": shutil.which("chromium"), "args": _FLAGS}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, *command: str, **variables: str) -> Iterator[str]:
    """The address of ``python`` with ``command`` (default app.py), once it takes visitors; ended with the block.

    ``variables`` go into its environment; its data lie in ``folder``/var, the rest as :func:`running` has it.
    """
    port = free_port()
    variables = {"ASSISTANT_PORT": str(port), "ASSISTANT_DATA_DIR": str(folder / "var"), **variables}
    with running(folder, port, sys.executable, *(command or ("app.py",)), **variables):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(folder: Path, port: int, *command: str, **variables: str) -> Iterator[None]:
    """A program while it listens on ``port``; in ``folder`` lie what it printed (log) and its process id (pid).

    Raises RuntimeError with the log when it ends or takes nobody.
    """
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=out, stderr=out)
    (folder / "pid").write_text(str(process.pid), encoding="ascii")
    give_up = time.monotonic() + _PATIENCE
    try:
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{command} did not start: {log.read_text(encoding='utf-8')}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def peak_mb(folder: Path) -> float:
    """The most memory that the page of ``folder`` has taken, in MB."""
    words = Path(f"/proc/{(folder / 'pid').read_text(encoding='ascii')}/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmHWM:") + 1]) / 1024
