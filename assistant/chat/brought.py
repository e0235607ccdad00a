"""Questions on regulations that the users brought: found by words and meaning, quoted, and always named.

The home regulation answers first. Another one answers when the question names it, or when the home one has nothing and the words
of the other bear on the question. Citations are ``<id>:<place>`` so that two regulations never look alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from assistant.chat.reply import Checks, Quote, Reply
from assistant.corpus import Library, Ref, Regulation, find_refs
from assistant.errors import Unavailable, UnknownRef
from assistant.retrieval import Chunk, Index, chunks_of, open_index
from assistant.settings import Settings

_MOST = 3
_PART = 0.6  # of the best hit's score: what lies below is not shown beside it
_ENDS = re.compile(r"办法|规定|条例|意见|制度|细则|规则|标准|法")
_SHORTEST = 6  # characters of a shortened title that still name one law


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cited place of one regulation: its id there, what people call it, its words."""

    id: str
    label: str
    text: str


def open_laws(settings: Settings, library: Library) -> Index:
    """The index over the home regulation and all brought ones, kept in the data folder; raises as :func:`open_index`."""
    return _open_over(
        settings, [library.load(name) for name in dict.fromkeys([settings.regulation, *library.brought()])]
    )


def _open_over(settings: Settings, laws: Iterable[Regulation]) -> Index:
    return open_index(
        settings.data_dir / "index",
        [chunk for law in laws for chunk in chunks_of(law)],
        model=settings.embedding,
        reranker=settings.reranker,
        chroma_url=settings.chroma_url,
    )


class _Shelf:
    """The users' ``laws`` as they stood at one moment, with the index over just these and the ``home`` regulation."""

    def __init__(self, settings: Settings, home: Regulation, laws: dict[str, Regulation]) -> None:
        self.home = home
        self.laws = laws
        self._settings = settings
        self._opening = Lock()
        self._index: Index | None = None

    def index(self) -> Index:
        """The index, opened when first asked for."""
        with self._opening:
            if self._index is None:
                try:
                    self._index = _open_over(self._settings, {self.home.id: self.home, **self.laws}.values())
                except Unavailable:  # a folder that cannot be written, a model that is not there: by words, in memory
                    self._index = open_index(None, [chunk for law in self.laws.values() for chunk in chunks_of(law)])
            return self._index


class BroughtLaws:
    """The users' regulations. What is added or removed while the assistant runs takes effect with the next question."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library = Library(settings.data_dir)
        self._shelf: _Shelf | None = None

    def named_in(self, text: str) -> Regulation | None:
        """The regulation that ``text`` names by its id or its title, whole or shortened (裁量权指导意见)."""
        shelf = self._current()
        for name, law in shelf.laws.items():
            # another version of the home regulation is asked for by its id
            if name in text or (law.title != shelf.home.title and _names(text, law)):
                return law
        return None

    def answer(self, text: str, law: Regulation | None = None) -> Reply | None:
        """A quoted answer from ``law``, or from all of them; None when nothing in them bears on ``text``.

        For a place that ``law`` does not have it says what there is instead.
        """
        shelf = self._current()
        laws = shelf.laws
        if not laws:
            return None
        if law:
            try:
                cited = _cited(text, law)
            except UnknownRef as error:
                return Reply(kind="question", answer=f"《{law.title}》：{error}。")
            if cited:
                return _quoted(law, cited)
        elif "《" in text or find_refs(text):  # a law that is not here, or a place of the home one
            return None
        asked = text
        for name in _names(text, law) if law else ():
            asked = asked.replace(name, "")
        index = shelf.index()
        names = [law.id] if law else list(laws)
        hits = sorted(
            (hit for name in names for hit in index.search(asked, top=_MOST, regulation=name, floor=law is None)),
            key=lambda hit: -hit.score,
        )
        if not hits:
            return None
        best = hits[0].chunk.regulation_id
        near = [hit.chunk for hit in hits if hit.score >= _PART * hits[0].score and hit.chunk.regulation_id == best]
        return _quoted(laws[best], [_whole(chunk, laws[best]) for chunk in near])

    def _current(self) -> _Shelf:
        """The shelf of now, the last one where nothing changed. Several threads may ask; each keeps to what it was given."""
        home = self._library.load(self._settings.regulation)
        laws = {name: self._library.load(name) for name in self._library.brought()}
        shelf = self._shelf
        if shelf is None or (shelf.home, shelf.laws) != (home, laws):
            self._shelf = shelf = _Shelf(self._settings, home, laws)
        return shelf


def _names(text: str, law: Regulation) -> list[str]:
    """The words of ``text`` that name ``law``: its id, its title, or a shortened title, whose characters stand in the
    title in the same order and end as it ends."""
    found = [name for name in (f"《{law.title}》", law.title, law.id) if name in text]
    for end in (match.end() for match in _ENDS.finditer(text)):
        name = re.findall(r"[\u4e00-\u9fff（）]*$", text[:end])[0]
        shortened = (name[start:] for start in range(len(name) - _SHORTEST + 1))
        found += [short for short in shortened if law.title.endswith(short[-2:]) and _in_order(short, law.title)][:1]
    return found


def _in_order(short: str, title: str) -> bool:
    rest = iter(title)
    return all(character in rest for character in short)


def _cited(text: str, law: Regulation) -> list[Place]:
    """The places of ``law`` that ``text`` cites; raises UnknownRef for one that it does not have."""
    found = dict.fromkeys(ref for _, _, refs in find_refs(text, law) for ref in refs)
    return [Place(id=ref.id, label=law.label(ref), text=law.text_of(ref)) for ref in found]


def _whole(chunk: Chunk, law: Regulation) -> Place:
    """The whole article that ``chunk`` belongs to: an item alone does not say for whom and when it holds."""
    if not law.articles:
        return Place(id=chunk.id, label=chunk.label, text=chunk.text)
    ref = Ref.from_id(chunk.id).of_article
    return Place(id=ref.id, label=law.label(ref), text=law.text_of(ref))


def _quoted(law: Regulation, places: list[Place]) -> Reply:
    places = list(dict.fromkeys(places))
    labels = "、".join(place.label for place in places)
    lines = [f"《{law.title}》{labels}：下面是找到的原文（这是您加入的制度，不是本局的追责制度）。"]
    for place in places:
        body = place.text.replace("\n", "\n> ")
        lines.append(f"> 《{law.title}》{place.label}：{body}")
    quotes = tuple(Quote(id=f"{law.id}:{place.id}", text=place.text) for place in places)
    return Reply(
        kind="question",
        answer="\n\n".join(lines),
        citations=tuple(quote.id for quote in quotes),
        quotes=quotes,
        checks=Checks(citations=len(quotes), verified=len(quotes)),
    )
