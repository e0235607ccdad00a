"""What all tests share: nothing is skipped under CI=true, one browser a session, and one core for each process that computes.

NumPy and torch would take every core in every worker and server, and their threads then wait for each other.
"""

import os
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from evals.visiting import browser_options

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip says what is missing here; where CI=true, nothing may be missing, and the test fails with that line."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI=true forbids: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, headless."""
    options = browser_options()
    if options["executable_path"] is None:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**options)
        yield chromium
        chromium.close()
