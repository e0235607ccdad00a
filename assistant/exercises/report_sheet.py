"""The class report as an .xlsx workbook: values and charts, and nothing a spreadsheet would run.

Names and case texts come from people: every text is written as text, quoted, whatever sign it begins with.
"""

import math
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from assistant.corpus import Regulation
from assistant.exercises.report import Report
from assistant.exercises.report_words import NOTES, choice, label
from assistant.exercises.words import NOTICE

_WIDEST = 60
_LINE, _TALLEST = 16, 409  # points; the latter is Excel's own limit
Cell = str | int | float | None


def report_sheet(report: Report, regulation: Regulation) -> bytes:
    """The bytes of a workbook with the sheets 题目, 条项, 学员, 错而自信 and 说明."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    cases = [
        (
            line.number,
            line.case.text,
            choice(line.case.verdict, (*line.case.provisions, *line.case.factors), regulation),
            line.answered,
            line.right,
            line.facility,
            line.discrimination,
        )
        for line in report.cases
    ]
    sheet = _add(book, "题目", ("题号", "案情", "答案", "作答人数", "答对人数", "正确率", "区分度"), cases)
    _chart(sheet, "各题正确率", names=1, values=6, beside="I2")
    items = [
        (label(line.id, regulation), line.asked, line.found, line.facility, line.overreached) for line in report.items
    ]
    sheet = _add(book, "条项", ("条项", "应选人次", "选中人次", "正确率", "误选人次"), items)
    _chart(sheet, "各条项正确率", names=1, values=4, beside="G2")
    people = [(line.name, line.answered, line.right, line.points) for line in report.people]
    _add(book, "学员", ("姓名或编号", "作答题数", "答对题数", "得分"), people)
    wrong = [
        (
            line.number,
            line.name,
            line.case.text,
            choice(line.answer.verdict, (*line.answer.provisions, *line.answer.factors), regulation),
            choice(line.case.verdict, (*line.case.provisions, *line.case.factors), regulation),
        )
        for line in report.sure_but_wrong
    ]
    _add(book, "错而自信", ("题号", "姓名或编号", "案情", "所答", "答案"), wrong)
    _add(book, "说明", (report.title,), [(note,) for note in (*NOTES, NOTICE)])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _add(book: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Any:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(title)
    for number, row in enumerate([heads, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(row=number, column=column)
            _write(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
            elif heads[column - 1] == "正确率":
                cell.number_format = "0%"
            elif heads[column - 1] in {"区分度", "得分"}:
                cell.number_format = "0.00"
    widths = [min(_WIDEST, max(_width(row[column]) for row in [heads, *rows]) + 2) for column in range(len(heads))]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        lines = max(math.ceil(_width(value) / (width - 2)) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(_LINE * lines, _TALLEST)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _write(cell: Any, value: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value


def _chart(sheet: Any, title: str, *, names: int, values: int, beside: str) -> None:
    from openpyxl.chart import BarChart, Reference

    if sheet.max_row == 1:
        return
    chart = BarChart()
    chart.type, chart.title, chart.legend = "bar", title, None
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.number_format = 0, 1, "0%"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.height = 4 + 0.8 * (sheet.max_row - 1)
    chart.add_data(Reference(sheet, min_col=values, min_row=2, max_row=sheet.max_row))
    chart.set_categories(Reference(sheet, min_col=names, min_row=2, max_row=sheet.max_row))
    sheet.add_chart(chart, beside)


def _width(value: Cell) -> int:
    """In signs of a spreadsheet's column: a Chinese one takes two."""
    return 2 * len(value) if isinstance(value, str) else len(f"{value:.4g}") if value is not None else 1
