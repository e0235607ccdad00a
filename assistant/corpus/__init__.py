"""The law as data: text in, a Regulation out, and one name, Ref, for every place in it."""

from assistant.corpus.load import load
from assistant.corpus.model import Article, Heading, Item, Paragraph, Section, SubItem
from assistant.corpus.parser import Reading, parse, read
from assistant.corpus.refs import Ref, find_refs, parse_refs
from assistant.corpus.regulation import Regulation

__all__ = [
    "Article",
    "Heading",
    "Item",
    "Paragraph",
    "Reading",
    "Ref",
    "Regulation",
    "Section",
    "SubItem",
    "find_refs",
    "load",
    "parse",
    "parse_refs",
    "read",
]
