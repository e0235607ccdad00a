"""A table of incidents judged row by row, from the uploaded file to the workbook that comes back. No Gradio here."""

from assistant.web.batch.run import Judged, Tally, judge_rows, tally
from assistant.web.batch.table import MOST_ROWS, Row, Table, read_table
from assistant.web.batch.workbook import workbook

__all__ = ["MOST_ROWS", "Judged", "Row", "Table", "Tally", "judge_rows", "read_table", "tally", "workbook"]
