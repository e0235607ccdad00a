"""Exact look-up: a question that names an article gets that article, before any likeness is asked."""

from collections.abc import Mapping, Sequence

from assistant.corpus.numerals import to_chinese
from assistant.corpus.refs import Ref, find_refs
from assistant.retrieval.chunks import Chunk

_FEW = 5  # without a law's name, an article number is looked up only where so few regulations can be meant


def named(query: str, regulations: Mapping[str, Sequence[Chunk]]) -> list[Chunk]:
    """The chunks that ``query`` cites (第六条第五项, 民法典第五十四条), in the order of citation.

    ``regulations`` maps a regulation's id to its chunks. A place that is no chunk of its own gives its article.
    """
    refs = [ref for _, _, group in find_refs(query) for ref in group]
    if not refs:
        return []
    meant = _titled(query, regulations) or list(regulations)
    if len(meant) > _FEW:
        return []
    found = (_chunk(ref, regulations[regulation_id]) for ref in refs for regulation_id in meant)
    return list(dict.fromkeys(chunk for chunk in found if chunk is not None))


def _titled(query: str, regulations: Mapping[str, Sequence[Chunk]]) -> list[str]:
    said = {
        regulation_id: short
        for regulation_id, chunks in regulations.items()
        if chunks and (short := chunks[0].title.removeprefix("中华人民共和国")) and short in query
    }
    return [one for one, short in said.items() if not any(short != other and short in other for other in said.values())]


def _chunk(ref: Ref, chunks: Sequence[Chunk]) -> Chunk | None:
    return next((chunk for label in _labels(ref) for chunk in chunks if chunk.label.endswith(label)), None)


def _labels(ref: Ref) -> list[str]:
    """How chunks may be called that ``ref`` means, the narrowest first, the whole article last."""
    article = f"第{to_chinese(ref.article)}条" + (f"之{to_chinese(ref.sub)}" if ref.sub else "")
    paragraph = f"第{to_chinese(ref.paragraph)}款" if ref.paragraph else ""
    labels = [article + paragraph] if paragraph else []
    if ref.item:
        item = to_chinese(ref.item)
        labels[:0] = [f"{article}{paragraph}第（{item}）项", f"{article}第（{item}）项", f"{article}第{item}款"]
    return [*labels, article]
