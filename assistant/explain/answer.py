"""Better words for rule-made sentences, each checked before it may stand; the rule-made ones stay wherever a check fails.

The model gets the sentences by number and gives each back by its number. What it says elsewhere is not read. It never decides:
verdict, places, numbers and force are the rule-made ones or the sentence is not used.
"""

import re
from typing import NamedTuple

import msgspec

from assistant.corpus import Regulation
from assistant.errors import Unavailable
from assistant.explain.citations import refuse
from assistant.explain.model import ask
from assistant.explain.prompts import fill
from assistant.explain.template import Sentence
from assistant.settings import Settings

_LINE = re.compile(r"\s*(\d{1,3})\s*[.．、]\s*(.+)")
_REWORDED = frozenset({"verdict", "provision", "factor"})


class Told(NamedTuple):
    """Sentences to show; ``by`` is the model's name when at least one is its wording, ``note`` why when it is not used."""

    sentences: tuple[Sentence, ...]
    by: str
    verified: int
    removed: int
    note: str


def reword(sentences: tuple[Sentence, ...], *, told: str, regulation: Regulation, settings: Settings) -> Told:
    """``sentences`` with those that a model worded better and that passed the check; unchanged when no model is set."""
    if not settings.llm_model:
        return Told(sentences, "rules", len(sentences), 0, "")
    numbered = {n: s for n, s in enumerate(sentences, 1) if s.kind in _REWORDED}
    listed = "\n".join(f"{n}. {s.text}" for n, s in numbered.items())
    prompt = fill("explain", told=told, sentences=listed)
    better: dict[int, str] = {}
    removed, note = 0, ""
    try:
        for line in ask(prompt.text, settings):
            match = _LINE.fullmatch(line)
            if match is None or int(match[1]) not in numbered:
                continue
            number, text = int(match[1]), match[2].strip()
            if refuse(text, numbered[number].text, regulation):
                removed += 1
            else:
                better[number] = text
    except Unavailable as error:
        note = f"{error}，以下由规则写成。"
    told_sentences = [
        msgspec.structs.replace(s, text=better[n]) if n in better else s for n, s in enumerate(sentences, 1)
    ]
    by = settings.llm_model if better else "rules"
    if better:
        told_sentences.append(
            Sentence(text="AI 生成，仅供参考：部分句子由模型改写，已逐句核对条款、引文和数字。", kind="note")
        )
    elif note or removed:
        told_sentences.append(Sentence(text=note or "模型的改写没有通过核对，以上由规则写成。", kind="note"))
    return Told(tuple(told_sentences), by, len(sentences), removed, note)
