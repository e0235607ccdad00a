"""An optional second reading: a cross-encoder looks at question and chunk together and orders the best hits anew.

Off unless a model is named (a folder or a hub name, as for the embedding): none comes in the box.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import Unavailable
from assistant.retrieval.models import INSTALL, locate
from assistant.retrieval.search import Hit

#: So many of the best hits are read again; the rest keep their order behind them.
DEPTH = 30


class Reranker:
    """The cross-encoder in folder ``model`` or of that hub name; raises Unavailable when it cannot be had."""

    def __init__(self, model: str | Path) -> None:
        if importlib.util.find_spec("sentence_transformers") is None:
            raise Unavailable(f"重排模型 {model} 需要 sentence-transformers：{INSTALL}")
        folder = locate(model)
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        try:
            self._model: Any = CrossEncoder(
                str(folder), device="cpu", local_files_only=True, num_labels=1, activation_fn=Sigmoid()
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            first = str(error).strip().splitlines()[:1]
            raise Unavailable(f"重排模型 {model} 打不开（{''.join(first)[:80]}）：请换一个完好的模型") from None

    def reorder(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """``hits`` with the first :data:`DEPTH` in the cross-encoder's order, their ``score`` its own, 0 to 1."""
        near = hits[:DEPTH]
        if not near:
            return []
        pairs = [(query, f"{hit.chunk.title} {hit.chunk.searched}") for hit in near]
        scores = [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]
        read = [replace(hit, score=score, reread=score) for hit, score in zip(near, scores, strict=True)]
        lowest = min(scores)
        rest = [replace(hit, score=min(hit.score, lowest)) for hit in hits[DEPTH:]]
        return sorted(read, key=lambda hit: -hit.score) + rest
