"""How a network was made, kept beside it: whom it learned from decides on whom it may be measured."""

from pathlib import Path

import msgspec

from assistant.errors import CheckFailed, Unavailable
from assistant.stored import DAMAGE
from assistant.triage.network import HELD_OUT

FILE = "made.json"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """``held_out`` are the authors whose exemplars neither the network nor its teacher saw."""

    seed: int
    cases: int
    data_sha256: str
    held_out: tuple[str, ...]
    teacher: str
    spoilt: int


def check_held_out(folder: Path) -> None:
    """Raises CheckFailed when the network in ``folder`` was taught with others than `HELD_OUT` held out, Unavailable when it does not say."""
    try:
        made = msgspec.json.decode((folder / FILE).read_bytes(), type=Made)
    except DAMAGE as error:
        raise Unavailable(f"{folder.name}/{FILE} 缺失或损坏（{error}）：请运行 make train-network 重做") from None
    odd = sorted(set(made.held_out) ^ set(HELD_OUT))
    if odd:
        raise CheckFailed(
            f"网络留出的作者与现在的 HELD_OUT 不同（{'、'.join(odd)}）：在它学过的作者上量不出真实水平，请先运行 make train-network 重做"
        )
