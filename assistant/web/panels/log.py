"""The conversation as it is shown: what each side said, as HTML that was made safe before."""

from typing import NamedTuple

WELCOME = (
    '<div class="log welcome"><p>说说发生了什么，或者问条文怎么规定。</p>'
    "<p>只依据本局的制度回答，每个结论都标明出处；分几次说也行，前面说过的都算数。</p></div>"
)
_COPY = '<button type="button" data-copy aria-label="复制这一条回答">复制</button>'


class Turn(NamedTuple):
    """What was said, as safe HTML, and whether the user said it."""

    html: str
    own: bool = False


def log_html(turns: tuple[Turn, ...], *, waiting: bool = False) -> str:
    """All turns; ``waiting`` says that more is coming."""
    if not turns:
        return WELCOME
    body = "".join(_turn(turn) for turn in turns)
    more = '<p class="waiting" role="status">正在逐句核对……</p>' if waiting else ""
    return f'<div class="log" role="region" aria-label="对话" tabindex="0">{body}{more}</div>'


def _turn(turn: Turn) -> str:
    who = "user" if turn.own else "bot"
    name = "您" if turn.own else "助手"
    return f'<article class="turn {who}"><h3>{name}</h3>{turn.html}{"" if turn.own else _COPY}</article>'
