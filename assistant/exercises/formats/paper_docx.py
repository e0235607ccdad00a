"""A paper to print (.docx): the questions, and the key as a document of its own."""

from io import BytesIO
from typing import Any

from assistant.exercises.formats.quiz import contrast, named
from assistant.exercises.model import Paper
from assistant.exercises.words import NOTICE, VERDICTS
from assistant.triage.rules import RulePack

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write_questions(paper: Paper, pack: RulePack) -> bytes:
    """Each case with boxes to tick."""
    document = _document(paper, "试卷")
    _line(document, "姓名＿＿＿＿＿＿＿＿　　日期＿＿＿＿＿＿＿＿")
    for number, case in enumerate(paper.cases, 1):
        _line(document, f"{number}. {case.text}", bold=True, together=True)
        _line(document, "结论：" + "　".join(f"□ {text}" for text in VERDICTS.values()), together=True)
        for heading, refs in (("条项（可多选）", case.options), ("从轻、从重（可多选）", case.factor_options)):
            if refs:
                _line(document, f"{heading}：", together=True)
                for letter, ref in zip(_LETTERS, refs, strict=False):
                    _line(document, f"□ {letter}. {named(ref, pack)}", indent=True)
        _line(document, "把握：□ 没把握　□ 有些把握　□ 很有把握")
    return _saved(document)


def write_key(paper: Paper, pack: RulePack) -> bytes:
    """The key of each case with the words of the law and the twin."""
    document = _document(paper, "答案")
    for number, case in enumerate(paper.cases, 1):
        _line(document, f"{number}. {VERDICTS[case.verdict]}", bold=True, together=True)
        _line(document, f"案情：{case.text}")
        for ref in (*case.provisions, *case.factors):
            _line(document, named(ref, pack), indent=True)
        for told in contrast(case, pack):
            _line(document, told)
    return _saved(document)


def _document(paper: Paper, kind: str) -> Any:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(f"{paper.title or '执法过错研判练习'}（{kind}）")
    run.bold, run.font.size = True, Pt(18)
    section.footer.paragraphs[0].text = NOTICE
    document.core_properties.title = paper.title
    return document


def _line(document: Any, text: str, *, bold: bool = False, indent: bool = False, together: bool = False) -> None:
    from docx.shared import Mm, Pt

    line = document.add_paragraph()
    line.add_run(text).bold = bold
    line.paragraph_format.space_before = Pt(10 if bold else 0)
    line.paragraph_format.space_after = Pt(4)
    line.paragraph_format.keep_with_next = together
    if indent:
        line.paragraph_format.left_indent = Mm(8)


def _saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()
