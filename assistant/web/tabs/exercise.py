"""演练: the practice pages in their own frame, which a visitor can also open in a window of their own."""

import importlib.util


def installed() -> bool:
    """True where the parts that keep classes and papers are installed."""
    return all(importlib.util.find_spec(name) for name in ("sqlalchemy", "alembic"))


def build() -> None:
    """The tab's contents."""
    import gradio as gr

    if installed():
        gr.HTML('<iframe class="practice" src="/practice/" title="演练"></iframe>')
    else:
        gr.HTML("<p>没有安装演练组件：请运行 pip install -e '.[all]'，或用 make run。</p>")
