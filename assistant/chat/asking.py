"""Questions, with or without a case open: on the case just told, on the regulation, on what would be otherwise."""

import re

import msgspec

from assistant.chat.after import asks_again, asks_what_follows, asks_which, names_matter, on_places, what_follows, which
from assistant.chat.brought import BroughtLaws
from assistant.chat.casefile import CaseFile, summarise
from assistant.chat.merge import merge
from assistant.chat.reading import judged, supposing
from assistant.chat.reply import Draft, Reply, said
from assistant.chat.route import Router
from assistant.chat.supposing import supposed, what_if
from assistant.chat.telling import asks
from assistant.corpus import Ref
from assistant.explain import Sentence, triage_sentences
from assistant.explain.questions import QuestionBook
from assistant.explain.template import NOTICE
from assistant.triage import Engine, Triage

_NAME = re.compile(r"[小老大阿][\u4e00-\u9fff]|[\u4e00-\u9fff](?:某+|队|科|股|局|工|姐|哥)")
_THIS = re.compile(r"[他她它这那]|刚才|本人|自己|剩下|其余|其他人")
_FOLLOW_UP = 8
#: From this lead on the book's answer to a hypothesis is shown whatever it is about.
_SURE = 0.8
_SILENT = "《{}》里没有找到与这个问题有关的规定：可以换个说法，或者写明第几条。"


class Asking:
    """Answers questions; immutable and shared. The case's own matters come first, then the regulation, then brought ones."""

    def __init__(self, engine: Engine, book: QuestionBook, brought: BroughtLaws, router: Router) -> None:
        self._engine = engine
        self._book = book
        self._brought = brought
        self._router = router

    def asked(self, case: CaseFile, text: str) -> tuple[Draft | Reply, CaseFile]:
        """The answer, and the case remembering what was asked, with the day told in an earlier question."""
        reply = self._ask(case, text)
        further = (
            case.asked and self._book.reckons(case.asked) and self._book.reckons(f"{case.asked}，{text}", more=text)
        )
        return reply, msgspec.structs.replace(case, asked=f"{case.asked}，{text}" if further else text)

    def on_number(self, case: CaseFile, place: Ref, text: str) -> tuple[Draft, CaseFile]:
        """What the place says whose number ``text`` is, and the case remembering that it was asked."""
        answer = self._book.on_number(place)
        draft = Draft(kind="question", sentences=answer.sentences, refs=answer.refs, triage=judged(self._engine, case))
        return draft, msgspec.structs.replace(case, asked=text)

    def suppose(self, case: CaseFile, text: str) -> Draft | Reply:
        """What the file would say with one more fact; the file stays as it is."""
        triage, fact = judged(self._engine, case), supposed(text)
        if triage is None or not fact:
            return self._ask(case, text)
        imagined = judged(self._engine, msgspec.structs.replace(case, told=merge(case.told, fact).told)) or triage
        if not {*summarise(imagined).met} - {*summarise(triage).met}:
            imagined = supposing(self._engine, case, fact) or imagined
        answer = self._book.answer(fact, weights=self._favoured(triage))
        known = answer.covered and (answer.sure > _SURE or answer.refs[0].split(".")[0] in {"9", "11", "12", "13"})
        sentences = [*what_if(fact, triage, imagined, self._engine.pack, known=known)]
        if known:
            sentences[1:1] = answer.sentences
        return Draft(kind="question", sentences=(*sentences, Sentence(text=NOTICE, kind="note")), triage=triage)

    def rather_asks(self, text: str) -> bool:
        """True for a first turn that looked like a telling, tells no conduct at all, and asks for what is known."""
        if not asks(text) or self._router.surely_tells(text):
            return False
        triage = self._engine.triage(text)
        if any(p.status != "excluded" for p in triage.provisions) or len(text) > 60:
            return False
        return self._book.guess(text).lead > 0.35 or not self._router.names_person(text)

    def _ask(self, case: CaseFile, text: str) -> Draft | Reply:
        triage = judged(self._engine, case)
        law = self._brought.named_in(text)
        if law is not None:
            found = self._brought.answer(text, law) or said("not_covered", _SILENT.format(law.title))
            return msgspec.structs.replace(found, triage=triage)
        pack = self._engine.pack
        if triage is not None:
            if asks_which(text) and not self._knows(text):
                return Draft(kind="question", sentences=tuple(which(triage, pack)), triage=triage)
            if asks_what_follows(text) and not self._knows(text):
                return Draft(kind="question", sentences=tuple(what_follows(triage, pack)), triage=triage)
            if asks_again(text):
                return Draft(kind="incident", sentences=triage_sentences(triage), triage=triage)
            if places := on_places(text, triage, pack):
                return Draft(kind="question", sentences=places, triage=triage)
        weights = {**(self._favoured(triage) if triage else {}), **self._followed(case, text)}
        answer = self._book.answer(text, weights=weights, context=self._context(case, text))
        if answer.covered:
            return Draft(kind="question", sentences=answer.sentences, refs=answer.refs, triage=triage)
        elsewhere = self._brought.answer(text) or Draft(kind="not_covered", sentences=answer.sentences)
        return msgspec.structs.replace(elsewhere, triage=triage)

    def _knows(self, text: str) -> bool:
        """True when ``text`` is about a matter that the book knows, beyond asking what follows."""
        return (len(text) > 9 or names_matter(text)) and self._book.guess(text).lead > 0.8

    def _context(self, case: CaseFile, text: str) -> str:
        """What was told of the persons named in ``text``, or what was told last."""
        if len(text) > 30:
            return ""
        if case.asked:
            return case.asked
        names = set(_NAME.findall(text))
        if not case.open or not (names or len(text) <= _FOLLOW_UP or _THIS.search(text)):
            return ""
        about = [part for part in re.split(r"[。；;]", case.text) if any(name in part for name in names)]
        return (about or [case.told[-1]])[-1][-40:]

    def _followed(self, case: CaseFile, text: str) -> dict[str, float]:
        """Topics on the article of the question before count more for a short follow-up."""
        if not case.asked or len(text) > _FOLLOW_UP:
            return {}
        before = self._book.answer(case.asked).refs[:1]
        article = before[0].split(".")[0].split("#")[0] if before else ""
        return {t.id: 0.6 for t in self._book.table.topics.values() if t.refs[0].split(".")[0].split("#")[0] == article}

    def _favoured(self, triage: Triage) -> dict[str, float]:
        """Topics on the places of this case count a little more."""
        places = {p.id for p in triage.provisions if p.status != "excluded"}
        places |= {f.id for f in (*triage.mitigating, *triage.aggravating)}
        return {topic.id: 0.2 for topic in self._book.table.topics.values() if places & set(topic.refs)}
