"""Text -> numbers of pieces: words and characters that the network knows, the longest from the left."""

from pathlib import Path

LONGEST = 4
UNKNOWN = 0  # the number of a character that is no piece; the first line of the file


class Pieces:
    """The table of pieces; immutable. ``names[0]`` stands for whatever is not known."""

    def __init__(self, names: list[str]) -> None:
        self.names = tuple(names)
        self._numbers = {name: number for number, name in enumerate(names)}
        lengths: dict[str, set[int]] = {}
        for name in names[1:]:
            if len(name) > 1:
                lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(own, reverse=True) for first, own in lengths.items()}

    def __len__(self) -> int:
        return len(self.names)

    def cut(self, text: str) -> list[int]:
        """Numbers of the pieces of ``text``; full-width letters and digits count as their plain forms, spaces are dropped."""
        numbers, lengths = self._numbers, self._lengths
        found: list[int] = []
        at, end = 0, len(text := text.translate(_PLAIN))
        while at < end:
            for length in lengths.get(text[at], ()):
                number = numbers.get(text[at : at + length])
                if number is not None:
                    break
            else:
                length, number = 1, numbers.get(text[at], UNKNOWN)
            found.append(number)
            at += length
        return found


_PLAIN: dict[int, str | None] = {0xFEE0 + n: chr(n) for n in range(0x21, 0x7F)}
_PLAIN |= dict.fromkeys(map(ord, " \t\r\n\u3000\xa0"))


def read_pieces(path: Path) -> Pieces:
    """The table in ``path``, a piece a line; raises OSError."""
    return Pieces(path.read_text(encoding="utf-8").split("\n"))
