"""The assistant: one turn in, one reply and the new case file out. It holds nothing of any user."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from assistant.chat.after import difference
from assistant.chat.asking import Asking
from assistant.chat.brought import BroughtLaws
from assistant.chat.casefile import CaseFile, HandFact, summarise
from assistant.chat.merge import Merged, merge, said_instead, swaps, takes_back_only
from assistant.chat.reading import judged, unsupported
from assistant.chat.reply import Draft, Reply, labels_of, reply_of, said
from assistant.chat.route import Router
from assistant.errors import BadInput
from assistant.explain import Sentence, Told, render, reword, triage_sentences
from assistant.explain.questions import QuestionBook, load_book
from assistant.explain.questions.places import numbered
from assistant.settings import Settings
from assistant.triage import Engine, Triage, accept, load_engine
from assistant.triage.rules import State

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = "没有看到汉字，我不能回答：请用中文写出发生了什么，或者要问的条文。"
_WRONG = "哪里不对？请把对的说出来，例如“不是三万，是五万”“其实报批过”；案情先照原来的记着。"
_LONGEST_CASE = 10_000


class Assistant:
    """Answers turns; the engine and the question book are shared and read-only."""

    def __init__(self, settings: Settings, engine: Engine, book: QuestionBook, brought: BroughtLaws) -> None:
        self._settings = settings
        self._unasked = replace(settings, llm_model="")
        self._engine = engine
        self._router = Router(book)
        self._asking = Asking(engine, book, brought, self._router)
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
        draft, after = self._draft(case, text)
        yield from self._told(draft, after, text)

    def _draft(self, case: CaseFile, text: str) -> tuple[Draft | Reply, CaseFile]:
        """What to say to ``text``, which may be the bare number of a place (6.5), and the case after it; raises BadInput."""
        place = numbered(text)
        if place is not None:
            return self._asking.on_number(case, place, text)
        if text.strip() and not _HAN.search(text):
            return said("not_covered", _LATIN, self.triage(case)), case
        return self._turn(case, accept(text))

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
            return said("chat", "好的，换一个案子。说说发生了什么，前面的情况不再算进去。"), case
        if turn.kind == "saying" and turn.saying:
            return said("chat", turn.saying.answer, self.triage(case)), case
        if turn.kind == "hypothesis":
            return self._asking.suppose(case, turn.text), case
        if turn.kind == "question":
            return self._asking.asked(case, turn.text)
        case = msgspec.structs.replace(case, asked="")
        if turn.kind == "correction" and takes_back_only(turn.text):
            return said("chat", _WRONG, self.triage(case)), case
        if turn.kind == "correction" or swaps(case.told, turn.text):
            return self._corrected(case, turn.text)
        if not case.open and self._asking.rather_asks(turn.text):
            return self._asking.asked(case, turn.text)
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
        merged, before = self._contradicted(merge(case.told, text), text), self.triage(case)
        case = msgspec.structs.replace(case, told=merged.told, withdrawn=(*case.withdrawn, *merged.withdrawn))
        gone = merged.withdrawn
        cleared = (*case.cleared, *unsupported(self._engine, before, said_instead(text), gone, whole=not gone))
        case = msgspec.structs.replace(case, cleared=tuple(dict.fromkeys(cleared)))
        return self._judge(case, corrected=merged.withdrawn)

    def _contradicted(self, merged: Merged, text: str) -> Merged:
        """``merged`` without the passages that cleared everybody, where the correction ``text`` tells a fault after all."""
        if self._engine.triage(text).verdict != "fault":
            return merged
        clearing = tuple(p for p in merged.told if self._engine.triage(p).verdict == "no_fault")
        kept = tuple(p for p in merged.told if p not in clearing)
        return Merged(kept, (*clearing, *merged.withdrawn)) if kept else merged

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
        return judged(self._engine, case)

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
        for number, turn in enumerate(turns, 1):
            try:
                reply, case = self.reply(case, turn)
            except BadInput as error:
                raise BadInput(f"第 {number} 轮：{error}") from None
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


@cache
def _book(name: str) -> QuestionBook:
    return load_book(name)


def open_assistant(settings: Settings) -> Assistant:
    """The assistant for ``settings.regulation``; raises CheckFailed or Unavailable when its data do not agree."""
    engine, book = load_engine(settings.regulation), _book(settings.regulation)
    return Assistant(settings, engine, book, BroughtLaws(settings))
