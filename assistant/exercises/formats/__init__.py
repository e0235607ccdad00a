"""Papers in the formats that others use: written from a Paper, read back into Cases where the format can be read."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from assistant.errors import BadInput
from assistant.exercises.formats.anki import write_anki
from assistant.exercises.formats.gift import read_gift, write_gift
from assistant.exercises.formats.lines import read_lines, write_lines
from assistant.exercises.formats.moodle import read_moodle, write_moodle
from assistant.exercises.formats.paper_docx import write_key, write_questions
from assistant.exercises.formats.sheet import read_sheet, write_sheet
from assistant.exercises.model import Case, Paper
from assistant.triage.rules import RulePack

__all__ = ["FORMATS", "Format", "read_paper_file", "write_paper"]


class Format(NamedTuple):
    """A format: how a file of it is named and sent, how it is written, and how it is read, None where it is not."""

    title: str
    suffix: str
    media_type: str
    write: Callable[[Paper, RulePack], bytes]
    read: Callable[[bytes, RulePack], list[Case]] | None = None


def _coded(write: Callable[[Paper, RulePack], str]) -> Callable[[Paper, RulePack], bytes]:
    return lambda paper, pack: write(paper, pack).encode("utf-8")


def _decoded(read: Callable[[str, RulePack], list[Case]]) -> Callable[[bytes, RulePack], list[Case]]:
    def decoded(data: bytes, pack: RulePack) -> list[Case]:
        try:
            return read(data.decode("utf-8-sig"), pack)
        except UnicodeDecodeError:
            raise BadInput("文件不是 UTF-8 编码：请另存为 UTF-8 再导入") from None

    return decoded


_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 does not hold
_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS: Mapping[str, Format] = {
    "jsonl": Format("JSON 行", ".jsonl", "application/jsonl", _coded(write_lines), _decoded(read_lines)),
    "gift": Format("GIFT", ".gift", "text/plain; charset=utf-8", _coded(write_gift), _decoded(read_gift)),
    "moodle": Format("Moodle XML", ".xml", "application/xml", write_moodle, read_moodle),
    "xlsx": Format("表格", ".xlsx", f"{_OFFICE}spreadsheetml.sheet", write_sheet, read_sheet),
    "apkg": Format("Anki 牌组", ".apkg", "application/octet-stream", write_anki),
    "docx": Format("试卷（Word）", ".docx", f"{_OFFICE}wordprocessingml.document", write_questions),
    "docx-key": Format("答案（Word）", ".docx", f"{_OFFICE}wordprocessingml.document", write_key),
}


def write_paper(paper: Paper, pack: RulePack, *, format: str) -> bytes:
    """The file of ``paper`` less the control characters; raises BadInput for a format that there is not."""
    if format not in FORMATS:
        raise BadInput(f"没有“{format[:20]}”这种格式：可用 {'、'.join(FORMATS)}")
    return FORMATS[format].write(_writable(paper), pack)


def _writable(paper: Paper) -> Paper:
    def clean(text: str) -> str:
        return _UNWRITABLE.sub("", text)

    cases = []
    for case in paper.cases:
        twin = msgspec.structs.replace(case.twin, text=clean(case.twin.text)) if case.twin else None
        cases.append(msgspec.structs.replace(case, id=clean(case.id), text=clean(case.text), twin=twin))
    return msgspec.structs.replace(paper, title=clean(paper.title), cases=tuple(cases))


def read_paper_file(data: bytes, pack: RulePack, *, name: str) -> list[Case]:
    """The cases in a file called ``name``; raises BadInput saying what cannot be read and where."""
    readable = {f.suffix: f.read for f in FORMATS.values() if f.read}
    read = readable.get(".gift" if name.lower().endswith(".gift.txt") else PurePath(name.lower()).suffix)
    if read is None:
        raise BadInput(f"试卷 {name[:40]} 的格式不能导入：可用 {'、'.join(readable)}")
    return read(data, pack)
