"""Files in and out in a real browser: a batch of 200 with a stop and filters, and the Word record of a case."""

import csv
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import pytest
from docx import Document
from openpyxl import load_workbook

from evals.visiting import served
from tests.web.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
CASE = "小王立案后也没个说法就把案子撤了"
TEXTS = (CASE, "城管把早点摊的炉子收走了", "", "<img src=http://203.0.113.9/x>小王把案子撤了", "小乔去查一家喷漆厂")


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    return visit()


def _csv(folder: Path, rows: int) -> Path:
    path = folder / "信访台账.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["编号", "反映的情况"])
        out.writerows([f"=1+{n}", TEXTS[n % len(TEXTS)]] for n in range(rows))
    return path


def test_a_batch_of_two_hundred_is_judged_filtered_and_taken_home(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.bring(_csv(tmp_path, 200))
    assert "读到 200 行" in page.inner_text("#batch-read")
    assert page.input_value("#batch-column input") == "反映的情况"
    page.click("#batch-start")
    page.wait_for_selector("#batch-rows table")
    assert "研判完了，共 200 行" in page.inner_text("#batch-bar")
    assert "40 行" in page.inner_text('#batch-chart [data-verdict="none"]')
    page.click('#batch-chart [data-verdict="none"]')
    page.wait_for_selector("#batch-rows [role=status]:has-text('共 40 行')")
    assert "案情是空的" in page.inner_text("#batch-rows tbody tr >> nth=0")
    page.click('#batch-chart [data-item="6.5"]')
    page.wait_for_selector("#batch-rows [role=status]:not(:has-text('共 40 行，')), #batch-rows summary")
    page.click("#batch-rows summary >> nth=0")
    assert "立案后无正当理由擅自撤案" in page.inner_text("#batch-rows tbody tr >> nth=0")
    page.fill("#batch-words textarea, #batch-words input", "img")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('#batch-rows').innerText.includes('没个说法')")
    with page.expect_download() as taken:
        page.click("#batch-save")
    assert taken.value.suggested_filename == "信访台账-研判结果.xlsx"
    taken.value.save_as(tmp_path / "back.xlsx")
    sheet = load_workbook(tmp_path / "back.xlsx")["研判结果"]
    assert sheet.max_row == 201
    assert sheet["A2"].value == "=1+0"
    assert sheet["A2"].data_type == "s"
    assert page.query_selector("#batch-rows img, #batch-read img") is None
    assert visitor.outside() == []


def test_a_batch_can_be_stopped_and_keeps_what_it_has(visitor: Visitor, tmp_path: Path) -> None:
    visitor.bring(_csv(tmp_path, 5000))
    visitor.page.click("#batch-start")
    visitor.page.click("#batch-stop")
    visitor.page.wait_for_selector("#batch-bar :text('已经停止')")
    visitor.page.wait_for_selector("#batch-save")
    assert visitor.page.is_hidden("#batch-stop")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("a.pdf", b"%PDF-1.7", "不是能读的表格"), ("a.xlsx", b"PK\x03\x04broken", "打不开"), ("a.csv", b"", "空的")],
)
def test_a_file_that_cannot_be_read_gets_one_kind_line(
    visitor: Visitor, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    visitor.bring(tmp_path / name)
    assert words in visitor.page.inner_text("#batch-read [role=alert]")
    visitor.bring(_csv(tmp_path, 3))
    visitor.page.wait_for_selector("#batch-read :text('读到 3 行')")


def test_an_uploaded_table_does_not_stay_on_the_servers_disk(visitor: Visitor, tmp_path: Path) -> None:
    table = _csv(tmp_path, 3).rename(tmp_path / f"{uuid4().hex}.csv")
    visitor.bring(table)
    visitor.page.wait_for_selector("#batch-read :text('读到 3 行')")
    assert list(Path(gettempdir()).glob(f"assistant-*/**/{table.name}")) == []
    visitor.bring(table)
    visitor.page.wait_for_selector("#batch-read :text('读到 3 行')")


def test_two_visitors_batches_never_mix(visit: Visit, tmp_path: Path) -> None:
    first, second = visit(), visit()
    first.bring(_csv(tmp_path, 20))
    second.open("批量研判")
    assert second.page.inner_text("#batch-read").strip() == ""
    assert second.page.is_hidden("#batch-start")


def test_one_press_makes_a_word_document_with_names_hidden_where_ticked(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.open("核查记录")
    page.wait_for_selector("#record :text('还没有案情')")
    assert page.is_disabled("#record-save")
    visitor.open("咨询研判")
    visitor.say(f"{CASE}，王科长13812345678知道也不管")
    visitor.open("核查记录")
    page.wait_for_selector("#record h2")
    for masked in (False, True):
        if masked:
            page.check("#record-masked input")
            page.wait_for_selector("#record :text('已隐去')")
        with page.expect_download() as taken:
            page.click("#record-save")
        path = tmp_path / taken.value.suggested_filename
        taken.value.save_as(path)
        document = Document(str(path))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert path.suffix == ".docx"
        assert ("小王" in text) is not masked
        assert "立案后无正当理由擅自撤案" in text
        assert "AI 辅助生成" in document.sections[0].header.paragraphs[0].text
    assert visitor.outside() == []


def test_a_file_that_is_too_large_and_a_server_that_is_gone_are_told_in_chinese(visit: Visit, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        visitor = visit(address)
        page = visitor.page
        visitor.open("批量研判")
        (tmp_path / "a.csv").write_bytes(b"x" * 21 * 1024 * 1024)
        with page.expect_file_chooser() as chooser:
            page.click("#batch-file")
        chooser.value.set_files(tmp_path / "a.csv")
        page.wait_for_selector(".toast-body :text('最多 20 MB')")
        visitor.open("咨询研判")
    page.fill("#told textarea", CASE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast-body :text('连不上服务器')")
    assert page.input_value("#told textarea") == CASE
    assert "rror" not in page.inner_text(".toast-wrap")
