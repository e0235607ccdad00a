"""Regulations that users bring: kept byte for byte, listed, compared, taken out; names that play tricks are refused."""

import hashlib
from pathlib import Path

import pytest

from assistant.corpus import Library, compare, parse, read, remarks
from assistant.errors import BadInput, CheckFailed, Unavailable

TEXT = "甲县巡查办法\n第一条 每月巡查一次。\n第二条 巡查应当两人同行。\n第三条 发现问题当日报告。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "巡查.txt"
    path.write_bytes(TEXT.encode("gbk"))
    return path


def test_the_file_is_kept_byte_for_byte_with_its_hash(file: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "var")
    regulation = library.add(file, "patrol-1")
    folder = tmp_path / "var" / "regulations" / "patrol-1"
    assert (folder / "original.txt").read_bytes() == file.read_bytes()
    kept = (folder / "original.sha256").read_text(encoding="ascii").strip()
    assert kept == hashlib.sha256(file.read_bytes()).hexdigest()
    assert library.brought() == ["patrol-1"]
    assert regulation.title == "甲县巡查办法"
    assert library.load("patrol-1").article(2).text == "巡查应当两人同行。"


def test_a_kept_text_that_was_changed_is_refused(file: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "var")
    library.add(file, "patrol-2")
    text = tmp_path / "var" / "regulations" / "patrol-2" / "regulation.txt"
    text.write_text(TEXT.replace("两人", "一人"), encoding="utf-8")
    with pytest.raises(CheckFailed, match="被改动过"):
        library.load("patrol-2")


def test_another_text_under_the_same_name_is_the_one_that_counts(file: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "var")
    old = library.add(file, "patrol-5")
    library.remove("patrol-5")
    file.write_text(TEXT.replace("两人", "三人"), encoding="utf-8")
    new = library.add(file, "patrol-5")
    assert (old.article(2).text, new.article(2).text) == ("巡查应当两人同行。", "巡查应当三人同行。")
    assert library.load("patrol-5") is new


def test_a_draft_of_one_being_added_is_not_listed(file: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "var")
    library.add(file, "patrol-6")
    draft = tmp_path / "var" / "regulations" / ".adding-x1"
    draft.mkdir()
    (draft / "regulation.txt").write_text(TEXT, encoding="utf-8")
    assert library.brought() == ["patrol-6"]
    with pytest.raises(BadInput, match="没有“.adding-x1”"):
        library.load(".adding-x1")


@pytest.mark.parametrize("name", ["../up", "a/b", "a\\b", "", ".", "..", "大写", "Patrol", "-a", "a" * 41, "a\x00b", "con "])
def test_names_that_are_paths_are_refused(name: str, file: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="编号"):
        Library(tmp_path / "var").add(file, name)
    assert not (tmp_path / "var").exists()


def test_a_name_in_use_is_refused_and_a_removed_one_is_free(file: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "var")
    library.add(file, "patrol-3")
    with pytest.raises(BadInput, match="已经用过"):
        library.add(file, "patrol-3")
    with pytest.raises(BadInput, match="已经用过"):
        library.add(file, "xushui-2020")
    library.remove("patrol-3")
    assert library.brought() == []
    with pytest.raises(BadInput, match="没有“patrol-3”"):
        library.load("patrol-3")
    with pytest.raises(BadInput, match="没有“patrol-3”"):
        library.remove("patrol-3")
    with pytest.raises(BadInput, match="自带"):
        library.remove("xushui-2020")


def test_a_folder_that_cannot_be_made_is_said_so(file: Path, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Unavailable, match="不能写入"):
        Library(tmp_path / "var").add(file, "patrol-4")


def test_what_to_look_at_before_trusting_a_reading() -> None:
    assert remarks(read(TEXT)) == []
    long = read(TEXT.replace("每月巡查一次。", "每月巡查一次。" * 500))
    assert any("像是几条连在了一起" in line for line in remarks(long))
    gap = read(TEXT.replace("第二条", "第五条"))
    assert any("编号不连续" in line for line in remarks(gap))


def test_two_versions_article_by_article() -> None:
    new = (
        "甲县巡查办法\n第一条 每月巡查一次。\n第二条 巡查前应当检查车辆和仪器。\n第三条 巡查应当三人同行。\n"
        "第四条 值班电话向社会公布。\n"
    )
    changes = {(c.kind, c.old, c.new): c.words for c in compare(parse(TEXT, id="a"), parse(new, id="b"))}
    assert set(changes) == {
        ("same", "第一条", "第一条"),
        ("added", "", "第二条"),
        ("changed", "第二条", "第三条"),
        ("added", "", "第四条"),
        ("gone", "第三条", ""),
    }
    assert changes["changed", "第二条", "第三条"] == "巡查应当[-两-]{+三+}人同行。"


def test_a_renumbered_article_is_moved_and_nothing_else() -> None:
    new = "甲县巡查办法\n第一条 为了做好巡查，制定本办法。\n第二条 每月巡查一次。\n第三条 巡查应当两人同行。\n第四条 发现问题当日报告。\n"
    kinds = [(c.kind, c.old, c.new) for c in compare(parse(TEXT, id="a"), parse(new, id="b"))]
    assert kinds == [
        ("added", "", "第一条"),
        ("moved", "第一条", "第二条"),
        ("moved", "第二条", "第三条"),
        ("moved", "第三条", "第四条"),
    ]


def test_a_regulation_equals_itself(xushui: object) -> None:
    from assistant.corpus import Regulation

    assert isinstance(xushui, Regulation)
    assert {change.kind for change in compare(xushui, xushui)} == {"same"}
