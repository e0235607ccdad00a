"""The record of a matter that an officer takes away: what it says, once, for the page and for Word. No Gradio here."""

from assistant.web.record.content import Grid, Line, Record, Section, record_of
from assistant.web.record.document import write_record
from assistant.web.record.wording import Wording

__all__ = ["Grid", "Line", "Record", "Section", "Wording", "record_of", "write_record"]
