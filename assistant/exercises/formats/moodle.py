"""Moodle XML (docs.moodle.org, "Moodle XML format"): multichoice questions, plain text, fractions in hundredths."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Tree

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import ASKS, NOTICE, Option, Question, cases_of, kind_of, questions_of
from assistant.exercises.model import Case, Paper
from assistant.triage.rules import RulePack

_EXTRA = "extra:"


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
    from defusedxml.ElementTree import fromstring

    try:
        quiz = fromstring(data)
    except (Tree.ParseError, DefusedXmlException, ValueError) as error:
        raise BadInput(f"这不是能读的 Moodle XML：{error}") from None
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
        answer = Tree.SubElement(own, "answer", fraction=f"{share:.5g}", format="plain_text")
        _text(answer, option.text)
        _text(Tree.SubElement(answer, "feedback", format="plain_text"), "")
    if question.extra:
        tags = Tree.SubElement(own, "tags")
        _text(Tree.SubElement(tags, "tag"), _EXTRA + question.extra)


def _questions(quiz: Any, pack: RulePack) -> Iterator[Question]:
    found = [question for question in quiz.findall("question") if question.get("type") == "multichoice"]
    if not found:
        raise BadInput('这个 XML 里没有选择题：只认 <question type="multichoice">')
    for number, own in enumerate(found, 1):
        where = f"第 {number} 个选择题"
        options = tuple(
            Option(text=(answer.findtext("text") or "").strip(), right=_share(answer, where) > 0)
            for answer in own.findall("answer")
        )
        kind = kind_of((option.text for option in options), pack, where)
        text = (own.findtext("questiontext/text") or "").removesuffix(ASKS[kind]).rstrip("\n")
        tags = [tag.text or "" for tag in own.findall("tags/tag/text")]
        extra = next((tag.removeprefix(_EXTRA) for tag in tags if tag.startswith(_EXTRA)), "")
        name = own.findtext("idnumber") or own.findtext("name/text") or ""
        yield Question(id=name, kind=kind, text=text, options=options, extra=extra, where=where)


def _share(answer: Any, where: str) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        raise BadInput(f"{where}的 fraction 不是数字：请写 0 到 100") from None
