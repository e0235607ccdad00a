"""Write a learned table as a sentence-transformers folder that also reads without torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.retrieval.fuse import FILE, Rule
from assistant.retrieval.static import MARK

_UNKNOWN = "[UNK]"


def save_model(folder: Path, pieces: Sequence[str], weights: Any, rule: Rule) -> None:
    """``weights`` has shape (pieces, dimensions); kept as eight-bit whole numbers and a scale a row."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    folder.mkdir(parents=True, exist_ok=True)
    table = np.concatenate([weights, np.zeros((1, weights.shape[1]), dtype=np.float32)])
    scale = np.abs(table).max(axis=1) / 127
    whole = np.round(table / np.where(scale > 0, scale, 1)[:, None]).astype(np.int8)
    save_file({"embeddings": whole, "weights": scale.astype(np.float32)}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    numbers = {piece: number for number, piece in enumerate([*pieces, _UNKNOWN])}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    kinds = ("sentence_transformers.sentence_transformer.modules.StaticEmbedding", "1_Normalize")
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": kinds[0]},
        {"idx": 1, "name": "1", "path": kinds[1], "type": kinds[0].replace("StaticEmbedding", "Normalize")},
    ]
    (folder / kinds[1]).mkdir(exist_ok=True)
    _write(folder / kinds[1] / "config.json", {})
    _write(folder / "modules.json", modules)
    _write(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine", "prompts": {}})
    _write(folder / MARK, {"pieces": "characters and pairs, each once, blanks between", "dimensions": whole.shape[1]})
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(rule), indent=1) + b"\n")


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
