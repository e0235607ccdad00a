"""The record of a matter, without a browser: what it says, what it hides, and that Word's own readers take it."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from assistant.chat import Assistant, CaseFile, open_assistant
from assistant.settings import Settings
from assistant.triage import Engine, Triage, load_engine
from assistant.triage.result import Evidence
from assistant.web.panels.record import record_panel
from assistant.web.record import Grid, Line, Record, Wording, record_of, write_record

TOLD = (
    "3月5日立案后小王没有报批，第二天就把案子撤了，谁问都不说为什么",
    "王科长13812345678知道了也不管；后来小王主动承认并马上改正了",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(Settings(data_dir=tmp_path_factory.mktemp("var")))


def _case(assistant: Assistant, *told: str) -> CaseFile:
    case = CaseFile()
    for turn in told:
        _, case = assistant.reply(case, turn)
    return case


def _triage(assistant: Assistant, case: CaseFile) -> Triage:
    triage = assistant.triage(case)
    assert triage
    return triage


def _record(assistant: Assistant, engine: Engine, case: CaseFile, *, masked: bool = False, others: str = "") -> Record:
    words = Wording(case.text, masked=masked, others=others.split())
    made = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    return record_of(_triage(assistant, case), case, engine.pack, words, made=made, program="0.1.0", model="")


def _texts(record: Record) -> str:
    found = [record.title, record.mark, record.notice]
    for section in record.sections:
        found.append(section.title)
        for block in section.blocks:
            found += (
                [block.text] if isinstance(block, Line) else [*block.heads, *(c for row in block.rows for c in row)]
            )
    return "\n".join(found)


def _docx_texts(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_record_says_all_of_the_matter(assistant: Assistant, engine: Engine) -> None:
    case = _case(assistant, *TOLD)
    _, case = assistant.set_fact(case, "6.5", "已经立案", "met")
    triage = _triage(assistant, case)
    text = _texts(_record(assistant, engine, case))
    for told in case.told:
        assert told in text
    for provision in triage.provisions:
        assert provision.quote in text
        for element in provision.elements if provision.status != "excluded" else ():
            assert f"“{element.quote}”" in text
    for sanction in triage.sanctions:
        assert sanction.quote in text
    for limit in triage.deadlines:
        assert limit.quote in text
    for question in triage.ask_next:
        assert f"□ {question.question}" in text
    for words in ("经办人手工设定", "没有核对证据", "AI 辅助生成", "不是处理决定", "2026年03月09日 08:30", "0.1.0"):
        assert words in text
    assert triage.regulation.sha256 in text
    assert triage.regulation.rules in text


def test_every_fact_stands_beside_the_whole_sentence_that_tells_it(assistant: Assistant, engine: Engine) -> None:
    case = _case(assistant, *TOLD)
    record = _record(assistant, engine, case)
    [facts] = [s for s in record.sections if s.title == "事实和出处"]
    [grid] = [block for block in facts.blocks if isinstance(block, Grid)]
    assert grid.rows
    for sentence, shows in grid.rows:
        assert sentence.rstrip("。；") in case.text
        found = [said for line in shows.split("\n") for said in re.findall("“(.+?)”", line.partition("：")[2])]
        assert found
        assert all(said in sentence for said in found)


def test_names_and_numbers_are_hidden_where_ticked(assistant: Assistant, engine: Engine) -> None:
    case = _case(assistant, *TOLD)
    shown, hidden = (_texts(_record(assistant, engine, case, masked=masked)) for masked in (False, True))
    for name in ("小王", "王科", "13812345678"):
        assert name in shown
        assert name not in hidden
    assert "某甲没有报批" in hidden or "某乙没有报批" in hidden
    assert "已隐去" in hidden
    assert "没有报批" not in _texts(_record(assistant, engine, case, masked=True, others="报批 没有"))


def test_words_that_cut_a_name_show_none_of_it() -> None:
    words = Wording("举报后小王把案子撤了", masked=True)
    cut = words.said(Evidence(start=4, end=8, text="王把案子", source="cue"))
    assert cut.endswith("把案子")
    assert "王" not in cut
    assert "王" not in words.named("王把")
    assert Wording("小王把案子撤了", masked=False).named("小王") == "小王"


@pytest.mark.parametrize("told", ["城管把早点摊的炉子收走了", "小乔去查一家喷漆厂", TOLD[0]])
def test_every_verdict_makes_a_document_that_opens(assistant: Assistant, engine: Engine, told: str) -> None:
    record = _record(assistant, engine, _case(assistant, told))
    text = _docx_texts(write_record(record))
    for section in record.sections:
        for block in section.blocks:
            for words in [block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row]:
                assert words in text
    assert Document(io.BytesIO(write_record(record))).core_properties.created == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    assert [p.text[1] for p in Document(io.BytesIO(write_record(record))).paragraphs if "Heading" in p.style.name] == [
        "、"
    ] * len(record.sections)


def test_markup_and_odd_signs_stay_text(assistant: Assistant, engine: Engine) -> None:
    attack = "小王把案子撤了<img src=http://203.0.113.9/x><form>\ud83d\ude00\ufffe"
    case = _case(assistant, TOLD[0])
    strange = CaseFile(told=(attack.encode("utf-16", "surrogatepass").decode("utf-16"),), last=case.last)
    record = _record(assistant, engine, strange)
    assert "<img src" in _docx_texts(write_record(record))
    assert "<img" not in record_panel(record)
    assert "&lt;img" in record_panel(record)


def test_libreoffice_opens_it_and_makes_pages(assistant: Assistant, engine: Engine, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice here: apt-get install libreoffice-writer-nogui")
    file = tmp_path / "record.docx"
    file.write_bytes(write_record(_record(assistant, engine, _case(assistant, *TOLD))))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "Error" not in done.stdout + done.stderr
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "record.pdf").read_bytes())
    assert 2 <= len(pages) <= 6
