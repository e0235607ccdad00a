"""咨询研判: the chat on the left, the result beside it. Everything of a visitor lives in ``gr.State``."""

from collections.abc import Iterator
from typing import Any

from assistant.chat import CaseFile, Reply
from assistant.errors import AssistantError
from assistant.web.desk import Desk
from assistant.web.moves import press
from assistant.web.panels import EMPTY, answer_html, links_of
from assistant.web.security import plain
from assistant.web.shown import bubble, panel
from assistant.web.theme import script

EXAMPLES = (
    "小王立案后也没个说法就把案子撤了",
    "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书也没给",
    "城管把早点摊的炉子收走了",
    "处理决定几天内要通知本人",
    "辞退能不能和通报批评一起用",
)
_WELCOME = "说说发生了什么，或者问条文怎么规定。\n\n只依据本局的制度回答，每个结论都标明出处。"
_AT_ONCE = 20


def build(desk: Desk, case: Any, last: Any) -> None:
    """The tab; ``case`` holds the visitor's CaseFile, ``last`` the last Reply or None."""
    import gradio as gr

    with gr.Row(elem_id="consult"):
        with gr.Column(scale=5, min_width=340, elem_id="talk"):
            chat = gr.Chatbot(
                label="对话",
                show_label=False,
                height=460,
                placeholder=_WELCOME,
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                group_consecutive_messages=False,
                elem_id="chat",
            )
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

    def say(text: str, case: CaseFile, history: list[Any]) -> Iterator[tuple[Any, ...]]:
        shown = [*history, _user(plain(text))]
        try:
            for part in desk.assistant.stream(case, text):
                if isinstance(part, str):
                    if desk.settings.llm_model:
                        bit = answer_html(part, links_of(desk.regulation))
                        yield "", gr.skip(), gr.skip(), [*shown, _assistant(bit)], gr.skip()
                else:
                    reply, after = part
                    found = panel(desk, reply, after)
                    done = [*shown, _assistant(bubble(desk, reply))]
                    yield "", after, reply, done, gr.skip() if found is None else found
        except AssistantError as error:
            yield text, gr.skip(), gr.skip(), [*shown, _assistant(f"<p>{plain(str(error))}</p>")], gr.skip()

    def pressed(case: CaseFile, last: Reply | None, history: list[Any], event: gr.EventData) -> tuple[Any, ...]:
        try:
            moved = press(desk, case, last, event._data or {})
        except AssistantError as error:
            return gr.skip(), gr.skip(), [*history, _assistant(f"<p>{plain(str(error))}</p>")], gr.skip()
        lines = [_user(moved.said)] * bool(moved.said) + [_assistant(moved.answered)] * bool(moved.answered)
        shown = [*history, *lines] if lines else gr.skip()
        return moved.case, moved.last, shown, gr.skip() if moved.panel is None else moved.panel

    everything = [box, case, last, chat, board]
    box.submit(say, [box, case, chat], everything, concurrency_limit=_AT_ONCE, show_progress="hidden")
    for button in tries:
        button.click(say, [button, case, chat], everything, concurrency_limit=_AT_ONCE, show_progress="hidden")
    board.select(pressed, [case, last, chat], everything[1:], concurrency_limit=_AT_ONCE, show_progress="hidden")
    fresh.click(lambda: ("", CaseFile(), None, [], EMPTY), None, everything, show_progress="hidden")


def _user(content: str) -> dict[str, str]:
    return {"role": "user", "content": content}


def _assistant(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}
