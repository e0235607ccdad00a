"""Labelled incidents that the learner learns from: ``corpus/exemplars/*.jsonl``, a file an author.

The labels mean what LABELLING says: ``provisions`` are clearly met, ``acceptable`` ones are neither hit nor miss. ``group`` is
shared by twins (the same scene with one decisive fact changed), so that a split never parts them.
"""

import hashlib
from pathlib import Path
from typing import Literal

import msgspec

from assistant.errors import BadInput
from assistant.triage.result import Verdict


class Exemplar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled incident."""

    id: str
    kind: Literal["incident"]
    text: str
    verdict: Verdict
    provisions: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    mitigating: tuple[str, ...] = ()
    aggravating: tuple[str, ...] = ()
    acceptable_factors: tuple[str, ...] = ()
    author: str
    group: str
    tags: tuple[str, ...] = ()
    actor: str = "unknown"

    @property
    def labels(self) -> frozenset[str]:
        """Items and factors that are clearly met."""
        return frozenset((*self.provisions, *self.mitigating, *self.aggravating))

    @property
    def tolerated(self) -> frozenset[str]:
        """Items and factors that are neither hit nor miss."""
        return frozenset((*self.acceptable, *self.acceptable_factors))


def read_exemplars(folder: Path) -> tuple[list[Exemplar], str]:
    """All exemplars of ``folder`` in file order and the sha256 of their bytes; raises BadInput naming file and line."""
    found: list[Exemplar] = []
    digest = hashlib.sha256()
    decoder = msgspec.json.Decoder(Exemplar)
    for path in sorted(folder.glob("*.jsonl")):
        data = path.read_bytes()
        digest.update(data)
        for number, line in enumerate(data.splitlines(), 1):
            try:
                found.append(decoder.decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise BadInput(f"样例文件 {path.name} 第 {number} 行读不懂：{error}") from None
    return found, digest.hexdigest()
