"""A network in fractions and the same one in whole numbers read alike; whole numbers stay within what a float holds exactly."""

from typing import Any

import numpy as np
import pytest

from assistant.teaching.batches import padded
from assistant.teaching.rounding import rounded
from assistant.teaching.student import WIDTH, learn
from assistant.teaching.truth import Truth
from assistant.triage.network.forward import MOST, Network
from assistant.triage.network.pieces import Pieces

TEXTS = ["立案后撤案", "没有立案", "他把封条撕了", "厂长不服", "收了两条烟", "去厂里看了看", "罚了三万", "夜里漏了酸"]
OUTPUTS = 6


@pytest.fixture(scope="module")
def taught() -> tuple[Any, Pieces]:
    names = ["", *sorted({char for text in TEXTS for char in text}), "立案", "封条"]
    draw = np.random.default_rng(3)
    truth = Truth(np.arange(4) % 4, np.eye(4, OUTPUTS - 4, dtype=np.float32), np.ones((4, OUTPUTS - 4)))
    pieces = Pieces(names)
    told = draw.normal(size=(len(TEXTS), OUTPUTS)).astype(np.float32) * 3
    vectors = draw.normal(size=(len(names), 24))
    return learn(pieces, vectors, TEXTS, told, truth, epochs=6, seed=1, size=4), pieces


def test_whole_numbers_read_as_fractions_do(taught: tuple[Any, Pieces]) -> None:
    import torch

    network, pieces = taught
    numbers = [pieces.cut(text) for text in TEXTS]
    small = Network(pieces, *rounded(network, numbers))
    with torch.no_grad():
        told = np.concatenate([network(torch.tensor(padded([own], -1, border=2))).numpy() for own in numbers])
    found = np.array([small.logits(text) for text in TEXTS])
    assert np.abs(found - told).max() < 0.15
    assert np.corrcoef(found.ravel(), told.ravel())[0, 1] > 0.99


def test_a_last_text_alone_is_learned_too() -> None:
    pieces = Pieces(["", *sorted({char for text in TEXTS for char in text})])
    texts, draw = TEXTS[:5], np.random.default_rng(3)
    truth = Truth(np.arange(4) % 4, np.eye(4, OUTPUTS - 4, dtype=np.float32), np.ones((4, OUTPUTS - 4)))
    told = draw.normal(size=(len(texts), OUTPUTS)).astype(np.float32)
    learn(pieces, draw.normal(size=(len(pieces), 24)), texts, told, truth, epochs=1, seed=1, size=4)


def test_sums_stay_exact(taught: tuple[Any, Pieces]) -> None:
    network, pieces = taught
    taps, arrays = rounded(network, [pieces.cut(text) for text in TEXTS])
    assert taps.dtype == np.int8
    assert taps.shape == (len(pieces), 3 * WIDTH)
    for name in ("second", "third", "hidden", "last"):
        assert arrays[name].dtype.kind == "i"
        assert int(np.abs(arrays[name].astype(np.int64)).sum(axis=0).max()) * MOST < 2**24


def test_the_order_of_a_machine_s_sums_does_not_matter(taught: tuple[Any, Pieces]) -> None:
    network, pieces = taught
    _, arrays = rounded(network, [pieces.cut(text) for text in TEXTS])
    values = np.arange(len(arrays["hidden"]), dtype=np.float32) % (MOST + 1)
    exact = values.astype(np.int64) @ arrays["hidden"].astype(np.int64)
    backwards = values[::-1] @ arrays["hidden"].astype(np.float32)[::-1]
    assert (values @ arrays["hidden"].astype(np.float32) == exact).all()
    assert (backwards == exact).all()
