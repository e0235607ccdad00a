"""A file made on the spot goes to the browser in the answer itself and never lies on the server's disk."""

import base64
import json
import secrets
from typing import Any

from assistant.web.theme import script

_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{_OFFICE}spreadsheetml.sheet"
DOCX = f"{_OFFICE}wordprocessingml.document"


def tray() -> Any:
    """The component that files are handed through; it shows nothing."""
    import gradio as gr

    return gr.HTML("", html_template="", elem_classes="tray", js_on_load=script("handed.js"))


def handed(name: str, kind: str, data: bytes) -> str:
    """The value of a tray that makes the browser save ``data`` as ``name``."""
    told = {"name": name, "type": kind, "data": base64.b64encode(data).decode("ascii"), "once": secrets.token_hex(4)}
    return json.dumps(told)
