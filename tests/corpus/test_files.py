"""Files that people bring: the formats that are read, and the bad ones, each refused in one clear line."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from assistant.corpus import Library, outline, read
from assistant.corpus.files import LARGEST, read_file
from assistant.errors import BadInput, BadRegulation

SHORT = "河口县环保科值班办法\n\n第一条 值班人员应当守在电话旁边。\n第二条 有下列情形之一的，应当立即报告：\n（一）河水变色；\n（二）鱼虾死亡。\n第三条 本办法自发布之日起施行。\n"
LONG = SHORT.replace(
    "应当守在电话旁边。",
    "应当守在电话旁边，接到群众来电后记下来电时间、地点、来电人愿意留下的姓名和联系方式以及所说的事情，并在半小时以内转告带班领导，不得推诿，也不得把来电人的情况告诉任何与此事无关的人。",
)


def write_text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def write_docx(path: Path, text: str) -> Path:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def write_html(path: Path, text: str) -> Path:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    path.write_text(
        f"<!DOCTYPE html><html><head><title>值班</title><script>第九条</script></head><body>{body}</body></html>", "utf-8"
    )
    return path


def print_pdf(browser: Any, path: Path, text: str) -> None:
    page = browser.new_page()
    page.goto(write_html(path.with_suffix(".html"), text).as_uri())
    page.pdf(path=path)
    page.close()


def numbers(text: str) -> dict[str, int]:
    seen = outline(text)
    return {key: seen[key] for key in ("articles", "items")}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".html", ".pdf"])
def test_each_format_gives_the_same_articles(suffix: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / f"值班办法{suffix}"
    if suffix == ".pdf":
        print_pdf(request.getfixturevalue("browser"), path, LONG)
    else:
        {".docx": write_docx, ".html": write_html}.get(suffix, write_text)(path, LONG)
    data, text = read_file(path)
    assert data == path.read_bytes()
    want, got = read(LONG).regulation, read(text).regulation
    assert [article.text for article in got.articles] == [article.text for article in want.articles]
    assert got.title == want.title


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_old_encodings_are_read_right(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes(("\ufeff" if encoding == "utf-16-le" else "").encode(encoding) + SHORT.encode(encoding))
    assert numbers(read_file(path)[1]) == {"articles": 3, "items": 2}


def test_a_table_in_word_and_its_macros_are_only_read(tmp_path: Path) -> None:
    plain = write_docx(tmp_path / "plain.docx", SHORT)
    path = tmp_path / "macro.docx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry.filename))
        target.writestr("word/vbaProject.bin", b"Sub AutoOpen()\nShell \"touch owned\"\nEnd Sub")
        target.writestr("../../escaped.txt", "outside")
    assert numbers(read_file(path)[1]) == {"articles": 3, "items": 2}
    assert not (tmp_path.parent.parent / "escaped.txt").exists()
    assert not (tmp_path / "owned").exists()


def scan() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan())))
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (90 * 1024 * 1024))
    return kept.getvalue()


def archive_without_text() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return kept.getvalue()


BAD = [
    ("扫描件.pdf", scan, "没有文字"),
    ("加密.pdf", locked, "加密"),
    ("坏的.pdf", lambda: b"%PDF-1.7\nbroken", "损坏"),
    ("炸弹.docx", bomb, "展开后超过"),
    ("压缩包.docx", archive_without_text, "没有正文"),
    ("断了.docx", lambda: archive_without_text()[:40], "损坏"),
    ("旧版.docx", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧版"),
    ("其实是文本.docx", lambda: SHORT.encode(), "内容却是文本"),
    ("其实是.txt", lambda: b"%PDF-1.7", "内容却是PDF"),
    ("程序.exe", lambda: b"MZ\x90", "不认识"),
    ("空.txt", lambda: b"", "空文件"),
    ("空白.txt", lambda: b" \r\n \t", "空文件"),
    ("图片.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "图片.txt"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[row[0] for row in BAD])
def test_bad_files_are_refused_in_one_line(name: str, content: object, words: str, tmp_path: Path) -> None:
    assert callable(content)
    path = tmp_path / name
    path.write_bytes(content())
    library = Library(tmp_path / "var")
    with pytest.raises(BadInput, match=words) as caught:
        library.add(path, "brought")
    assert "\n" not in str(caught.value)
    assert library.brought() == []
    assert not list((tmp_path / "var").glob("**/.adding-*"))


def test_a_file_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(BadInput, match=f"200 MB.*最多 {LARGEST // 1024 // 1024} MB"):
        read_file(path)


def test_a_folder_or_nothing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="文件夹"):
        read_file(tmp_path)
    with pytest.raises(BadInput, match="找不到"):
        read_file(tmp_path / "没有.txt")


def test_a_text_with_a_number_twice_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "重.txt"
    path.write_text(SHORT.replace("第三条", "第二条"), encoding="utf-8")
    library = Library(tmp_path / "var")
    with pytest.raises(BadRegulation, match="第二条重复出现"):
        library.add(path, "twice")
    assert library.brought() == []
