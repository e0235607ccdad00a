"""A rule pack to begin with: it holds every item's words, and says what is still open until it is filled."""

import re
from pathlib import Path

import pytest

from assistant.corpus import load, parse
from assistant.errors import BadInput
from assistant.triage.rules import read_pack
from assistant.triage.scaffold import OPEN, open_points, scaffold

REGULATION = parse(
    "甲县办法\n第一条 有下列情形之一的，应当追究责任：\n（一）接到举报不登记的；\n（二）丢失“卷宗”的。\n第二条 本办法自发布之日起施行。\n",
    id="jia",
)


def test_the_skeleton_holds_every_item_verbatim_and_names_what_is_open(tmp_path: Path) -> None:
    assert "scaffold-rules jia" in open_points(REGULATION, tmp_path)[0]
    text = (scaffold(REGULATION, tmp_path) / "items.yaml").read_text(encoding="utf-8")
    for _, item in REGULATION.items():
        assert item.text in text
    assert any(OPEN in point for point in open_points(REGULATION, tmp_path))
    with pytest.raises(BadInput, match="已经有规则"):
        scaffold(REGULATION, tmp_path)


def test_a_file_in_another_encoding_is_an_open_point(tmp_path: Path) -> None:
    path = scaffold(REGULATION, tmp_path) / "items.yaml"
    path.write_bytes(path.read_bytes().decode("utf-8").encode("gbk"))
    assert any("items.yaml 读不懂" in point for point in open_points(REGULATION, tmp_path))


def test_a_filled_skeleton_is_a_pack(tmp_path: Path) -> None:
    for path in scaffold(REGULATION, tmp_path).glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace(f"  ref: {OPEN}", '  ref: "1"')
        text = re.sub(rf"(\w*quote): {OPEN}", r"\1: 应当追究责任", text)
        path.write_text(text.replace(OPEN, "要查清"), encoding="utf-8")
    assert open_points(REGULATION, tmp_path) == []
    assert set(read_pack(tmp_path / "rules", REGULATION).rules) == {"1.1", "1.2"}


def test_the_skeleton_of_the_home_regulation_names_all_its_items(tmp_path: Path) -> None:
    home = load("xushui-2020")
    text = (scaffold(home, tmp_path) / "items.yaml").read_text(encoding="utf-8")
    assert all(f'"{ref.id}"' in text for ref, _ in home.items())
