"""The numbers of a class against numbers worked out by hand; nothing of people's own words runs in a sheet or a page."""

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import msgspec
import openpyxl
import pytest

from assistant.corpus import Regulation, load
from assistant.exercises import Answer, Paper
from assistant.exercises.invitation import qr_png, qr_svg, room_address
from assistant.exercises.report import Given, Report, make_report
from assistant.exercises.report_page import report_page
from assistant.exercises.report_sheet import report_sheet
from assistant.exercises.report_words import choice
from assistant.exercises.store import Rooms
from tests.exercises.conftest import NO_FAULT, RIGHT, WRONG, mark

UNSURE = Answer(verdict="insufficient", certainty=1)
HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "<img src=x>&amp;",
    "\t=1",
]


def _given(paper: Paper, table: list[list[Answer | None]]) -> list[Given]:
    return [
        Given(person=person, position=position, answer=answer, mark=mark(paper.cases[position], answer))
        for person, row in enumerate(table)
        for position, answer in enumerate(row)
        if answer
    ]


@pytest.fixture
def report(paper: Paper) -> Report:
    table = [
        [RIGHT, NO_FAULT, UNSURE],
        [RIGHT, NO_FAULT, NO_FAULT],
        [RIGHT, RIGHT, NO_FAULT],
        [WRONG, RIGHT, NO_FAULT],
        [WRONG, NO_FAULT, None],
        [None, None, None],
    ]
    return make_report("班", paper.cases, ["甲", "乙", "丙", "丁", "戊", "己"], _given(paper, table))


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load("xushui-2020")


def test_facility_is_the_share_right_of_those_who_answered(report: Report) -> None:
    assert [(line.answered, line.right) for line in report.cases] == [(5, 3), (5, 3), (4, 1)]
    assert [line.facility for line in report.cases] == [0.6, 0.6, 0.25]


def test_discrimination_is_the_correlation_with_the_other_cases(report: Report) -> None:
    # Case 1: right 1 1 1 0 0 beside the rests 1 .5 0 0 1; means .6 and .5; sum of products 0.
    assert report.cases[0].discrimination == pytest.approx(0.0, abs=1e-9)
    # Case 2: right 1 1 0 0 1 beside 1 .5 .5 0 0; means .6 and .4; sum of products .3, squares 1.2 and .7.
    assert report.cases[1].discrimination == pytest.approx(0.3 / (1.2 * 0.7) ** 0.5)
    assert report.cases[2].discrimination is None


def test_discrimination_needs_people_who_differ(paper: Paper) -> None:
    same = make_report("班", paper.cases, ["x"] * 6, _given(paper, [[RIGHT, NO_FAULT]] * 6))
    assert [line.discrimination for line in same.cases] == [None, None, None]
    assert [line.facility for line in same.cases] == [1, 1, None]


def test_items_found_missed_and_overreached(report: Report) -> None:
    lines = {line.id: (line.asked, line.found, line.facility, line.overreached) for line in report.items}
    assert lines == {"6.1": (5, 3, 0.6, 2), "7.1": (0, 0, None, 2), "12.2": (5, 3, 0.6, 2)}
    assert [line.id for line in report.items] == ["6.1", "7.1", "12.2"]


def test_acceptable_items_are_no_overreach(paper: Paper) -> None:
    case = msgspec.structs.replace(paper.cases[0], acceptable=("7.1",))
    given = [Given(person=0, position=0, answer=WRONG, mark=mark(case, WRONG))]
    assert [line.id for line in make_report("班", [case], ["甲"], given).items] == ["6.1", "12.2"]


def test_people_by_points_and_the_sure_but_wrong(report: Report) -> None:
    assert [(line.name, line.answered, line.right, line.points) for line in report.people] == [
        ("甲", 3, 3, 6),
        ("乙", 3, 2, 5),
        ("丙", 3, 1, 3),
        ("戊", 2, 1, 2),
        ("丁", 3, 0, 0),
        ("己", 0, 0, 0),
    ]
    assert [(line.number, line.name) for line in report.sure_but_wrong] == [(1, "丁"), (1, "戊"), (2, "丙"), (2, "丁")]


def test_a_report_of_a_kept_class_covers_the_cases_it_came_to(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    for name, answer in (("甲", RIGHT), ("乙", WRONG)):
        rooms.answer(rooms.join(room.code, name, client="x"), answer, number=1)
    report = rooms.report(room.token)
    assert (report.title, len(report.cases), report.cases[0].facility) == ("三题", 1, 0.5)
    assert [line.name for line in report.sure_but_wrong] == ["乙"]


def _hostile(paper: Paper) -> Report:
    cases = tuple(msgspec.structs.replace(case, text=HOSTILE[0] + HOSTILE[4]) for case in paper.cases)
    return make_report(HOSTILE[0], cases, HOSTILE, _given(paper, [[WRONG]] * len(HOSTILE)))


def test_the_sheet_holds_values_and_charts(report: Report, regulation: Regulation) -> None:
    data = report_sheet(report, regulation)
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["题目", "条项", "学员", "错而自信", "说明"]
    assert [cell.value for cell in book["题目"][2]][3:] == [5, 3, 0.6, pytest.approx(0.0, abs=1e-9)]
    assert book["题目"]["C2"].value.startswith("构成过错：第六条第（一）项、第十二条")
    assert [cell.value for cell in book["学员"][2]] == ["甲", 3, 3, 6]
    assert book["错而自信"].max_row == 5
    charts = [name for name in zipfile.ZipFile(BytesIO(data)).namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    book.close()


def test_nothing_in_the_sheet_is_a_formula(paper: Paper, regulation: Regulation) -> None:
    data = report_sheet(_hostile(paper), regulation)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 5
        for name in sheets:
            assert not ElementTree.fromstring(parts.read(name)).findall(".//{*}f")
    book = openpyxl.load_workbook(BytesIO(data))
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.quotePrefix for cell in texts)
    assert {row[0].value for row in book["学员"].iter_rows(min_row=2)} == {*HOSTILE}
    book.close()


class _Tags(HTMLParser):
    """What stands in a page: its tags in order, those still open, and its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag


def test_the_page_is_whole_and_escapes_everything(paper: Paper, regulation: Regulation) -> None:
    page = report_page(_hostile(paper), regulation)
    tags = _Tags(page)
    assert tags.open == []
    assert {"script", "img", "a", "link", "iframe"}.isdisjoint(tags.seen)
    assert {"src", "href", "onerror"}.isdisjoint(tags.attributes)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_says_the_numbers(report: Report, regulation: Regulation) -> None:
    page = report_page(report, regulation)
    assert "6 人参加，3 题，收到 14 份答案" in page
    assert page.count("<svg") == 2
    assert '<td class="number">3/5</td><td class="number">60%</td>' in page
    assert "辅助研判，不是处理决定" in page


def test_ids_are_named_in_the_order_of_the_law(regulation: Regulation) -> None:
    assert (
        choice("fault", ("12.2", "6.11", "6.2"), regulation)
        == "构成过错：第六条第（二）项、第六条第（十一）项、第十二条第（二）项"
    )
    assert choice("insufficient", (), regulation) == "资料不足"


def test_a_class_without_anyone_still_has_a_report(paper: Paper, regulation: Regulation) -> None:
    report = make_report("空", paper.cases[:1], [], [])
    page = report_page(report, regulation)
    assert "没有人加入" in page
    assert openpyxl.load_workbook(BytesIO(report_sheet(report, regulation)))["题目"]["F2"].value is None


def _attributes(svg: str) -> dict[str, Any]:
    return dict(ElementTree.fromstring(svg).attrib)


def test_the_qr_code_is_an_image_in_both_forms() -> None:
    address = room_address("http://10.0.0.5:7860/", "AB3XY9")
    assert address == "http://10.0.0.5:7860/join/?room=AB3XY9"
    assert _attributes(qr_svg(address))["viewBox"] == "0 0 37 37"
    assert qr_png(address).startswith(b"\x89PNG")
    assert qr_svg(address) != qr_svg(room_address("http://10.0.0.5:7860/", "AB3XY8"))
