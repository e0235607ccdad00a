"""法规原文: the regulation to read and to search; others that the users brought; two versions compared."""

from typing import Any

from assistant.corpus import Library, Ref, Regulation
from assistant.errors import AssistantError, BadInput
from assistant.web.desk import Desk
from assistant.web.panels import changes_panel, contents, law_panel
from assistant.web.panels.law import anchor, hits_line
from assistant.web.panels.linked import esc, lines
from assistant.web.theme import script

_ALONE = (
    '<p class="hint">现在只有本局这一部制度。要加入别的制度或者旧版本，请管理员运行 '
    "<code>python -m assistant corpus add 文件 --id 编号</code>，刷新本页就能选读和比较。</p>"
)


def build(desk: Desk, page: Any) -> None:
    """The tab; ``page`` is the Blocks, whose load fills in the regulations that are there by then."""
    import gradio as gr

    library = Library(desk.settings.data_dir)
    home = desk.settings.regulation

    def choices() -> list[tuple[str, str]]:
        names = dict.fromkeys([home, *library.built_in(), *library.brought()])
        return [(f"{library.load(name).title}（{name}）", name) for name in names]

    def read(name: str, query: str) -> tuple[str, str, str]:
        try:
            law = library.load(name)
        except AssistantError as error:
            return f"<p>{lines(str(error))}</p>", "", ""
        return _found(law, "" if name == home else name, query.strip())

    def compared(old: str, new: str) -> str:
        try:
            return changes_panel(library.load(old), library.load(new))
        except AssistantError as error:
            return f"<p>{lines(str(error))}</p>"

    def asked(event: gr.EventData) -> tuple[Any, str, str, str, str]:
        name = str((event._data or {}).get("law") or home)
        return name, "", *read(name, "")

    def refreshed() -> tuple[Any, Any, Any, Any, str]:
        found = choices()
        several = len(found) > 1
        dropdown = gr.Dropdown(choices=found, visible=several)
        pair = gr.Dropdown(choices=found, visible=several)
        return dropdown, pair, pair, gr.Button(visible=several), "" if several else _ALONE

    with gr.Row(elem_id="law-tools"):
        which = gr.Dropdown(choices(), value=home, label="读哪一部", elem_id="law-which", visible=len(choices()) > 1)
        query = gr.Textbox(
            label="查找",
            placeholder="写词语（几个词用空格隔开），或者写条号：第六条第五项、6.5",
            elem_id="law-query",
            submit_btn="查找",
        )
    found = gr.HTML("", elem_id="law-found")
    with gr.Row(elem_id="law-book"):
        with gr.Column(scale=2, min_width=220):
            listed = gr.HTML(contents(desk.regulation), elem_id="law-contents")
        with gr.Column(scale=6, min_width=320):
            text = gr.HTML(law_panel(desk.regulation), elem_id="law-text", js_on_load=script("law.js"))
    with gr.Accordion("比较两个版本", open=False, elem_id="law-compare"):
        alone = gr.HTML(_ALONE)
        with gr.Row():
            old = gr.Dropdown([], label="旧的", visible=False)
            new = gr.Dropdown([], label="新的", visible=False)
        go = gr.Button("比较", visible=False)
        changes = gr.HTML("", elem_id="law-changes")

    shown = [text, listed, found]
    query.submit(read, [which, query], shown, show_progress="hidden")
    which.input(read, [which, query], shown, show_progress="hidden")
    text.select(asked, None, [which, query, *shown], show_progress="hidden")
    go.click(compared, [old, new], changes)
    page.load(refreshed, None, [which, old, new, go, alone], show_progress="hidden")


def _found(law: Regulation, name: str, query: str) -> tuple[str, str, str]:
    """The text, the contents list and the line of hits; a query that names a place leads there."""
    listed = contents(law, law=name)
    if query and law.articles:
        try:
            ref = Ref.parse(query, law)
        except BadInput:
            pass
        else:
            go = f'<p class="hits" role="status">{esc(law.label(ref))}：<a class="cite lit" href="#{anchor(name, ref.id)}">看这一处</a></p>'
            return law_panel(law, law=name), listed, go
    return law_panel(law, law=name, query=query), listed, hits_line(law, query, law=name)
