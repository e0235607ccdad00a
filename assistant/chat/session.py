"""The assistant: one turn in, one reply and the new case file out. It holds nothing of any user."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import msgspec

from assistant.chat.after import (
    asks_again,
    asks_what_follows,
    asks_which,
    difference,
    names_matter,
    on_places,
    what_follows,
    which,
)
from assistant.chat.brought import BroughtLaws
from assistant.chat.casefile import CaseFile, HandFact, summarise
from assistant.chat.merge import merge, swaps
from assistant.chat.reading import read_case, unsupported
from assistant.chat.reply import Draft, Kind, Reply, labels_of, reply_of
from assistant.chat.route import Router
from assistant.chat.supposing import supposed, what_if
from assistant.chat.telling import asks
from assistant.errors import BadInput
from assistant.explain import Sentence, Told, render, reword, triage_sentences
from assistant.explain.questions import QuestionBook, load_book
from assistant.explain.template import NOTICE
from assistant.settings import Settings
from assistant.triage import Engine, Triage, accept, load_engine
from assistant.triage.rules import State

_NAME = re.compile(r"[小老大阿][\u4e00-\u9fff]|[\u4e00-\u9fff](?:某+|队|科|股|局|工|姐|哥)")
_THIS = re.compile(r"[他她它这那]|刚才|本人|自己|剩下|其余|其他人")
_PLACE = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})?\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = "没有看到汉字，我不能回答：请用中文写出发生了什么，或者要问的条文。"
_LONGEST_CASE = 10_000
_FOLLOW_UP = 8
#: From this lead on the book's answer to a hypothesis is shown whatever it is about.
_SURE = 0.8
_SILENT = "《{}》里没有找到与这个问题有关的规定：可以换个说法，或者写明第几条。"
Said = TypeVar("Said", Draft, Reply, Draft | Reply)


class Assistant:
    """Answers turns; the engine and the question book are shared and read-only."""

    def __init__(self, settings: Settings, engine: Engine, book: QuestionBook, brought: BroughtLaws) -> None:
        self._settings = settings
        self._unasked = replace(settings, llm_model="")
        self._engine = engine
        self._book = book
        self._brought = brought
        self._router = Router(book)
        self._regulation = book.table.regulation

    def reply(self, case: CaseFile, text: str) -> tuple[Reply, CaseFile]:
        """The reply to ``text`` and the case after it; raises BadInput for a text that cannot be read."""
        for part in self.stream(case, text):
            if not isinstance(part, str):
                return part
        raise AssertionError("a stream ends in a reply")

    def stream(self, case: CaseFile, text: str) -> Iterator[str | tuple[Reply, CaseFile]]:
        """The answer as far as it is settled, growing by verified sentences, then the reply and the case after it.

        Raises BadInput for a text that cannot be read.
        """
        heard = self._heard(text)
        draft, after = self._turn(case, heard) if heard else (self._with_case(_said("not_covered", _LATIN), case), case)
        yield from self._told(draft, after, text)

    def _heard(self, text: str) -> str:
        """``text`` when it can be read; a bare number of a place (6.5) becomes its name, and a text without a Chinese
        character nothing. Raises BadInput."""
        if _PLACE.fullmatch(text):
            article, _, item = text.strip().partition(".")
            return f"第{article}条第{item}项" if item else f"第{article}条"
        return accept(text) if _HAN.search(text) or not text.strip() else ""

    def _told(self, draft: Draft | Reply, after: CaseFile, text: str) -> Iterator[str | tuple[Reply, CaseFile]]:
        if isinstance(draft, Reply):
            yield draft.answer
            yield draft, after
            return
        shown: list[Sentence] = []
        outcome = Told()
        told = after.text if draft.kind == "incident" else text
        settings = self._settings if draft.kind in {"incident", "question"} else self._unasked
        for part in reword(draft.sentences, told=told, regulation=self._regulation, settings=settings):
            if isinstance(part, Told):
                outcome = part
            else:
                shown.append(part)
                if settings.llm_model:
                    yield render(shown, labels_of(self._regulation))
        reply = reply_of(draft, shown, outcome, self._regulation)
        yield reply.answer
        yield reply, after

    def _turn(self, case: CaseFile, text: str) -> tuple[Draft | Reply, CaseFile]:
        turn = self._router.route(text, case_open=case.open, asked=case.asked)
        if turn.fresh:
            case = CaseFile()
        if turn.kind == "fresh":
            return _said("chat", "好的，换一个案子。说说发生了什么，前面的情况不再算进去。"), case
        if turn.kind == "saying" and turn.saying:
            return self._with_case(_said("chat", turn.saying.answer), case), case
        if turn.kind == "hypothesis":
            return self._suppose(case, turn.text), case
        if turn.kind == "question":
            return self._asked(case, turn.text)
        case = msgspec.structs.replace(case, asked="")
        if turn.kind == "correction" or swaps(case.told, turn.text):
            return self._corrected(case, turn.text)
        if not case.open and self._rather_asks(turn.text):
            return self._asked(case, turn.text)
        case = self._told_anew(case, turn.text)
        return self._judge(msgspec.structs.replace(case, told=(*case.told, turn.text)))

    def _told_anew(self, case: CaseFile, text: str) -> CaseFile:
        """``case`` where an item whose ground was withdrawn stands again when ``text`` meets it."""
        if not case.cleared:
            return case
        met = summarise(self._engine.triage(text)).met
        return msgspec.structs.replace(case, cleared=tuple(f for f in case.cleared if f.rule not in met))

    def _corrected(self, case: CaseFile, text: str) -> tuple[Draft, CaseFile]:
        case = self._told_anew(case, text)
        merged, before = merge(case.told, text), self.triage(case)
        case = msgspec.structs.replace(case, told=merged.told, withdrawn=(*case.withdrawn, *merged.withdrawn))
        if merged.withdrawn:
            cleared = (*case.cleared, *unsupported(self._engine, before, case))
            case = msgspec.structs.replace(case, cleared=tuple(dict.fromkeys(cleared)))
        return self._judge(case, corrected=merged.withdrawn)

    def set_fact(self, case: CaseFile, rule: str, element: str, state: State) -> tuple[Reply, CaseFile]:
        """Set an element by hand (an empty ``element`` means all of the rule); raises BadInput when there is none such."""
        known = self._engine.pack.rules.get(rule)
        if not case.open:
            raise BadInput("还没有案情：请先说说发生了什么，再改事实")
        if known is None or (element and element not in {e.name for e in known.elements}):
            names = "、".join(e.name for e in known.elements) if known else ""
            raise BadInput(
                f"没有“{rule} {element}”这个要件" + (f"：{rule} 的要件有{names}" if names else "：请写 6.5 这样的编号")
            )
        kept = tuple(fact for fact in case.hand if (fact.rule, fact.element) != (rule, element))
        hand = (*kept, HandFact(rule=rule, element=element, state=state))
        draft, after = self._judge(msgspec.structs.replace(case, hand=hand))
        *_, last = self._told(draft, after, case.text)
        assert not isinstance(last, str)
        return last

    def triage(self, case: CaseFile) -> Triage | None:
        """The result for all facts of the case so far; None when nothing was told."""
        if not case.open:
            return None
        return self._engine.judge(case.text, read_case(self._engine, case))

    def answer_row(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row of `ask --jsonl`: {"id", "text"} or {"id", "turns"}; raises BadInput in one Chinese line."""
        turns = row.get("turns")
        if turns is None:
            text = row.get("text")
            if not isinstance(text, str):
                raise BadInput('这一行没有 text 或 turns 字段，或者它不是文字：应为 {"id": …, "text": "…"}')
            reply, _ = self.reply(CaseFile(), text)
            return {"id": row.get("id"), **msgspec.to_builtins(reply)}
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise BadInput('turns 应为一串文字：{"id": …, "turns": ["…", "…"]}')
        case, replies = CaseFile(), []
        for turn in turns:
            reply, case = self.reply(case, turn)
            replies.append(msgspec.to_builtins(reply))
        return {"id": row.get("id"), "turns": replies}

    def _judge(self, case: CaseFile, corrected: tuple[str, ...] = ()) -> tuple[Draft, CaseFile]:
        if len(case.text) > _LONGEST_CASE:
            raise BadInput(
                f"案情加起来太长：{len(case.text)} 个字，最多 {_LONGEST_CASE} 个字，请说“换一个案子”重新讲要点"
            )
        triage = self.triage(case)
        if triage is None:
            raise BadInput("还没有案情：请先说说发生了什么")
        sentences = list(triage_sentences(triage))
        changed = difference(case.last, triage, self._engine.pack)
        if corrected:
            changed = f"已改正（去掉了“{'”“'.join(corrected)}”）；" + (changed or "结论没有变化")
        if case.last is not None:
            sentences.insert(0, Sentence(text=f"这次的变化：{changed or '结论没有变化'}。"))
        after = msgspec.structs.replace(case, last=summarise(triage))
        return Draft(kind="incident", sentences=tuple(sentences), triage=triage), after

    def _asked(self, case: CaseFile, text: str) -> tuple[Draft | Reply, CaseFile]:
        """The answer, and the case remembering what was asked, with the day told in an earlier question."""
        reply = self._ask(case, text)
        further = (
            case.asked and self._book.reckons(case.asked) and self._book.reckons(f"{case.asked}，{text}", more=text)
        )
        return reply, msgspec.structs.replace(case, asked=f"{case.asked}，{text}" if further else text)

    def _ask(self, case: CaseFile, text: str) -> Draft | Reply:
        law = self._brought.named_in(text)
        if law is not None:
            return self._with_case(
                self._brought.answer(text, law) or _said("not_covered", _SILENT.format(law.title)), case
            )
        triage = self.triage(case)
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
            return self._with_case(Draft(kind="question", sentences=answer.sentences, refs=answer.refs), case)
        elsewhere = self._brought.answer(text)
        return self._with_case(elsewhere or Draft(kind="not_covered", sentences=answer.sentences), case)

    def _rather_asks(self, text: str) -> bool:
        """True for a first turn that looked like a telling, tells no conduct at all, and asks for what is known."""
        if not asks(text) or self._router.surely_tells(text):
            return False
        triage = self._engine.triage(text)
        if any(p.status != "excluded" for p in triage.provisions) or len(text) > 60:
            return False
        return self._book.guess(text).lead > 0.35 or not self._router.names_person(text)

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

    def _suppose(self, case: CaseFile, text: str) -> Draft | Reply:
        """What the file would say with one more fact; the file stays as it is."""
        triage, fact = self.triage(case), supposed(text)
        if triage is None or not fact:
            return self._ask(case, text)
        imagined = self.triage(msgspec.structs.replace(case, told=merge(case.told, fact).told)) or triage
        answer = self._book.answer(fact, weights=self._favoured(triage))
        known = answer.covered and (answer.sure > _SURE or answer.refs[0].split(".")[0] in {"9", "11", "12", "13"})
        sentences = [*what_if(fact, triage, imagined, self._engine.pack, known=known)]
        if known:
            sentences[1:1] = answer.sentences
        return Draft(kind="question", sentences=(*sentences, Sentence(text=NOTICE, kind="note")), triage=triage)

    def _with_case(self, said: Said, case: CaseFile) -> Said:
        triage = self.triage(case)
        return msgspec.structs.replace(said, triage=triage) if triage is not None else said


def _said(kind: Kind, text: str) -> Draft:
    return Draft(kind=kind, sentences=(Sentence(text=text),))


@cache
def _book(name: str) -> QuestionBook:
    return load_book(name)


def open_assistant(settings: Settings) -> Assistant:
    """The assistant for ``settings.regulation``; raises CheckFailed or Unavailable when its data do not agree."""
    engine, book = load_engine(settings.regulation), _book(settings.regulation)
    return Assistant(settings, engine, book, BroughtLaws(settings))
