"""Loading from a folder: the right text or a clear word, and no other."""

import hashlib
from pathlib import Path

import pytest

from assistant.corpus import Ref, load, read, read_text
from assistant.errors import BadInput, BadRegulation, CheckFailed

TEXT = "第一条 甲。\n第二条 乙。\n"
SOURCE = "title: 某办法\nissuer: 某局\ndate: 2021-05-06\nsha256: {}\n"


def folder(path: Path, text: str | bytes = TEXT, source: str = SOURCE) -> Path:
    """A regulation's folder with the right hash, unless ``source`` says otherwise."""
    data = text.encode() if isinstance(text, str) else text
    (path / "regulation.txt").write_bytes(data)
    (path / "source.yaml").write_text(source.format(hashlib.sha256(data).hexdigest()), encoding="utf-8")
    return path


def test_a_folder(tmp_path: Path) -> None:
    regulation = load(folder(tmp_path))
    assert (regulation.id, regulation.title, regulation.issuer) == (tmp_path.name, "某办法", "某局")
    assert str(regulation.date) == "2021-05-06"
    assert regulation.text_of(Ref(2)) == "乙。"
    assert load(str(tmp_path)) is regulation


def test_the_shipped_text_says_what_its_source_file_says() -> None:
    shipped = load("xushui-2020")
    seen = read(shipped.text).regulation
    assert (seen.title, seen.issuer, seen.date) == (shipped.title, shipped.issuer, shipped.date)
    assert seen.sha256 == shipped.sha256
    assert load() is shipped


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "regulation.txt").write_text(TEXT.replace("甲", "丙"), encoding="utf-8")
    with pytest.raises(CheckFailed) as error:
        load(tmp_path)
    assert "regulation.txt 被改动过" in str(error.value)
    assert "请用原件恢复" in str(error.value)
    assert error.value.exit_code == 1


def test_a_new_text_with_its_new_hash_is_read(tmp_path: Path) -> None:
    assert load(folder(tmp_path)).text_of(Ref(1)) == "甲。"
    assert load(folder(tmp_path, TEXT.replace("甲", "丙"))).text_of(Ref(1)) == "丙。"
    assert load(folder(tmp_path, TEXT.replace("甲", "丙"), SOURCE.replace("某局", "另一局"))).issuer == "另一局"


def test_a_text_with_a_gap_is_refused_by_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(BadRegulation, match=r"regulation\.txt：第2行：第一条之后应是第二条"):
        load(folder(tmp_path, "第一条 甲。\n第三条 乙。\n"))


@pytest.mark.parametrize("name", ["没有这个制度", "../xushui", "/nonexistent/folder", ""])
def test_no_such_regulation(name: str) -> None:
    with pytest.raises(BadInput, match="找不到制度"):
        load(name)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("title: [", "不是正确的 YAML"),
        ("- 某办法", "应当恰好有 title、issuer、date、sha256 四项"),
        ("title: 某办法\nsha256: {}", "应当恰好有"),
        (SOURCE + "author: 某人\n", "应当恰好有"),
        (SOURCE.replace("2021-05-06", "五月"), "date 应写成 2020-09-01"),
        (SOURCE.replace("某办法", "2020"), "title 应是文字"),
        (SOURCE.replace("某办法", "''"), "title 应是文字"),
    ],
)
def test_a_bad_source_file(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load(folder(tmp_path, source=source))


def test_no_source_file(tmp_path: Path) -> None:
    (tmp_path / "regulation.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(BadInput, match=r"source\.yaml 不存在"):
        load(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "办法.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert read_text(file) == TEXT


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0" * 100, b"\xff\xfe\x00", b"\x80\x81\xff"])
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "扫描件.txt"
    file.write_bytes(data)
    with pytest.raises(BadInput, match=r"扫描件\.txt 不是文本文件，或编码无法识别"):
        read_text(file)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="是文件夹"):
        read_text(tmp_path)
    with pytest.raises(BadInput, match="找不到文件"):
        read_text(tmp_path / "没有.txt")
