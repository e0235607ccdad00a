"""The rule pack: the real one holds, and each way of breaking it is named by file and id."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.corpus import load
from assistant.errors import BadRulePack
from assistant.paths import corpus_dir
from assistant.triage.rules import load_pack, read_pack


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(corpus_dir() / "xushui-2020" / "rules", tmp_path / "rules"))


def test_every_item_of_the_ruled_articles_has_a_rule() -> None:
    pack = load_pack()
    ruled = {*pack.rules, *(s.ref for s in pack.sanctions), *(p.ref for p in pack.principles)}
    assert {f"3.{n}" for n in range(1, 5)} <= ruled
    assert {f"6.{n}" for n in range(1, 12)} <= ruled
    assert {f"7.{n}" for n in range(1, 6)} | {"8.1", "8.2", "9.1", "9.2"} <= ruled
    assert {f"10.{n}" for n in range(1, 12)} <= ruled
    assert {f"11.{n}" for n in range(1, 6)} | {f"12.{n}" for n in range(1, 9)} <= ruled
    assert len(ruled) == 48  # the 46 items of the regulation and the two paragraphs of art. 9


def test_catch_all_items_are_marked() -> None:
    assert {ref for ref, rule in load_pack().rules.items() if rule.catch_all} == {"6.11", "11.5", "12.8"}


def test_a_catch_all_item_has_no_cues_because_a_person_decides_on_it() -> None:
    assert not [e.name for rule in load_pack().rules.values() if rule.catch_all for e in rule.elements if e.cues]


def test_what_follows_says_no_more_than_the_article() -> None:
    person, department = load_pack().consequences
    assert "当年" in person.quote
    assert "当年" in person.reason
    assert "当年" not in department.quote
    assert "没有写“当年”" in department.reason


def test_force_is_kept_apart() -> None:
    forces = {rule.force for ref, rule in load_pack().rules.items() if ref.startswith("11.")}
    assert forces == {"可以"}
    assert {rule.force for ref, rule in load_pack().rules.items() if ref.startswith("12.")} == {"应"}


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def cut(name: str, mark: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index(mark)], encoding="utf-8")

    return change


BROKEN = {
    "a quote that is not in the item": (
        replace("06-conduct.yaml", "quote: 立案后", "quote: 立案之后"),
        ["06-conduct.yaml", "6.5", "立案之后"],
    ),
    "a quote of another item": (
        replace("06-conduct.yaml", "quote: 撤案", "quote: 造成群众不满"),
        ["06-conduct.yaml", "6.5"],
    ),
    "an unknown key": (
        replace("06-conduct.yaml", "    who: officer", "    whom: officer"),
        ["06-conduct.yaml", "whom"],
    ),
    "a rule left out": (cut("06-conduct.yaml", '  - ref: "6.11"'), ["6.11"]),
    "a principle left out": (cut("03-principles.yaml", '  - {ref: "3.4"'), ["3.4"]),
    "an id twice": (replace("07-09-conduct.yaml", 'ref: "7.1"', 'ref: "6.1"'), ["6.1"]),
    "an item that is not there": (replace("06-conduct.yaml", 'ref: "6.11"', 'ref: "6.12"'), ["6.12"]),
    "no element": (replace("10-sanctions.yaml", "quote: 通报批评", "quote: ''"), ["10-sanctions.yaml", "10.3"]),
    "a what-if without its element": (
        replace("what-if.yaml", "element: 没有法定依据", "element: 有依据"),
        ["有法定依据"],
    ),
    "a damage without its element": (
        replace("02-04-scope.yaml", "element: 受到伤害或被威胁", "element: 受到伤害"),
        ["damage_elements", "6.10"],
    ),
    "not YAML": (replace("06-conduct.yaml", "rules:", "rules: ["), ["06-conduct.yaml"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_by_file_and_id(name: str, rules: Path) -> None:
    change, words = BROKEN[name]
    change(rules)
    with pytest.raises(BadRulePack) as caught:
        read_pack(rules, load("xushui-2020"))
    message = str(caught.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRulePack, match=r"\.yaml"):
        read_pack(tmp_path, load("xushui-2020"))
