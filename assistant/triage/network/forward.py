"""The network itself, read from plain arrays. numpy is loaded when the first network is.

Layer by layer (w: width, t: pieces of the text):

* taps [pieces x 3 x w]: what a piece adds to the place before it, its own and the one after; their sum is the first convolution,
* second, third [3w x w]: convolutions over three neighbours, the third with a gap of one, each added to what it reads,
* pooled [4w]: the largest value of each layer over the text and the mean of the last,
* hidden [4w x h], last [h x outputs].

All stored numbers are whole. Values between layers are rounded to 0 … 127, so a product sum stays below 2**24 and a float32 holds it
exactly, in whatever order a machine adds; the steps between are single multiplications and additions of an element.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.triage.network.pieces import UNKNOWN, Pieces, read_pieces

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

MOST = 127  # the largest value that passes between layers
LONGEST_TEXT = 512  # pieces beyond are not read


_ARRAYS = (
    "first_bias", "first_step", "second", "second_scale", "second_bias", "second_pass", "third", "third_scale", "third_bias", "third_pass",
    "mean_step", "hidden", "hidden_scale", "hidden_bias", "hidden_step", "last", "last_scale", "last_bias",
)  # fmt: skip


class Network:
    """A network ready to read; immutable, shared by all users. ``arrays`` are those that `read_network` names."""

    def __init__(self, pieces: Pieces, taps: "Array", arrays: "dict[str, Array]") -> None:
        import numpy as np

        self._np = np
        self._pieces = pieces
        self._taps = np.asarray(taps)  # a plain view of the file
        self._width = taps.shape[1] // 3
        self._arrays = {name: array.astype(np.float32) for name, array in arrays.items()}

    @property
    def outputs(self) -> int:
        """How many log-odds it tells."""
        return int(self._arrays["last"].shape[1])

    def logits(self, text: str) -> list[float]:
        """Log-odds of every output for ``text``."""
        np, a, width = self._np, self._arrays, self._width
        numbers = self._pieces.cut(text)[:LONGEST_TEXT] or [UNKNOWN]
        count = len(numbers)
        taps = self._taps[numbers].astype(np.float32)
        first = taps[:, width : 2 * width] + a["first_bias"]
        first[1:] += taps[:-1, :width]
        first[:-1] += taps[1:, 2 * width :]
        one = self._round(first * a["first_step"])
        two = self._convolve(one, "second", gap=1)
        three = self._convolve(two, "third", gap=2)
        mean = self._round(three.sum(axis=0) / np.float32(count) * a["mean_step"])
        pooled = np.concatenate([one.max(axis=0), two.max(axis=0), three.max(axis=0), mean])
        hidden = self._round((pooled @ a["hidden"] * a["hidden_scale"] + a["hidden_bias"]) * a["hidden_step"])
        told: list[float] = (hidden @ a["last"] * a["last_scale"] + a["last_bias"]).tolist()
        return told

    def _convolve(self, values: "Array", name: str, *, gap: int) -> "Array":
        """What the layer makes of ``values`` [t x w], added to them and rounded."""
        np, a = self._np, self._arrays
        count, width = values.shape
        inner = max(count - gap, 0)
        seen = np.empty((count, 3 * width), dtype=np.float32)
        seen[:gap, :width] = seen[inner:, 2 * width :] = 0
        seen[gap:, :width] = values[:inner]
        seen[:, width : 2 * width] = values
        seen[:inner, 2 * width :] = values[gap:]
        made: Array = seen @ a[name]
        made *= a[f"{name}_scale"]
        made += a[f"{name}_bias"]
        np.maximum(made, 0, out=made)
        made += values * a[f"{name}_pass"]
        return self._round(made)

    def _round(self, values: "Array") -> "Array":
        """``values``, in their place, as whole numbers from 0 to `MOST`."""
        np = self._np
        np.maximum(values, 0, out=values)
        np.minimum(values, MOST, out=values)
        np.rint(values, out=values)
        return values


def read_network(folder: Path) -> Network:
    """The network in ``folder``: pieces.txt, taps.npy and layers.npz; raises OSError, EOFError or BadZipFile for damaged files, ValueError
    where they disagree."""
    import numpy as np

    pieces = read_pieces(folder / "pieces.txt")
    taps = np.load(folder / "taps.npy", mmap_mode="r", allow_pickle=False)
    if len(taps) != len(pieces):
        raise ValueError("taps.npy 与 pieces.txt 行数不一")
    with (folder / "layers.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        missing = set(_ARRAYS) - set(stored.files)
        if missing:
            raise ValueError(f"layers.npz 缺少 {'、'.join(sorted(missing))}")
        arrays = {name: stored[name] for name in _ARRAYS}
    network = Network(pieces, taps, arrays)
    network.logits("")  # arrays of other shapes fail here, not at somebody's text
    return network
