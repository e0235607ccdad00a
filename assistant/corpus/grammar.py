"""How Chinese legal prose names a place in a law: the patterns behind ``Ref.parse`` and ``find_refs``.

A citation is a head that names one or more articles (第六条, 第六、七、八、九条, 第六条至第九条, 6条5项, [6.5]) and
chains below it (第一款第三项, 第（一）（三）项, （五）, 第一项至第三项), read from left to right. A chain alone
(该条第二款, 其第（三）项) belongs to the article named last. Words that only count (第一次, 第二天, 三个月, 2020年,
第二条线索) are no citations.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.corpus.chains import BRACKET, MOST, RANGE, Place, Words, read_chains, spread
from assistant.corpus.numerals import PATTERN as _N


class Mention(NamedTuple):
    """One citation: ``text[start:end]`` and the places it names, in order."""

    start: int
    end: int
    places: tuple[Place, ...]


_JOIN = rf" *(?:[、和与及或]|以及|或者|{RANGE}) *"
_ZHI = rf" *之 *{_N}(?:{_JOIN}之 *{_N}){{0,9}}"
_ID = r"0{1,3}(?:-00?)?(?:#00?)?(?:\.00?){0,2}"
# Things of which one says 第一条…, 第二条…: there 条 is a measure word and no article is meant.
_COUNTED = (
    "线索 线路 生产线 流水线 产线 管线 管道 管路 道路 河 江 沟 渠 路 街 巷 船 腿 命 狗 鱼 龙 裤 裙 烟 杠 消息 信息 "
    "短信 微信 私信 语音 留言 评论 回复 新闻 视频 微博 朋友圈 记录 证据 建议 意见 理由 途径 渠道"
).replace(" ", "|")
_HEAD = re.compile(
    rf"(?P<articles>第 *{_N}(?:{_JOIN}(?:第 *)?{_N}|， *{_N}){{0,{MOST}}} *条(?! *(?:{_COUNTED})))(?P<zhi>{_ZHI})?"
    rf"|(?P<bare>(?<![第0〇])(?<!第 ){_N} *条)(?P<bare_zhi>{_ZHI})?"
    rf"|[\[【](?P<ids>{_ID}(?:[ ,，、;；]{{1,3}}{_ID}){{0,{MOST}}})[\]】](?!\()"
    r"|(?<![0-9A-Za-z.])(?P<id>0{1,3}(?:-00?)?#00?(?:\.00?){0,2})(?![0.])"
    rf"|(?P<short>(?<![0-9A-Za-z.)〕\]〇表图件式注录栏])0{{1,3}}|第 *{_N}(?= *{BRACKET} *项))(?= *{BRACKET})"
    rf"|(?P<chain>)(?=第 *(?:\( *)?{_N})"
)
# What Ref.parse takes besides; in prose these would be quantities.
_TERSE = re.compile(
    rf"(?P<articles>第 *{_N}) *$|(?P<bare>{_N} *条)(?P<bare_zhi>{_ZHI})?|(?P<id>0?{_ID})(?![0.#条款项(])"
)
_TERSE_ITEM = re.compile(rf" *第? *(?P<item>{_N})(?= *(?:$|[、，,；;]))")
_RANGE_END = re.compile(rf" *{RANGE} *(?P<articles>第? *{_N} *条)(?P<zhi>{_ZHI})?")
_LAW = re.compile(r"(?:》|[本该](?:办法|制度|规定|条例|法)) *$")
_REFERS = re.compile(r"(?:^|[该本同此]条|其中?|上述|前述|[、，；：。(,;:和及或与至\n]) *$")
_FORMAL = re.compile(r"第 *\(")
# Behind 第三项 and 第二款 without an article: what is counted is not law.
_NOT_AN_ITEM = re.compile(r"目|工作|任务|措施|制度|改革|议程|内容|要求|活动|指标")
_NOT_A_PARAGRAPH = re.compile(r"产品|软件|手机|车|游戏|设备|仪器|型号|机型")


def scan(text: str, *, terse: bool = False) -> list[Mention]:
    """Every citation of ``text``, in order; ``terse`` also takes 六条五, 6.5 and 15, which prose may not mean so."""
    words = Words(text, strict=terse)
    mentions: list[Mention] = []
    position = 0
    while found := _search(words.shape, position, terse):
        try:
            mention = _read(words, found, terse, mentions[-1].places[-1] if mentions else None)
        except ValueError:  # 第十十条, 第零项
            mention = None
        if mention:
            mentions.append(mention)
            position = mention.end
        else:
            position = found.end() if found.groupdict().get("bare") else found.start() + 1
    return mentions


def _search(shape: str, position: int, terse: bool) -> re.Match[str] | None:
    found = _HEAD.search(shape, position)
    other = _TERSE.search(shape, position) if terse else None
    if other and (found is None or other.start() < found.start() or found["chain"] is not None):
        return other
    return found


def _read(words: Words, found: re.Match[str], terse: bool, last: Place | None) -> Mention | None:
    start, end, group = found.start(), found.end(), found.groupdict()
    if name := next((name for name in ("ids", "id") if group.get(name)), None):
        ids = re.split(r"[ ,，、;；]+", words.text[found.start(name) : found.end(name)])
        return Mention(start, end, tuple(map(_from_id, ids)))
    if group.get("short"):
        ((article, _),) = words.numbers(start, end)
        chains = read_chains(words, end, Place(article))
        places = tuple(place._replace(said_item=False) for place in chains.places)
        return Mention(start, chains.end, places) if places else None
    if group.get("articles"):
        return _read_below(words, start, end, _articles(words, found, "articles", "zhi"), terse)
    if group.get("bare"):
        mention = _read_below(words, start, end, _articles(words, found, "bare", "bare_zhi"), terse)
        is_law = terse or mention.end > end or _LAW.search(words.text[max(0, start - 6) : start])
        return mention if is_law else None
    return _read_chain_alone(words, start, last)


def _read_below(words: Words, start: int, end: int, articles: list[Place], terse: bool) -> Mention:
    """What stands below the last of ``articles``, and the articles up to the end of a range."""
    chains = read_chains(words, end, articles[-1])
    if chains.places:
        return Mention(start, chains.end, (*articles[:-1], *chains.places))
    if until := _RANGE_END.match(words.shape, end):
        last = _articles(words, until, "articles", "zhi")
        joined = [*articles[:-1], *spread(articles[-1], last[0]), *last[1:]]
        below = read_chains(words, until.end(), joined[-1])
        return Mention(start, max(until.end(), below.end), (*joined[: -1 if below.places else None], *below.places))
    if terse and (number := _TERSE_ITEM.match(words.shape, end)):
        item = words.number(*number.span("item"))
        return Mention(start, number.end(), (*articles[:-1], articles[-1]._replace(item=item)))
    return Mention(start, end, tuple(articles))


def _read_chain_alone(words: Words, start: int, last: Place | None) -> Mention | None:
    """第二款 or 第（三）项 of the article named last; 第三项 only where the words before it refer to that article."""
    if last is None:
        return None
    chains = read_chains(words, start, last, inherit=True)
    if not chains.places:
        return None
    before = words.shape[max(0, start - 4) : start]
    if not (chains.named_paragraph or _FORMAL.match(words.shape, start) or _REFERS.search(before)):
        return None
    barred = _NOT_AN_ITEM if chains.places[-1].item else _NOT_A_PARAGRAPH
    return None if barred.match(words.shape, chains.end) else Mention(start, chains.end, chains.places)


def _articles(words: Words, found: re.Match[str], group: str, zhi: str) -> list[Place]:
    """The articles of 第六、七、八、九条 or 第六至九条, and of 之一、之二 after the last."""
    numbers = words.numbers(found.start(group), found.end(group))
    places = _joined((Place(number), ends_range) for number, ends_range in numbers)
    if found.groupdict().get(zhi):
        base = places.pop()
        numbers = words.numbers(found.start(zhi), found.end(zhi))
        places += _joined((base._replace(sub=number), ends_range) for number, ends_range in numbers)
    return places


def _joined(parts: Iterable[tuple[Place, bool]]) -> list[Place]:
    places: list[Place] = []
    for place, ends_range in parts:
        places[-1:] = spread(places[-1], place) if ends_range and places else [*places[-1:], place]
    return places


def _from_id(text: str) -> Place:
    head, *numbers = text.split(".")
    article, _, paragraph = head.partition("#")
    number, _, sub = article.partition("-")
    item, subitem = (*numbers, "0", "0")[:2]
    return Place(int(number), int(sub or 0), int(paragraph or 0), int(item), int(subitem))
