"""A small law and a tiny model of our own making, so that real parts run quickly."""

from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval import Chunk
from assistant.retrieval.fuse import Rule
from assistant.retrieval.pieces import pieces
from assistant.retrieval.saving import save_model

TEXTS = {
    "water": (
        "水源保护办法",
        ["禁止在饮用水水源保护区内设置排污口。", "在水库钓鱼的，处五百元以下罚款。", "排放油类的，责令改正。"],
    ),
    "noise": ("噪声管理规定", ["夜间施工应当公告附近居民。", "机动车不得随意鸣喇叭。", "音响器材的音量不得过大。"]),
    "park": ("公园条例", ["公园内禁止放风筝。", "游客应当爱护花草树木。"]),
}
NUMERALS = "一二三四五六七八九"


def law(regulation_id: str) -> list[Chunk]:
    title, texts = TEXTS[regulation_id]
    return [
        Chunk(id=str(n), regulation_id=regulation_id, label=f"第{NUMERALS[n - 1]}条", text=text, title=title)
        for n, text in enumerate(texts, 1)
    ]


@pytest.fixture(scope="session")
def chunks() -> list[Chunk]:
    return [chunk for regulation_id in TEXTS for chunk in law(regulation_id)]


def make_model(folder: Path, *, seed: int = 0, rule: Rule | None = None) -> Path:
    """A model whose vectors are nearly orthogonal, except that 河 is taught to mean what 水 does."""
    pytest.importorskip("tokenizers")
    known = sorted({piece for _, texts in TEXTS.values() for text in texts for piece in pieces(text)} | {"河"})
    weights = np.random.default_rng(seed).normal(size=(len(known), 64)).astype(np.float32)
    weights[known.index("河")] = weights[known.index("水")]
    save_model(folder, known, weights, rule or Rule(lexical=0.3, floor=0.3))
    return folder


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("model"))
