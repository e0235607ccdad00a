"""Text -> pieces: the one cutting that word search and our own embedding share.

Characters and pairs of characters beat segmented words on Chinese law (see the model card): a pair is nearly a
word, a character still matches when the pair does not, and no dictionary has to be kept up to date.
"""

import re
import unicodedata

_RUN = re.compile(r"[0-9a-z]+|[\u3400-\u9fff]+")


def pieces(text: str) -> list[str]:
    """Characters and neighbouring pairs of each run of Chinese; a run of Latin letters or digits stays whole."""
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0] < "\u3400":
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found
