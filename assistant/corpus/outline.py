"""What the parser sees in a text, right or wrong: for a person who is about to trust it, and for programs.

The keys up to ``items_by_article`` are the contract of ``corpus outline --json``. Items are 项; 目 are not counted, nor
is anything in quotation marks. A document without articles has 0 articles and its items under (无条号).
"""

from typing import Any

from assistant.corpus.load import decode
from assistant.corpus.model import Article, Section
from assistant.corpus.naming import article_label
from assistant.corpus.numerals import count_of
from assistant.corpus.parser import Reading, read
from assistant.corpus.regulation import Regulation

_NO_ARTICLES = "(无条号)"


def outline(source: str | bytes) -> dict[str, Any]:
    """The outline of a text, or of the bytes of a text file; raises BadInput when there is nothing to see.

    ``numbering`` lists what is wrong with the numbering, ``units`` every article or section in order:
    {"label", "heading", "caption", "paragraphs", "items", "begins"}.
    """
    return outline_of(read(decode(source, "文件") if isinstance(source, bytes) else source))


def outline_of(reading: Reading) -> dict[str, Any]:
    """The outline of a text that has been read."""
    regulation = reading.regulation
    articles = regulation.articles
    labels = [article_label(article.number, article.sub) for article in articles]
    return {
        "title": regulation.title,
        "articles": len(articles),
        "items": sum(len(unit.items) for unit in articles or regulation.sections),
        "first_article": labels[0] if labels else None,
        "last_article": labels[-1] if labels else None,
        "items_by_article": _items_by_article(regulation),
        "articles_zhi": sum(article.sub > 0 for article in articles),
        "parts": _count(regulation, "编"),
        "chapters": _count(regulation, "章"),
        "sections": _count(regulation, "节"),
        "issuer": regulation.issuer,
        "date": regulation.date.isoformat() if regulation.date else None,
        "numbering": [str(problem) for problem in reading.problems],
        "units": [_unit(unit) for unit in articles or regulation.sections],
    }


def render_outline(seen: dict[str, Any]) -> str:
    """The outline as a page of Chinese text."""
    lines = [f"标题：{seen['title'] or '（没有读出）'}"]
    lines += [f"{name}：{seen[key]}" for name, key in (("发文机关", "issuer"), ("日期", "date")) if seen[key]]
    lines += [_extent(seen)]
    heading = ""
    for unit in seen["units"]:
        if unit["heading"] != heading:
            heading = unit["heading"]
            lines.append(heading)
        caption = f"【{unit['caption']}】" if unit["caption"] else ""
        counts = f"{count_of(unit['paragraphs'])}款" + (f"{count_of(unit['items'])}项" if unit["items"] else "")
        lines.append(f"  {unit['label']}（{counts}）{caption}{unit['begins']}")
    if seen["numbering"]:
        lines += ["编号有问题，请先改正原文：", *(f"  {problem}" for problem in seen["numbering"])]
    else:
        lines.append("编号连续，没有缺漏和重复。")
    return "\n".join(lines)


def _extent(seen: dict[str, Any]) -> str:
    if not seen["articles"]:
        units = count_of(len(seen["units"]))
        items = f"，其中有{count_of(seen['items'])}个（一）（二）项" if seen["items"] else ""
        return f"不是条文体：没有“第几条”，按一、二、三、分为{units}个部分{items}；不能按条引用"
    levels = {"parts": "编", "chapters": "章", "sections": "节", "articles": "条"}
    words = "".join(f"{count_of(seen[key])}{level}" for key, level in levels.items() if seen[key])
    return f"共{words}（{seen['first_article']}至{seen['last_article']}），{count_of(seen['items'])}项"


def _items_by_article(regulation: Regulation) -> dict[str, int]:
    if not regulation.articles:
        total = sum(len(section.items) for section in regulation.sections)
        return {_NO_ARTICLES: total} if total else {}
    labelled = ((article_label(article.number, article.sub), article) for article in regulation.articles)
    return {label: len(article.items) for label, article in labelled if article.items}


def _count(regulation: Regulation, level: str) -> int:
    return sum(heading.level == level for heading in regulation.headings)


def _unit(unit: Article | Section) -> dict[str, Any]:
    text = unit.paragraphs[0].text if unit.paragraphs else ""
    if isinstance(unit, Article):
        label, caption = article_label(unit.number, unit.sub), unit.caption
        heading = " ".join(str(heading) for heading in unit.headings)
    else:
        label, caption, heading = f"{unit.mark}、", "", ""
    return {
        "label": label,
        "heading": heading,
        "caption": caption,
        "paragraphs": len(unit.paragraphs),
        "items": len(unit.items),
        "begins": text if len(text) <= 30 else text[:30] + "…",
    }
