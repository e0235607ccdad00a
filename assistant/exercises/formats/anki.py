"""An Anki deck (.apkg): the case and its choices on the front, the key with the words of the law on the back."""

import hashlib
import html
import tempfile
from pathlib import Path

from assistant.exercises.formats.quiz import contrast, named
from assistant.exercises.model import Case, Paper
from assistant.exercises.words import NOTICE, VERDICTS
from assistant.triage.rules import RulePack

_CSS = "body { font: 18px/1.7 sans-serif; text-align: left; } .key { font-weight: bold; } small { opacity: .75; }"


def write_anki(paper: Paper, pack: RulePack) -> bytes:
    """The package; the same paper gives the same notes, so that importing it again updates them."""
    import genanki

    model = genanki.Model(
        _number("model"),
        "执法过错研判",
        fields=[{"name": "案情"}, {"name": "答案"}],
        templates=[{"name": "研判", "qfmt": "{{案情}}", "afmt": "{{FrontSide}}<hr id=answer>{{答案}}"}],
        css=_CSS,
    )
    title = paper.title or f"执法过错研判 {paper.theme}".strip()
    deck = genanki.Deck(_number(title), title)
    for case in paper.cases:
        fields = [_front(case, pack), _back(case, pack)]
        deck.add_note(genanki.Note(model=model, fields=fields, guid=genanki.guid_for(case.id, case.text)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(deck).write_to_file(str(path))
        return path.read_bytes()


def _number(text: str) -> int:
    """An id that Anki takes: below 2^31, the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


def _front(case: Case, pack: RulePack) -> str:
    offered = "".join(f"<li>{html.escape(named(ref, pack))}</li>" for ref in (*case.options, *case.factor_options))
    choices = f"<ul>{offered}</ul>" if offered else ""
    return f"<p>{html.escape(case.text)}</p><p>{'、'.join(VERDICTS.values())}？</p>{choices}"


def _back(case: Case, pack: RulePack) -> str:
    places = "".join(f"<p>{html.escape(named(ref, pack))}</p>" for ref in (*case.provisions, *case.factors))
    twin = "".join(f"<p>{html.escape(line)}</p>" for line in contrast(case, pack))
    return f'<p class="key">{VERDICTS[case.verdict]}</p>{places}{twin}<p><small>{NOTICE}</small></p>'
