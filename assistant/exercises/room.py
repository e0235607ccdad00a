"""The rules of a room, apart from where it is kept: how a class moves from case to case, who may answer when, what a name may be.

A case is ``open`` for answers, then ``stopped``, then ``revealed``; the next case opens, or the class has ``ended``. While a case
is open an answer may be sent anew: the last one counts. Clicking twice does no harm: a step already done is not done again.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import BadInput
from assistant.exercises.model import Answer, Case

Stage = Literal["open", "stopped", "revealed", "ended"]
NAME_LENGTH = 30
CAPACITY = 100
_CHOICES = 40
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs without 0 O 1 I L: 887 million codes
_CODE_LENGTH = 6


class Refused(BadInput):
    """The room does not allow this now; the message says why, and what can be done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a class stands: the case at ``position`` (from 0) of ``size``, and its stage."""

    position: int
    size: int
    stage: Stage

    def stop(self) -> "Progress":
        """No more answers to this case; raises Refused after the end."""
        self._goes_on()
        return replace(self, stage="stopped") if self.stage == "open" else self

    def reveal(self) -> "Progress":
        """Show the key, which also stops; raises Refused after the end."""
        self._goes_on()
        return replace(self, stage="revealed")

    def next(self, *, number: int) -> "Progress":
        """Open the case after case ``number`` (from 1), the one the trainer saw; raises Refused at the last case and after the end."""
        self._goes_on()
        if number != self.position + 1:
            return self
        if number >= self.size:
            raise Refused(f"第 {number} 题已是最后一题：请点“结束”")
        return replace(self, position=self.position + 1, stage="open")

    def end(self) -> "Progress":
        """The class is over."""
        return replace(self, stage="ended")

    def shown(self, position: int) -> bool:
        """Whether the key of the case at ``position`` may be seen: those gone by, and the one revealed."""
        return position < self.position or (position == self.position and self.stage in {"revealed", "ended"})

    def check_open(self, number: int) -> None:
        """Raise Refused unless case ``number`` takes answers."""
        if self.stage == "ended":
            raise Refused("这次练习已经结束，不再收答案；成绩在本页可看")
        if number != self.position + 1:
            raise Refused(f"第 {number} 题已经过去，现在是第 {self.position + 1} 题：请刷新后作答")
        if self.stage != "open":
            raise Refused(f"第 {number} 题已停止作答：请等老师公布答案")

    def _goes_on(self) -> None:
        if self.stage == "ended":
            raise Refused("这次练习已经结束：可看报告，或另开一个房间")


def clean_name(name: str) -> str:
    """The name as kept: one line, no invisible signs; never HTML-escaped, which is the output's part. Raises BadInput."""
    visible = "".join(" " if sign.isspace() else sign for sign in name if sign.isspace() or sign.isprintable())
    kept = " ".join(unicodedata.normalize("NFC", visible).split())
    if not kept:
        raise BadInput("请填写姓名或编号，例如：张三、07")
    if len(kept) > NAME_LENGTH:
        raise BadInput(f"姓名或编号太长（{len(kept)} 个字）：请写在 {NAME_LENGTH} 个字以内")
    return kept


def check_choices(case: Case, answer: Answer) -> Answer:
    """``answer`` with its ids sorted and single, so that equal answers are equal; raises BadInput for an id that was not offered."""
    tidy = Answer(
        verdict=answer.verdict,
        provisions=tuple(sorted(set(answer.provisions))),
        factors=tuple(sorted(set(answer.factors))),
        sanctions=tuple(sorted(set(answer.sanctions))),
        certainty=answer.certainty,
    )
    strange = {*tidy.provisions} - {*case.options, *case.provisions, *case.acceptable}
    strange |= {*tidy.factors} - {*case.factor_options, *case.factors, *case.acceptable}
    if strange:
        raise BadInput(f"选项里没有 {min(strange)[:20]!r}：请从本题列出的选项中选")
    if len(tidy.sanctions) > _CHOICES or any(len(ref) > len("100.100") for ref in tidy.sanctions):
        raise BadInput("问责方式的选项看不懂：请从本题列出的选项中选")
    return tidy


def new_code() -> str:
    """A room code that says nothing of other codes."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


def read_code(typed: str) -> str:
    """A typed code as it is kept: full-width, lower case, spaces and hyphens allowed."""
    plain = unicodedata.normalize("NFKC", typed[:50]).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def new_token() -> str:
    """What a browser holds to be known again: 192 random bits."""
    return secrets.token_urlsafe(24)


def fingerprint(token: str) -> str:
    """What is kept of a token: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
