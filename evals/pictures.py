"""The pictures in docs/: every tab at office and phone width, light and dark: ``python -m evals.pictures [--out docs]``.

Needs Chromium and pillow. The page is started on a free port and stopped again; pictures are small PNGs with a palette.
"""

import argparse
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from evals.visiting import ROOT, browser_options, served

CASE = "3月5日立案后小王没有报批，第二天就把案子撤了，谁问都不说为什么。后来他主动交代，把案子重新立了起来。"
_PATIENCE = 180_000  # milliseconds
_HEIGHTS = {1280: 1500, 390: 1900}


def _consult(page: Any) -> None:
    page.fill("#told textarea", CASE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .verdict")


def _law(page: Any) -> None:
    page.evaluate("location.hash = 'law-6.5'; dispatchEvent(new PopStateEvent('popstate'))")
    page.wait_for_selector(".law .lit")


def _batch(page: Any) -> None:
    page.click("#tab-batch-button")
    with page.expect_file_chooser() as chooser:
        page.click("#batch-file")
    chooser.value.set_files(ROOT / "evals" / "cases" / "incidents.jsonl")
    page.click("#batch-start")
    page.wait_for_selector("#batch-rows table")
    page.click("#batch-rows summary >> nth=0")


def _record(page: Any) -> None:
    _consult(page)
    page.click(".to-record a")
    page.wait_for_selector("#record h2")


def _exercise(page: Any) -> None:
    page.click("#tab-exercise-button")
    page.frame_locator("iframe.practice").locator("h1, h2").first.wait_for()


def _about(page: Any) -> None:
    page.click("#tab-about-button")
    page.wait_for_selector("#about table")


TABS: dict[str, Callable[[Any], None]] = {
    "consult": _consult,
    "law": _law,
    "batch": _batch,
    "record": _record,
    "exercise": _exercise,
    "about": _about,
}


def main() -> None:
    """Take every picture and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser_options())
        for scheme in ("light", "dark"):
            for width in (1280, 390):
                for name, visit in TABS.items():
                    context = chromium.new_context(
                        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
                    )
                    context.set_default_timeout(_PATIENCE)
                    page = context.new_page()
                    page.goto(address)
                    page.wait_for_selector("#told textarea")
                    visit(page)
                    page.wait_for_timeout(600)
                    path = out / f"{name}-{width}-{scheme}.png"
                    save(page.screenshot(full_page=name != "law"), path, height=_HEIGHTS[width])
                    context.close()
                    print(f"{path}  {path.stat().st_size // 1024} kB")
        chromium.close()


def save(shot: bytes, path: Path, *, height: int) -> None:
    """``shot`` cut at ``height`` pixels, with a palette of 128 colours."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, height)))
    image.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
