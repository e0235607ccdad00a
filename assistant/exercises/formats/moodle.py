"""Moodle XML (docs.moodle.org, "Moodle XML format"): multichoice questions, plain text, fractions in hundredths."""

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Tree

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import ASKS, Option, Question, cases_of, kind_of, questions_of
from assistant.exercises.model import Case, Paper
from assistant.exercises.words import NOTICE
from assistant.triage.rules import RulePack

_EXTRA = "extra:"
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def write_moodle(paper: Paper, pack: RulePack) -> bytes:
    """The paper as a UTF-8 XML document."""
    quiz = Tree.Element("quiz")
    category = Tree.SubElement(quiz, "question", type="category")
    _text(Tree.SubElement(category, "category"), f"$course$/{(paper.title or '试卷').replace('/', '／')}")
    _text(Tree.SubElement(category, "info", format="plain_text"), NOTICE)
    for case in paper.cases:
        for question in questions_of(case, pack):
            _add(quiz, question)
    Tree.indent(quiz)
    return bytes(Tree.tostring(quiz, encoding="utf-8", xml_declaration=True))


def read_moodle(data: bytes, pack: RulePack) -> list[Case]:
    """The cases in a Moodle XML document; raises BadInput naming the question that cannot be understood."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=Tree.TreeBuilder(insert_comments=True))
    try:
        parser.feed(data)
        quiz = parser.close()
    except Tree.ParseError as error:
        line, column = error.position
        raise BadInput(f"这不是能读的 Moodle XML：第 {line} 行第 {column + 1} 列起读不下去，请重新导出") from None
    except DefusedXmlException:
        raise BadInput("这个 Moodle XML 里有自定义实体（<!ENTITY>），为安全不读：请删去后再导入") from None
    except (LookupError, ValueError):
        raise BadInput("这不是能读的 Moodle XML：编码认不得，请另存为 UTF-8 再导入") from None
    return cases_of(_questions(quiz, pack), pack)


def _text(parent: Any, text: str) -> None:
    Tree.SubElement(parent, "text").text = text


def _add(quiz: Any, question: Question) -> None:
    own = Tree.SubElement(quiz, "question", type="multichoice")
    _text(Tree.SubElement(own, "name"), question.id)
    _text(Tree.SubElement(own, "questiontext", format="plain_text"), f"{question.text}\n{ASKS[question.kind]}")
    _text(Tree.SubElement(own, "generalfeedback", format="plain_text"), question.feedback)
    right = sum(option.right for option in question.options)
    single = question.kind == "verdict"
    facts = {"defaultgrade": "1", "penalty": "0", "hidden": "0", "idnumber": question.id, "single": str(single).lower()}
    for name, value in {**facts, "shuffleanswers": "false", "answernumbering": "abc"}.items():
        Tree.SubElement(own, name).text = value
    for option in question.options:
        share = 100 / right if option.right else 0 if single else -100
        answer = Tree.SubElement(own, "answer", fraction=f"{share:.7g}", format="plain_text")
        _text(answer, option.text)
        _text(Tree.SubElement(answer, "feedback", format="plain_text"), "")
    if question.extra:
        own.append(Tree.Comment(_EXTRA + question.extra.replace("-", "\\u002d")))  # a comment may not hold two hyphens


def _questions(quiz: Any, pack: RulePack) -> Iterator[Question]:
    found = [question for question in quiz.findall("question") if question.get("type") == "multichoice"]
    if not found:
        raise BadInput('这个 XML 里没有选择题：只认 <question type="multichoice">')
    for number, own in enumerate(found, 1):
        where = f"第 {number} 个选择题"
        options = tuple(
            Option(text=_said(answer).strip(), right=_share(answer, where) > 0) for answer in own.findall("answer")
        )
        kind = kind_of((option.text for option in options), pack, where)
        text = _said(own.find("questiontext")).removesuffix(ASKS[kind]).rstrip("\n")
        comments = [part.text or "" for part in own if part.tag is Tree.Comment]
        extra = next((told.removeprefix(_EXTRA) for told in comments if told.startswith(_EXTRA)), "")
        name = own.findtext("idnumber") or own.findtext("name/text") or ""
        yield Question(id=name, kind=kind, text=text, options=options, extra=extra, where=where)


def _said(element: Any) -> str:
    """The text of an element that may hold HTML."""
    if element is None:
        return ""
    text = element.findtext("text") or ""
    if element.get("format") not in {"html", "moodle_auto_format"}:
        return text
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", text))).strip()


def _share(answer: Any, where: str) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        raise BadInput(f"{where}的 fraction 不是数字：请写 0 到 100") from None
