"""Eight real texts as they lie in public repositories, against counts that people checked."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import outline, parse, read_text

FOLDER = Path(__file__).parents[2].parent / "shared" / "regulations"
MANIFEST = FOLDER / "MANIFEST.json"
FILES: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"] if MANIFEST.exists() else []
COUNTS = ["articles", "articles_zhi", "items", "first_article", "last_article", "chapters", "sections", "parts"]

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/regulations is not here")


@pytest.mark.parametrize("expected", FILES, ids=[file["file"] for file in FILES])
def test_the_outline_equals_the_manifest(expected: dict[str, Any]) -> None:
    seen = outline((FOLDER / expected["file"]).read_bytes())
    assert {key: seen[key] for key in COUNTS} == {key: expected[key] for key in COUNTS}
    assert seen["items_by_article"] == expected["items_by_article"]
    assert expected["title"].startswith(seen["title"])
    assert seen["numbering"] == []


@pytest.mark.parametrize("expected", FILES, ids=[file["file"] for file in FILES])
def test_every_place_can_be_named_and_quoted(expected: dict[str, Any]) -> None:
    regulation = parse(read_text(FOLDER / expected["file"]))
    for ref in regulation.refs():
        assert regulation.text_of(ref).strip()
        assert regulation.resolve(type(ref).parse(regulation.label(ref))) == ref
    assert bool(regulation.articles) != bool(regulation.sections)


@pytest.mark.parametrize("expected", FILES, ids=[file["file"] for file in FILES])
def test_words_stand_where_the_offsets_say(expected: dict[str, Any]) -> None:
    regulation = parse(read_text(FOLDER / expected["file"]))
    for article in regulation.articles:
        for unit in article.units():
            here = regulation.text[unit.start : unit.end]
            assert here == unit.text or "<" in here or "&" in here
