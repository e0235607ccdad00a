"""Make the word table anew: ``python -m assistant.teaching.families_train words.vector``.

The vectors (100 numbers a word, learned from the Chinese Wikipedia) come with the source archive of ``synonyms`` 3.8.0 on the
package index (MIT licence), which lists words by frequency; k-means with a fixed seed gives the families. See corpus/models/words/README.md.
"""

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.paths import corpus_dir
from assistant.teaching.families import FAMILIES, LONGEST

SEED = 0
COMMONEST = 40_000
_WORD = re.compile("[\u4e00-\u9fff]{2,5}")


def main(path: Path) -> None:
    """Read the vectors of ``path`` (word2vec's binary form), cluster them, write the table."""
    words, vectors = _read(path)
    kept = [n for n, word in enumerate(words) if _WORD.fullmatch(word)]
    vectors = vectors[kept]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    members = _cluster(vectors, FAMILIES)
    common = [n for n, at in enumerate(kept[:COMMONEST]) if len(words[at]) <= LONGEST]
    folder = corpus_dir() / "models" / "words"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt").write_text("\n".join(words[kept[n]] for n in common), encoding="utf-8")
    (folder / "families.bin").write_bytes(members[common].astype("<u2").tobytes())
    print(f"{len(common)} words in {FAMILIES} families")


def _read(path: Path) -> tuple[list[str], Any]:
    data = path.read_bytes()
    head, _, rest = data.partition(b"\n")
    count, size = map(int, head.split())
    words, vectors, at = [], np.zeros((count, size), dtype=np.float32), 0
    for n in range(count):
        end = rest.index(b" ", at)
        words.append(rest[at:end].strip(b"\n").decode("utf-8", "replace"))
        vectors[n] = np.frombuffer(rest, dtype="<f4", count=size, offset=end + 1)
        at = end + 1 + 4 * size
    return words, vectors


def _cluster(vectors: Any, count: int) -> Any:
    from sklearn.cluster import MiniBatchKMeans

    model = MiniBatchKMeans(count, random_state=SEED, batch_size=4096, n_init=1, max_iter=30)
    return model.fit(vectors).labels_


if __name__ == "__main__":
    main(Path(sys.argv[1]))
