"""What a place is called in Chinese, and what to say when there is no such place."""

import re
from typing import TYPE_CHECKING

from assistant.corpus.model import Article
from assistant.corpus.numerals import count_of, to_chinese
from assistant.corpus.refs import Ref

if TYPE_CHECKING:
    from assistant.corpus.regulation import Regulation

_KINDS = re.compile(r"(修正案|条例|办法|规定|制度|细则|规则|准则|规程|决定|意见|法)(?:（[^（）]*）)?$")


def self_name(title: str) -> str:
    """本制度 for a title that ends in 制度, 本法 for one in 法; 本文件 where the title does not say."""
    kind = _KINDS.search(title)
    return f"本{kind[1]}" if kind else "本文件"


def article_label(number: int, sub: int = 0) -> str:
    """第六条, 第一百三十三条之一."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")


def label(ref: Ref, article: Article) -> str:
    """The label of a canonical ``ref`` in ``article``; 第一款 is said only where the article has several."""
    text = article_label(ref.article, ref.sub)
    with_items = [paragraph.number for paragraph in article.paragraphs if paragraph.items]
    paragraph, item = ref.paragraph, ref.item
    if not with_items:
        paragraph, item = item, 0
    elif item and not paragraph and len(article.paragraphs) > 1:
        paragraph = with_items[0]
    return text + _below(paragraph, item, ref.subitem)


def spoken(ref: Ref) -> str:
    """The label of a place that may not exist, its last number taken for an item."""
    return article_label(ref.article, ref.sub) + _below(ref.paragraph, ref.item, ref.subitem)


def _below(paragraph: int, item: int, subitem: int) -> str:
    text = f"第{to_chinese(paragraph)}款" if paragraph else ""
    text += f"第（{to_chinese(item)}）项" if item else ""
    return text + (f"第{subitem}目" if subitem else "")


def why_unknown(ref: Ref, regulation: "Regulation") -> str:
    """One line on a place that does not exist: what there is instead."""
    if not regulation.articles:
        return f"没有{article_label(ref.article, ref.sub)}：本文件不分条（没有“第几条”），不能按条引用"
    article = next((a for a in regulation.articles if (a.number, a.sub) == (ref.article, ref.sub)), None)
    if article is None:
        first, last = regulation.articles[0], regulation.articles[-1]
        extent = f"{article_label(first.number, first.sub)}至{article_label(last.number, last.sub)}"
        count = to_chinese(len(regulation.articles))
        return f"没有{article_label(ref.article, ref.sub)}：{regulation.self_name}共{count}条（{extent}）"
    return _why_not_in(ref, article)


def _why_not_in(ref: Ref, article: Article) -> str:
    name = article_label(article.number, article.sub)
    paragraphs = f"只有{count_of(len(article.paragraphs))}款"
    with_items = [paragraph for paragraph in article.paragraphs if paragraph.items]
    number = ref.paragraph or (0 if with_items else ref.item)
    if number > len(article.paragraphs):
        hint = ""
        if ref.paragraph and not ref.item and any(ref.paragraph <= len(p.items) for p in with_items):
            hint = f"；如果指的是项，请写“{name}第{to_chinese(ref.paragraph)}项”"
        return f"没有{name}第{to_chinese(number)}款：{name}{paragraphs}{hint}"
    if not with_items:
        return f"{name}没有项，{paragraphs}：没有第（{to_chinese(ref.item)}）项"
    if not ref.paragraph and len(with_items) > 1:
        choices = [f"第{to_chinese(paragraph.number)}款" for paragraph in with_items]
        have = f"{name}有{count_of(len(choices))}款列了项（{'、'.join(choices)}）"
        return f"{have}，请写明是哪一款，例如“{name}{choices[0]}第一项”"
    paragraph = article.paragraphs[ref.paragraph - 1] if ref.paragraph else with_items[0]
    if not paragraph.items:
        return f"没有{spoken(ref)}：{name}第{to_chinese(paragraph.number)}款没有项"
    if ref.item > len(paragraph.items):
        return f"没有{spoken(ref)}：{name}只有{count_of(len(paragraph.items))}项"
    subitems = paragraph.items[ref.item - 1].subitems
    have = f"只有{count_of(len(subitems))}目" if subitems else "没有目"
    return f"没有{spoken(ref)}：{spoken(Ref(ref.article, ref.sub, ref.paragraph, ref.item))}{have}"
