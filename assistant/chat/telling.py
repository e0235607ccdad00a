"""Is a text a telling (something happened) or an asking (what the rules say)? A small linear model over characters.

Its weights are plain arrays in ``corpus/models/telling``, made by ``python -m assistant.chat.learn``.
"""

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from assistant.chat.persons import PERSON
from assistant.errors import Unavailable
from assistant.paths import corpus_dir
from assistant.stored import DAMAGE

LONGEST_GRAM = 3
_DIGITS = re.compile(r"[0-9]+")
_ASKS = re.compile(
    r"[?？]|吗|么[。 ]*$|[呢吧][。 ]*$|啥|什么|怎么|怎样|咋|哪|谁|"
    r"几[天日号个条项种年月次点]|多久|多少|多长|是不是|能不能|可不可以|会不会|要不要|该不该|算不算|有没有|"
    r"是.{1,14}还是|[管算].{1,10}还是|[期过晚迟]没有[。 ]*$|(?:说|讲|念|解释|介绍)一?下[。 ]*$|"
    r"行不行|是否|能否|为何|为啥|何时|(.)[不没]\1|不[。 ]*$|没[。 ]*$"
)
#: Question words that ask nothing.
_IDLE = re.compile(
    r"谁[也都]|(?:什么|啥|哪里?|哪儿|怎么)[也都]|没[有出]?(?:什么|啥|多少)|什么的|有没有[^，。？?]{1,8}(?:不知道|不清楚)|(?:是|的)谁举报的|哪[部条]法|一什么"
)


def asks(text: str) -> bool:
    """True when ``text`` has the form of a question."""
    return bool(_ASKS.search(_IDLE.sub("", text)))


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """How the weights are read and how they were made; stored beside them as JSON."""

    bias: float
    scale: float
    tellings: int
    askings: int
    note: str


class Telling(msgspec.Struct, frozen=True):
    """The model, ready to read; immutable."""

    card: Card
    weights: dict[str, float]

    def score(self, text: str) -> float:
        """From 0 (surely asks what the rules say) to 1 (surely tells what happened)."""
        found = [weight for name in grams(text) if (weight := self.weights.get(name)) is not None]
        if not found:
            return 0.5
        logit = self.card.bias + self.card.scale * sum(found) / math.sqrt(len(found))
        return 1.0 / (1.0 + math.exp(-max(min(logit, 60.0), -60.0)))


def grams(text: str) -> set[str]:
    """Stretches of one to three characters, with marks for the beginning and the end; any person and any number look alike."""
    text = _DIGITS.sub("0", PERSON.sub("某", "".join(text.split())))
    text = f"^{text.rstrip('。！!.')}$"
    return {text[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(text) - n + 1)}


@cache
def load_telling() -> Telling:
    """The shipped model; raises Unavailable when it is missing or damaged."""
    return read_telling(corpus_dir() / "models" / "telling")


def read_telling(folder: Path) -> Telling:
    """The model in ``folder``: card.json, vocabulary.txt (a feature a line) and weights.npy (16-bit whole numbers)."""
    import numpy as np

    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
        names = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        weights: Any = np.load(folder / "weights.npy", allow_pickle=False)
    except DAMAGE as error:
        raise Unavailable(
            f"分辨叙事与提问的权重 {folder.name} 缺失或损坏（{error}）：请运行 python -m assistant.chat.learn 重做"
        ) from None
    if weights.shape != (len(names),):
        raise Unavailable(
            f"分辨叙事与提问的权重 {folder.name} 的各文件对不上：请运行 python -m assistant.chat.learn 重做"
        )
    return Telling(card, dict(zip(names, weights.tolist(), strict=True)))
