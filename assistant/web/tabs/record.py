"""核查记录: the matter told in 咨询研判 as a Word document, seen here first; names hidden where ticked."""

import re
from datetime import datetime
from importlib.metadata import version
from typing import Any

from assistant.chat import CaseFile, Reply
from assistant.web.desk import Desk
from assistant.web.handed import DOCX, handed, tray
from assistant.web.panels.record import NOTHING, record_panel
from assistant.web.record import Record, Wording, record_of, write_record

_INTRO = '<div class="batch"><p>把“咨询研判”里说的这个案子做成一份 Word 文件：案情、要件、条文原话、问责方式、期限、还没有核查的。</p></div>'
_MOST_OTHERS = 50
_AT_ONCE = 8


def build(desk: Desk, tab: Any, case: Any, last: Any) -> None:
    """The tab's contents; ``tab`` itself tells when it is opened, ``case`` and ``last`` hold what was told."""
    import gradio as gr

    gr.HTML(_INTRO)
    with gr.Row(elem_id="record-tools"):
        masked = gr.Checkbox(label="隐去姓名、电话、证件号、车牌", elem_id="record-masked")
        others = gr.Textbox(
            label="还要隐去的词",
            placeholder="程序没认出来的名字、单位，用空格隔开",
            elem_id="record-others",
            visible=False,
        )
        save = gr.Button("做成 Word 文件", variant="primary", interactive=False, elem_id="record-save")
    seen = gr.HTML(NOTHING, elem_id="record")
    file = tray()

    def written(case: CaseFile, last: Reply | None, masked: bool, others: str) -> Record | None:
        triage = desk.assistant.triage(case)
        if triage is None:
            return None
        return record_of(
            triage,
            case,
            desk.engine.pack,
            Wording(case.text, masked=masked, others=re.split(r"[\s、，,；;]+", others or "")[:_MOST_OTHERS]),
            made=datetime.now().astimezone(),
            program=version("enforcement-fault-assistant"),
            model=last.explained_by if last and last.explained_by != "rules" else "",
        )

    def shown(case: CaseFile, last: Reply | None, masked: bool, others: str) -> tuple[str, Any, Any]:
        record = written(case, last, masked, others)
        panel = record_panel(record) if record else NOTHING
        return panel, gr.update(interactive=record is not None), gr.update(visible=masked)

    def saved(case: CaseFile, last: Reply | None, masked: bool, others: str) -> Any:
        record = written(case, last, masked, others)
        if record is None:
            return gr.skip()
        return handed(f"核查记录-{datetime.now():%Y%m%d-%H%M}.docx", DOCX, write_record(record))

    quiet: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "show_progress": "hidden"}
    asked = [case, last, masked, others]
    for event in (tab.select, masked.input, others.submit, others.blur):
        event(shown, asked, [seen, save, others], **quiet)
    save.click(saved, asked, file, **quiet)
