"""Who is spoken of: the posts, units, pronouns and names of a text, each person with the role that the text gives him.

A post or unit joined to a name is one mention and lends the name its role (执法大队科员贾某, 我们队小蔡, 王建国（大队长）); what is known
of a name once holds wherever it stands. Words and letters of names are data (corpus/language/actors.yaml).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import ahocorasick
import msgspec

from assistant.paths import corpus_dir
from assistant.stored import read_yaml

Role = Literal["head", "officer", "company", "complainant", "organ", "stranger"]
Kind = Literal["post", "unit", "pronoun", "many", "name"]
OURS: frozenset[Role] = frozenset({"head", "officer"})
_COMPOUND = "欧阳|上官|司马|司徒|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|东方|端木|呼延|长孙|宇文|闻人|南宫|独孤|淳于|申屠|澹台|轩辕|鲜于|拓跋"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗"
    "毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓"
    "牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰"
    "郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛"
    "阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公覃鄢佟佘佴商牟仝苟揭肖闫付代邸冼凡仉原苑战由漆麦楚郇郈亓呙么晋来位栗门矫庆展撒揣帅缑亢况郄有岳卿赫禤麴阳徒年"
)
# Letters that are as often a word of their own: before 某 or a post only where a clause or a word of naming opens.
_WORDLIKE = "和向于任应时查管从由经同那能后别有全单都对与以及给当关公东原来相须通空国水平元越安明边干常成解"
_TRADES = "施包童车党农文司石开房何双长民公"
_NEVER = "向和对与以及给那从由经同全单当查管任被"
_HEADS = (
    "局长",
    "队长",
    "科长",
    "股长",
    "处长",
    "所长",
    "站长",
    "主任",
    "书记",
    "大队",
    "中队",
    "局",
    "队",
    "科",
    "所",
    "股",
)
_NAMED = f"(?:(?:{_COMPOUND})|[{_SURNAMES}])"
_OFFICE = re.compile(
    rf"(?P<of>{_NAMED})副?(?:(?:局|支队|大队|中队|队|科|股|处|所|站|厂|组)长|大队(?![里上的长])|中队(?![里上的长])|副局|主任|书记|老板|经理)"
    rf"|(?<![工安当])(?P<short>(?:{_COMPOUND})|[{_SURNAMES}])(?:[局队科所股工哥姐](?!里|长|们|上|作|程|业|人|地|厂|具|艺|序|员|学|技|室|以|有|谓|需|得)|总(?![共是体之在要不会量局队有算]))"
)
_SHORT = re.compile(
    rf"(?<![大中最])[小老阿](?:{_COMPOUND}|[{_SURNAMES}])(?![板总家友婆公乡])"
    rf"|(?P<of>{_NAMED})某[某甲乙丙丁]?(?P<short>)|(?<=[员人长])[一-鿿]某(?![一-鿿]{0, 3}(?:厂|公司|企业|村|县|镇|案))"
    rf"|(?<=[个位名那])姓[{_SURNAMES}](?!名)(?:的(?!人))?|(?<!百)姓[{_SURNAMES}]的(?!人)"
    r"|(?<![聚二三多装马指盔四苯丙某己])[甲乙丙丁](?=[^级类等方醇醛苯烷醚酸酮烯胺腈肥\w]|[一-鿿])(?![级类等方醇醛苯烷醚酸酮烯胺腈肥组班])|(?<=[^\w])[甲乙丙丁]$"
)
_NUMBERED = re.compile("[0-9一二两三四五六七八九十百千半几多数个每]")
_FIRM = re.compile(
    r"[^，。；、：]{0,8}?(?:厂|公司|企业|作坊|店|场|局|村|县|镇|乡|站|院|所|项目|工地|单位|家|个|些|种|次|年|月|日|天|案|人)"
)
_OPENS = re.compile(r"(?:^|[，。；：、！？（“”\s]|和|与|及|让|对|把|被|给|由|将|员|人|长|的|姓|导|记|任)$")
_MANY = re.compile("(?:[两二俩三四五六七八九]|几)个?人|俩人|各自|他们|她们|他俩|她俩|我俩|咱俩")
_OTHERS = re.compile("(?:其他|其余|另外|另|剩下)(?:的|[一二两三四五六七八九十几]|个|名|位)*(?:人|同事|队员|执法人员)")
_GIVEN_ENDS = re.compile(
    r"$|[，。；：、！？（）()\s“”]|和|与|及|等|同志|两名|二名|两人|二人|三名|三人|[在对把将被给向未没不于到去收为是系因也就都又说让叫经受已曾从查私利审签办作违接以用当一独"
    r"负带拿只仅看拒隐泄伪编虚擅进前赴指主竟却还再先拖超罚封扣贴撤销改报批知默放帮替打贪吃喝要索故检发明立打通提擅召组参认违涉借趁凭多长]"
)
_QUOTED = re.compile('“[^”]*”|「[^」]*」|"[^"]*"')
_COUNTED = re.compile("(?:等?[两二俩三四五六七八几]?[名位个]?)?$")
_IS_POST = re.compile(r"[（(]|，?(?:是|系|身为|作为|时任|现任|原任|担任|任)[^，。；的]{0,8}?$")
_KIN = re.compile(
    "的?(?:媳妇|老婆|爱人|妻子|丈夫|家属|家人|家里人|表弟|表哥|弟弟|哥哥|妹妹|姐姐|儿子|女儿|亲戚|小舅子|父亲|母亲|朋友|同学)"
)


class _RoleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: Role
    kind: Kind
    words: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file corpus/language/actors.yaml."""

    roles: tuple[_RoleWords, ...]
    not_names: tuple[str, ...]
    given: str
    complains: tuple[str, ...]
    innocent: tuple[str, ...]
    duties: tuple[str, ...]
    outcomes: tuple[str, ...]


class Person(NamedTuple):
    """A mention: ``word`` at ``[start, end)`` names him, ``[lead, tail)`` is all that is said in one breath (执法大队科员贾某)."""

    role: Role
    kind: Kind
    start: int
    end: int
    lead: int
    tail: int
    word: str


@cache
def lexicon() -> Lexicon:
    """The checked data; raises BadRulePack."""
    return read_yaml(corpus_dir() / "language" / "actors.yaml", Lexicon)


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in lexicon().not_names:
        automaton.add_word(word, (None, "post", len(word)))
    for group in lexicon().roles:
        for word in group.words:
            automaton.add_word(word, (group.role, group.kind, len(word)))
    automaton.make_automaton()
    return automaton


@cache
def _full() -> re.Pattern[str]:
    given = f"[{lexicon().given}]"
    ends = _GIVEN_ENDS.pattern
    return re.compile(rf"(?:{_NAMED})(?:{given}{{2}}(?={ends})|{given}(?={ends}))")


def find_persons(text: str) -> list[Person]:
    """Every mention of ``text`` in order, posts and names in one breath brought together."""
    found: list[tuple[int, int, Role | None, Kind]] = [
        (last + 1 - length, last + 1, role, kind) for last, (role, kind, length) in _automaton().iter(text)
    ]
    found += [(*match.span(), "stranger", "post") for match in _OTHERS.finditer(text)]
    found += [(*match.span(), "officer", "many") for match in _MANY.finditer(text)]
    found += [(*match.span(), _role_of(match.group()), "name") for match in _names(text)]
    found.sort(key=lambda one: (one[0], -one[1], one[3] != "many"))
    spans: list[tuple[int, int, Role | None, Kind]] = []
    for one in found:
        if not spans or one[0] >= spans[-1][1]:
            spans.append(one)
    spans += _full_names(text, spans)
    told = [Person(role, kind, a, b, a, b, text[a:b]) for a, b, role, kind in sorted(spans) if role]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    told = [p for p in told if p.kind != "pronoun" or not any(a <= p.start < b for a, b in quoted)]
    if any(word in text for word in lexicon().complains):
        told = [p._replace(role="complainant") if p.word[0] in "我俺咱本" and p.kind == "pronoun" else p for p in told]
    return _known(text, _in_one_breath(text, told))


def _names(text: str) -> Iterator[re.Match[str]]:
    """小王, 王某, 王局长: less those whose first letter is a word of its own there (向局长, 对某厂) or a number's (两小时)."""
    for match in (*_OFFICE.finditer(text), *_SHORT.finditer(text)):
        start, end = match.span()
        of = match.group("of")
        if match.group("short") and match.group("short") in _WORDLIKE + _TRADES:
            continue
        if of and of in _WORDLIKE:
            never = "和对与以给" if match.group().startswith("某", len(of)) else _NEVER
            posted = start and text[start - 1] in "员人长"
            opens = _OPENS.search(text, max(0, start - 1), start)
            if of in never or not opens or (not posted and _FIRM.match(text, end)):
                continue
        if of == "连" and text[end : end + 1] in {"都", "也"}:
            continue
        if match.group() == "小时" and _NUMBERED.match(text, start - 1):
            continue
        if match.group() == "小于" and _NUMBERED.match(text, end):
            continue
        yield match


def _role_of(word: str) -> Role:
    if word.endswith(("厂长", "总", "老板", "经理")):
        return "company"
    return "head" if len(word) > 1 and word[0] not in "小老阿" and word.endswith(_HEADS) else "officer"


def _full_names(text: str, spans: list[tuple[int, int, Role | None, Kind]]) -> list[tuple[int, int, Role | None, Kind]]:
    """王建国 behind a post, joined to another name, before brackets or where a clause opens; and wherever that name comes again."""
    taken = [False] * (len(text) + 1)
    for start, end, _, _ in spans:
        taken[start:end] = [True] * (end - start)
    behind = {end for _, end, role, kind in spans if role and kind in {"post", "unit"}}
    words: dict[str, None] = {}
    ends: set[int] = set()
    for match in _full().finditer(text):
        start, end = match.span()
        opens = not start or text[start - 1] in "，。；：、！？（“ \n为是系叫由" or start - 1 in ends
        joined = start and text[start - 1] in "、和与及" and start - 1 in ends
        shown = start in behind or joined or text.startswith(("（", "(", "同志", "两名", "二名"), end)
        enough = end - start > 2 or shown
        if enough and (shown or opens) and match.group()[0] not in _WORDLIKE and not any(taken[start:end]):
            words[match.group()] = None
            ends.add(end)
    found: list[tuple[int, int, Role | None, Kind]] = []
    for word in words:
        for again in re.finditer(word, text):
            if not any(taken[again.start() : again.end()]):
                taken[again.start() : again.end()] = [True] * len(word)
                found.append((*again.span(), "officer", "name"))
    return found


def _in_one_breath(text: str, persons: list[Person]) -> list[Person]:
    told: list[Person] = []
    for person in persons:
        while told and (joined := _one(text, told[-1], person)):
            told.pop()
            person = joined
        told.append(person)
    return [_kin(text, person) for person in told]


def _one(text: str, first: Person, second: Person) -> Person | None:
    """Both as one mention where the second only says more about the first or the first about the second."""
    gap = text[first.tail : second.lead]
    if first.kind == "pronoun" or second.kind == "pronoun":
        return None
    if second.kind == "many":
        return first._replace(tail=second.tail) if not gap and first.kind == "name" else None
    bracketed = gap in {"（", "("} and text[second.tail : second.tail + 1] in {"）", ")"}
    tail = second.tail + bracketed
    if first.kind == "name":
        if second.kind == "name" or (gap and not bracketed and not (_COUNTED.fullmatch(gap) and second.kind == "post")):
            return None
        if second.kind == "unit" and not bracketed:
            return None
        return first._replace(role=_stronger(first.role, second.role), tail=tail)
    linked = not gap or bracketed or (gap == "的" and (first.kind == "unit" or first.role not in OURS))
    if not linked or first.kind == "many":
        return None
    at_start = not first.lead or text[first.lead - 1] in "，。；：、！？（ \n"
    if first.role not in OURS and first.kind == "unit" and second.kind == "name" and not (at_start or gap):
        return None
    if first.role in {"company", "complainant"} and second.role in OURS and second.kind != "name":
        return None
    return second._replace(role=_stronger(first.role, second.role), lead=first.lead, tail=tail)


def _stronger(one: Role, other: Role) -> Role:
    return next(
        (role for role in (one, other) if role not in OURS and role != "stranger"),
        "head" if "head" in {one, other} else "officer",
    )


def _kin(text: str, person: Person) -> Person:
    """小王媳妇 is somebody else than 小王."""
    match = None if person.kind == "unit" else _KIN.match(text, person.tail)
    if not match:
        return person
    word = text[person.start : match.end()]
    return Person("stranger", "post", person.start, match.end(), person.lead, match.end(), word)


def _known(text: str, persons: list[Person]) -> list[Person]:
    """What the text says once of a name (马某系厂长) holds for it everywhere."""
    roles: dict[str, Role] = {}
    for n, person in enumerate(persons):
        if person.kind != "name":
            continue
        after = persons[n + 1] if n + 1 < len(persons) else None
        called = after and after.kind == "post" and _IS_POST.fullmatch(text, person.tail, after.lead)
        if after and called and (after.tail == len(text) or text[after.tail] in "，。；、！？）) \n"):
            person = person._replace(role=_stronger(person.role, after.role))
        roles[person.word] = _stronger(roles.get(person.word, "officer"), person.role)
    return [p._replace(role=roles[p.word]) if p.kind == "name" else p for p in persons]
