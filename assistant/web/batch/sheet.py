"""The rows of an .xlsx, bounded before anything is unpacked. Nothing in the file is ever run; a formula counts as its last value.

Source: Office Open XML (ECMA-376); an .xlsx is a zip whose directory tells how large each part becomes.
"""

import datetime
import io
import zipfile

from assistant.errors import BadInput

UNPACKED = 96 * 1024 * 1024
_PARTS = 2000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FURTHEST = 50_000  # rows of the sheet that are looked at, empty ones too
_SIGNS = 32 * 1024 * 1024  # in all cells; a text that many cells share counts for each of them
_BROKEN = "这个 .xlsx 打不开：文件坏了或者不是表格，请用表格软件另存一份再传"
Rows = list[tuple[int, list[str]]]


def read_sheet(data: bytes, *, most_rows: int, most_columns: int) -> tuple[str, int, Rows]:
    """Title of the first sheet, how many others there are, and its filled rows with their numbers, ``most_rows`` at most.

    Raises BadInput for what is no workbook, or would become too large.
    """
    _check(data)
    from openpyxl import load_workbook

    rows: Rows = []
    signs = 0
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next((found for found in book.worksheets if found.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        found = sheet.iter_rows(values_only=True, max_row=_FURTHEST, max_col=most_columns)
        for number, values in enumerate(found, 1):
            if any(value is not None for value in values):
                rows.append((number, [_written(value) for value in values]))
                signs += sum(map(len, rows[-1][1]))
            if len(rows) > most_rows or signs > _SIGNS:
                break
        title, others = str(sheet.title), len(book.worksheets) - 1
        book.close()
    except Exception:  # openpyxl raises whatever its parsers raise
        raise BadInput(_BROKEN) from None
    if signs > _SIGNS:
        raise BadInput("表里的字太多：请只留案情一列和编号，或者分成几份")
    return title, others, rows


def _check(data: bytes) -> None:
    """Refuse, by the directory alone, what would unpack to too much."""
    if data.startswith(_OLE):
        raise BadInput("这是旧版 .xls 或者加了密码的表格：请去掉密码，另存为 .xlsx 再传")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise BadInput(_BROKEN) from None
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise BadInput(f"这个 .xlsx 展开后超过 {UNPACKED // 1024 // 1024} MB，没有打开：请只留要研判的行，另存一份再传")


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)
