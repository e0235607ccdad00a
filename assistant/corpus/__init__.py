"""The law as data: text in, a Regulation out, and one name, Ref, for every place in it."""

from assistant.corpus.compare import Change, compare
from assistant.corpus.laws import cited_law
from assistant.corpus.library import Library, remarks
from assistant.corpus.load import load, read_text
from assistant.corpus.model import Article, Heading, Item, Paragraph, Section, SubItem
from assistant.corpus.outline import outline, outline_of, render_outline
from assistant.corpus.parser import Reading, parse, read
from assistant.corpus.refs import Ref, find_refs
from assistant.corpus.regulation import Regulation

__all__ = [
    "Article",
    "Change",
    "Heading",
    "Item",
    "Library",
    "Paragraph",
    "Reading",
    "Ref",
    "Regulation",
    "Section",
    "SubItem",
    "cited_law",
    "compare",
    "find_refs",
    "load",
    "outline",
    "outline_of",
    "parse",
    "read",
    "read_text",
    "remarks",
    "render_outline",
]
