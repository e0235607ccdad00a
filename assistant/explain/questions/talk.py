"""Small talk and improper requests: data in ``corpus/language/talk.yaml``, matched like questions, never answered from the law."""

from functools import cache

import msgspec

from assistant.errors import BadRulePack
from assistant.explain.questions.match import Matcher
from assistant.explain.questions.table import Words
from assistant.paths import corpus_dir


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reply and what it replies to; a text with one of ``words`` is replied to by it."""

    answer: str
    words: tuple[str, ...] = ()
    ask: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways of saying it."""
        return tuple(way for way in self.ask.split("/") if way)


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All sayings."""

    small_talk: tuple[Saying, ...]
    improper: tuple[Saying, ...]


class TalkMatcher:
    """Finds the saying that a text is; immutable."""

    def __init__(self, sayings: tuple[Saying, ...]) -> None:
        self._sayings = sayings
        ways = [(str(n), way) for n, saying in enumerate(sayings) for way in saying.ways]
        self._matcher = Matcher(ways, Words(mend={}, same={}))

    def find(self, text: str) -> tuple[Saying | None, float]:
        """The saying nearest to ``text`` and the likeness, 0 to 1 (1 where one of its words is said)."""
        for saying in self._sayings:
            if any(word in text for word in saying.words):
                return saying, 1.0
        ranked = self._matcher.rank(text)
        return (self._sayings[int(ranked[0].label)], ranked[0].score) if ranked else (None, 0.0)


@cache
def load_talk() -> Talk:
    """The shipped sayings; raises BadRulePack when the file cannot be read."""
    path = corpus_dir() / "language" / "talk.yaml"
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Talk)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadRulePack(f"{path.name} 读不懂：{' '.join(str(error).split())}") from None
