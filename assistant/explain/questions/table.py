"""What the regulation says, as data: topics with a plain answer, the places it rests on and ways of asking for it.

The folder is ``corpus/<regulation>/answers``. Loading fails by file and id when a place does not exist, when a quote is
not verbatim in the first place cited, when an id repeats or a key is unknown, so a changed regulation cannot leave an
answer behind.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.corpus import Ref, Regulation, load
from assistant.errors import BadInput, BadRulePack
from assistant.paths import corpus_dir

#: The label of questions that the regulation does not answer.
OUTSIDE = "-"


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of answer data: unknown keys are refused."""


class Topic(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is asked. ``refs``: what the answer rests on, the leading place first; ``quote`` is from there."""

    id: str
    refs: tuple[str, ...]
    quote: str
    answer: str
    ask: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways of asking."""
        return tuple(way for way in self.ask.split("/") if way)


class Outside(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Questions that the regulation does not answer; a text with one of ``words`` is one of them."""

    about: str
    words: tuple[str, ...] = ()
    ask: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways of asking."""
        return tuple(way for way in self.ask.split("/") if way)


class Words(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``mend``: slips of the keyboard; ``same``: many words for one thing."""

    mend: dict[str, str]
    same: dict[str, tuple[str, ...]]


class _Topics(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    topics: tuple[Topic, ...]


class _Outsides(_Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    outside: tuple[Outside, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of one regulation, checked against its text; ``sha256`` is of the answer files."""

    regulation: Regulation
    topics: dict[str, Topic]
    outside: tuple[Outside, ...]
    words: Words
    sha256: str

    def __hash__(self) -> int:
        return hash(self.sha256)


@cache
def load_table(name: str = "xushui-2020") -> Table:
    """The checked answers of a regulation in ``corpus/``; see `read_table`."""
    return read_table(corpus_dir() / name / "answers", load(name))


def read_table(folder: Path, regulation: Regulation) -> Table:
    """Read and check ``folder``; raises BadRulePack naming the file and the topic."""
    topics: dict[str, Topic] = {}
    for path in sorted(folder.glob("[0-9]*.yaml")):
        for topic in _decode(path, _Topics).topics:
            if topic.id in topics:
                raise BadRulePack(f"答问文件 {path.name}：{topic.id} 重复")
            _check(path.name, topic, regulation)
            topics[topic.id] = topic
    return Table(
        regulation=regulation,
        topics=topics,
        outside=_decode(folder / "outside.yaml", _Outsides).outside,
        words=_decode(folder / "words.yaml", Words),
        sha256=hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.yaml")))).hexdigest(),
    )


_T = TypeVar("_T")


def _decode(path: Path, kind: type[_T]) -> _T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        reason = " ".join(str(error).split())
        raise BadRulePack(f"答问文件 {path.name} 读不懂：{reason}") from None


def _check(name: str, topic: Topic, regulation: Regulation) -> None:
    if not topic.refs or not topic.ways:
        raise BadRulePack(f"答问文件 {name}：{topic.id} 没有写条文（refs）或问法（ask）")
    for number, ref in enumerate(topic.refs):
        try:
            words = regulation.text_of(Ref.from_id(ref))
        except BadInput as error:
            raise BadRulePack(f"答问文件 {name}：{topic.id} 的 {ref} 不在法规里（{error}）") from None
        if number == 0 and (not topic.quote or topic.quote not in words):
            raise BadRulePack(f"答问文件 {name}：{topic.id} 引用的“{topic.quote}”不是 {ref} 的原文，请对照原文改正")
