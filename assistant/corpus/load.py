"""Load a regulation from its folder, and refuse a text that is not the one its rules were written for.

A folder holds ``regulation.txt``, byte for byte as issued, and ``source.yaml`` with title, issuer, date and the
sha256 of regulation.txt.
"""

import datetime
import hashlib
from functools import cache
from pathlib import Path

from assistant.corpus.model import Front
from assistant.corpus.parser import parse
from assistant.corpus.regulation import Regulation
from assistant.errors import BadInput, BadRegulation, CheckFailed
from assistant.paths import corpus_dir

TEXT, SOURCE = "regulation.txt", "source.yaml"


def load(where: str | Path = "xushui-2020") -> Regulation:
    """The regulation in folder ``where``, or in that folder of corpus/; its id is the folder's name. Kept until
    one of its two files changes.

    Raises BadInput when there is no such folder or it cannot be read, CheckFailed when regulation.txt is not the
    one that source.yaml names, BadRegulation when the text cannot be parsed.
    """
    folder = Path(where)
    if isinstance(where, str) and not ("/" in where or "\\" in where or (folder / TEXT).is_file()):
        folder = corpus_dir() / where
    folder = folder.resolve()
    try:
        text = (folder / TEXT).read_bytes()
    except OSError:
        raise BadInput(f"找不到制度“{folder.name}”：{folder / TEXT} 不存在或无法读取") from None
    try:
        source = (folder / SOURCE).read_bytes()
    except OSError:
        raise BadInput(f"{folder / SOURCE} 不存在或无法读取：每个制度文件夹都要有 {SOURCE}") from None
    return _load(folder, text, source)


@cache
def _load(folder: Path, data: bytes, source: bytes) -> Regulation:
    text_file = folder / TEXT
    front, expected = _read_source(folder / SOURCE, source)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != expected:
        raise CheckFailed(
            f"{text_file} 被改动过：它的 sha256 是 {sha256[:12]}…，{SOURCE} 记的是 {expected[:12]}…。"
            f"请用原件恢复；如果确实换了新版本，请核对全文和规则后把 {SOURCE} 的 sha256 改为 {sha256}"
        )
    try:
        return parse(decode(data, text_file.name), id=folder.name, sha256=sha256, front=front)
    except BadRegulation as error:
        raise BadRegulation(f"{text_file}：{error}") from None


def _read_source(path: Path, data: bytes) -> tuple[Front, str]:
    """Title, issuer and date, and the sha256, of source.yaml; raises BadInput naming the file and the wrong key."""
    import yaml

    try:
        found = yaml.safe_load(data.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadInput(f"{path} 不是正确的 YAML 文件：请写 title、issuer、date、sha256 四项") from None
    if not isinstance(found, dict) or set(found) != {"title", "issuer", "date", "sha256"}:
        raise BadInput(f"{path} 应当恰好有 title、issuer、date、sha256 四项")
    if not isinstance(found["date"], datetime.date | None):
        raise BadInput(f"{path} 的 date 应写成 2020-09-01 这样的日期")
    words = {key: found[key] for key in ("title", "issuer", "sha256")}
    for key, value in words.items():
        if not isinstance(value, str) or (key != "issuer" and not value):
            raise BadInput(f"{path} 的 {key} 应是文字，却是 {value!r}")
    return Front(title=words["title"], issuer=words["issuer"], date=found["date"]), words["sha256"]


def read_text(path: Path) -> str:
    """The text of a file that a user names; raises BadInput when it is missing, not text or in no known encoding."""
    try:
        return decode(path.read_bytes(), str(path))
    except IsADirectoryError:
        raise BadInput(f"{path} 是文件夹：请给出一个文本文件") from None
    except OSError:
        raise BadInput(f"找不到文件 {path}，或没有权限读取") from None


def decode(data: bytes, name: str) -> str:
    """Text from UTF-8, UTF-16 with its mark, or GB18030 bytes; raises BadInput naming the file."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(f"{name} 不是文本文件，或编码无法识别：请另存为 UTF-8 编码的文本")
