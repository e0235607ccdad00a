"""Regulation -> chunks, the units that are indexed and found: each article, and each item with its lead-in.

An item alone (「立案后无正当理由擅自撤案」) does not say whom it concerns, so it is searched together with the
lead-in above it, and an article together with its headings and caption; what is shown and quoted stays its own words.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.corpus.refs import Ref
from assistant.corpus.regulation import Regulation
from assistant.errors import BadInput

_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One findable unit. ``id`` is unique within ``regulation_id`` (``6.5``); ``label`` is what people call it
    (第六条第（五）项); ``text`` is verbatim; ``lead`` (headings and caption, or an item's
    lead-in) is searched with it but not quoted; ``title`` names the law."""

    id: str
    regulation_id: str
    label: str
    text: str
    lead: str = ""
    title: str = ""

    @property
    def searched(self) -> str:
        """The words by which this chunk is found: lead-in and text."""
        return f"{self.lead}\n{self.text}" if self.lead else self.text


def chunks_of(regulation: Regulation) -> list[Chunk]:
    """Every article (``6``) and every item (``6.5``) in reading order; sections (``s1``) where there are none."""
    common = {"regulation_id": regulation.id, "title": regulation.title}
    found = [
        Chunk(id=f"s{section.number}", label=section.mark, text=section.text, **common)
        for section in regulation.sections
    ]
    items: dict[Ref, list[Chunk]] = {}
    for ref, item in regulation.items():
        label, lead = regulation.label(ref), regulation.lead_in(ref)
        chunk = Chunk(id=ref.id, label=label, text=item.full_text, lead=lead, **common)
        items.setdefault(ref.of_article, []).append(chunk)
    for article in regulation.articles:
        ref = Ref(article.number, article.sub)
        above = "\n".join([heading.title for heading in article.headings] + [article.caption] * bool(article.caption))
        found.append(Chunk(id=ref.id, label=regulation.label(ref), text=article.text, lead=above, **common))
        found += items.get(ref, [])
    return found


def chunks_from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Chunk]:
    """Chunks from plain rows {"id", "name", "text"} where the name is a law's title and an article's number.

    Raises BadInput naming the row when a field is missing or an id repeats.
    """
    found: dict[str, Chunk] = {}
    for number, row in enumerate(rows, 1):
        try:
            key, name, text = str(row["id"]), str(row["name"]), str(row["text"])
        except KeyError as missing:
            raise BadInput(f'第 {number} 行缺少字段 {missing}：每行应为 {{"id", "name", "text"}}') from None
        if key in found:
            raise BadInput(f"第 {number} 行的 id {key} 与前面重复：每条的 id 应当各不相同")
        title = _NUMBER.sub("", name)
        found[key] = Chunk(id=key, regulation_id=title, label=name, text=text, title=title)
    return list(found.values())


def hashes(chunks: Iterable[Chunk]) -> dict[str, str]:
    """For each regulation, by id, the SHA-256 over everything in its chunks that an index depends on, in order."""
    found: dict[str, Any] = {}
    for chunk in chunks:
        digest = found.setdefault(chunk.regulation_id, hashlib.sha256())
        for part in (chunk.id, chunk.label, chunk.title, chunk.lead, chunk.text):
            digest.update(part.encode("utf-8"))
            digest.update(b"\0")
    return {key: digest.hexdigest() for key, digest in found.items()}
