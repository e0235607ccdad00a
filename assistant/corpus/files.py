"""The words of a file that a user brings: .txt, .md, .html, .docx, or .pdf with text. Nothing in a file is ever run.

What a file is its first bytes decide; a name that says otherwise is refused. Sizes are bounded before anything is unpacked.
Sources: PDF 1.7 (ISO 32000-1), Office Open XML (ECMA-376).
"""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from assistant.corpus.load import decode
from assistant.corpus.unwrap import unwrap
from assistant.errors import BadInput, Unavailable

LARGEST = 20 * 1024 * 1024
UNPACKED = 80 * 1024 * 1024
_KINDS = {".pdf": "PDF", ".docx": "Word 文档", ".html": "网页", ".htm": "网页"}
_TEXT = {".txt", ".md", ""}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_INSTALL = "请运行 pip install -e '.[files]'，或用 make run"


def read_file(path: Path) -> tuple[bytes, str]:
    """The bytes of ``path`` and the text in them; raises BadInput in one line for anything that is not a readable text."""
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise BadInput(f"{name} 是文件夹：请给出一个文件")
        if size > LARGEST:
            raise BadInput(
                f"{name} 太大（{size // 1024 // 1024} MB）：最多 {LARGEST // 1024 // 1024} MB，请只留制度正文"
            )
        data = path.read_bytes()
    except OSError:
        raise BadInput(f"找不到文件 {path}，或没有权限读取") from None
    if not data.strip():
        raise BadInput(f"{name} 是空文件：请检查文件内容")
    kind = _kind(data)
    suffix = path.suffix.lower()
    expected = _KINDS.get(suffix, "文本" if suffix in _TEXT else "")
    if not expected:
        raise BadInput(f"{name} 的扩展名 {suffix} 不认识：可以用 .txt、.md、.docx、.pdf、.html")
    if kind == "文本" and expected == "网页":
        kind = "网页"
    if kind != expected and not (kind == "网页" and suffix in _TEXT):
        raise BadInput(f"{name} 的扩展名是 {suffix or '（无）'}，内容却是{kind}：请用正确的文件或改正扩展名")
    readers: dict[str, Callable[[bytes, str], str]] = {"PDF": _pdf, "Word 文档": _docx, "网页": _html, "文本": decode}
    return data, readers[kind](data, name)


def _kind(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return "PDF"
    if data.startswith(_OLE):
        return "旧版 Office 文件或加密文件（请另存为 .docx）"
    if data.startswith(b"PK"):
        return "Word 文档"
    head = data[:1024].lstrip().lower()
    return "网页" if head.startswith((b"<!doctype html", b"<html")) else "文本"


def _pdf(data: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise Unavailable(f"没有安装读 PDF 的组件：{_INSTALL}") from None
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise BadInput(f"{name} 是加密的 PDF：请先去掉密码再用")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, OSError, RecursionError):
        raise BadInput(f"{name} 是损坏的 PDF：请重新导出") from None
    text = "\n".join(pages)
    if len(re.findall(r"[\u4e00-\u9fff]", text)) < 10:
        raise BadInput(f"{name} 里没有文字，像是扫描件：请先做文字识别（OCR），或找到文字版再用")
    return unwrap(text)


def _docx(data: bytes, name: str) -> str:
    try:
        import docx
    except ImportError:
        raise Unavailable(f"没有安装读 Word 的组件：{_INSTALL}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise BadInput(f"{name} 展开后超过 {UNPACKED // 1024 // 1024} MB，不像一份制度：没有打开")
            if "word/document.xml" not in archive.namelist():
                raise BadInput(f"{name} 不是 Word 文档：里面没有正文，请另存为 .docx")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise BadInput(f"{name} 是损坏的压缩包：请重新导出") from None
    lines = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            lines += [cell.text for row in part.rows for cell in row.cells]
        else:
            lines.append(part.text)
    return "\n".join(lines)


def _html(data: bytes, name: str) -> str:
    try:
        from bs4 import BeautifulSoup
    except ImportError:
        raise Unavailable(f"没有安装读网页的组件：{_INSTALL}") from None
    soup = BeautifulSoup(decode(data, name), "html.parser")
    for tag in soup(["script", "style", "nav", "head"]):
        tag.decompose()
    for tag in soup(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"]):
        tag.append("\n")
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line)
