"""The three tools that other programs find at /gradio_api/mcp and among Gradio's named endpoints.

Their docstrings are Chinese because they are the descriptions that people and models read there.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from assistant.chat import CaseFile
from assistant.errors import AssistantError
from assistant.triage import accept
from assistant.web.api.routes import provision_of
from assistant.web.desk import Desk


def publish(page: Any, desk: Desk) -> None:
    """Add the tools to ``page``, and hide every event of the page itself: those need a visitor's own state."""
    from gradio.events import api

    def triage(text: str) -> str:
        """研判一件事：是不是行政执法过错、符合哪一条哪一项、依据的原话、从轻从重、问责方式、期限。辅助研判，不是处理决定。

        Args:
            text: 发生了什么，中文，最多 10000 个字
        """
        return _told(lambda: desk.engine.triage(accept(text)))

    def ask(text: str) -> str:
        """问条文怎么规定，或者说一件事，得到逐句有出处的回答。

        Args:
            text: 问题或者案情，中文，最多 10000 个字
        """
        return _told(lambda: desk.assistant.reply(CaseFile(), text)[0])

    def provision(ref: str) -> str:
        """看一处条文的原话。

        Args:
            ref: 条文编号或名称，例如 6.5、第六条第五项、第十五条
        """
        return _told(lambda: provision_of(desk, ref))

    for event in page.fns.values():
        event.api_visibility, event.api_name = "private", f"page_{event._id}"
    with page:
        for tool in (triage, ask, provision):
            api(tool, api_name=tool.__name__, queue=False)  # not queued: answered without a call to itself


def _told(answer: Callable[[], object]) -> str:
    """The answer as JSON in a string: an object would reach the other side in Python's notation."""
    import gradio as gr

    try:
        return msgspec.json.encode(answer()).decode()
    except AssistantError as error:
        raise gr.Error(str(error), print_exception=False) from None
