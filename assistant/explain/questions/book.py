"""Answers questions on the regulation without any model: reckoned, looked up, or matched with the known topics.

Below the floor nothing is answered: then the question is not covered, which is said plainly and cites nothing.
"""

import re
from collections.abc import Mapping
from functools import cache

from assistant.explain.questions.answer import Answer, compose
from assistant.explain.questions.match import Matcher, Near
from assistant.explain.questions.places import missing, places, told
from assistant.explain.questions.reckon import reckon
from assistant.explain.questions.table import Table, load_table
from assistant.explain.template import Sentence

#: Least likeness to the nearest known way of asking; lower where the question speaks of this regulation's own matter.
FLOOR, ANCHORED_FLOOR = 0.40, 0.24
_ANCHOR = re.compile(
    r"过错|追责|问责|追究|本办法|这个?办法|该办法|本制度|这个?制度|该制度|处理决定|错案|责任人|从轻|从重|条文|第[一二三四五六七八九十\d]+条|这份文件|本规定|这规定|承办人|备案|申诉|辞退|诫勉|通报批评"
)
_OUTSIDE = "-"
_CITED = 0.22
_SCOPE = "本办法讲的是：什么算生态环境行政执法过错、适用于谁、追究谁的责任（第六至九条）、十一种问责方式、从轻从重的情形、办理期限、通知和申诉、备案与解释。"


class QuestionBook:
    """The questions and answers of one regulation; immutable and shared."""

    def __init__(self, table: Table) -> None:
        self.table = table
        ways = [(topic.id, way) for topic in table.topics.values() for way in topic.ways]
        ways += [(_OUTSIDE + outside.about, way) for outside in table.outside for way in outside.ways]
        self._matcher = Matcher(ways, table.words)
        self._words = [(word, outside.about) for outside in table.outside for word in outside.words]

    def answer(self, text: str, *, weights: Mapping[str, float] | None = None, context: str = "") -> Answer:
        """The answer to ``text``; ``covered`` is False when the regulation has none.

        ``weights`` favour topics (of the case under discussion), ``context`` is what was said before a short follow-up.
        """
        regulation = self.table.regulation
        mended = self._matcher.plain(text)
        refs, law = places(text, regulation)
        if law:
            return self._declined(f"《{law}》")
        reckoned = reckon(text, regulation)
        if reckoned is not None:
            return reckoned
        if refs:
            return missing(refs, regulation) or self._on_places(text, refs)
        near = self.nearest(text, weights=weights, context=context)
        anchored = bool(_ANCHOR.search(mended))
        about = next((about for word, about in self._words if word in text), "")
        if near is None or (about and not anchored):
            return self._declined(about)
        if near.label.startswith(_OUTSIDE):
            return self._declined(near.label.removeprefix(_OUTSIDE))
        if near.score < (ANCHORED_FLOOR if anchored or weights else FLOOR):
            return self._declined("")
        return self._topic(near)

    def reckons(self, text: str) -> bool:
        """True when ``text`` asks for a reckoning of days."""
        return reckon(text, self.table.regulation) is not None

    def nearest(self, text: str, *, weights: Mapping[str, float] | None = None, context: str = "") -> Near | None:
        """The topic or outside matter nearest to ``text``."""
        ranked = self._matcher.rank(text, weights=dict(weights or {}))
        if context and (not ranked or ranked[0].score < 0.5):
            wider = self._matcher.rank(context + text, weights=dict(weights or {}))
            ranked = sorted([*ranked, *(near._replace(score=near.score * 0.9) for near in wider)], key=lambda n: -n.score)
        return ranked[0] if ranked else None

    def _topic(self, near: Near) -> Answer:
        topic = self.table.topics[near.label]
        return compose(
            self.table.regulation, topic.answer, topic.refs, quote=topic.quote, topic=topic.id, sure=min(near.score, 1.0)
        )

    def _on_places(self, text: str, refs: tuple[object, ...]) -> Answer:
        """A topic about the named places when the question is one; what the places say otherwise."""
        regulation = self.table.regulation
        from assistant.corpus import Ref

        named = [regulation.resolve(ref) for ref in refs if isinstance(ref, Ref)]
        articles = {ref.article for ref in named}
        ids = {ref.id for ref in named}
        weights: dict[str, float] = {}
        for topic in self.table.topics.values():
            cited = {Ref.from_id(ref).article for ref in topic.refs}
            exact = bool(ids & set(topic.refs)) and any("." in ref or "#" in ref for ref in ids)
            weights[topic.id] = 0.2 if exact else 0.15 if articles <= cited else 0.05 if articles & cited else -0.3
        near = self.nearest(text, weights=weights)
        whole = told(tuple(named), self.table)
        if near is None or near.label.startswith(_OUTSIDE) or near.score < FLOOR + _CITED or _asks_text(text):
            return whole
        found = self._topic(near)
        more = [ref for ref in whole.refs if ref not in found.refs]
        return Answer(sentences=found.sentences, refs=(*found.refs, *more), topic=found.topic, sure=found.sure)

    def _declined(self, about: str) -> Answer:
        head = f"{about}，本办法没有规定，不在它的范围里，我不能替您回答。" if about else "这个问题本办法没有规定，不在它的范围里，我不能替您回答。"
        return Answer(sentences=(Sentence(text=head), Sentence(text=_SCOPE)), refs=(), covered=False, sure=0.0)


_TEXT = re.compile(
    r"(?:怎么|咋|如何)(?:说|写|规定|讲)的?|(?:说|写|讲|规定)(?:的|了)?(?:是)?(?:什么|啥|些什么|些啥|哪些)|(?:什么|啥)(?:内容|规定|意思)|原文|内容是|念(?:一下|给|出)|全文|背一下|条文是"
)


def _asks_text(text: str) -> bool:
    return bool(_TEXT.search(text))


@cache
def load_book(name: str = "xushui-2020") -> QuestionBook:
    """The question book of a regulation in ``corpus/``; one serves everybody."""
    return QuestionBook(load_table(name))
