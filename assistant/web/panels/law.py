"""A regulation to read: a contents list, an anchor for every article, paragraph and item, and searched words marked."""

import re
from collections.abc import Iterable

from assistant.corpus import Article, Item, Paragraph, Ref, Regulation
from assistant.web.panels.linked import esc

_GIST = 12


def anchor(law: str, ref: str) -> str:
    """The id of a place on the page; ``law`` is empty for the home regulation, so that a citation is ``#law-6.5``."""
    return f"law-{law}:{ref}" if law else f"law-{ref}"


def contents(regulation: Regulation, *, law: str = "") -> str:
    """The contents list: headings, and each article with how it begins."""
    rows, above = [], ""
    for article in regulation.articles:
        headings = " ".join(map(str, article.headings))
        if headings != above:
            rows.append(f'<li class="heading">{esc(headings)}</li>')
            above = headings
        gist = article.caption or article.text.split("\n")[0]
        gist = gist[:_GIST] + "…" * (len(gist) > _GIST)
        ref = Ref(article.number, article.sub).id
        rows.append(f'<li><a href="#{anchor(law, ref)}"><b>{esc(article.mark)}</b> {esc(gist)}</a></li>')
    rows += [f'<li><a href="#{anchor(law, f"s{s.number}")}">{esc(s.mark)}</a></li>' for s in regulation.sections]
    return f'<nav class="contents" aria-label="目录"><ol>{"".join(rows)}</ol></nav>'


def law_panel(regulation: Regulation, *, law: str = "", query: str = "") -> str:
    """The text with ``query`` marked wherever it stands; a query of several words marks each."""
    words = query.split()
    hits = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))) if words else None
    body = "".join(_article(article, regulation, law, hits) for article in regulation.articles)
    body += "".join(
        f'<article id="{anchor(law, f"s{s.number}")}"><h3>{esc(s.mark)}</h3>{"".join(_paragraph(p, "", "", hits) for p in s.paragraphs)}</article>'
        for s in regulation.sections
    )
    day = regulation.date
    issued = f"，{day.year}年{day.month}月{day.day}日" if day else ""
    return (
        f'<div class="law" tabindex="0" role="region" aria-label="法规原文"><h2>{esc(regulation.title)}</h2>'
        f'<p class="issuer">{esc(regulation.issuer)}{issued}</p>{body}</div>'
    )


def hits_line(regulation: Regulation, query: str, *, law: str = "") -> str:
    """How often ``query`` stands in the text, and in which articles."""
    words = query.split()
    if not words:
        return ""
    found = [
        (article, count)
        for article in regulation.articles
        if (count := sum(article.text.count(word) for word in words))
    ]
    if not found:
        return f'<p class="hits" role="status">没有找到“{esc(query)}”：换一个词，或写“第六条第五项”这样的条号。</p>'
    links = " ".join(
        f'<a href="#{anchor(law, Ref(a.number, a.sub).id)}">{esc(a.mark)}（{count}）</a>' for a, count in found
    )
    return f'<p class="hits" role="status">“{esc(query)}”共 {sum(count for _, count in found)} 处：{links}</p>'


def _article(article: Article, regulation: Regulation, law: str, hits: re.Pattern[str] | None) -> str:
    whole = Ref(article.number, article.sub)
    parts = []
    for paragraph in article.paragraphs:
        ref = regulation.resolve(Ref(article.number, article.sub, paragraph.number))
        places = [
            regulation.canonical(Ref(ref.article, ref.sub, paragraph.number, item.number)) for item in paragraph.items
        ]
        parts.append(_paragraph(paragraph, anchor(law, ref.id) if ref != whole else "", law, hits, places))
    caption = f" {esc(article.caption)}" if article.caption else ""
    return f'<article id="{anchor(law, whole.id)}"><h3>{esc(article.mark)}{caption}</h3>{"".join(parts)}</article>'


def _paragraph(
    paragraph: Paragraph, name: str, law: str, hits: re.Pattern[str] | None, places: Iterable[Ref | None] = ()
) -> str:
    head = f' id="{name}"' if name else ""
    refs = iter(places)
    parts = [f"<p{head}>{_marked(paragraph.text, hits)}</p>"] if paragraph.text else []
    parts += [f'<p class="subitem">{_marked(sub.mark + sub.text, hits)}</p>' for sub in paragraph.subitems]
    parts += [_item(item, next(refs, None), law, hits) for item in paragraph.items]
    return "".join(parts)


def _item(item: Item, ref: Ref | None, law: str, hits: re.Pattern[str] | None) -> str:
    head = f' id="{anchor(law, ref.id)}"' if ref else ""
    lines = "".join(f'<p class="subitem">{_marked(sub.mark + sub.text, hits)}</p>' for sub in item.subitems)
    return f'<div class="item"{head}><p>{_marked(item.mark + item.text, hits)}</p>{lines}</div>'


def _marked(text: str, hits: re.Pattern[str] | None) -> str:
    if hits is None:
        return esc(text)
    out, at = [], 0
    for found in hits.finditer(text):
        out += [esc(text[at : found.start()]), f'<mark class="hit">{esc(found.group())}</mark>']
        at = found.end()
    return "".join(out) + esc(text[at:])
