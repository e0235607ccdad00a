"""The page: one tab a task. State of a visitor lives in ``gr.State`` only; what the tabs share is the Desk."""

from typing import Any

from assistant.chat import CaseFile
from assistant.web.desk import Desk
from assistant.web.panels.linked import esc
from assistant.web.tabs import about, batch, consult, exercise, law, record
from assistant.web.theme import script


def build(desk: Desk) -> Any:
    """The Blocks of the page."""
    import gradio as gr

    with gr.Blocks(title="执法过错研判助手", fill_width=True) as page:
        case, last = gr.State(CaseFile()), gr.State(None)
        gr.HTML(_masthead(desk), elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("咨询研判", id="consult", elem_id="tab-consult"):
                consult.build(desk, case, last)
            with gr.Tab("法规原文", id="law", elem_id="tab-law", render_children=True):
                law.build(desk, page)
            with gr.Tab("批量研判", id="batch", elem_id="tab-batch"):
                batch.build(desk)
            with gr.Tab("核查记录", id="record", elem_id="tab-record") as tab:
                record.build(desk, tab, case, last)
            with gr.Tab("演练", id="exercise", elem_id="tab-exercise"):
                exercise.build()
            with gr.Tab("关于", id="about", elem_id="tab-about"):
                about.build(desk)
        page.load(None, js=f"() => {{\n{script('page.js')}\n}}")
    return page


def _masthead(desk: Desk) -> str:
    title, count = desk.regulation.title, len(desk.regulation.articles)
    return (
        '<header class="masthead"><h1>行政执法过错责任追究 · 研判助手</h1>'
        f"<p>依据《{esc(title)}》，共 {count} 条。辅助研判，不是处理决定。</p></header>"
    )
