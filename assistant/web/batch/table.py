"""A file of rows as people bring it (.xlsx, .csv, .jsonl): its columns, its rows, and which column tells what happened.

What is wrong with the whole file raises BadInput in one line; what is wrong with one row is told in that row.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from assistant.corpus.load import decode
from assistant.errors import BadInput
from assistant.web.batch.sheet import read_sheet

MOST_ROWS = 5000
MOST_COLUMNS = 100
LARGEST = 20 * 1024 * 1024
_NAMED = re.compile("案情|事实|经过|情况|内容|描述|反映|事项|问题|text", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile("[，。；！？,;!?]")
_HEAD_LONGEST = 20
_LOOKED_AT = 200
_DELIMITERS = ",\t;，"
Cells = tuple[int, list[str], str]  # where it stands in the file, what it holds, and what is wrong with it


class Row(NamedTuple):
    """A row: ``number`` is its line or row in the file, from 1; ``wrong`` says why it cannot be read, empty when it can."""

    number: int
    values: tuple[str, ...]
    wrong: str = ""


class Table(NamedTuple):
    """What was read. ``guess`` is the column (from 0) that most likely tells what happened."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    guess: int
    note: str = ""


def read_table(path: Path, name: str = "") -> Table:
    """The table in the file at ``path``, called ``name``; raises BadInput in one Chinese line."""
    name = name or path.name
    readers = {".xlsx": _of_sheet, ".csv": _of_csv, ".jsonl": _of_lines}
    suffix = Path(name.lower()).suffix
    if suffix not in readers:
        raise BadInput(f"“{name[-40:]}”不是能读的表格：请用 .xlsx、.csv 或 .jsonl（旧的 .xls 请另存为 .xlsx）")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(f"文件太大（{size // 1024 // 1024} MB）：最多 {LARGEST // 1024 // 1024} MB，请分成几份")
        data = path.read_bytes()
    except OSError:
        raise BadInput("上传的文件没有收全：请再选一次") from None
    if not data.strip():
        raise BadInput("文件是空的：请检查内容")
    return readers[suffix](data, name)


def _of_sheet(data: bytes, name: str) -> Table:
    title, others, rows = read_sheet(data, most_rows=MOST_ROWS + 10, most_columns=MOST_COLUMNS)
    note = f"读的是第一张工作表“{title}”，其余 {others} 张没有读。" if others else ""
    return _table(name, ((number, values, "") for number, values in rows), note)


def _of_csv(data: bytes, name: str) -> Table:
    text = decode(data, "这个 .csv")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return _table(name, _csv_rows(reader))


def _csv_rows(reader: Iterator[list[str]]) -> Iterator[Cells]:
    number = 1
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadInput(f"第 {number} 行附近读不下去：多半是引号没有成对，请用表格软件另存为 .xlsx 再传") from None
        yield number, values, ""
        number = reader.line_num + 1  # type: ignore[attr-defined]


def _of_lines(data: bytes, name: str) -> Table:
    found: list[tuple[int, dict[str, str], str]] = []
    for number, line in enumerate(decode(data, "这个 .jsonl").split("\n"), 1):
        if line.strip():
            found.append((number, *_line(line)))
            _bounded(len(found))
    columns = tuple(dict.fromkeys(key for _, told, _ in found for key in told))[:MOST_COLUMNS]
    if not columns:
        raise BadInput('没有读出一行：.jsonl 每行写一个对象，例如 {"id": 1, "text": "小王立案后把案子撤了"}')
    rows = [Row(number, tuple(told.get(name, "") for name in columns), wrong) for number, told, wrong in found]
    return Table(name, columns, tuple(rows), _guess(columns, rows))


def _line(line: str) -> tuple[dict[str, str], str]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}, "这一行不是 JSON"
    if not isinstance(told, dict):
        return {}, '这一行不是对象：应为 {"text": "…"}'
    return {key: _written(value) for key, value in told.items()}, ""


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _table(name: str, found: Iterable[Cells], note: str = "") -> Table:
    """The table of rows of cells: the first full row names the columns, unless it tells of an incident itself."""
    filled: list[Cells] = []
    for number, values, wrong in found:
        cells = [value.strip() for value in values[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            filled.append((number, cells, wrong))
            _bounded(len(filled) - 5)
    if not filled:
        raise BadInput("表里没有内容：第一行写列名，下面每行一件事")
    start = _head(filled)
    width = max(len(cells) for _, cells, _ in filled)
    heads = filled[start][1] if _names(filled[start][1]) else []
    columns = tuple(_named(heads, width))
    rows = [Row(number, (*cells, *[""] * (width - len(cells))), wrong) for number, cells, wrong in filled]
    rows = rows[start + bool(heads) :]
    if not rows:
        raise BadInput("表里只有列名，没有内容：从第二行起，每行写一件事")
    _bounded(len(rows))
    return Table(name, columns, tuple(rows), _guess(columns, rows), note)


def _head(filled: Sequence[Cells]) -> int:
    """Where the head stands: a title above the table fills one cell only, and is passed over."""
    first = [sum(map(bool, cells)) for _, cells, _ in filled[:5]]
    return 0 if max(first) == 1 else next(place for place, count in enumerate(first) if count > 1)


def _names(cells: Sequence[str]) -> bool:
    return all(len(cell) <= _HEAD_LONGEST and not _SENTENCE.search(cell) for cell in cells)


def _named(heads: Sequence[str], width: int) -> Iterator[str]:
    used: set[str] = set()
    for place in range(width):
        name = (heads[place] if place < len(heads) else "") or f"第{place + 1}列"
        while name in used:
            name += f"（第{place + 1}列）"
        used.add(name)
        yield name


def _guess(columns: Sequence[str], rows: Iterable[Row]) -> int:
    """The column with the most Chinese in it; a name such as 案情 counts threefold."""
    looked = list(islice((row for row in rows if not row.wrong), _LOOKED_AT))

    def weight(place: int) -> float:
        signs = sum(len(_HAN.findall(row.values[place][:500])) for row in looked)
        return signs * (3 if _NAMED.search(columns[place]) else 1)

    return max(range(len(columns)), key=weight)


def _bounded(count: int) -> None:
    if count > MOST_ROWS:
        raise BadInput(f"行数太多：一次最多 {MOST_ROWS} 行，请分成几份")
