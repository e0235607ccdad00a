"""Questions that name a place: what it says, and what to say when there is no such place or it is another law's."""

import re
from dataclasses import replace

from assistant.corpus import Ref, Regulation, cited_law, find_refs
from assistant.corpus.chains import NO_NUMBER
from assistant.corpus.numerals import to_chinese, to_int
from assistant.errors import BadInput, UnknownRef
from assistant.explain.questions.answer import Answer, compose, label
from assistant.explain.questions.table import Table
from assistant.explain.template import Sentence

_TERSE = re.compile(r"(?<![0-9.年月])([0-9]{1,2})\.([0-9]{1,2})(?![0-9日号月])")
_AND_ITEM = re.compile(
    r"[项)）][和与跟及、]第?(?=[（(]|[^，。]{1,3}项)[（(]?([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[)）项]"
)
_LAST_ITEM = re.compile(r"(?:最后|末尾|最末|兜底)(?:的|那)?一?项|末项|兜底")
_FROM_END = re.compile(r"最后一条|末条|倒数第一条")
_ASKING = re.compile(
    r"请问|麻烦|给我|看看|[看念读说讲]一?[下念]|(?:说|讲|写|规定|指)的?(?:是|了)?(?:什么|啥|些什么|些啥)|是(?:什么|啥|哪[个种一]?)|"
    r"怎么(?:说|写|规定)的?|(?:什么|啥)?(?:内容|原文|全文|条文|规定)(?:是)?(?:什么|啥)?|(?:什么|啥)(?:意思)?|说的|讲的|[讲说的呢呀啊吧吗]$"
)
_SHORT = re.compile(r"^([一二三四五六七八九十]{1,3})[（(]([一二三四五六七八九十0-9]{1,3})[)）]$")
_DIGITS = str.maketrans("０１２３４５６７８９．＃－", "0123456789.#-")
_ZERO = re.compile(r"[.#-]0+(?![0-9])")
_VERDICT = re.compile(r"^[^：，。]{1,9}：")
_FIRST = re.compile(r"开头那条|头一条|首条")


def places(text: str, regulation: Regulation) -> tuple[tuple[Ref, ...], str]:
    """The places of this regulation that ``text`` names, and the name of another law where it names one of that."""
    found: list[Ref] = []
    for start, _, refs in find_refs(text, regulation):
        law = cited_law(text, start)
        if law and not regulation.is_named(law):
            return (), law
        found += refs
    if found and found[0].item:
        found += [replace(found[0], item=item) for item in map(_number, _AND_ITEM.findall(text)) if item]
    elif len(found) == 1 and _LAST_ITEM.search(text):
        items = [ref for ref in regulation.refs() if ref.of_article == found[0] and ref.item]
        found = items[-1:] or found
    if not found:
        found = [
            Ref(int(a), item=int(b) or NO_NUMBER) for a, b in _TERSE.findall(text) if int(a) <= len(regulation.articles)
        ]
    if not found and _FROM_END.search(text):
        found = [Ref(regulation.articles[-1].number)]
    if not found and _FIRST.search(text):
        found = [Ref(regulation.articles[0].number)]
    return tuple(dict.fromkeys(found)), ""


def _number(text: str) -> int:
    """The number that ``text`` writes, 0 when it writes none (十十)."""
    try:
        return to_int(text)
    except ValueError:
        return 0


def numbered(text: str) -> Ref | None:
    """The place whose number ``text`` is and nothing else (6.5, 10#2, ６．５？), whether there is such a place or not."""
    number = text.translate(_DIGITS).strip(" \t\r\n\u3000?？!！。")
    try:
        ref = Ref.from_id(number) if number.isascii() else None
    except BadInput:
        return None
    return replace(ref, item=NO_NUMBER) if ref and _ZERO.search(number) else ref


def bare(text: str, regulation: Regulation) -> tuple[Ref, ...]:
    """The places that ``text`` asks for and asks nothing else of (六（三）说啥, 第十条第三项, 18条内容); none otherwise,
    and none where there is no such place."""
    place = _ASKING.sub("", text).strip(" \t？?。！!，,、：:")
    try:
        number = numbered(place)
        if number:
            return (regulation.resolve(number),)
        return tuple(dict.fromkeys(Ref.parse_many(_SHORT.sub(r"第\1条第\2项", place), regulation)))
    except BadInput:
        return ()


def missing(refs: tuple[Ref, ...], text: str, regulation: Regulation) -> Answer | None:
    """The answer when one of ``refs``, which ``text`` names, does not exist; None when all do."""
    for ref in refs:
        try:
            regulation.resolve(ref)
        except UnknownRef as error:
            why = _why(str(error), ref, text, regulation)
            whole = regulation.canonical(ref.of_article)
            if whole is not None:
                return compose(regulation, f"{why}。", [whole.id])
            return Answer(sentences=(Sentence(text=f"{why}，没有这一条可以引用。"),), refs=())
    return None


def _why(error: str, ref: Ref, text: str, regulation: Regulation) -> str:
    """``error`` with the user's own words for a place whose number is none (第零条, 第十十条)."""
    if NO_NUMBER not in {ref.article, ref.paragraph, ref.item, ref.subitem}:
        return error
    words = next((text[start:end] for start, end, refs in find_refs(text, regulation) if ref in refs), "")
    return f"没有{words}：{error.partition('：')[2]}" if words else error.replace(to_chinese(NO_NUMBER), "零")


def told(refs: tuple[Ref, ...], table: Table, *, compared: bool = False) -> Answer:
    """What the places say: plain words where the table has them, and the verbatim text of each; ``compared`` when it is asked
    how they differ."""
    regulation = table.regulation
    ids = [regulation.resolve(ref).id for ref in refs]
    plain = [_plain(ref, table) for ref in ids]
    if len(ids) == 1:
        head = f"{label(regulation, ids[0])}说的是：{plain[0]}"
    else:
        each = (f"{label(regulation, ref)}：{words.rstrip('。')}" for ref, words in zip(ids, plain, strict=True))
        head = ("不一样。" if compared else "") + "；".join(each) + "。"
    articles = [ref.split(".")[0].split("#")[0] for ref in ids]
    return compose(
        regulation, head, list(dict.fromkeys([*ids, *articles])) if len(ids) > 1 else [*ids, *_above(ids[0])]
    )


def _above(ref: str) -> list[str]:
    article = re.split(r"[.#]", ref)[0]
    return [article] if article != ref else []


def _plain(ref: str, table: Table) -> str:
    topic = table.topics.get(ref) or next((t for t in table.topics.values() if t.refs[0] == ref), None)
    return _VERDICT.sub("", topic.answer) if topic else table.regulation.text_of(Ref.from_id(ref))
