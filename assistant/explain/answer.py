"""Better words for rule-made sentences, each checked before it may stand; the rule-made ones stay wherever a check fails.

The model gets the sentences by number and gives each back by its number. What it says elsewhere is not read. It never decides:
verdict, places, numbers and force are the rule-made ones or the sentence is not used. What fails is asked for once more, with the reason.
"""

import re
import time
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from assistant.corpus import Regulation
from assistant.errors import Unavailable
from assistant.explain.citations import refuse
from assistant.explain.masking import Mask
from assistant.explain.model import ask
from assistant.explain.prompts import fill
from assistant.explain.template import Sentence
from assistant.settings import Settings

_LINE = re.compile(r"\s*(\d{1,3})\s*[.．、]\s*(.+)")
_REWORDED = frozenset({"verdict", "answer", "provision", "factor"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Told(NamedTuple):
    """How the sentences came about: ``by`` is the model's name when at least one is its wording, else ``rules``;
    ``verified`` sentences shown, ``removed`` replies that failed the check, ``prompt`` the sha256 of the prompt's file."""

    by: str = "rules"
    verified: int = 0
    removed: int = 0
    prompt: str = ""


def reword(
    sentences: tuple[Sentence, ...], *, told: str, regulation: Regulation, settings: Settings
) -> Iterator[Sentence | Told]:
    """Every sentence in its order, each as soon as it is settled, then one note if a model was asked, then Told.

    No sentence is yielded before it has passed the check. Without ``settings.llm_model`` these are the sentences as they are.
    """
    if not settings.llm_model:
        yield from sentences
        yield Told(verified=len(sentences))
        return
    talk = _Talk(sentences, told, regulation, settings)
    for number, sentence in enumerate(sentences, 1):
        text = talk.settled(number)
        yield msgspec.structs.replace(sentence, text=text) if text else sentence
    yield Sentence(text=talk.note(), kind="note")
    by = settings.llm_model if talk.better else "rules"
    yield Told(by, len(sentences) + 1, talk.removed, talk.prompt)


class _Talk:
    """One exchange with the model: a first asking for all sentences, a second one for those that failed."""

    def __init__(self, sentences: tuple[Sentence, ...], told: str, regulation: Regulation, settings: Settings) -> None:
        self._drafts = {n: s.text for n, s in enumerate(sentences, 1) if s.kind in _REWORDED}
        self._regulation, self._settings = regulation, settings
        self._ends = time.monotonic() + settings.llm_timeout
        self._mask = Mask("" if _stays(settings) else "\n".join([told, *self._drafts.values()]))
        self._failed: dict[int, str] = {}
        self._why = ""
        self.better: dict[int, str] = {}
        self.removed = 0
        asked = fill("explain", told=self._mask.hide(told), sentences=self._listed(self._drafts))
        self.prompt = asked.sha256
        self._steps = self._read(asked.text)

    def settled(self, number: int) -> str:
        """The checked wording of a sentence, empty when its own words stay; reads on until that is known."""
        while number in self._drafts and number not in self.better:
            if next(self._steps, None) is None:
                break
        return self.better.get(number, "")

    def note(self) -> str:
        """What a reader should know about who wrote this."""
        kept = len(self._drafts) - len(self.better)
        if self.better:
            rest = f"，其余 {kept} 句由规则写成" if kept else ""
            return (
                f"AI 生成，仅供参考：有 {len(self.better)} 句由模型改写，条款、引文、数字和结论已逐句核对{rest}；"
                f"文字是否通顺、是否贴切没有核对。{self._why}"
            )
        return self._why or "模型的改写没有通过核对，以上由规则写成。"

    def _read(self, prompt: str) -> Iterator[int]:
        """Ask, and once more for what failed; yields the number of each line that was read."""
        try:
            yield from self._lines(prompt)
            if self._failed:
                again = {n: f"{self._drafts[n]}（上次没有通过：{why}）" for n, why in self._failed.items()}
                yield from self._lines(fill("again", sentences=self._listed(again)).text)
        except Unavailable as error:
            self._why = f"{error}，没有改写的部分由规则写成。"

    def _lines(self, prompt: str) -> Iterator[int]:
        for line in ask(prompt, self._settings, ends=self._ends):
            match = _LINE.fullmatch(line)
            if match is None or int(match[1]) not in self._drafts or int(match[1]) in self.better:
                continue
            number, text = int(match[1]), self._mask.show(match[2].strip())
            why = refuse(text, self._drafts[number], self._regulation)
            if why:
                self.removed += 1
                self._failed[number] = why
            else:
                self._failed.pop(number, None)
                self.better[number] = text
            yield number

    def _listed(self, sentences: dict[int, str]) -> str:
        return "\n".join(f"{n}. {self._mask.hide(text)}" for n, text in sentences.items())


def _stays(settings: Settings) -> bool:
    """True when the text does not leave the machine and the settings allow it to go as it is."""
    if settings.llm_model.startswith("scripted:"):
        return True
    return not settings.llm_mask_loopback and urlsplit(settings.llm_base_url).hostname in _LOOPBACK
