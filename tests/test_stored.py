"""Data files that cannot be read are told in one line that names the file."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from assistant.errors import BadRulePack
from assistant.exercises import pairs
from assistant.stored import read_yaml
from assistant.triage import features

BROKEN = {
    "broken off": "words: [甲, 乙\nmore: {".encode(),
    "in GBK": "words: [举报, 立案]".encode("gbk"),
    "another key": "字词: [甲]".encode(),
    "another kind": "words: 甲".encode(),
    "empty": b"",
}


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


def test_a_file_is_read_into_its_type(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("words: [举报, 立案]", encoding="utf-8")
    assert read_yaml(path, _Words) == _Words(("举报", "立案"))


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_told_in_a_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "words.yaml"
    path.write_bytes(data)
    with pytest.raises(BadRulePack, match=r"^乡下/words\.yaml 读不懂：[^\n]+$"):
        read_yaml(path, _Words, name="乡下/words.yaml")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadRulePack, match=r"^none\.yaml 读不了：[^\n]+$"):
        read_yaml(tmp_path / "none.yaml", _Words)


@pytest.mark.parametrize(
    ("read", "module", "name", "data"),
    [
        (lambda: features._phrases.__wrapped__(), features, "language/concepts.yaml", BROKEN["broken off"]),
        (lambda: features._phrases.__wrapped__(), features, "language/concepts.yaml", None),
        (lambda: pairs.load_pairs.__wrapped__("jia"), pairs, "jia/exercises.yaml", BROKEN["broken off"]),
    ],
)
def test_every_reader_of_the_corpus_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[], object],
    module: object,
    name: str,
    data: bytes | None,
) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    if data is not None:
        path.write_bytes(data)
    monkeypatch.setattr(module, "corpus_dir", lambda: tmp_path)
    with pytest.raises(BadRulePack, match=rf"^[^\n]*{path.name} 读不[懂了]：[^\n]+$"):
        read()
