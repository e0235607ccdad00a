"""The results as an .xlsx: the rows as they came, then verdict, items, reasons and the words of the law; nothing that runs.

Every text is written as text and quoted, whatever sign it begins with, so that no cell can be a formula.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from assistant.triage import RulePack
from assistant.web.batch.run import Found, Judged
from assistant.web.batch.table import Table
from assistant.web.panels.verdict import VERDICTS
from assistant.web.writable import writable

NOTICE = "辅助研判，由程序自动生成，不是处理决定：是否追究、怎样处理，由有权机关按程序认定。"
_ADDED = {
    "研判：行号": 8,
    "研判：结论": 12,
    "研判：条项": 24,
    "研判：理由": 48,
    "研判：条文原话": 48,
    "研判：从轻从重": 36,
    "研判：还要弄清": 36,
    "研判：备注": 24,
}
_WIDEST = 60
_LONGEST = 32_000  # Excel's own limit is 32,767 signs in a cell


def workbook(table: Table, column: int, judged: Sequence[Judged], pack: RulePack) -> bytes:
    """The bytes of a workbook with the sheets 研判结果 and 说明; ``pack`` is what judged."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("研判结果")
    plain, bold = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    plain.alignment = bold.alignment = Alignment(vertical="top", wrap_text=True)
    plain.quotePrefix = bold.quotePrefix = True
    bold.font = Font(bold=True)

    def cells(row: Iterable[str | int], like: Any = plain) -> list[Any]:
        found = []
        for value in row:
            text = writable(value)[:_LONGEST] if isinstance(value, str) else ""
            cell = WriteOnlyCell(sheet, text or None if isinstance(value, str) else value)
            cell._style = like._style  # one style for all: thousands of copies of it take seconds
            if text:
                cell.data_type = "s"
            found.append(cell)
        return found

    widths = [_WIDEST if place == column else 16 for place in range(len(table.columns))]
    for place, width in enumerate((*widths, *_ADDED.values()), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns) + len(_ADDED))}{len(judged) + 1}"
    sheet.append(cells((*table.columns, *_ADDED), bold))
    for one in judged:
        sheet.append(cells(_row(one)))
    note = book.create_sheet("说明")
    note.column_dimensions["A"].width = 100
    for line in _notes(table, column, judged, pack):
        note.append(cells([line]))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(one: Judged) -> tuple[str | int, ...]:
    return (
        *one.values,
        one.number,
        VERDICTS[one.verdict].name if one.verdict else "没有研判",
        "\n".join(f"{found.label}{'（可能）' * (found.standing != '成立')}" for found in one.provisions),
        _lines(one.provisions, lambda found: f"{found.label}{found.standing}：{found.reason}"),
        _lines(one.provisions, lambda found: f"{found.label}：{found.quote}"),
        _lines(one.factors, lambda found: f"{found.label}（{found.standing}）：{found.quote}{found.reason}"),
        "\n".join(one.asks),
        one.wrong,
    )


def _lines(found: Iterable[Found], said: Any) -> str:
    return "\n".join(dict.fromkeys(map(said, found)))


def _notes(table: Table, column: int, judged: Sequence[Judged], pack: RulePack) -> list[str]:
    left, law = len(table.rows) - len(judged), pack.regulation
    return [
        NOTICE,
        f"来自“{table.name}”，案情取自“{table.columns[column]}”一列；共 {len(table.rows)} 行，研判了 {len(judged)} 行"
        + (f"，停止时还有 {left} 行没有研判" if left else ""),
        f"依据《{law.title}》，原文 SHA-256 {law.sha256}，规则 {pack.version}",
        "理由里的引号是所说的原话；“没有研判”的行在备注里写明原因，其余各行不受影响。",
    ]
