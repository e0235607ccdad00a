"""How each item stands: what is missing is named, and a catch-all says why nothing is."""

from assistant.paths import corpus_dir
from assistant.triage.coverage import coverage
from assistant.triage.exemplars import read_exemplars
from assistant.triage.rules import load_pack

PACK = load_pack()


def test_a_catch_all_is_left_to_a_person_and_says_so() -> None:
    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    cases = corpus_dir().parent / "evals" / "cases" / "incidents.jsonl"
    model = corpus_dir() / "models" / "triage" / "xushui-2020"
    found = {item.ref: item for item in coverage(PACK, exemplars, model=model, cases=cases)}
    left = {ref: item.gaps for ref, item in found.items() if item.gaps}
    assert left == {ref: ["兜底项，不学不测，留给人判断"] for ref in ("6.11", "11.5", "12.8")}
    assert all(found[ref].precision is None for ref in left)
    assert all(item.precision is not None for ref, item in found.items() if ref not in left)


def test_an_item_that_nothing_is_known_of_names_its_gaps() -> None:
    model = corpus_dir() / "models" / "triage" / "xushui-2020"
    found = {item.ref: item for item in coverage(PACK, [], model=model, cases=corpus_dir() / "none.jsonl")}
    assert found["6.5"].gaps == ["没有样例", "没有评测"]
