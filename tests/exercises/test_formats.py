"""Papers in other formats: what is written reads back the same, what people type by hand reads too, what cannot be read is told."""

import html
import re
import zipfile
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from assistant.errors import BadInput
from assistant.exercises import Case, Paper, Twin, make_paper
from assistant.exercises.formats import FORMATS, read_paper_file, write_paper
from assistant.paths import corpus_dir
from assistant.triage import load_engine
from assistant.triage.exemplars import read_exemplars

PACK = load_engine().pack
NASTY = Case(
    id="n:1",
    text="老{王}说：~罚款=0元~，#号、反斜\\杠\n第二行 ::题:: 100%对 // 不是注释 <b>&amp;",
    verdict="fault",
    provisions=("6.4", "9.1"),
    factors=("11.1",),
    acceptable=("7.5",),
    sanctions=("10.1", "10.2"),
    options=("6.1", "6.4", "7.4", "9.1"),
    factor_options=("11.1", "12.4"),
    difficulty=0.25,
    twin=Twin(text="=SUM(A1) 报批后撤案", verdict="no_fault"),
    source="changed",
)
PAIR = Case(
    id="m",
    text="小王没有报批就把案子撤了，后来他认错并改正。",
    verdict="fault",
    provisions=("6.5",),
    factors=("11.1",),
    options=("6.1", "6.5"),
    factor_options=("11.1", "12.7"),
    twin=Twin(
        text="小王没有报批就把案子撤了，今年这是第三次。", verdict="fault", provisions=("6.5",), factors=("12.7",)
    ),
    source="scene",
)
PLAIN = Case(id="p", text="小王按程序报批后撤案", verdict="no_fault", options=("6.5", "6.1"))
PAPER = Paper(title="撤案与{括号}", cases=(NASTY, PLAIN, PAIR))
READABLE = [name for name, format in FORMATS.items() if format.read]


@pytest.mark.parametrize("format", READABLE)
def test_what_is_written_reads_back_unchanged(format: str) -> None:
    data = write_paper(PAPER, PACK, format=format)
    assert read_paper_file(data, PACK, name=f"卷{FORMATS[format].suffix}") == list(PAPER.cases)


@pytest.mark.parametrize("format", READABLE)
def test_a_paper_of_twenty_reads_back_unchanged(format: str) -> None:
    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    paper = make_paper(exemplars, load_engine(), theme="6", count=20, seed=7)
    data = write_paper(paper, PACK, format=format)
    assert read_paper_file(data, PACK, name=f"卷{FORMATS[format].suffix}") == list(paper.cases)


@pytest.mark.parametrize("format", FORMATS)
def test_every_file_says_that_it_is_an_aid(format: str) -> None:
    assert "辅助研判" in words_of(write_paper(PAPER, PACK, format=format), format)


def words_of(data: bytes, format: str) -> str:
    """The whole text of a written file, with its markup."""
    if format == "apkg":
        return "\n".join(fields_in_anki(data))
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    return html.unescape(data.decode("utf-8"))


def fields_in_anki(data: bytes) -> list[str]:
    """Both sides of every note, by Anki's own library in a fresh collection."""
    import tempfile

    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    with tempfile.TemporaryDirectory() as folder_name:
        path = Path(folder_name) / "deck.apkg"
        path.write_bytes(data)
        collection = Collection(str(Path(folder_name) / "collection.anki2"))
        try:
            request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
            collection.import_anki_package(request)
            return [field for note in collection.find_notes("") for field in collection.get_note(note).fields]
        finally:
            collection.close()


def test_anki_itself_opens_the_deck() -> None:
    fields = fields_in_anki(write_paper(PAPER, PACK, format="apkg"))
    assert len(fields) == 6
    assert any("&lt;b&gt;" in field for field in fields)
    assert any("立案后" in field for field in fields)


def test_the_same_paper_gives_the_same_notes() -> None:
    def guids(data: bytes) -> list[str]:
        import sqlite3
        import tempfile

        with zipfile.ZipFile(BytesIO(data)) as archive, tempfile.TemporaryDirectory() as folder:
            path = archive.extract("collection.anki2", folder)
            connection = sqlite3.connect(path)
            try:
                return [row[0] for row in connection.execute("select guid from notes order by guid")]
            finally:
                connection.close()

    assert guids(write_paper(PAPER, PACK, format="apkg")) == guids(write_paper(PAPER, PACK, format="apkg"))


def test_moodle_xml_keeps_to_the_published_form() -> None:
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / "moodle.rng"))
    tree = etree.fromstring(write_paper(PAPER, PACK, format="moodle"))
    assert schema.validate(tree), schema.error_log
    for question in tree.findall("question[@type='multichoice']"):
        shares = [float(answer.get("fraction")) for answer in question.findall("answer")]
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.01)
    tags = tree.findall("question/tags")
    assert not tags  # Moodle cuts a tag at 50 characters


def test_gift_weights_are_those_that_moodle_reads() -> None:
    written = write_paper(PAPER, PACK, format="gift").decode()
    weights = re.findall(r"^~(%.*?%)", written, re.MULTILINE)
    assert {"%50%", "%100%", "%-100%"} == set(weights)
    assert all(re.match(r"%-*([0-9]{1,2})\.?([0-9]*)%$", weight) for weight in weights)  # the expression of its reader
    for block in written.split("\n\n")[1:]:
        answers = block.split(" {\n")[1]
        assert "\n=" in f"\n{answers}" or sum(float(w) for w in re.findall(r"~%([\d.]+)%", answers)) == 100


def test_moodle_questions_written_in_html_are_read() -> None:
    typed = """<quiz><question type="multichoice"><name><text>一</text></name>
<questiontext format="html"><text><![CDATA[<p>小王<b>私下</b>撤案 &lt;两次&gt;<br>没有报批</p>]]></text></questiontext>
<answer fraction="100" format="html"><text><![CDATA[<p>构成过错</p>]]></text></answer>
<answer fraction="0" format="html"><text><![CDATA[<p>不构成过错</p>]]></text></answer></question></quiz>"""
    cases = read_paper_file(typed.encode(), PACK, name="moodle.xml")
    assert [(case.id, case.text, case.verdict) for case in cases] == [("q1", "小王私下撤案 <两次>\n没有报批", "fault")]


def test_titles_of_ones_own_do_not_join_questions() -> None:
    typed = "::练习/1:: 小王私下撤案 {=构成过错 ~资料不足}\n\n::练习/2:: 小王报批后撤案 {=不构成过错 ~资料不足}\n"
    cases = read_paper_file(typed.encode(), PACK, name="a.gift")
    assert [(case.text, case.verdict) for case in cases] == [("小王私下撤案", "fault"), ("小王报批后撤案", "no_fault")]


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_are_left_out(format: str) -> None:
    odd = msgspec.structs.replace(
        PLAIN, text="小王\x00按\x0b程序\ufffe报批", twin=Twin(text="\x1b撤案--没有报批", verdict="fault")
    )
    data = write_paper(Paper(cases=(odd,), title="\x01卷"), PACK, format=format)
    words = words_of(data, format)
    assert "小王按程序报批" in words
    assert {"\x00", "\x01", "\x0b", "\x1b", "\ufffe"}.isdisjoint(words)
    if FORMATS[format].read:
        case = read_paper_file(data, PACK, name=f"卷{FORMATS[format].suffix}")[0]
        assert (case.text, case.twin) == ("小王按程序报批", Twin(text="撤案--没有报批", verdict="fault"))


def test_a_number_that_may_be_two_items_is_asked_back() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["案情", "结论", "条项"])
    book.active.append(["小李泄露了举报人", "构成过错", 6.10])
    kept = BytesIO()
    book.save(kept)
    with pytest.raises(BadInput, match=r"第 2 行的条项是数字，分不出 6\.1 与 6\.10"):
        read_paper_file(kept.getvalue(), PACK, name="自编.xlsx")


def test_no_cell_of_a_sheet_is_a_formula() -> None:
    from openpyxl import load_workbook

    bad = msgspec.structs.replace(PLAIN, text='=HYPERLINK("http://x.invalid")', id="+1")
    data = write_paper(Paper(cases=(bad,), title="=1+1"), PACK, format="xlsx")
    book = load_workbook(BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert read_paper_file(data, PACK, name="a.xlsx")[0].text == bad.text


def test_questions_typed_by_hand_are_read() -> None:
    typed = """// 自己出的题
小李收了举报信，转手告诉了厂长，举报人被打。{
=构成过错
~不构成过错
~资料不足
~不属本办法
}

小李收了举报信，转手告诉了厂长，举报人被打。 {
~%100%第六条第（十）项 泄露身份
~%-100%6.9
}
"""
    cases = read_paper_file(typed.encode(), PACK, name="自编.gift")
    assert [(case.verdict, case.provisions, case.options) for case in cases] == [("fault", ("6.10",), ("6.10", "6.9"))]


def test_a_sheet_filled_in_by_hand_is_read() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["案情", "结论", "条项"])
    book.active.append(["小王私下撤案", "构成过错", "第六条第五项、9.1"])
    kept = BytesIO()
    book.save(kept)
    case = read_paper_file(kept.getvalue(), PACK, name="自编.xlsx")[0]
    assert (case.id, case.provisions, case.options) == ("q1", ("6.5", "9.1"), ("6.5", "9.1"))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.gift", "题{没有转义} {=构成过错 ~不构成过错}", "花括号"),
        ("a.gift", "题 {=构成过错 ~不构成过错", "花括号"),
        ("a.gift", "题 {}", "没有选项"),
        ("a.gift", "\n\n题 {=对 ~错}", "第 3 行"),
        ("a.gift", "题 {~构成过错 ~不构成过错}", "正确选项"),
        ("a.jsonl", "{}", "第 1 行的字段不对"),
        ("a.jsonl", "\n{", "第 2 行读不懂"),
        ("a.xml", "<quiz>", "第 1 行第 7 列"),
        ("a.xml", "<quiz/>", "没有选择题"),
        ("a.xml", '<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "实体"),
        ("a.xml", '<?xml version="1.0" encoding="xyz"?><quiz/>', "Moodle XML"),
        ("a.xml", '<quiz><question type="multichoice"/></quiz>', "第 1 个选择题"),
        ("a.gift", "题 {=以上都没有}", "看不懂"),
        ("a.gift", "题 {=构成过错\n换行 ~不构成过错}", "构成过错 换行"),
        ("a.xlsx", "不是表格", "打不开"),
        ("a.jsonl", '{"id": "a", "text": "x", "verdict": "fault", "provisions": ["6.99"]}', "6.99 不在本制度里"),
        (
            "a.gift",
            '// [extra] {"twin": {"text": "x", "verdict": "fault", "factors": ["99"]}}\n题 {=构成过错 ~不构成过错}',
            "99 不在本制度里",
        ),
        ("a.pdf", "x", "不能导入"),
        ("a", "x", "不能导入"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(name: str, data: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as told:
        read_paper_file(data.encode(), PACK, name=name)
    assert "\n" not in str(told.value)


def test_other_encodings_and_formats_are_told() -> None:
    with pytest.raises(BadInput, match="UTF-8"):
        read_paper_file("题".encode("gb18030"), PACK, name="a.gift")
    with pytest.raises(BadInput, match="可用 jsonl"):
        write_paper(PAPER, PACK, format="odt")


@pytest.mark.parametrize("format", ["gift", "docx-key"])
def test_only_what_differs_in_one_place_is_called_so(format: str) -> None:
    data = write_paper(PAPER, PACK, format=format)
    if format == "docx-key":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = archive.read("word/document.xml")
    text = data.decode("utf-8")
    assert text.count("只差一处的对照") == text.count("同类的另一件事") == 1
    assert re.search(
        r"只差一处的对照[：:\\]+小王没有报批就把案子撤了，今年这是第三次。——构成过错、第六条第（五）项、第十二条第（七）项",
        text,
    )


@pytest.mark.parametrize("format", ["docx", "docx-key"])
def test_word_opens_paper_and_key_apart(format: str) -> None:
    from docx import Document

    text = "\n".join(line.text for line in Document(BytesIO(write_paper(PAPER, PACK, format=format))).paragraphs)
    assert "老{王}" in text
    assert ("□" in text) is (format == "docx")
    assert ("结论：□ 构成过错　□ 不构成过错" in text) is (format == "docx")
    assert ("同类的另一件事：=SUM(A1) 报批后撤案——不构成过错" in text) is (format == "docx-key")
