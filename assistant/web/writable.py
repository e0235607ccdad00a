"""Text that a document can hold: Word and Excel files are XML, and XML 1.0 has no place for some signs."""

import re

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """``text`` less what XML 1.0 cannot hold (its production 2, Char)."""
    return _UNWRITABLE.sub("", text)
