"""How Chinese legal prose names a place in a law: the patterns behind ``Ref.parse`` and ``find_refs``.

A citation is a head that names one or more articles (第六条, 第六、七、八、九条, 第六条至第九条, 6条5项, [6.5]) and
chains below it (第一款第三项, 第（一）（三）项, （五）, 第一项至第三项), read from left to right. A chain alone
(该条第二款, 其第（三）项) belongs to the article named last. Words that only count (第一次, 第二天, 三个月, 2020年,
第二条线索) are no citations.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from assistant.corpus.chains import Place, read_chains, spread
from assistant.corpus.numerals import PATTERN as _N
from assistant.corpus.numerals import to_int


class Mention(NamedTuple):
    """One citation: ``text[start:end]`` and the places it names, in order."""

    start: int
    end: int
    places: tuple[Place, ...]


_RANGE = r"(?:至|到|[-—–~～－]{1,2})"
_JOIN = rf" *(?:、|和|与|及|以及|或|或者|{_RANGE}) *"
_ZHI = rf" *之 *{_N}(?:{_JOIN}之 *{_N})*"
_ID = r"\d{1,3}(?:-\d{1,2})?(?:#\d{1,2})?(?:\.\d{1,2}){0,2}"
# Things of which one says 第一条…, 第二条…: then 条 is a measure word and no article is meant.
_COUNTED = r"(?! *(?:线索|线路|生产线|流水线|产线|管线|管道|管路|河|江|沟|渠|路|街|巷|道路|船|腿|命|狗|鱼|龙|裤|裙|烟|"
_COUNTED += r"消息|信息|短信|微信|私信|语音|留言|评论|回复|新闻|视频|微博|朋友圈|记录|证据|建议|意见|理由|途径|渠道|杠))"
_HEAD = re.compile(
    rf"(?P<joint>第 *{_N}(?:(?:{_JOIN}第?|，) *{_N})* *条{_COUNTED})(?P<zhi>{_ZHI})?"
    rf"|(?P<bare>(?<![第{_N[1:-2]}]){_N} *条)(?P<bare_zhi> *之 *{_N})?"
    rf"|[\[【](?P<ids>{_ID}(?:[ ,，、;；]+{_ID})*)[\]】](?!\()"
    r"|(?<![\w.])(?P<id>\d{1,3}(?:-\d{1,2})?#\d{1,2}(?:\.\d{1,2}){0,2})(?![\d.])"
    rf"|(?P<short>(?<![\w.）)〕\]])\d{{1,3}}|第 *{_N}(?= *[（(] *{_N} *[）)] *项))(?= *[（(] *{_N} *[）)])"
    rf"|(?=第 *[（(]? *{_N})(?P<relative>)"
)
_TERSE = re.compile(rf"(?P<joint>第 *{_N} *)$|(?P<bare>{_N} *条)|(?P<id>{_ID})(?![\d.#条款项（(])")
_RANGE_END = re.compile(rf" *{_RANGE} *(?P<joint>第? *{_N} *条)(?P<zhi>{_ZHI})?")
_NUMBER = re.compile(_N)
_TERSE_ITEM = re.compile(rf" *第? *(?P<item>{_N})(?= *(?:$|[、，,；; ]))")
_BEFORE_RELATIVE = re.compile(r"(?:[该本同此]条|其中?|上述|前述|以及|[、，和及或与至]) *$")
_NOT_AN_ITEM = re.compile(r"目|工作|任务|措施|制度|改革|议程|内容|要求|活动|指标")
_NOT_A_PARAGRAPH = re.compile(r"产品|软件|手机|车|游戏|设备|仪器|型号|机型")
_SIMPLIFIED = str.maketrans("條項　\t\xa0", "条项   ")


@dataclass(slots=True)
class _Head:
    places: list[Place]
    end: int


def scan(text: str, *, terse: bool = False) -> list[Mention]:
    """Every citation of ``text``, in order; ``terse`` also takes 六条五, 6.5 and 15, which prose may not mean so."""
    text = text.translate(_SIMPLIFIED)
    mentions: list[Mention] = []
    position = 0
    while found := _search(text, position, terse):
        position = found.end() if found.end() > found.start() else found.start() + 1
        last = mentions[-1].places[-1] if mentions else None
        try:
            head = _read(text, found, terse, last)
        except ValueError:  # 第十十条 and other impossible numerals
            position = found.start() + 1
            continue
        if head is not None:
            mentions.append(Mention(found.start(), head.end, tuple(head.places)))
            position = head.end
        elif found["bare"] is None:
            position = found.start() + 1
    return mentions


def _search(text: str, position: int, terse: bool) -> re.Match[str] | None:
    found = _HEAD.search(text, position)
    if terse:
        other = _TERSE.search(text, position)
        if other and (found is None or other.start() < found.start()):
            return other
    return found


def _read(text: str, found: re.Match[str], terse: bool, last: Place | None) -> _Head | None:
    groups = found.groupdict()
    if groups.get("ids"):
        return _Head([_from_id(part) for part in re.findall(_ID, groups["ids"])], found.end())
    if groups.get("id"):
        return _Head([_from_id(groups["id"])], found.end())
    if groups.get("short"):
        article = Place(to_int(groups["short"].strip("第 ")))
        chains = read_chains(text, found.end(), article)
        return _Head([place._replace(said_item=False) for place in chains.places], chains.end) if chains.places else None
    if groups.get("joint"):
        return _read_articles(text, found.end(), _articles(groups["joint"], groups.get("zhi")), terse)
    if groups.get("bare"):
        articles = _articles(groups["bare"], groups.get("bare_zhi"))
        head = _read_articles(text, found.end(), articles, terse)
        named = text[: found.start()].rstrip().endswith("》")
        return head if terse or named or head.end > found.end() else None
    return _read_relative(text, found.start(), last)


def _read_articles(text: str, end: int, articles: list[Place], terse: bool) -> _Head:
    """Chains below the last of ``articles``, and articles up to the end of a range."""
    chains = read_chains(text, end, articles[-1])
    if chains.places:
        return _Head(articles[:-1] + chains.places, chains.end)
    if until := _RANGE_END.match(text, end):
        last = _articles(until["joint"], until["zhi"])
        return _read_articles(text, until.end(), articles[:-1] + spread(articles[-1], last[0]) + last[1:], terse)
    if terse and (number := _TERSE_ITEM.match(text, end)):
        return _Head([*articles[:-1], articles[-1]._replace(item=to_int(number["item"]))], number.end())
    return _Head(articles, end)


def _read_relative(text: str, start: int, last: Place | None) -> _Head | None:
    if last is None:
        return None
    chains = read_chains(text, start, last, inherit=True)
    if not chains.places:
        return None
    formal = text[start : start + 3].replace(" ", "")[1:2] in "（(" or _BEFORE_RELATIVE.search(text, 0, start)
    if chains.places[0].item and not (formal or chains.named_paragraph):
        return None
    barred = _NOT_AN_ITEM if chains.places[-1].item else _NOT_A_PARAGRAPH
    return None if barred.match(text, chains.end) else _Head(chains.places, chains.end)


def _articles(joint: str, zhi: str | None) -> list[Place]:
    """The articles of 第六、七、八、九条 or 第六至九条, and of 之一、之二 after the last."""
    places: list[Place] = []
    end = 0
    for number in _NUMBER.finditer(joint):
        place = Place(to_int(number[0]))
        between = joint[end : number.start()]
        if places and re.search(_RANGE, between):
            places[-1:] = spread(places[-1], place)
        else:
            places.append(place)
        end = number.end()
    if zhi:
        base = places.pop()
        places += [base._replace(sub=to_int(number[0])) for number in _NUMBER.finditer(zhi)]
    return places


def _from_id(text: str) -> Place:
    head, *numbers = text.split(".")
    article, _, paragraph = head.partition("#")
    number, _, sub = article.partition("-")
    item, subitem = (*numbers, "0", "0")[:2]
    return Place(int(number), int(sub or 0), int(paragraph or 0), int(item), int(subitem))
