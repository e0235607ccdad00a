"""The class report as one HTML page to print: no script, nothing fetched, everything from people escaped."""

import html
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.corpus import Regulation
from assistant.exercises.report import Report, SureButWrong
from assistant.exercises.report_words import NOTES, choice, coefficient, label, share
from assistant.exercises.words import NOTICE

_EXCERPT = 60
_STYLE = """
@page { size: A4; margin: 16mm }
body { font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1a1a1a; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem; break-after: avoid }
table { border-collapse: collapse; width: 100% } thead { display: table-header-group }
th, td { border-bottom: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { white-space: nowrap } .number { text-align: right; white-space: nowrap }
tr, article, svg { break-inside: avoid } svg { width: 100%; max-width: 34rem; height: auto; display: block }
article { border-left: 4px solid #a4262c; padding: .1rem .8rem; margin: .8rem 0 } p { margin: .3rem 0 } ul { margin: .2rem 0 }
.note { color: #555; font-size: .85rem }
@media screen and (max-width: 40rem) { .told td:nth-child(2), .told th:nth-child(2) { display: none } th { white-space: normal } }
@media print { body { margin: 0; max-width: none } }
"""


def report_page(report: Report, regulation: Regulation) -> str:
    """A whole HTML document with charts, tables and the notes on how the numbers are made."""
    title = _esc(report.title)
    joined, given = len(report.people), sum(line.answered for line in report.people)
    body = "".join((
        f"<h1>{title}：练习报告</h1>",
        f"<p>{joined} 人参加，{len(report.cases)} 题，收到 {given} 份答案。</p>",
        "<h2>各题</h2>",
        _bars("各题正确率", [(f"第 {line.number} 题", line.facility) for line in report.cases]),
        _cases(report, regulation),
        "<h2>各条项</h2>",
        _items(report, regulation),
        "<h2>学员</h2>",
        _people(report),
        "<h2>很有把握却答错的</h2>",
        _wrong(report, regulation),
        '<h2>怎样算的</h2><ul class="note">' + "".join(f"<li>{note}</li>" for note in NOTES) + "</ul>",
        f'<p class="note">{NOTICE}</p>',
    ))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}：练习报告</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _cases(report: Report, regulation: Regulation) -> str:
    rows = [
        (
            str(line.number),
            _excerpt(line.case.text),
            choice(line.case.verdict, (*line.case.provisions, *line.case.factors), regulation),
            f"{line.right}/{line.answered}",
            share(line.facility),
            coefficient(line.discrimination),
        )
        for line in report.cases
    ]
    return _table(("题", "案情", "答案", "答对", "正确率", "区分度"), rows, numbers={3, 4, 5}, kind="told")


def _items(report: Report, regulation: Regulation) -> str:
    if not report.items:
        return "<p>没有涉及条项的答案。</p>"
    rows = [
        (
            label(line.id, regulation),
            f"{line.found}/{line.asked}" if line.asked else "—",
            share(line.facility),
            str(line.overreached),
        )
        for line in report.items
    ]
    bars = [(label(line.id, regulation), line.facility) for line in report.items if line.asked]
    return _bars("各条项正确率", bars) + _table(("条项", "选中", "正确率", "误选"), rows, numbers={1, 2, 3})


def _people(report: Report) -> str:
    rows = [(line.name, str(line.answered), str(line.right), f"{line.points:g}") for line in report.people]
    return _table(("姓名或编号", "作答", "答对", "得分"), rows, numbers={1, 2, 3}) if rows else "<p>没有人加入。</p>"


def _wrong(report: Report, regulation: Regulation) -> str:
    if not report.sure_but_wrong:
        return "<p>没有。</p>"
    parts = []
    for number, lines in groupby(report.sure_but_wrong, key=lambda line: line.number):
        case = report.cases[number - 1].case
        key = choice(case.verdict, (*case.provisions, *case.factors), regulation)
        said = "".join(f"<li>{_esc(line.name)}：{_esc(_said(line, regulation))}</li>" for line in lines)
        parts.append(
            f"<article><p><b>第 {number} 题</b></p><p>{_esc(case.text)}</p><p>答案：{_esc(key)}</p><p>所答：</p><ul>{said}</ul></article>"
        )
    return "".join(parts)


def _said(line: SureButWrong, regulation: Regulation) -> str:
    return choice(line.answer.verdict, (*line.answer.provisions, *line.answer.factors), regulation)


def _bars(title: str, bars: Sequence[tuple[str, float | None]]) -> str:
    """Horizontal bars from 0 to 100 %, each with its share written beside it."""
    step, left, width = 26, 150, 260
    drawn = []
    for index, (name, value) in enumerate(bars):
        top = index * step
        drawn.append(
            f'<text x="{left - 8}" y="{top + 17}" text-anchor="end">{_esc(name)}</text>'
            f'<rect x="{left}" y="{top + 4}" width="{width}" height="18" fill="#e6e6e6"/>'
            f'<rect x="{left}" y="{top + 4}" width="{width * (value or 0):.1f}" height="18" fill="#1f5f99"/>'
            f'<text x="{left + width + 8}" y="{top + 17}">{share(value)}</text>'
        )
    return (
        f'<svg viewBox="0 0 470 {len(bars) * step}" role="img" aria-label="{_esc(title)}" font-size="13">'
        f"<title>{_esc(title)}</title>{''.join(drawn)}</svg>"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: set[int], kind: str = "plain") -> str:
    def cell(tag: str, column: int, text: str) -> str:
        right = ' class="number"' if column in numbers else ""
        return f"<{tag}{right}>{_esc(text)}</{tag}>"

    head = "".join(cell("th", column, text) for column, text in enumerate(heads))
    body = "".join(f"<tr>{''.join(cell('td', column, text) for column, text in enumerate(row))}</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"


def _esc(text: str) -> str:
    return html.escape(text, quote=True)
