"""From text to result: contract, evidence that is really in the text, and the same answer every time."""

import msgspec
import pytest

from assistant.paths import corpus_dir
from assistant.triage import load_engine, load_pack
from assistant.triage.exemplars import read_exemplars

ENGINE = load_engine()
EXEMPLARS, _ = read_exemplars(corpus_dir() / "exemplars")


@pytest.mark.parametrize("row", EXEMPLARS[::25], ids=lambda row: row.id)
def test_every_result_keeps_its_word(row: object) -> None:
    text = row.text  # type: ignore[attr-defined]
    result = ENGINE.triage(text)
    pack = load_pack()
    evidence = [e for p in result.provisions for el in p.elements for e in el.evidence]
    evidence += [e for f in (*result.mitigating, *result.aggravating) for e in f.evidence]
    assert all(text[e.start : e.end] == e.text for e in evidence)
    assert all(p.quote == pack.quotes[p.id] for p in result.provisions)
    assert all(el.quote in p.quote for p in result.provisions for el in p.elements)
    assert all(not p.actor or p.actor in text for p in result.provisions)
    met = [p for p in result.provisions if p.status == "met"]
    assert bool(met) == (result.verdict == "fault")
    assert all(el.state == "met" for p in met for el in p.elements)
    assert len(result.ask_next) <= 3


def test_the_same_text_gives_the_same_result() -> None:
    text = "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书也没给"
    first = msgspec.json.encode(ENGINE.triage(text))
    assert all(msgspec.json.encode(ENGINE.triage(text)) == first for _ in range(3))


def test_a_text_of_ten_thousand_characters_is_answered() -> None:
    text = ("小王去了化工厂，看了一圈就回来了。" * 600)[:10_000]
    assert ENGINE.triage(text).text == text
