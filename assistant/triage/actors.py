"""Who did it: the user's own words for the actors of a clause, and the role each stands for.

The actor of a clause is the first actor word of that clause, or else the nearest one in the clauses before it (a dropped
subject carries over); what is a head's to do is looked for among heads first. A pronoun stands for the last person named
before it. Names joined by 和, 与, 及 or 、 act together. Roles and words are data (corpus/language/actors.yaml).
"""

import re
from functools import cache
from typing import Literal, NamedTuple

import ahocorasick
import msgspec

from assistant.errors import BadRulePack
from assistant.paths import corpus_dir
from assistant.triage.rules import Who

Role = Literal["head", "officer", "company", "complainant", "organ"]
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳唐罗薛雷贺倪汤滕殷毕郝安常乐于傅齐康伍"
    "余顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房缪"
    "干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封段侯全班仲宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎白蒲卓池乔闻党翟谭劳姬申冉宰桑桂牛寿"
    "边尚农温庄晏柴瞿阎慕连习艾容向古易廖庾终居衡步都耿满弘匡文寇广欧沃利关丛师巩聂晁勾敖冷辛那简饶曾沙丰查游权盖益桓公"
)
_NAME = re.compile(
    rf"[小老][{_SURNAMES}]|[{_SURNAMES}]某[某甲乙丙]?"
    rf"|[{_SURNAMES}](?:队|局|科|所|股|主任|工|哥|姐)(?!里|长期)"
    r"|[甲乙丙丁](?=[^级类等方醇醛苯烷醚酸酮]|$)"
)
_JOINED = re.compile("[和与及、]|以及")
_SINGLE = frozenset({"他", "她", "该同志", "此人"})
_PRONOUNS = _SINGLE | {"他们", "她们", "其"}


class _RoleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: Role
    words: tuple[str, ...]


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    roles: tuple[_RoleWords, ...]


class Actor(NamedTuple):
    """An actor word of the text."""

    role: Role
    start: int
    end: int


@cache
def _automaton() -> ahocorasick.Automaton:
    path = corpus_dir() / "language" / "actors.yaml"
    try:
        lexicon = msgspec.yaml.decode(path.read_bytes(), type=_Lexicon)
    except msgspec.MsgspecError as error:
        raise BadRulePack(f"{path.name} 读不懂：{error}") from None
    automaton = ahocorasick.Automaton()
    for group in lexicon.roles:
        for word in group.words:
            automaton.add_word(word, (group.role, len(word)))
    automaton.make_automaton()
    return automaton


def find_actors(text: str) -> list[Actor]:
    """Every actor word of ``text`` in order, longest first where they overlap."""
    found = [Actor(role, last + 1 - length, last + 1) for last, (role, length) in _automaton().iter(text)]
    found += [Actor("officer", *match.span()) for match in _NAME.finditer(text)]
    found.sort(key=lambda actor: (actor.start, -actor.end))
    kept: list[Actor] = []
    for actor in found:
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return kept


def actors_of(text: str, people: list[Actor], span: tuple[int, int], who: Who) -> tuple[str, ...]:
    """The user's words for those of ``people`` who did what stands in ``span``; none when the text names nobody of the bureau.

    ``who`` is whose act it is by the rule: an ``officer``'s or a ``head``'s gives each person apart, that of ``several`` all in one.
    """
    inside = [a for a in people if a.role in {"officer", "head"}]
    chosen = _acting(inside, span, preferred="head") if who == "head" else _acting(inside, span)
    if chosen is None:
        return ()
    together = _together(text, inside, chosen)
    if text[chosen.start : chosen.end] in _PRONOUNS:
        named = [a for a in inside if a.start < chosen.start and text[a.start : a.end] not in _PRONOUNS]
        one = text[chosen.start : chosen.end] in _SINGLE
        together = together if not named else named[-1:] if one else _together(text, inside, named[-1])
    if who == "several":
        return (text[together[0].start : together[-1].end],)
    return tuple(dict.fromkeys(text[a.start : a.end] for a in together))


def _acting(inside: list[Actor], span: tuple[int, int], preferred: Role | None = None) -> Actor | None:
    """The first actor within ``span``, else the last before it; one of the ``preferred`` role goes first where there is one."""
    own = [a for a in inside if span[0] <= a.start < span[1]]
    before = [a for a in inside if a.start < span[0]]
    order = [*own, *reversed(before)]
    return next((a for a in order if a.role == preferred), order[0] if order else None)


def _together(text: str, inside: list[Actor], chosen: Actor) -> list[Actor]:
    """``chosen`` and those joined to it."""
    at = inside.index(chosen)
    first = last = at
    while first and _JOINED.fullmatch(text, inside[first - 1].end, inside[first].start):
        first -= 1
    while last + 1 < len(inside) and _JOINED.fullmatch(text, inside[last].end, inside[last + 1].start):
        last += 1
    return inside[first : last + 1]
