"""What all tests share: one browser a session, and one core for each process that computes.

NumPy and torch would take every core in every worker and server, and their threads then wait for each other.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from evals.visiting import browser_options

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, headless; skipped with a line where there is none, except under CI=true."""
    options = browser_options()
    if options["executable_path"] is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and under CI=true the browser tests must run")
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**options)
        yield chromium
        chromium.close()
