"""A page with settings of its own, served by ``python app.py`` on a free port and ended by its process."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web.conftest import ROOT, free_port


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[str]:
    """The address, once the page is ready; ``variables`` go into its environment."""
    port = free_port()
    env = {**os.environ, "ASSISTANT_PORT": str(port), "ASSISTANT_DATA_DIR": str(folder / "var"), **variables}
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(240):
            try:
                with direct.open(f"{address}/healthz", timeout=1):
                    break
            except OSError:
                assert process.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
