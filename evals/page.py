"""Speed and size of the page in real browsers, beside a bare Gradio page that echoes: ``python -m evals.page``.

Each time is taken inside the browser: from the start of the visit until the box to type in is there, and from the key press
until the verdict is shown. The bare page is the same browser, server and round trip with nothing of ours in it. Twenty at
once are measured three times: as twenty open browsers whose users press when they are ready, as twenty browsers that press in the
same instant (both share this machine's cores with the server), and as twenty clients that press in the same instant and draw nothing.
"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from playwright.async_api import Browser, Page, async_playwright

from evals.visiting import browser_options, peak_mb, served

STORIES = (
    "小王立案后没有报批，第二天就把案子撤了，谁问都不说为什么",
    "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书和清单都没有给",
    "接到投诉拖了两个月没人去，村民火了，把材料送到了纪委",
    "没有监测报告，光凭一张照片就罚了五万，后来法院把决定撤了",
)
CROWD, ROUNDS = 20, 10
PAUSE = 5.0  # mean seconds between two presses of one user
_WATCH = """() => {
  const seen = () => {
    if (!window.ready && document.querySelector('#told textarea')) window.ready = performance.now();
    if (window.pressed && !window.shown && document.querySelector('#panel .verdict')) {
      window.shown = true;
      requestAnimationFrame(() => setTimeout(() => (window.took = performance.now() - window.pressed)));
    }
  };
  new MutationObserver(seen).observe(document, {childList: true, subtree: true});
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    document.querySelector('#panel .verdict')?.remove();
    Object.assign(window, {pressed: performance.now(), shown: false, took: null});
  }, true);
}"""


class Measured(NamedTuple):
    """Seconds and megabytes of one page."""

    cold: float
    paint: float
    answer: float
    office: float
    browsers: float
    clients: float
    memory: float


def main() -> None:
    """Measure the page and the bare one, and print both beside the goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bare", action="store_true", help="serve the bare page, for this script itself")
    if parser.parse_args().bare:
        bare()
        return
    ours, base = asyncio.run(_measure("app.py")), asyncio.run(_measure("-m", "evals.page", "--bare"))
    lines = [
        ("cold to answering", "s", 8.0, ours.cold, base.cold),
        ("first useful paint, median of 5 visits", "s", 1.5, ours.paint, base.paint),
        ("an incident, key press to verdict, median", "s", 0.3, ours.answer, base.answer),
        (f"{CROWD} browsers, a press each {PAUSE:g} s or so, p95", "s", 1.0, ours.office, base.office),
        (f"{CROWD} clients in one instant, p95", "s", 1.0, ours.clients, base.clients),
        (f"{CROWD} browsers in one instant on {os.cpu_count()} cores", "s", 1.0, ours.browsers, base.browsers),
        ("memory of the server after all that", "MB", 900.0, ours.memory, base.memory),
    ]
    print(f"{'':<44}{'page':>10}{'bare page':>12}{'goal':>12}")
    for name, unit, goal, value, other in lines:
        form = "{:.2f}" if unit == "s" else "{:.0f}"
        shown = "holds" if value <= goal else "MISSED"
        print(f"{name:<44}{form.format(value):>10}{form.format(other):>12}{f'<= {goal:g} {unit}':>12}  {shown}")


async def _measure(*command: str) -> Measured:
    with tempfile.TemporaryDirectory() as name:
        folder, started = Path(name), time.perf_counter()
        with served(folder, *command) as address:
            cold = time.perf_counter() - started
            async with async_playwright() as playwright:
                chromium = await playwright.chromium.launch(**browser_options())
                await (await _open(chromium, address)).context.close()  # the browser's own first start does not count
                visits = [await _open(chromium, address) for _ in range(5)]
                paint = statistics.median([await page.evaluate("window.ready") for page in visits]) / 1000
                for page in visits[1:]:
                    await page.context.close()
                single = [await _say(visits[0], STORIES[n % len(STORIES)]) for n in range(ROUNDS)]
                crowd = [await _open(chromium, address) for _ in range(CROWD)]
                browsers = await _one_instant(crowd)
                office = await _own_moments(crowd)
                await chromium.close()
            clients = await _clients(address)
            memory = peak_mb(folder)
    return Measured(cold, paint, statistics.median(single), office, browsers, clients, memory)


async def _one_instant(pages: list[Page]) -> float:
    """The 95th percentile while all browsers press at the same moment, again and again."""
    took: list[float] = []
    for turn in range(3):
        found = await asyncio.gather(*(_say(page, STORIES[(n + turn) % len(STORIES)]) for n, page in enumerate(pages)))
        took += found if turn else []  # the first turn warms up
    return _p95(took)


async def _own_moments(pages: list[Page]) -> float:
    """The 95th percentile while everybody presses at moments of his own."""

    async def user(number: int, page: Page) -> list[float]:
        draw, took = random.Random(number), []
        for turn in range(5):
            await asyncio.sleep(draw.uniform(0, 2 * PAUSE))
            took.append(await _say(page, STORIES[(number + turn) % len(STORIES)]))
        return took

    return _p95([seconds for own in await asyncio.gather(*map(user, range(CROWD), pages)) for seconds in own])


async def _clients(address: str) -> float:
    """The same without browsers: seconds from the press until the server has sent the verdict."""
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        config = (await client.get("/config")).json()
        told = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "told")
        event = next(found for found in config["dependencies"] if [told, "submit"] in found["targets"])
        took: list[float] = []
        for turn in range(5):
            found = await asyncio.gather(*(_press(client, event, f"{turn}-{n}", n) for n in range(CROWD)))
            took += found if turn else []
    return _p95(took)


async def _press(client: httpx.AsyncClient, event: dict[str, Any], session: str, number: int) -> float:
    started = time.perf_counter()
    data = [STORIES[number % len(STORIES)], *[None] * (len(event["inputs"]) - 1)]
    call = {"data": data, "fn_index": event["id"], "session_hash": session, "trigger_id": event["targets"][0][0]}
    if event["queue"] is False:
        answer = await client.post("/gradio_api/run/predict", json=call)
        if answer.status_code != 200 or "verdict" not in answer.text:
            raise RuntimeError(f"no verdict: {answer.status_code} {answer.text[:200]}")
        return time.perf_counter() - started
    (await client.post("/gradio_api/queue/join", json=call)).raise_for_status()
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as lines:
        async for line in lines.aiter_lines():
            if "verdict" in line:
                break
    return time.perf_counter() - started


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


async def _open(chromium: Browser, address: str) -> Page:
    context = await chromium.new_context(locale="zh-CN")
    await context.add_init_script(f"({_WATCH})()")
    page = await context.new_page()
    await page.goto(address)
    await page.wait_for_function("window.ready")
    return page


async def _say(page: Page, text: str) -> float:
    """Seconds from the key press to the verdict."""
    await page.fill("#told textarea", text)
    await page.keyboard.press("Enter")
    took: Any = await (await page.wait_for_function("window.took", polling=250)).json_value()
    return float(took) / 1000


def bare() -> None:
    """A Gradio page with a box and an echo."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    def echo(text: str) -> tuple[str, str]:
        return "", f'<p class="verdict">{text}</p>'

    with gr.Blocks() as page:
        box = gr.Textbox(elem_id="told")
        panel = gr.HTML(elem_id="panel")
        box.submit(echo, box, [box, panel], concurrency_limit=CROWD, show_progress="hidden")
    page.launch(server_port=int(os.environ["ASSISTANT_PORT"]), quiet=True)


if __name__ == "__main__":
    main()
