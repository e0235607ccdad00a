"""How Chinese legal prose names a place in a law: the patterns behind ``Ref.parse`` and ``find_refs``.

A citation is a head that names one or more articles (第六条, 第六、七、八、九条, 第六条至第九条, 6条5项, [6.5]) and
chains below it (第一款第三项, 第（一）（三）项, （五）, 第一项至第三项), read from left to right. A chain alone
(该条第二款, 其第（三）项) belongs to the article named last. Words that only count (第一次, 第二天, 三个月, 2020年,
第二条线索) are no citations.
"""

import re
from typing import NamedTuple

from assistant.corpus.chains import RANGE, Place, read_chains, spread
from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import to_int


class Mention(NamedTuple):
    """One citation: ``text[start:end]`` and the places it names, in order."""

    start: int
    end: int
    places: tuple[Place, ...]


_JOIN = rf" *(?:、|和|与|及|以及|或|或者|{RANGE}) *"
_ZHI = rf" *之 *{_N}(?:{_JOIN}之 *{_N})*"
_ID = r"\d{1,3}(?:-\d{1,2})?(?:#\d{1,2})?(?:\.\d{1,2}){0,2}"
_BRACKET = rf" *[（(] *{_N} *[）)]"
# Things of which one says 第一条…, 第二条…: there 条 is a measure word and no article is meant.
_COUNTED = (
    "线索 线路 生产线 流水线 产线 管线 管道 管路 道路 河 江 沟 渠 路 街 巷 船 腿 命 狗 鱼 龙 裤 裙 烟 杠 消息 信息 "
    "短信 微信 私信 语音 留言 评论 回复 新闻 视频 微博 朋友圈 记录 证据 建议 意见 理由 途径 渠道"
).replace(" ", "|")
_HEAD = re.compile(
    rf"(?P<articles>第 *{_N}(?:(?:{_JOIN}第?|，) *{_N})* *条(?! *(?:{_COUNTED})))(?P<zhi>{_ZHI})?"
    rf"|(?P<bare>(?<![第{_N[1:-2]}]){_N} *条)(?P<bare_zhi>{_ZHI})?"
    rf"|[\[【](?P<ids>{_ID}(?:[ ,，、;；]+{_ID})*)[\]】](?!\()"
    r"|(?<![\w.])(?P<id>\d{1,3}(?:-\d{1,2})?#\d{1,2}(?:\.\d{1,2}){0,2})(?![\d.])"
    rf"|(?P<short>(?<![\w.）)〕\]])\d{{1,3}}|第 *{_N}(?={_BRACKET} *项))(?={_BRACKET})"
    rf"|(?P<chain>)(?=第 *[（(]? *{_N})"
)
# What Ref.parse takes besides; in prose these would be quantities.
_TERSE = re.compile(
    rf"(?P<articles>第 *{_N}) *$|(?P<bare>{_N} *条)(?P<bare_zhi>{_ZHI})?|(?P<id>{_ID})(?![\d.#条款项（(])"
)
_TERSE_ITEM = re.compile(rf" *第? *(?P<item>{_N})(?= *(?:$|[、，,；;]))")
_RANGE_END = re.compile(rf" *{RANGE} *(?P<articles>第? *{_N} *条)(?P<zhi>{_ZHI})?")
_NUMBER = re.compile(_N)
_LAW = re.compile(r"(?:》|[本该](?:办法|制度|规定|条例|法)) *$")
_REFERS = re.compile(r"(?:^|[该本同此]条|其中?|上述|前述|[、，；：。（(,;:和及或与至\n]) *$")
_FORMAL = re.compile(r"第 *[（(]")
# Behind 第三项 and 第二款 without an article: what is counted is not law.
_NOT_AN_ITEM = re.compile(r"目|工作|任务|措施|制度|改革|议程|内容|要求|活动|指标")
_NOT_A_PARAGRAPH = re.compile(r"产品|软件|手机|车|游戏|设备|仪器|型号|机型")
_SIMPLIFIED = str.maketrans("條項\u3000\t\xa0", "条项   ")


def scan(text: str, *, terse: bool = False) -> list[Mention]:
    """Every citation of ``text``, in order; ``terse`` also takes 六条五, 6.5 and 15, which prose may not mean so."""
    text = text.translate(_SIMPLIFIED)
    mentions: list[Mention] = []
    position = 0
    while found := _search(text, position, terse):
        try:
            mention = _read(text, found, terse, mentions[-1].places[-1] if mentions else None)
        except ValueError:  # 第十十条 and other impossible numerals
            mention = None
        if mention:
            mentions.append(mention)
            position = mention.end
        else:
            position = found.end() if found.groupdict().get("bare") else found.start() + 1
    return mentions


def _search(text: str, position: int, terse: bool) -> re.Match[str] | None:
    found = _HEAD.search(text, position)
    other = _TERSE.search(text, position) if terse else None
    if other and (found is None or other.start() < found.start() or found["chain"] is not None):
        return other
    return found


def _read(text: str, found: re.Match[str], terse: bool, last: Place | None) -> Mention | None:
    start, end, group = found.start(), found.end(), found.groupdict()
    if ids := group.get("ids") or group.get("id"):
        return Mention(start, end, tuple(map(_from_id, re.split(r"[ ,，、;；]+", ids))))
    if short := group.get("short"):
        chains = read_chains(text, end, Place(to_int(short.strip("第 "))))
        places = tuple(place._replace(said_item=False) for place in chains.places)
        return Mention(start, chains.end, places) if places else None
    if articles := group.get("articles"):
        return _read_below(text, start, end, _articles(articles, group.get("zhi")), terse)
    if bare := group.get("bare"):
        mention = _read_below(text, start, end, _articles(bare, group.get("bare_zhi")), terse)
        return mention if terse or mention.end > end or _LAW.search(text[max(0, start - 6) : start]) else None
    return _read_chain_alone(text, start, last)


def _read_below(text: str, start: int, end: int, articles: list[Place], terse: bool) -> Mention:
    """What stands below the last of ``articles``, and the articles up to the end of a range."""
    chains = read_chains(text, end, articles[-1])
    if chains.places:
        return Mention(start, chains.end, (*articles[:-1], *chains.places))
    if until := _RANGE_END.match(text, end):
        last = _articles(until["articles"], until["zhi"])
        joined = [*articles[:-1], *spread(articles[-1], last[0]), *last[1:]]
        return _read_below(text, start, until.end(), joined, terse)
    if terse and (number := _TERSE_ITEM.match(text, end)):
        return Mention(start, number.end(), (*articles[:-1], articles[-1]._replace(item=to_int(number["item"]))))
    return Mention(start, end, tuple(articles))


def _read_chain_alone(text: str, start: int, last: Place | None) -> Mention | None:
    """第二款 or 第（三）项 of the article named last; 第三项 only where the words before it refer to that article."""
    if last is None:
        return None
    chains = read_chains(text, start, last, inherit=True)
    if not chains.places:
        return None
    if not (chains.named_paragraph or _FORMAL.match(text, start) or _REFERS.search(text[max(0, start - 4) : start])):
        return None
    barred = _NOT_AN_ITEM if chains.places[-1].item else _NOT_A_PARAGRAPH
    return None if barred.match(text, chains.end) else Mention(start, chains.end, tuple(chains.places))


def _articles(joint: str, zhi: str | None) -> list[Place]:
    """The articles of 第六、七、八、九条 or 第六至九条, and of 之一、之二 after the last."""
    places: list[Place] = []
    end = 0
    for number in _NUMBER.finditer(joint):
        place = Place(to_int(number[0]))
        is_range = bool(places) and re.search(RANGE, joint[end : number.start()])
        places[-1:] = spread(places[-1], place) if is_range else [*places[-1:], place]
        end = number.end()
    return [*places[:-1], *_inserted(places[-1], zhi)] if zhi else places


def _inserted(base: Place, zhi: str) -> list[Place]:
    """之一, 之一、之二 or 之一至之三 of one article."""
    places: list[Place] = []
    end = 0
    for number in _NUMBER.finditer(zhi):
        place = base._replace(sub=to_int(number[0]))
        is_range = bool(places) and re.search(RANGE, zhi[end : number.start()])
        places[-1:] = spread(places[-1], place) if is_range else [*places[-1:], place]
        end = number.end()
    return places


def _from_id(text: str) -> Place:
    head, *numbers = text.split(".")
    article, _, paragraph = head.partition("#")
    number, _, sub = article.partition("-")
    item, subitem = (*numbers, "0", "0")[:2]
    return Place(int(number), int(sub or 0), int(paragraph or 0), int(item), int(subitem))
