"""咨询研判: the chat on the left, the result beside it. Everything of a visitor lives in ``gr.State``."""

from collections.abc import Iterator
from typing import Any

from assistant.chat import CaseFile, Reply
from assistant.errors import AssistantError
from assistant.web.desk import Desk
from assistant.web.moves import press
from assistant.web.panels import EMPTY, answer_html, links_of
from assistant.web.panels.linked import lines
from assistant.web.panels.log import WELCOME, Turn, log_html
from assistant.web.shown import bubble, panel
from assistant.web.theme import script

EXAMPLES = (
    "小王立案后也没个说法就把案子撤了",
    "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书也没给",
    "城管把早点摊的炉子收走了",
    "处理决定几天内要通知本人",
    "辞退能不能和通报批评一起用",
)
_AT_ONCE = 20


def build(desk: Desk, case: Any, last: Any) -> None:
    """The tab; ``case`` holds the visitor's CaseFile, ``last`` the last Reply or None."""
    import gradio as gr

    with gr.Row(elem_id="consult"):
        with gr.Column(scale=5, min_width=340, elem_id="talk"):
            turns = gr.State(())
            log = gr.HTML(WELCOME, elem_id="chat", js_on_load=script("log.js"))
            box = gr.Textbox(
                label="说说发生了什么，或者问条文",
                placeholder="例：老李一个人去检查，没亮证……（回车发送，Shift+回车换行）",
                lines=1,
                max_lines=8,
                submit_btn="发送",
                elem_id="told",
                autofocus=True,
            )
            with gr.Row(elem_id="under"):
                fresh = gr.Button("换一个案子", size="sm", elem_id="fresh")
            with gr.Column(elem_id="examples"):
                gr.HTML("<p>可以这样问：</p>")
                tries = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
        with gr.Column(scale=6, min_width=340):
            board = gr.HTML(EMPTY, elem_id="panel", js_on_load=script("panel.js"))

    def say(text: str, case: CaseFile, turns: tuple[Turn, ...]) -> Iterator[tuple[Any, ...]]:
        shown = (*turns, Turn(f"<p>{lines(text)}</p>", own=True))
        skip = gr.skip()
        if desk.settings.llm_model:
            yield "", skip, skip, skip, log_html(shown, waiting=True), skip
        try:
            for part in desk.assistant.stream(case, text):
                if not isinstance(part, str):
                    reply, after = part
                    done = (*shown, Turn(bubble(desk, reply)))
                    found = panel(desk, reply, after)
                    yield "", after, reply, done, log_html(done), skip if found is None else found
                elif desk.settings.llm_model:
                    bit = Turn(answer_html(part, links_of(desk.regulation)))
                    yield "", skip, skip, skip, log_html((*shown, bit), waiting=True), skip
        except AssistantError as error:
            told = (*turns, _sorry(error))  # the text itself is still in the box, to be mended
            yield text, skip, skip, told, log_html(told), skip

    def say_at_once(text: str, case: CaseFile, turns: tuple[Turn, ...]) -> tuple[Any, ...]:
        """All of it: a generator would have Gradio send the last answer twice."""
        *_, last = say(text, case, turns)
        return last

    def pressed(case: CaseFile, last: Reply | None, turns: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, ...]:
        skip = gr.skip()
        try:
            moved = press(desk, case, last, event._data or {})
        except AssistantError as error:
            told = (*turns, _sorry(error))
            return skip, skip, told, log_html(told), skip
        shown = (*turns, *moved.turns)
        return moved.case, moved.last, shown, log_html(shown), skip if moved.panel is None else moved.panel

    everything = [box, case, last, turns, log, board]
    modelled = bool(desk.settings.llm_model)
    told = say if modelled else say_at_once
    quiet: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "show_progress": "hidden", "queue": modelled}
    box.submit(told, [box, case, turns], everything, **quiet)
    for button in tries:
        button.click(told, [button, case, turns], everything, **quiet)
    board.select(pressed, [case, last, turns], everything[1:], **quiet)
    fresh.click(lambda: ("", CaseFile(), None, (), WELCOME, EMPTY), None, everything, **quiet)


def _sorry(error: AssistantError) -> Turn:
    return Turn(f'<div class="answer"><p>{lines(str(error))}</p></div>')
