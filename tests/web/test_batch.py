"""A table of incidents, without a browser: what is read, what is refused in one line, what comes back."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import BadInput
from assistant.triage import Engine, load_engine
from assistant.web.batch import MOST_ROWS, Judged, Row, Table, judge_rows, read_table, tally, workbook
from assistant.web.batch.sheet import UNPACKED
from assistant.web.panels import links_of
from assistant.web.panels.rows import chart, chosen, preview, progress, rows_table

FAULT = "小王立案后也没个说法就把案子撤了"
OUTSIDE = "城管把早点摊的炉子收走了"
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "#N/A")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


def _read(folder: Path, name: str, data: bytes | str) -> Table:
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return read_table(path)


def _xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _texts(table: Table) -> list[str]:
    return [row.values[table.guess] for row in table.rows]


# what is read


def test_a_sheet_with_a_title_above_its_head_is_read(tmp_path: Path) -> None:
    rows = [
        ["2024年信访台账"],
        [],
        ["编号", "日期", "反映的情况"],
        [1, "3月5日", FAULT],
        [None],
        [2.5, "3月6日", OUTSIDE],
    ]
    table = _read(tmp_path, "台账.xlsx", _xlsx(rows))
    assert table.columns == ("编号", "日期", "反映的情况")
    assert table.columns[table.guess] == "反映的情况"
    assert [(row.number, row.values) for row in table.rows] == [
        (4, ("1", "3月5日", FAULT)),
        (6, ("2.5", "3月6日", OUTSIDE)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f'序号{delimiter}案情\r\n1{delimiter}"{FAULT}，\r\n{OUTSIDE}"\r\n'
    table = _read(tmp_path, "a.csv", text.encode(encoding))
    assert table.columns == ("序号", "案情")
    assert _texts(table) == [f"{FAULT}，\r\n{OUTSIDE}"]
    assert table.rows[0].number == 2


def test_lines_of_json_are_read_and_a_broken_one_is_told_in_its_place(tmp_path: Path) -> None:
    lines = f'{{"id": 1, "text": "{FAULT}"}}\n{{"id"\n[1]\n\n{{"text": "{OUTSIDE}", "id": null}}\n'
    table = _read(tmp_path, "a.jsonl", lines)
    assert table.columns == ("id", "text")
    assert [row.number for row in table.rows] == [1, 2, 3, 5]
    assert [bool(row.wrong) for row in table.rows] == [False, True, True, False]
    assert table.guess == 1


def test_a_list_without_a_head_keeps_its_first_row(tmp_path: Path) -> None:
    table = _read(tmp_path, "a.csv", f"3月5日，{FAULT}。\n4月1日，{OUTSIDE}。\n".replace("，", ""))
    assert table.columns == ("第1列",)
    assert len(table.rows) == 2


def test_columns_of_one_name_or_of_none_are_told_apart(tmp_path: Path) -> None:
    table = _read(tmp_path, "a.csv", f"情况,情况,\n甲,{FAULT},乙\n")
    assert len(set(table.columns)) == 3


def test_the_longest_telling_is_guessed_where_no_column_is_named_so(tmp_path: Path) -> None:
    table = _read(tmp_path, "a.csv", f"单位,材料,日期\n徐水区分局,{FAULT},3月5日\n")
    assert table.columns[table.guess] == "材料"


# what is refused


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"\.xlsx、\.csv 或 \.jsonl"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "旧版 .xls 或者加了密码"),
        ("a.xlsx", b"PK\x03\x04broken", "打不开"),
        ("a.xlsx", "案情\n小王".encode(), "打不开"),
        ("a.csv", b"", "空的"),
        ("a.csv", b" \n,,\n", "没有内容"),
        ("a.csv", "案情\n".encode(), "只有列名"),
        ("a.csv", bytes(range(256)), "编码无法识别"),
        ("a.csv", "案情\n" + '"' + "查" * 200_000, "引号没有成对"),
        ("a.jsonl", b"[1]\n[2]\n", "没有读出一行"),
        ("a.csv", "案情\n" + "小王把案子撤了\n" * (MOST_ROWS + 1), f"最多 {MOST_ROWS} 行"),
        ("a.jsonl", '{"text": "撤了"}\n' * (MOST_ROWS + 1), f"最多 {MOST_ROWS} 行"),
        ("a.pdf", b"%PDF", "不是能读的表格"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes | str, words: str
) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        _read(tmp_path, name, data)
    assert "\n" not in str(refused.value)


def test_too_many_rows_of_a_sheet_are_refused_and_as_many_as_allowed_are_read(tmp_path: Path) -> None:
    assert len(_read(tmp_path, "a.xlsx", _xlsx([["案情"], *[["撤了"]] * MOST_ROWS])).rows) == MOST_ROWS
    with pytest.raises(BadInput, match=f"最多 {MOST_ROWS} 行"):
        _read(tmp_path, "b.xlsx", _xlsx([["案情"], *[["撤了"]] * (MOST_ROWS + 1)]))


def test_what_would_unpack_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(4):
            archive.writestr(f"xl/{part}.xml", bytes(UNPACKED // 4 + 1))

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert len(kept.getvalue()) < 1024 * 1024
    with pytest.raises(BadInput, match="没有打开"):
        _read(tmp_path, "bomb.xlsx", kept.getvalue())


def test_entities_and_false_sizes_in_a_sheet_do_no_harm(tmp_path: Path) -> None:
    def changed(old: bytes, new: bytes) -> bytes:
        kept = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(_xlsx([["案情"], [FAULT]]))) as source,
            zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for part in source.infolist():
                target.writestr(part.filename, source.read(part).replace(old, new))
        return kept.getvalue()

    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '
    with pytest.raises(BadInput, match="打不开"):
        _read(tmp_path, "a.xlsx", changed(b"<worksheet ", bomb))
    table = _read(tmp_path, "b.xlsx", changed(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"'))
    assert _texts(table) == [FAULT]


# what comes back


def _judged(engine: Engine, texts: Sequence[str]) -> tuple[Table, list[Judged]]:
    rows = tuple(Row(number, (f"n{number}", text)) for number, text in enumerate(texts, 2))
    table = Table("台账.xlsx", ("编号", "案情"), rows, 1)
    return table, list(judge_rows(engine, rows, 1))


def test_a_bad_row_is_marked_and_the_rest_goes_on(engine: Engine) -> None:
    _, judged = _judged(engine, [FAULT, "", "abc", "查" * 20_000, "坏\0的", OUTSIDE])
    assert [one.verdict for one in judged] == ["fault", None, None, None, None, "out_of_scope"]
    assert [one.wrong.partition("：")[0] for one in judged[1:5]] == [
        "案情是空的",
        "没有看到汉字",
        "文字太长",
        "文字里有控制字符或乱码，像是二进制文件",
    ]
    counted = tally(judged)
    assert counted.verdicts == {"fault": 1, None: 4, "out_of_scope": 1}
    assert counted.provisions == {"6.5": 1}


def test_a_result_is_the_engines_own(engine: Engine) -> None:
    _, [one] = _judged(engine, [FAULT])
    [provision] = [p for p in engine.triage(FAULT).provisions if p.status == "met"]
    assert (one.provisions[0].id, one.provisions[0].quote) == (provision.id, provision.quote)
    for element in provision.elements:
        assert element.name in one.provisions[0].reason


def test_the_workbook_has_items_reasons_quotes_and_no_formula(engine: Engine) -> None:
    table, judged = _judged(engine, [FAULT, *FORMULAS])
    book = load_workbook(io.BytesIO(workbook(table, 1, judged, engine.pack)))
    sheet = book["研判结果"]
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))
    assert first["案情"] == FAULT
    assert first["研判：结论"] == "构成过错"
    assert "第六条第（五）项" in first["研判：条项"]
    assert "“没个说法”" in first["研判：理由"]
    assert "立案后无正当理由擅自撤案" in first["研判：条文原话"]
    for row, told in zip(sheet.iter_rows(min_row=3), FORMULAS, strict=True):
        assert row[1].value == told
        assert row[heads.index("研判：备注")].value
        assert all(cell.data_type in {"s", "n", "inlineStr"} and cell.quotePrefix for cell in row if cell.value)
    notes = "".join(str(row[0].value) for row in book["说明"].iter_rows())
    assert "不是处理决定" in notes
    assert engine.pack.regulation.sha256 in notes


def test_rows_are_filtered_by_verdict_item_and_words(engine: Engine) -> None:
    _, judged = _judged(engine, [FAULT, OUTSIDE, "", FAULT + "，后来他主动承认并马上改正了"])
    for filters, numbers in (
        ({}, [2, 3, 4, 5]),
        ({"verdict": "fault"}, [2, 5]),
        ({"verdict": "none"}, [4]),
        ({"item": "11.1"}, [5]),
        ({"words": "小王 承认"}, [5]),
        ({"item": "6.5", "words": "炉子"}, []),
    ):
        found = chosen(judged, **{"verdict": "", "item": "", "words": "", **filters})
        assert [one.number for one in found] == numbers


def test_what_is_shown_counts_pages_and_escapes(engine: Engine) -> None:
    attack = "小王把案子撤了<img src=http://203.0.113.9/x><form>"
    table, judged = _judged(engine, [attack] * 60)
    link = links_of(engine.pack.regulation)
    page = rows_table(judged, 1, link)
    assert "第 2 / 2 页" in page
    assert page.count("<tr><th scope=row>") == 10
    bars = chart(tally(judged), engine.pack.labels, list(engine.pack.rules))
    assert "60 行" in bars
    for shown in (page, bars, preview(table, 1), preview(table._replace(name=attack, columns=("a", attack)), 1)):
        assert "<img" not in shown
        assert "<form" not in shown
    assert "59 / 60" in progress(59, 60, stopped=True)
    assert "没有这样的行" in rows_table([], 0, link)
