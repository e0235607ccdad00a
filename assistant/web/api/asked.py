"""What a program sends; told in Chinese, because these words are the documentation."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_TURNS = 50
CASE = "小王立案后没有报批就把案子撤了"


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str | int | None = Field(None, title="编号", description="原样带回，可以不写", examples=["a-1"])


class Told(_Sent):
    """案情"""

    model_config = ConfigDict(title="案情")

    text: str = Field(title="发生了什么", description="中文，最多 10000 个字", examples=[CASE])


class Asked(_Sent):
    """问题或者对话"""

    model_config = ConfigDict(
        title="问题或者对话",
        json_schema_extra={"examples": [{"text": "处理决定几天内要通知本人"}, {"turns": [CASE, "那第几条"]}]},
    )

    text: str | None = Field(None, title="一句话", description="中文，最多 10000 个字")
    turns: list[str] | None = Field(
        None, title="各轮的话", description="同一个案子从头到尾的各轮，按先后", min_length=1, max_length=MOST_TURNS
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> "Asked":
        if (self.text is None) == (self.turns is None):
            raise ValueError('写 text 或者 turns，两样写一样：{"text": "…"} 或 {"turns": ["…", "…"]}')
        return self

    def row(self) -> dict[str, Any]:
        """A row of `ask --jsonl`."""
        told = {"text": self.text} if self.turns is None else {"turns": self.turns}
        return {"id": self.id, **told}
