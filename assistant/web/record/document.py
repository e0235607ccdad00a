"""A record as a Word document (.docx): A4, the mark on every page, page numbers, tables whose head repeats.

Word's own Chinese faces are named (仿宋, 黑体); where they are missing the reader's program takes its own.
"""

from io import BytesIO
from typing import Any

from assistant.web.record.content import Record
from assistant.web.record.parts import Grid, Line
from assistant.web.writable import writable

_BODY, _HEAD = "仿宋", "黑体"
_NUMERALS = "一二三四五六七八九十"
_WIDTH = 160  # millimetres between the margins


def write_record(record: Record) -> bytes:
    """The bytes of the document."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin = page.bottom_margin = Mm(25)
    _face(document.styles["Normal"], _BODY)
    _chinese(document.styles["Normal"])
    document.styles["Normal"].font.size = Pt(12)
    core = document.core_properties
    core.title, core.subject, core.keywords = record.title, record.mark, "辅助研判; AI 辅助生成; AIGC"
    core.author, core.comments = "行政执法过错责任追究研判助手", record.notice
    core.created = core.modified = record.made

    above = page.header.paragraphs[0]
    above.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(above, record.mark, size=9)
    below = page.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        _run(below, text, size=9)
        if field:
            _field(below, field)

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, record.title, face=_HEAD, size=20)
    _line(document, Line(record.notice, "strong"))
    for number, section in enumerate(record.sections):
        head = document.add_paragraph(style="Heading 1")
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(14), Pt(4)
        _run(head, f"{_NUMERALS[number]}、{section.title}", face=_HEAD, size=14)
        for block in section.blocks:
            if isinstance(block, Grid):
                _grid(document, block)
            else:
                _line(document, block)
    signed = document.add_paragraph()
    signed.paragraph_format.space_before = Pt(24)
    signed.paragraph_format.keep_together = True
    _run(signed, "核查人：＿＿＿＿＿＿　　复核人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿")
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _line(document: Any, line: Line) -> None:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_after, layout.line_spacing = Pt(4), 1.3
    if line.kind == "law":
        layout.left_indent = Mm(8)
    elif line.kind == "item":
        layout.left_indent, layout.first_line_indent = Mm(5), Mm(-5)
    layout.keep_with_next = line.kind in {"head", "law"}
    face = _HEAD if line.kind in {"head", "strong"} else _BODY
    _run(paragraph, line.text, face=face)


def _grid(document: Any, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        _run(cell.paragraphs[0], head, face=_HEAD, size=10.5)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E8ECF1")
        cell._tc.get_or_add_tcPr().append(shade)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for values in grid.rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value in zip(row.cells, values, strict=True):
            _run(cell.paragraphs[0], value, size=10.5)
    total = sum(grid.widths)
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(_WIDTH * share / total)
        for cell in column.cells:
            cell.width = Mm(_WIDTH * share / total)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _run(paragraph: Any, text: str, *, face: str = _BODY, size: float = 12) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(writable(text))
    run.font.size, run.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    _face(run, face)
    return run


def _face(owner: Any, name: str) -> None:
    """The face for Chinese and for everything else; Word keeps them apart."""
    from docx.oxml.ns import qn

    owner.font.name = name
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _chinese(style: Any) -> None:
    """Tell Word that the text is Chinese, so that it marks no word as misspelt."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "zh-CN")
    style.element.get_or_add_rPr().append(language)


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instr", "end"):
        run = _run(paragraph, "", size=9)
        if kind == "instr":
            part = OxmlElement("w:instrText")
            part.text = name
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
