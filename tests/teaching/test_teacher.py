"""The teacher starts from every one of the encoder's weights, or not at all."""

from typing import Any

import numpy as np
import pytest

from assistant.teaching.encoder import _LAYER, Encoder
from assistant.teaching.teacher import Teacher

WIDTH, INNER, PLACES = 8, 16, 12
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "立案", "撤"]


def encoder() -> Encoder:
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for short, name in _LAYER.items():
        rows, columns = {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}.get(short, (WIDTH, WIDTH))
        shapes[f"encoder.layer.0.{name}.weight"] = (rows,) if name.endswith("LayerNorm") else (rows, columns)
        shapes[f"encoder.layer.0.{name}.bias"] = (rows,)
    draw = np.random.default_rng(0)
    weights: dict[str, Any] = {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return Encoder(PIECES, [0.0] * len(PIECES), weights, WIDTH, 2, INNER, PLACES)


def test_every_weight_is_taken_over() -> None:
    given = encoder()
    state = Teacher(given, layers=1, outputs=5, seed=1)._model.state_dict()
    for name, value in given.weights.items():
        assert (state[f"body.{name}"].numpy() == value).all(), name


def test_a_renamed_weight_is_refused() -> None:
    given = encoder()
    given.weights["embeddings.words.weight"] = given.weights.pop("embeddings.word_embeddings.weight")
    with pytest.raises(RuntimeError, match=r"embeddings\.word_embeddings\.weight"):
        Teacher(given, layers=1, outputs=5, seed=1)
