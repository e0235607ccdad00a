"""The teacher: the layers of a pretrained encoder, fitted to the exemplars' labels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.teaching.batches import by_length, learn_in_rounds, padded
from assistant.teaching.encoder import Encoder
from assistant.teaching.truth import Truth, loss_of

if TYPE_CHECKING:
    from torch import nn

    Module = nn.Module

PAD = 1
_LONGEST = 200
_START, _END = 0, 2


class Teacher:
    """A fitted transformer; ``logits`` are [texts x outputs]."""

    def __init__(self, encoder: Encoder, *, layers: int, outputs: int, seed: int) -> None:
        import torch

        torch.manual_seed(seed)
        self._cutter = _cutter(encoder)
        self._model = _model(encoder, layers=layers, outputs=outputs)
        self._seed = seed

    def fit(self, texts: Sequence[str], truth: Truth, *, epochs: int, size: int = 24, rate: float = 2e-4) -> None:
        """Learn ``truth`` of ``texts``; the rate rises over the first tenth of the steps and falls to nothing."""
        import torch

        numbers = self._cut(texts)
        model, draw = self._model, np.random.default_rng(self._seed)
        body = [p for name, p in model.named_parameters() if name.startswith("body") and p.requires_grad]
        head = [p for name, p in model.named_parameters() if not name.startswith("body")]
        groups: list[dict[str, Any]] = [{"params": body}, {"params": head, "lr": 2e-3}]
        learner = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
        steps = epochs * -(-len(texts) // size)
        rise = max(1, steps // 10)
        course = torch.optim.lr_scheduler.LambdaLR(
            learner, lambda step: min((step + 1) / rise, max(0.0, (steps - step) / (steps - rise)))
        )
        learn_in_rounds(
            "teacher",
            model,
            learner,
            course,
            [len(n) for n in numbers],
            lambda rows: loss_of(self._read([numbers[row] for row in rows]), truth.rows(rows)),
            epochs=epochs,
            size=size,
            most=1.0,
            draw=draw,
        )

    def logits(self, texts: Sequence[str]) -> Any:
        """What it makes of ``texts``."""
        import torch

        self._model.eval()
        numbers = self._cut(texts)
        made: Any = None
        with torch.no_grad():
            for rows in by_length([len(n) for n in numbers], 64):
                found = self._read([numbers[row] for row in rows]).numpy()
                made = np.zeros((len(texts), found.shape[1]), dtype=np.float32) if made is None else made
                made[rows] = found
        return made

    def _cut(self, texts: Sequence[str]) -> list[list[int]]:
        cut = self._cutter.encode_batch([text or "。" for text in texts])
        return [[_START, *one.ids[:_LONGEST], _END] for one in cut]

    def _read(self, numbers: list[list[int]]) -> Any:
        import torch

        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self._model(torch.tensor(padded(numbers, PAD))).float()


def _cutter(encoder: Encoder) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    cutter = Tokenizer(models.Unigram(list(zip(encoder.pieces, encoder.scores, strict=True)), unk_id=3))
    cutter.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" ", "")])
    cutter.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return cutter


def _model(encoder: Encoder, *, layers: int, outputs: int) -> "Module":
    import torch
    from torch import nn
    from transformers import BertConfig, BertModel

    class Model(nn.Module):
        """Mean and maximum of the last layer, scaled, to the outputs. The pieces' own vectors are left as they came."""

        def __init__(self) -> None:
            super().__init__()
            config = BertConfig(
                vocab_size=len(encoder.pieces), hidden_size=encoder.width, num_hidden_layers=layers, num_attention_heads=encoder.heads,
                intermediate_size=encoder.inner, max_position_embeddings=encoder.places, layer_norm_eps=1e-12,
                type_vocab_size=len(encoder.weights["embeddings.token_type_embeddings.weight"]),
                hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
            )  # fmt: skip
            self.body = BertModel(config, add_pooling_layer=False)
            self.body.set_attn_implementation("eager")  # half as fast again as the default on a processor
            weights = {name: torch.tensor(value) for name, value in encoder.weights.items()}
            self.body.load_state_dict(weights)
            self.body.embeddings.word_embeddings.weight.requires_grad_(False)
            self.norm = nn.LayerNorm(2 * encoder.width)
            self.drop = nn.Dropout(0.2)
            self.head = nn.Linear(2 * encoder.width, outputs)
            nn.init.normal_(self.head.weight, std=0.02)

        def forward(self, numbers: Any) -> Any:
            seen = (numbers != PAD).long()
            states = self.body(input_ids=numbers, attention_mask=seen).last_hidden_state
            mask = seen.unsqueeze(-1).float()
            mean = (states * mask).sum(1) / mask.sum(1)
            most = (states - 1e4 * (1 - mask)).amax(1)
            return self.head(self.drop(self.norm(torch.cat([mean, most], 1))))

    return Model()
