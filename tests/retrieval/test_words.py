"""Pieces, chunks and search by words alone."""

import subprocess
import sys

import numpy as np
import pytest

from assistant.corpus import load
from assistant.errors import BadInput
from assistant.retrieval import Chunk, chunks_from_rows, chunks_of, open_index
from assistant.retrieval.lexical import Lexical, lexical_scores
from assistant.retrieval.pieces import pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("撤案", ["撤", "案", "撤案"]),
        ("ＰＭ2.5超标", ["pm2", "5", "超", "标", "超标"]),
        ("甲，乙", ["甲", "乙"]),
        ("😀 \n", []),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_every_article_and_item_is_a_chunk_with_its_lead_in() -> None:
    regulation = load()
    found = {chunk.id: chunk for chunk in chunks_of(regulation)}
    assert len(found) == len(regulation.articles) + sum(1 for _ in regulation.items()) == 65
    item = found["6.5"]
    assert item.label == "第六条第（五）项"
    assert item.text == "立案后无正当理由擅自撤案；"
    assert item.lead == "生态环境行政执法人员有下列行为的，应当承担行政执法过错责任："
    assert item.lead in item.searched
    assert item.text in item.searched
    assert found["10"].text.endswith("法定程序办理。")


def test_chunks_from_rows() -> None:
    (chunk,) = chunks_from_rows([{"id": 7, "name": "刑法第一百三十三条之一", "text": "危险驾驶"}])
    assert (chunk.id, chunk.regulation_id, chunk.title) == ("7", "刑法", "刑法")
    with pytest.raises(BadInput, match="第 2 行的 id 7"):
        chunks_from_rows([{"id": 7, "name": "甲", "text": ""}, {"id": 7, "name": "乙", "text": ""}])
    with pytest.raises(BadInput, match="text"):
        chunks_from_rows([{"id": 7, "name": "甲"}])


def test_scores_do_not_depend_on_how_texts_lie_in_shards() -> None:
    texts = ["水库钓鱼处以罚款", "夜间施工公告居民", "公园禁放风筝放飞", "水源保护区排污口"]
    whole = lexical_scores([Lexical.build(texts)], "在水库边上钓鱼")
    split = lexical_scores([Lexical.build(texts[:3]), Lexical.build(texts[3:])], "在水库边上钓鱼")
    np.testing.assert_allclose(whole, split, rtol=1e-5)
    assert whole.argmax() == 0
    assert whole[1] == 0
    assert 0 < whole[0] < 1
    assert not lexical_scores([Lexical.build(texts)], "😀").any()


def test_found_by_words_with_the_reason(chunks: list[Chunk]) -> None:
    index = open_index(None, chunks)
    hits = index.search("在水库钓鱼罚多少")
    assert (hits[0].chunk.regulation_id, hits[0].chunk.id) == ("water", "2")
    assert "“在水库钓鱼”" in hits[0].why
    assert hits[0].dense is None
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert index.search("在水库钓鱼罚多少", regulation="park") == []
    assert index.search("在水库钓鱼罚多少", regulation="nowhere") == []
    assert len(index.search("禁止", top=1)) == 1


@pytest.mark.parametrize("query", ["", " ", "😀😀", "hello world", "怎么做红烧肉", "今天天气怎么样"])
def test_nothing_below_the_floor(query: str) -> None:
    assert open_index(None, chunks_of(load())).search(query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("第六条第五项说什么", "6.5"),
        ("第6条（五）", "6.5"),
        ("第十条第二款怎么规定的", "10"),
        ("请念一下第十五条", "15"),
        ("第六条第五项和第十一条", "6.5"),
    ],
)
def test_a_cited_place_comes_first(query: str, first: str) -> None:
    hit = open_index(None, chunks_of(load())).search(query)[0]
    assert hit.chunk.id == first
    assert hit.why == "按条号直接查到"


def test_a_cited_place_is_looked_up_in_the_law_that_is_named(chunks: list[Chunk]) -> None:
    index = open_index(None, chunks)
    first = index.search("公园条例第二条写了什么")[0]
    assert (first.chunk.regulation_id, first.chunk.id) == ("park", "2")
    assert {hit.chunk.regulation_id for hit in index.search("第一条")[:3]} == {"water", "noise", "park"}
    assert index.search("第二条", regulation="noise")[0].chunk.regulation_id == "noise"


def test_words_alone_load_nothing_heavy() -> None:
    program = (
        "import sys; from assistant.corpus import load; from assistant.retrieval import chunks_of, open_index;"
        "open_index(None, chunks_of(load())).search('擅自撤案');"
        "print([m for m in ('torch', 'chromadb', 'langchain_core', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
