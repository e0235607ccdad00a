"""The pictures of a class in docs/: the trainer's desk and board, a trainee's phone, the report: ``python -m evals.class_pictures``.

One browser teaches, one answers on a phone, seven clients more answer over HTTP as the engine would, or wrongly, so that the report has
something to say.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from assistant.triage import load_engine
from evals.pictures import save
from evals.visiting import browser_options, served

CASES, OTHERS = 4, 7


def main() -> None:
    """Hold the class and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    out, engine = parser.parse_args().out, load_engine("xushui-2020")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser_options())
        trainer, phone = (_page(chromium, width) for width in (1280, 390))
        trainer.goto(f"{address}/class/")
        trainer.fill("input[name=title]", "第六条练习")
        trainer.fill("input[name=count]", str(CASES))
        trainer.click("button:has-text('出题')")
        trainer.wait_for_selector("text=答案都由引擎核对一致")
        _take(trainer, out / "class-paper-1280.png")
        trainer.click("button:has-text('开一个房间')")
        code = trainer.inner_text(".code").strip()
        phone.goto(f"{address}/join/?room={code}")
        phone.fill("#name", "张三")
        phone.click("button:has-text('进入')")
        others = [_joined(address, code, number) for number in range(1, OTHERS + 1)]
        for case in range(1, CASES + 1):
            phone.wait_for_selector(f"text=第 {case} / {CASES} 题")
            _answer(phone)
            read = engine.triage(phone.inner_text("blockquote"))
            items = [p.id for p in read.provisions if p.status == "met"]
            factors = [factor.id for factor in (*read.mitigating, *read.aggravating)]
            right = {"verdict": read.verdict, "provisions": items, "factors": factors}
            for number, client in enumerate(others, 1):
                knows = (number * case) % 4 != 0
                told = right if knows else {"verdict": "no_fault"}
                client.post(
                    "/join/answer", data={"number": str(case), "certainty": str(1 + number % 3), **told}
                ).raise_for_status()
            if case == 1:
                _take(phone, out / "class-trainee-390.png")
            trainer.click("button:has-text('公布答案')")
            trainer.wait_for_selector("text=关键在哪里")
            phone.wait_for_selector("text=关键在哪里")
            if case == 1:
                _take(trainer, out / "class-board-1280.png")
                _take(phone, out / "class-key-390.png")
            trainer.click("button:has-text('结束')" if case == CASES else "button:has-text('下一题')")
        trainer.goto(f"{trainer.url}report")
        _take(trainer, out / "class-report-1280.png")
        chromium.close()
        for client in others:
            client.close()


def _page(chromium: Any, width: int) -> Any:
    return chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()


def _joined(address: str, code: str, number: int) -> httpx.Client:
    client = httpx.Client(base_url=address, timeout=60, trust_env=False, follow_redirects=True)
    client.post("/join/enter", data={"code": code, "name": f"{number:02}"}).raise_for_status()
    return client


def _answer(page: Any) -> None:
    page.check("input[name=verdict][value=fault]")
    page.check("input[name=provisions] >> nth=0")
    page.check("input[name=certainty][value='3']")
    page.click("form[action='/join/answer'] button")
    page.wait_for_selector("text=收到了")


def _take(page: Any, path: Path) -> None:
    width = page.viewport_size["width"]
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('.steps')?.style.setProperty('position', 'static')")
    save(page.screenshot(full_page=True), path, height=1600 if width > 1000 else 2200)
    print(f"{path}  {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
