"""A learned network in whole numbers, as `assistant.triage.network.forward` reads it.

Each output channel of a layer has a scale of its own; what passes between layers is measured on texts: the value that 127 stands for is
the 99.95th percentile of the channel's largest value in a text, at least a hundredth of the layer's largest. The products of two such
numbers, summed over a layer's inputs, stay below 2**24 (a float32 holds them exactly), which `_whole` sees to.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.teaching.batches import by_length, padded
from assistant.triage.network.forward import MOST

_EXACT = 2**24


def rounded(network: Any, numbers: Sequence[Sequence[int]]) -> tuple[Any, dict[str, Any]]:
    """The taps (int8) and the arrays of the other layers; ``numbers`` are pieces of texts to measure on."""
    state = {name: value.detach().double().numpy() for name, value in network.state_dict().items()}
    one, two, three, mean, hidden = _reaches(network, numbers)
    vectors = np.concatenate([state["brought"], state["own.weight"]], axis=1)
    taps = np.stack([vectors @ state["first.weight"][:, :, tap].T for tap in range(3)], axis=1)
    tap_scale = np.abs(taps).max(axis=(0, 1)) / MOST
    made = {"first_bias": np.rint(state["first.bias"] / tap_scale), "first_step": tap_scale / one}
    for name, read, passed in (("second", one, two), ("third", two, three)):
        weights = np.concatenate([state[f"{name}.weight"][:, :, tap].T for tap in range(3)])
        whole, scale = _whole(weights * np.tile(read, 3)[:, None])
        made |= {
            name: whole,
            f"{name}_scale": scale / passed,
            f"{name}_bias": state[f"{name}.bias"] / passed,
            f"{name}_pass": read / passed,
        }
    spread = state["norm.weight"] / np.sqrt(state["norm.running_var"] + network.norm.eps)
    shift = state["norm.bias"] - state["norm.running_mean"] * spread
    inward = state["hidden.weight"].T
    whole, scale = _whole(inward * (spread * np.concatenate([one, two, three, mean]))[:, None])
    made |= {
        "hidden": whole,
        "hidden_scale": scale,
        "hidden_bias": state["hidden.bias"] + shift @ inward,
        "hidden_step": 1 / hidden,
    }
    whole, scale = _whole(state["last.weight"].T * hidden[:, None])
    made |= {"last": whole, "last_scale": scale, "last_bias": state["last.bias"], "mean_step": three / mean}
    whole_taps = np.rint(taps / tap_scale).astype(np.int8).reshape(len(taps), -1)
    return whole_taps, {
        name: value if value.dtype.kind == "i" else value.astype(np.float32) for name, value in made.items()
    }


def _whole(weights: Any) -> tuple[Any, Any]:
    """``weights`` [inputs x outputs] as whole numbers and the scale of each output, as fine as exact sums allow."""
    most = min(2**15 - 1, (_EXACT - 1) // (MOST * len(weights)))
    scale = np.abs(weights).max(axis=0) / most
    return np.rint(weights / scale).astype(np.int16 if most > MOST else np.int8), scale


def _reaches(network: Any, numbers: Sequence[Sequence[int]]) -> tuple[Any, ...]:
    """For each channel of the three layers, the mean and the hidden layer: the value of one step of `MOST`."""
    import torch
    from torch.nn import functional

    seen: list[list[Any]] = [[], [], [], [], []]
    with torch.no_grad():
        for rows in by_length([len(n) for n in numbers], 64):
            *layers, pooled = network.layers(torch.tensor(padded([numbers[row] for row in rows], -1, border=2)))
            for values, layer in zip(seen, layers, strict=False):
                values.append(layer.amax(2).numpy())
            seen[3].append(pooled[:, -layers[0].shape[1] :].numpy())
            seen[4].append(functional.relu(network.hidden(network.norm(pooled))).numpy())
    reaches = []
    for values in seen:
        high = np.quantile(np.concatenate(values), 0.9995, axis=0).astype(np.float64)
        reaches.append(np.maximum(high, 0.01 * high.max()) / MOST)
    return tuple(reaches)
