"""批量研判: a table in, every row judged, a table out. A visitor's batch lives in ``gr.State`` and nowhere else."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.web.batch import MOST_ROWS, Judged, Table, judge_rows, read_table, tally, workbook
from assistant.web.desk import Desk
from assistant.web.handed import XLSX, handed, tray
from assistant.web.panels import links_of
from assistant.web.panels.linked import lines
from assistant.web.panels.rows import chart, chosen, headline, name_of, preview, progress, rows_table
from assistant.web.panels.verdict import VERDICTS
from assistant.web.theme import script

_INTRO = (
    '<div class="batch"><p>上传一份表格，逐行研判：表里要有一列写案情，每行一件事。</p>'
    f'<p class="hint">可以用 .xlsx、.csv、.jsonl，最多 {MOST_ROWS} 行、20 MB。只在这台服务器上处理，不保存；关掉页面就没有了。</p></div>'
)
_TICK = 0.4  # seconds between two reports of progress
_RUNNING, _AT_ONCE = 2, 8  # batches that are judged at the same moment; lesser presses
_ANY = ("全部", "")


@dataclass(slots=True)
class Batch:
    """One visitor's table, the column chosen, the results so far, and whether to stop."""

    table: Table
    column: int
    judged: list[Judged] = field(default_factory=list)
    stopping: bool = False


def build(desk: Desk) -> None:
    """The tab."""
    import gradio as gr

    pack, link = desk.engine.pack, links_of(desk.regulation)
    batch = gr.State(None)
    gr.HTML(_INTRO)
    upload = gr.UploadButton("选择表格文件", elem_id="batch-file", variant="primary")
    read = gr.HTML("", elem_id="batch-read")
    which = gr.Dropdown([], label="哪一列写的是案情", visible=False, elem_id="batch-column")
    with gr.Row(elem_id="batch-go"):
        start = gr.Button("开始研判", variant="primary", visible=False, elem_id="batch-start")
        stop = gr.Button("停止", visible=False, elem_id="batch-stop")
        save = gr.Button("下载结果（.xlsx）", visible=False, elem_id="batch-save")
    bar = gr.HTML("", elem_id="batch-bar")
    counts = gr.HTML("", elem_id="batch-chart", js_on_load=script("rows.js"))
    with gr.Row(visible=False, elem_id="batch-filters") as filters:
        verdict = gr.Dropdown([_ANY, *((name_of(v), v or "none") for v in (*VERDICTS, None))], label="结论", value="")
        item = gr.Dropdown([_ANY], label="条项", value="")
        words = gr.Textbox(label="案情里有这些词", placeholder="几个词用空格隔开", elem_id="batch-words")
    shown = gr.HTML("", elem_id="batch-rows", js_on_load=script("rows.js"))
    file = tray()

    def uploaded(path: str | None) -> tuple[Any, ...]:
        hidden, none = gr.update(visible=False), ("", "", "")
        if not path:
            return None, "", hidden, hidden, hidden, *none, hidden
        try:
            table = read_table(Path(path))
        except AssistantError as error:
            said = f'<div class="batch sorry"><p role="alert">{lines(str(error))}</p></div>'
            return None, said, hidden, hidden, hidden, *none, hidden
        finally:
            Path(path).unlink(missing_ok=True)  # nothing of it stays on the disk
        columns = gr.Dropdown([(name, n) for n, name in enumerate(table.columns)], value=table.guess, visible=True)
        told = preview(table, table.guess)
        return Batch(table, table.guess), told, columns, gr.update(visible=True), hidden, *none, hidden

    def picked(batch: Batch | None, column: int) -> str:
        return preview(batch.table, column) if batch and 0 <= column < len(batch.table.columns) else ""

    def run(batch: Batch | None, column: int) -> Iterator[dict[Any, Any]]:
        if batch is None or not 0 <= column < len(batch.table.columns):
            yield {}
            return
        batch.column, batch.judged, batch.stopping = column, [], False
        total, told = len(batch.table.rows), time.monotonic()
        busy = {part: gr.update(interactive=False) for part in (upload, start, which)}
        yield {
            **busy,
            stop: gr.update(visible=True),
            save: gr.update(visible=False),
            filters: gr.update(visible=False),
            read: headline(batch.table),
            bar: progress(0, total),
            counts: "",
            shown: "",
        }
        for one in judge_rows(desk.engine, batch.table.rows, column):
            batch.judged.append(one)
            if batch.stopping:
                break
            if time.monotonic() - told > _TICK:
                told = time.monotonic()
                yield {bar: progress(len(batch.judged), total), counts: bars(batch)}
        done = len(batch.judged)
        free = {part: gr.update(interactive=True) for part in (upload, start, which)}
        found = [(pack.labels[ref], ref) for ref in pack.rules if any(ref in _places(one) for one in batch.judged)]
        yield {
            **free,
            stop: gr.update(visible=False),
            save: gr.update(visible=True),
            filters: gr.update(visible=True),
            bar: progress(done, total, stopped=done < total),
            counts: bars(batch),
            verdict: "",
            item: gr.Dropdown([_ANY, *found], value=""),
            words: "",
            shown: rows_table(batch.judged, 0, link),
        }

    def bars(batch: Batch) -> str:
        return chart(tally(batch.judged), pack.labels, list(pack.rules))

    def stopped(batch: Batch | None) -> None:
        if batch:
            batch.stopping = True

    def filtered(batch: Batch | None, verdict: str, item: str, words: str, page: int = 0) -> str:
        if batch is None:
            return ""
        rows = chosen(batch.judged, verdict=verdict or "", item=item or "", words=words or "")
        return rows_table(rows, page, link)

    def turned(batch: Batch | None, verdict: str, item: str, words: str, event: gr.EventData) -> str:
        asked = str((event._data or {}).get("page", "0"))
        return filtered(batch, verdict, item, words, int(asked) if asked.isdecimal() and len(asked) < 6 else 0)

    def pressed(batch: Batch | None, event: gr.EventData) -> tuple[str, str, str]:
        told = event._data or {}
        chosen_verdict, chosen_item = str(told.get("verdict", "")), str(told.get("item", ""))
        if chosen_verdict not in {"", "none", *VERDICTS} or chosen_item not in {"", *pack.labels}:
            chosen_verdict = chosen_item = ""
        return chosen_verdict, chosen_item, filtered(batch, chosen_verdict, chosen_item, "")

    def saved(batch: Batch | None) -> Any:
        if batch is None or not batch.judged:
            return gr.skip()
        data = workbook(batch.table, batch.column, batch.judged, pack)
        return handed(f"{Path(batch.table.name).stem}-研判结果.xlsx", XLSX, data)

    quiet: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "show_progress": "hidden"}
    upload.upload(uploaded, upload, [batch, read, which, start, save, bar, counts, shown, filters], **quiet)
    which.input(picked, [batch, which], read, **quiet)
    parts = [upload, read, start, which, stop, save, filters, bar, counts, verdict, item, words, shown]
    start.click(run, [batch, which], parts, **quiet | {"concurrency_limit": _RUNNING})
    stop.click(stopped, batch, None, queue=False, **quiet)
    narrowing = [batch, verdict, item, words]
    for event in (verdict.input, item.input, words.submit):
        event(filtered, narrowing, shown, **quiet)
    shown.select(turned, narrowing, shown, **quiet)
    counts.select(pressed, batch, [verdict, item, shown], **quiet)
    save.click(saved, batch, file, **quiet)


def _places(one: Judged) -> set[str]:
    return {found.id for found in (*one.provisions, *one.factors)}
