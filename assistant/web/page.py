"""The page: chat on the left, result and law on the right. State of a visitor lives in ``gr.State`` only."""

from collections.abc import Iterator
from typing import Any

from assistant.chat import Assistant, CaseFile, Reply
from assistant.corpus import Regulation
from assistant.errors import AssistantError
from assistant.web.panels import law_panel, quotes_panel, result_panel
from assistant.web.security import plain

EXAMPLES = [
    "小王立案后也没个说法就把案子撤了",
    "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书也没给",
    "处理决定几天内要通知本人",
    "辞退能不能和通报批评一起用",
]
WELCOME = "说说发生了什么，或者问条文怎么规定。我只依据本局的制度回答，每个结论都标明出处；这是辅助研判，不是处理决定。"
EMPTY = '<div class="result"><p>说一件事以后，这里会显示结论、依据的原话、条文和还要问的问题。</p></div>'


def build(assistant: Assistant, regulation: Regulation) -> Any:
    """The Blocks of the page."""
    import gradio as gr

    labels = {ref.id: regulation.label(ref) for ref in regulation.refs()}

    def say(text: str, case: CaseFile, history: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
        shown = [*history, {"role": "user", "content": plain(text)}]
        yield "", case, shown, gr.skip()
        try:
            for part in assistant.stream(case, text):
                if isinstance(part, str):
                    yield "", case, [*shown, {"role": "assistant", "content": part}], gr.skip()
                else:
                    reply, after = part
                    yield "", after, [*shown, {"role": "assistant", "content": reply.answer}], _panel(reply, labels)
        except AssistantError as error:
            yield "", case, [*shown, {"role": "assistant", "content": plain(str(error))}], gr.skip()

    with gr.Blocks(title="执法过错研判助手", fill_width=True) as page:
        case = gr.State(CaseFile())
        gr.HTML(
            f'<header class="masthead"><h1>行政执法过错责任追究 · 研判助手</h1><p>依据《{regulation.title}》，共 {len(regulation.articles)} 条</p></header>'
        )
        with gr.Row():
            with gr.Column(scale=5, min_width=320):
                chat = gr.Chatbot(
                    label="咨询研判",
                    height=520,
                    placeholder=WELCOME,
                    buttons=["copy"],
                    feedback_options=None,
                    elem_id="chat",
                )
                box = gr.Textbox(
                    label="说说发生了什么，或者问条文",
                    lines=2,
                    max_lines=8,
                    submit_btn="发送",
                    elem_id="told",
                    autofocus=True,
                )
                gr.Examples(EXAMPLES, box, label="可以这样问")
                fresh = gr.Button("换一个案子", size="sm")
            with gr.Column(scale=5, min_width=320):
                panel = gr.HTML(EMPTY, elem_id="panel")
                with gr.Accordion("法规原文", open=False):
                    gr.HTML(law_panel(regulation))
        box.submit(say, [box, case, chat], [box, case, chat, panel], api_name="ask", concurrency_limit=20)
        fresh.click(lambda: (CaseFile(), [], EMPTY), None, [case, chat, panel], api_visibility="private")
    return page


def _panel(reply: Reply, labels: dict[str, str]) -> Any:
    import gradio as gr

    if reply.triage is not None:
        return result_panel(reply.triage)
    if reply.quotes:
        return quotes_panel((quote.id, labels.get(quote.id, quote.id), quote.text) for quote in reply.quotes)
    return gr.skip()
