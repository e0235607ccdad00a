"""Question -> the places in the law that bear on it, by words and, where a model is installed, by meaning.

    index = open_index(folder, chunks_of(regulation))
    for hit in index.search("立案后没有理由就撤案"):
        print(hit.chunk.id, hit.score, hit.why)

The base install searches by words alone; ``index.status().note`` says so in Chinese.
"""

from assistant.retrieval.chunks import Chunk, chunks_from_rows, chunks_of
from assistant.retrieval.index import Index, Status
from assistant.retrieval.opening import open_index
from assistant.retrieval.search import Hit

__all__ = ["Chunk", "Hit", "Index", "Status", "chunks_from_rows", "chunks_of", "open_index"]
