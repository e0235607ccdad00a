"""Triage, law and answers as HTML. Pure functions of their arguments; everything from outside is escaped here and nowhere else."""

from assistant.web.panels.answer import answer_html
from assistant.web.panels.changes import changes_panel
from assistant.web.panels.law import contents, law_panel
from assistant.web.panels.linked import Links, links_of
from assistant.web.panels.result import EMPTY, quotes_panel, result_panel

__all__ = [
    "EMPTY",
    "Links",
    "answer_html",
    "changes_panel",
    "contents",
    "law_panel",
    "links_of",
    "quotes_panel",
    "result_panel",
]
