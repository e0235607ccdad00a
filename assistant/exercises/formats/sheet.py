"""A paper as an .xlsx sheet, a case a row; people fill in the same columns to bring their own."""

import math
from io import BytesIO
from typing import Any

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import refs_of
from assistant.exercises.model import Case, Paper, Twin
from assistant.exercises.words import NOTICE, SOURCES, VERDICTS
from assistant.triage.result import Verdict
from assistant.triage.rules import RulePack

_COLUMNS = (
    "编号",
    "案情",
    "结论",
    "条项",
    "从轻从重",
    "可选条项",
    "可选情形",
    "也算对",
    "仍可用的问责方式",
    "难度",
    "对照案情",
    "对照结论",
    "对照条项",
    "对照情形",
    "出处",
)
_REFS = ("条项", "从轻从重", "可选条项", "可选情形", "也算对", "仍可用的问责方式", "对照条项", "对照情形")
_NEEDED = ("案情", "结论")
_TEXT, _TWIN = 35, 25  # Chinese signs in a line of the two wide columns
_LINE, _TALLEST = 16, 409  # points; the latter is Excel's own limit
_LONGEST = 5000
_ROWS = 1000


def write_sheet(paper: Paper, pack: RulePack) -> bytes:
    """The workbook; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "试卷"
    sheet.append(_COLUMNS)
    for case in paper.cases:
        for cell in _added(sheet, _row(case)):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = max(len(case.text) / _TEXT, len(case.twin.text) / _TWIN if case.twin else 0, 2)
        sheet.row_dimensions[sheet.max_row].height = min(_LINE * (math.ceil(lines) + 1), _TALLEST)
    widths = {"A": 24, "B": 2 * _TEXT, "C": 12, "D": 14, "E": 14, "F": 20, "G": 20, "I": 24, "K": 2 * _TWIN, "L": 12}
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    words = book.create_sheet("条项")
    for ref, rule in pack.rules.items():
        if not rule.catch_all:
            _added(words, [ref, pack.labels[ref], pack.quotes[ref]])
    note = book.create_sheet("说明")
    for line in (
        paper.title or "试卷",
        NOTICE,
        f"结论写 {'、'.join(VERDICTS.values())}；条项写 6.5 或第六条第（五）项，几个用空格或顿号隔开",
    ):
        _added(note, [line])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def read_sheet(data: bytes, pack: RulePack) -> list[Case]:
    """The cases in the first sheet; raises BadInput naming row and column of what cannot be understood."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=_ROWS + 2))
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise BadInput(f"这个 .xlsx 打不开（{type(error).__name__}）：请用表格软件另存一份再导入") from None
    if len(rows) > _ROWS + 1:
        raise BadInput(f"行数太多：一份试卷最多 {_ROWS} 行")
    heads = [str(value or "").strip() for value in rows[0]] if rows else []
    missing = [name for name in _NEEDED if name not in heads]
    if missing:
        raise BadInput(f"第 1 行缺少列名 {'、'.join(missing)}：第一行写列名，至少要有 案情、结论、条项")
    cases = []
    for number, values in enumerate(rows[1:], 2):
        told = {name: value for name, value in zip(heads, values, strict=False) if value is not None}
        for name in _REFS:
            if isinstance(told.get(name), float) and f"{told[name]}0" in pack.labels:
                raise BadInput(
                    f"第 {number} 行的{name}是数字，分不出 {told[name]} 与 {told[name]}0：请写成“第六条第（十）项”"
                )
        row = {name: str(value).strip() for name, value in told.items()}
        if row.get("案情"):
            cases.append(_case(row, pack, number))
    if not cases:
        raise BadInput("这个表里没有题目：从第 2 行起，每行一道题")
    return cases


def _added(sheet: Any, values: list[str | float]) -> list[Any]:
    """A row whose text stays text, whatever it begins with."""
    sheet.append([value if isinstance(value, float) else "" for value in values])
    cells = list(sheet[sheet.max_row])
    for cell, value in zip(cells, values, strict=True):
        if isinstance(value, str):
            cell.value, cell.data_type, cell.quotePrefix, cell.number_format = value, "s", True, "@"
    return cells


def _row(case: Case) -> list[str | float]:
    twin = case.twin
    return [
        case.id,
        case.text,
        VERDICTS[case.verdict],
        *(" ".join(ids) for ids in (case.provisions, case.factors, case.options, case.factor_options)),
        *(" ".join(ids) for ids in (case.acceptable, case.sanctions)),
        case.difficulty,
        *((twin.text, VERDICTS[twin.verdict]) if twin else ("", "")),
        *(" ".join(ids) for ids in ((twin.provisions, twin.factors) if twin else ((), ()))),
        SOURCES[case.source],
    ]


def _case(row: dict[str, str], pack: RulePack, number: int) -> Case:
    where = f"第 {number} 行"
    if len(row["案情"]) > _LONGEST:
        raise BadInput(f"{where}的案情太长：最多 {_LONGEST} 个字")
    refs = {name: refs_of(row.get(name, ""), pack, where) for name in _REFS}
    twin = None
    if row.get("对照案情"):
        verdict = _verdict(row, "对照结论", where)
        twin = Twin(text=row["对照案情"], verdict=verdict, provisions=refs["对照条项"], factors=refs["对照情形"])
    try:
        difficulty = float(row.get("难度") or 0)
    except ValueError:
        raise BadInput(f"{where}的难度“{row['难度'][:20]}”不是数字：请写 0 到 1，或者空着") from None
    return Case(
        id=row.get("编号") or f"q{number - 1}",
        text=row["案情"],
        verdict=_verdict(row, "结论", where),
        provisions=refs["条项"],
        factors=refs["从轻从重"],
        acceptable=refs["也算对"],
        sanctions=refs["仍可用的问责方式"],
        options=refs["可选条项"] or refs["条项"],
        factor_options=refs["可选情形"] or refs["从轻从重"],
        difficulty=difficulty,
        twin=twin,
        source=next((source for source, name in SOURCES.items() if name == row.get("出处")), "own"),
    )


def _verdict(row: dict[str, str], column: str, where: str) -> Verdict:
    told = row.get(column, "")
    for name, text in VERDICTS.items():
        if told in {name, text}:
            return name
    raise BadInput(f"{where}的{column}“{told[:20]}”看不懂：请写 {'、'.join(VERDICTS.values())}")
