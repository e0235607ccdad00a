"""Look of the page: a calm official palette, Chinese faces from the machine itself, no fetched font."""

from typing import Any

FONTS = [
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]

CSS = """
.gradio-container { max-width: 1280px !important; margin: 0 auto !important; }
.masthead h1 { font-size: 1.5rem; margin: .2rem 0; } .masthead p { margin: 0; opacity: .8; }
.result { line-height: 1.7; font-size: .98rem; } .result h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
.verdict { border-radius: 8px; padding: .7rem 1rem; border: 1px solid; border-left-width: 8px; }
.verdict b { font-size: 1.25rem; } .verdict p { margin: .2rem 0 0; }
.verdict.fault { background: #fdf0ee; border-color: #a4281c; color: #6e1a12; }
.verdict.no_fault { background: #eef7f0; border-color: #1e6b3a; color: #14492a; }
.verdict.insufficient { background: #fdf7e6; border-color: #8a6100; color: #5a4000; }
.verdict.out_of_scope { background: #eff2f6; border-color: #45556b; color: #2c3848; }
.told { margin: .8rem 0; padding: .6rem .9rem; border-left: 4px solid #8a98ab; background: rgba(127,127,127,.08); overflow-wrap: anywhere; }
.told mark { background: #ffe28a; color: #222; border-radius: 3px; padding: 0 2px; border-bottom: 2px solid #a06a00; }
.card { border: 1px solid rgba(127,127,127,.35); border-radius: 8px; padding: .5rem .8rem; margin: .4rem 0; }
.card.met { border-left: 5px solid #a4281c; } .card.possible { border-left: 5px solid #8a6100; } .card.excluded { border-left: 5px solid #45556b; }
.card summary, .result summary { cursor: pointer; padding: .25rem 0; }
.tag { font-size: .8rem; border: 1px solid currentColor; border-radius: 4px; padding: 0 .35rem; }
.quote { background: rgba(127,127,127,.08); padding: .4rem .7rem; border-radius: 6px; }
.result small { display: block; opacity: .85; }
.result a.cite, .law a.cite { color: #1a4f8b; font-weight: 600; } .dark .result a.cite { color: #9cc4f2; }
.ladder .closed { opacity: .75; } .stamp { font-size: .82rem; opacity: .8; }
.law { max-height: 34rem; overflow: auto; line-height: 1.8; } .law .item { padding-left: 2em; }
.law :target { background: #fff3c4; color: #222; outline: 2px solid #a06a00; }
footer { display: none !important; }
"""


def theme() -> Any:
    """The Gradio theme; imported late because Gradio is heavy."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        font=FONTS,
        font_mono=["Consolas", "monospace"],
    )
