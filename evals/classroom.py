"""A class of twenty over HTTP, with times, beside a bare server that keeps nothing: ``python -m evals.classroom [--cases 10]``.

Twenty clients join one room by its code and answer every case at the same moment; after each case the trainer stops, reveals and goes
on, and everybody reads the key. A time runs from the request until the page that it leads to is read. At the end all answers must be
in the report. The bare server is the same program stack with forms and pages of the same size, and nothing else: no database, no marks.
"""

import argparse
import asyncio
import io
import os
import re
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from evals.visiting import served

CROWD = 20
_PAGE = 9000  # about what a trainee's page weighs
Times = dict[str, list[float]]


def main() -> None:
    """Run the class on the page, then the same requests on the bare server, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--bare", action="store_true", help="serve the bare pages, for this script itself")
    asked = parser.parse_args()
    if asked.bare:
        bare()
        return
    ours, kept = asyncio.run(_measured(asked.cases))
    base, _ = asyncio.run(_measured(asked.cases, "-m", "evals.classroom", "--bare"))
    print(
        f"{CROWD} clients, {asked.cases} cases, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; answers kept: {kept}"
    )
    print(f"{'':<32}{'page: median':>14}{'p95':>9}{'bare: median':>14}{'p95':>9}   (ms)")
    for name, took in ours.items():
        print(f"{name:<32}{_median(took):>14.0f}{_p95(took):>9.0f}{_median(base[name]):>14.0f}{_p95(base[name]):>9.0f}")


async def _measured(cases: int, *command: str) -> tuple[Times, int]:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), *command) as address:
        async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False, follow_redirects=True) as trainer:
            made = await trainer.post("/class/papers/make", data={"theme": "fault", "count": str(cases), "seed": "1"})
            paper = re.search(r"/class/papers/(\d+)", str(made.url))
            opened = await trainer.post("/class/rooms/", data={"paper": paper[1] if paper else "1"})
            room = opened.url.path
            code = room.strip("/").split("/")[-1]
            clients = [
                httpx.AsyncClient(base_url=address, timeout=60, trust_env=False, follow_redirects=True)
                for _ in range(CROWD)
            ]
            times: Times = {name: [] for name in ("joins", "answers", "sees the key", "asks whether it went on")}
            try:
                await asyncio.gather(*(_join(n, client, code, times) for n, client in enumerate(clients)))
                for number in range(1, cases + 1):
                    await asyncio.gather(*(_answer(n, client, number, times) for n, client in enumerate(clients)))
                    for do in ("stop", "reveal"):
                        (await trainer.post(f"{room}step", data={"do": do})).raise_for_status()
                    await asyncio.gather(
                        *(_timed(client, "GET", "/join/state", times["asks whether it went on"]) for client in clients)
                    )
                    await asyncio.gather(
                        *(_timed(client, "GET", "/join/room", times["sees the key"]) for client in clients)
                    )
                    if number < cases:
                        await trainer.post(f"{room}step", data={"do": "next", "number": str(number)})
                kept = _answers_in((await trainer.get(f"{room}report.xlsx")).content)
            finally:
                for client in clients:
                    await client.aclose()
    return times, kept


async def _join(number: int, client: httpx.AsyncClient, code: str, times: Times) -> None:
    await _timed(client, "POST", "/join/enter", times["joins"], {"code": code, "name": f"{number:02}"})


async def _answer(person: int, client: httpx.AsyncClient, number: int, times: Times) -> None:
    verdict = ("fault", "no_fault", "insufficient")[(person + number) % 3]
    form = {"number": str(number), "verdict": verdict, "certainty": str(1 + person % 3)}
    await _timed(client, "POST", "/join/answer", times["answers"], form)


async def _timed(
    client: httpx.AsyncClient, method: str, path: str, took: list[float], form: dict[str, str] | None = None
) -> None:
    started = time.perf_counter()
    (await client.request(method, path, data=form)).raise_for_status()
    took.append((time.perf_counter() - started) * 1000)


def _answers_in(data: bytes) -> int:
    """How many answers the report's sheet of cases counts; 0 where there is no sheet."""
    from openpyxl import load_workbook

    if data[:2] != b"PK":
        return 0
    sheet = load_workbook(io.BytesIO(data), read_only=True)["题目"]
    return sum(int(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True) if isinstance(row[3], int))


def _median(took: list[float]) -> float:
    return statistics.median(took)


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def bare() -> None:
    """Pages of the same size that keep nothing."""
    import uvicorn
    from fastapi import FastAPI, Request
    from fastapi.responses import HTMLResponse, RedirectResponse, Response

    app = FastAPI()

    @app.post("/{path:path}")
    async def taken(request: Request, path: str) -> Response:
        await request.form()
        return RedirectResponse("/class/rooms/AAAAAA/" if path == "class/rooms/" else "/join/room", status_code=303)

    @app.get("/{path:path}")
    def shown(path: str) -> Response:
        return HTMLResponse("{}" if path == "join/state" else "x" * _PAGE)

    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["ASSISTANT_PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
