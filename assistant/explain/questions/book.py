"""Answers questions on the regulation without any model: reckoned, looked up, or matched with the known topics.

Below the floor nothing is answered: then the question is not covered, which is said plainly and cites nothing.
"""

import re
from collections.abc import Mapping
from functools import cache

from assistant.corpus import Ref
from assistant.explain.questions.answer import Answer, compose
from assistant.explain.questions.learned import Guess, load_classifier
from assistant.explain.questions.match import Matcher, Near
from assistant.explain.questions.places import bare, missing, places, told
from assistant.explain.questions.reckon import bears, reckon
from assistant.explain.questions.table import OUTSIDE, Table, load_table
from assistant.explain.template import Sentence

#: How far a topic's margin must be above that of everything outside; less is enough where the question speaks of this
#: regulation's own matter, more is needed where it uses words of other matters.
LEAD, ANCHORED_LEAD, FOREIGN_LEAD = 0.0, -0.25, 0.5
#: From this likeness to a known way of asking on, the nearest way decides by itself.
SURE = 0.72
_ANCHOR = re.compile(
    r"过错|追责|问责|追究|本办法|这个?办法|该办法|本制度|这个?制度|该制度|处理决定|错案|责任人|从轻|从重|条文|第[一二三四五六七八九十\d]+条|这份文件|本规定|这规定|承办人|备案|申诉|辞退|诫勉|通报批评"
)
_SCOPE = "本办法讲的是：什么算生态环境行政执法过错、适用于谁、追究谁的责任（第六至九条）、十一种问责方式、从轻从重的情形、办理期限、通知和申诉、备案与解释。"


class QuestionBook:
    """The questions and answers of one regulation; immutable and shared."""

    def __init__(self, table: Table) -> None:
        self.table = table
        ways = [(topic.id, way) for topic in table.topics.values() for way in topic.ways]
        ways += [(OUTSIDE + outside.about, way) for outside in table.outside for way in outside.ways]
        self._matcher = Matcher(ways, table.words)
        self._classifier = load_classifier(table)
        self._words = [(word, outside.about) for outside in table.outside for word in outside.words]

    def answer(self, text: str, *, weights: Mapping[str, float] | None = None, context: str = "") -> Answer:
        """The answer to ``text``; ``covered`` is False when the regulation has none.

        ``weights`` favour topics (of the case under discussion), ``context`` is what was said before a short follow-up.
        """
        regulation = self.table.regulation
        mended = self._matcher.plain(text)
        asked = bare(text, regulation)
        if asked:
            return told(asked, self.table)
        refs, law = places(text, regulation)
        if law:
            return self._declined(f"《{law}》")
        reckoned = reckon(text, regulation)
        if not (reckoned and reckoned.sure) and context and bears(text):
            reckoned = reckon(f"{context}，{text}", regulation) or reckoned
        if reckoned is not None:
            return reckoned
        if refs:
            return missing(refs, text, regulation) or self._on_places(text, refs)
        found = self.guess(text, weights=weights, context=context)
        about = self._foreign(text)
        anchored = bool(_ANCHOR.search(mended))
        least = ANCHORED_LEAD if anchored else FOREIGN_LEAD if about else LEAD
        if found.lead < least:
            return self._declined(about or self._outside(text))
        return self._topic(found)

    def on_number(self, ref: Ref) -> Answer:
        """What the place says, or that there is none such."""
        regulation = self.table.regulation
        return missing((ref,), "", regulation) or told((regulation.resolve(ref),), self.table)

    def reckons(self, text: str, *, more: str | None = None) -> bool:
        """True when ``text`` asks for a reckoning of days; with ``more``, its end, only if that bears on it."""
        if more is not None and not bears(more):
            return False
        return reckon(text, self.table.regulation) is not None

    def asks_for_places(self, text: str) -> bool:
        """True when ``text`` names places of the regulation and nothing else."""
        return bool(bare(text, self.table.regulation))

    def about_conduct(self, topic: str) -> bool:
        """True when ``topic`` is on what counts as a fault (第六至九条), not on scope, measures or procedure."""
        return Ref.from_id(self.table.topics[topic].refs[0]).article in {6, 7, 8, 9}

    def guess(self, text: str, *, weights: Mapping[str, float] | None = None, context: str = "") -> Guess:
        """The topic that ``text`` asks for; a known way of asking, nearly word for word, goes before the learned guess."""
        near = self.nearest(text)
        if near is not None and near.score >= SURE and not near.label.startswith(OUTSIDE):
            return Guess(near.label, 1.0 + near.score)
        own = self._classifier.guess(self._matcher.features(text), weights=weights)
        if near is not None and near.score >= SURE:
            return Guess(own.topic, -1.0)
        if not context or (own.lead > 0.6 and len(text) > 12):
            return own
        wider = self._classifier.guess(self._matcher.features(context + text), weights=weights)
        return max(own, wider._replace(lead=wider.lead - 0.15), key=lambda guess: guess.lead)

    def nearest(self, text: str) -> Near | None:
        """The known way of asking that ``text`` is most like."""
        ranked = self._matcher.rank(text)
        return ranked[0] if ranked else None

    def lies_outside(self, text: str) -> bool:
        """True when ``text`` is nearest to a matter that the regulation does not speak of."""
        return self.guess(text).lead < LEAD and bool(self._foreign(text) or self._outside(text))

    def _foreign(self, text: str) -> str:
        return next((about for word, about in self._words if word in text), "")

    def _outside(self, text: str) -> str:
        near = self.nearest(text)
        return near.label.removeprefix(OUTSIDE) if near and near.label.startswith(OUTSIDE) and near.score > 0.3 else ""

    def _topic(self, guess: Guess) -> Answer:
        topic = self.table.topics[guess.topic]
        return compose(
            self.table.regulation, topic.answer, topic.refs, quote=topic.quote, topic=topic.id, sure=guess.lead
        )

    def _on_places(self, text: str, refs: tuple[Ref, ...]) -> Answer:
        """A topic about the named places when the question is one; what the places say otherwise."""
        named = [self.table.regulation.resolve(ref) for ref in refs]
        whole = told(tuple(named), self.table, compared=bool(_DIFFERENCE.search(text)))
        articles, ids = {ref.article for ref in named}, {ref.id for ref in named}
        weights = {topic.id: _nearness(topic.refs, articles, ids) for topic in self.table.topics.values()}
        found = self.guess(text, weights=weights)
        about = self.table.topics[found.topic].refs
        cited = {Ref.from_id(ref).article for ref in about}
        several = {ref.id for ref in named if ref.item}
        if len(several) > 1 and not several <= set(about):
            return whole
        if not articles & cited or found.lead < 0.55 or _TEXT.search(text):
            return whole
        answer = self._topic(found)
        more = [ref for ref in whole.refs if ref not in answer.refs]
        return Answer(sentences=answer.sentences, refs=(*answer.refs, *more), topic=answer.topic, sure=answer.sure)

    def _declined(self, about: str) -> Answer:
        head = (
            f"{about}，本办法没有规定，不在它的范围里，我不能替您回答。"
            if about
            else "这个问题本办法没有规定，不在它的范围里，我不能替您回答。"
        )
        return Answer(sentences=(Sentence(text=head), Sentence(text=_SCOPE)), refs=(), covered=False, sure=0.0)


_DIFFERENCE = re.compile(r"区别|不同|不一样|差别|差异|区分|(?:怎么|咋|如何)(?:分|辨)")
_TEXT = re.compile(
    r"(?:怎么|咋|如何)(?:说|写|规定|讲)的?|(?:说|写|讲|规定)(?:的|了)?(?:是)?(?:什么|啥|些什么|些啥|哪些)|(?:什么|啥)(?:内容|规定|意思)|原文|内容是|念(?:一下|给|出)|全文|背一下|条文是"
)


def _nearness(refs: tuple[str, ...], articles: set[int], ids: set[str]) -> float:
    """How much more a topic on ``refs`` counts for a question that names the places ``ids`` in ``articles``."""
    cited = {Ref.from_id(ref).article for ref in refs}
    if ids & set(refs) and any("." in ref or "#" in ref for ref in ids):
        return 0.5
    return 0.3 if articles <= cited else 0.1 if articles & cited else -1.0


@cache
def load_book(name: str = "xushui-2020") -> QuestionBook:
    """The question book of a regulation in ``corpus/``; one serves everybody."""
    return QuestionBook(load_table(name))
