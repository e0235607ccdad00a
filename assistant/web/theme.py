"""Look of the page: a calm official palette, Chinese faces from the machine itself, no fetched font."""

from pathlib import Path
from typing import Any

_STATIC = Path(__file__).parent / "static"
FONTS = [
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]
CSS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_STATIC.glob("*.css")))


def script(name: str) -> str:
    """The text of one script of ``static/``."""
    return (_STATIC / name).read_text(encoding="utf-8")


def theme() -> Any:
    """The Gradio theme; imported late because Gradio is heavy."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        font=FONTS,
        font_mono=["Consolas", "monospace"],
    )
