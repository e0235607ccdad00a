"""The ways of telling that people of the bureau were looked into, or that it was decided what becomes of them, compiled from words.

Words are data (corpus/language/proceedings.yaml); what is made of a way found is said in `proceedings`.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from assistant.paths import corpus_dir
from assistant.stored import read_yaml

STOPS = "，,。！!？?；;：:\n"
_IN = f"[^{STOPS}]"
_DAY = r"(?:\s{1,16})"  # days are blanked out before a way is looked for
_MANNER = r"(?:内部|责任|全面|专项|初步|正式|依法|立即|再次|予以|纪律|组织|了)*"
_OVER = (
    r"(?!组|报告|笔录|结果|结论|人员|期间|过程|材料|取证|清楚|属实|核实|发现|表明|得知|证实|审批|号"
    rf"|{_IN}{{0,8}}(?:终结|结束|完毕))"
)
# What a way tells of: an inquiry into somebody, one upon the clause's own subject, one without an object, one that is about a fault by
# name, the inquiry as something known, or a decision.
Kind = Literal["of", "upon", "bare", "named", "told", "decision"]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: tuple[str, ...]
    pronouns: tuple[str, ...]
    pointing: tuple[str, ...]
    matters: tuple[str, ...]
    firms: tuple[str, ...]
    complaints: tuple[str, ...]
    organs: tuple[str, ...]
    discipline: tuple[str, ...]
    begins: tuple[str, ...]
    inquiries: tuple[str, ...]
    accountings: tuple[str, ...]
    personal: tuple[str, ...]
    general: tuple[str, ...]
    makings: tuple[str, ...]
    unreal: tuple[str, ...]
    later: tuple[str, ...]


class Grammar(NamedTuple):
    """Compiled words, and the ways of telling of an inquiry and of a decision (``whom``: into or on whom; ``at``: where a day may stand)."""

    person: re.Pattern[str]
    firm: re.Pattern[str]
    matter: re.Pattern[str]
    pronoun: re.Pattern[str]
    pointing: re.Pattern[str]
    organ: re.Pattern[str]
    discipline: re.Pattern[str]
    personal: re.Pattern[str]
    unreal: re.Pattern[str]
    later: re.Pattern[str]
    about_firms: re.Pattern[str]
    inquiries: tuple[tuple[Kind, re.Pattern[str]], ...]
    decisions: tuple[tuple[Kind, re.Pattern[str]], ...]


@cache
def grammar() -> Grammar:
    """The compiled words; raises BadRulePack when their file cannot be read."""
    words = read_yaml(corpus_dir() / "language" / "proceedings.yaml", _Words)
    firm, complaint = _any(words.firms), _any(words.complaints)
    organ = _any((*words.discipline, *words.organs))
    named = r"[小老](?![板厂作店区学河组百乡家是师年时型规伙企])[一-龥]|[^\W\d_对把将给让由到去向就被在查罚]某(?![些种个天次家])[某甲乙丙]?"
    begin, inquiry, accounting = _any(words.begins), _any(words.inquiries) + _OVER, _any(words.accountings)
    made, personal = _any(words.makings), _any(words.personal)
    measure = f"(?<![不未没])(?<![不未没][作予再])(?:{personal}|{_any(words.general)})"
    within = f"[^{STOPS}没未不]"
    ruling = "(?<!行政)(?:处理|处分|问责|追责|追究)(?:的)?决定"
    whom = rf"(?P<whom>{_IN}{{1,30}}?)"
    of_whom, dated = f"(?:对{whom}的)?", rf"(?:时间|日期|日)(?:是|为|：|:|在)*(?P<at>{_DAY})"
    return Grammar(
        person=re.compile(
            rf"(?:{named}|{_any(words.people)})(?!(?:[家的])?[^{STOPS}对给把让收向为跟被去到进往在查检擅没未不违压撤泄]{{0,5}}(?:{firm}|{complaint}))"
        ),
        firm=re.compile(firm),
        matter=re.compile(_any(words.matters)),
        pronoun=re.compile(_any(words.pronouns)),
        pointing=re.compile(_any(words.pointing)),
        organ=re.compile(organ),
        discipline=re.compile(_any(words.discipline)),
        personal=re.compile(personal),
        unreal=re.compile(rf"{_any(words.unreal)}(?:{organ}|[再能会有于在当\s]|依法|及时|立即)*$"),
        later=re.compile(_any(words.later)),
        about_firms=re.compile(f"{firm}|{complaint}"),
        inquiries=_ways(
            ("of", rf"(?:对|就|针对){whom}(?P<at>{_DAY}?){_MANNER}(?:{begin})?{_MANNER}{inquiry}"),
            ("of", rf"{begin}了?(?:对|针对){whom}的{_MANNER}{inquiry}"),
            (
                "of",
                rf"(?:{begin}{_MANNER}{inquiry}|(?:{begin}|{organ}(?P<at>[^{STOPS}对]{{0,20}}?))(?:{inquiry}|(?<![检抽巡督复排])查))了?{whom}(?=[{STOPS}]|的|$)",
            ),
            (
                "upon",
                rf"(?:被|遭|受到|接受)(?P<by>{_IN}{{0,10}}?)(?P<at>{_DAY}?){_MANNER}(?:{inquiry}|查(?=了|[{STOPS}]|$))",
            ),
            ("bare", rf"{begin}{_MANNER}{inquiry}(?=[{STOPS}]|了|工作|程序|$)"),
            ("named", rf"{begin}{_MANNER}{accounting}"),
            ("told", rf"{of_whom}调查(?:工作|程序)?(?:是|已|早|就)*(?:自|从|于|在)?(?P<at>{_DAY}){_IN}{{0,6}}?{begin}"),
            ("told", rf"{of_whom}调查(?:工作|程序)?(?:始于|开始于|启动于)(?P<at>{_DAY})"),
            ("told", rf"(?P<at>{_DAY})调查(?:工作|程序)?(?:正式)?(?:启动|开始)(?![前后时以])"),
            ("told", rf"(?:开始|启动){of_whom}{_MANNER}调查的?{dated}"),
            ("told", rf"{of_whom}调查的?(?:开始|启动|起始)的?{dated}"),
            ("told", rf"(?P<at>{_DAY})(?:为|是|即)?{of_whom}调查之日"),
        ),
        decisions=_ways(
            ("decision", rf"{made}了?{within}{{0,20}}?{ruling}"),
            ("decision", rf"{ruling}书?[，,]?{within}{{0,6}}?(?P<at>{_DAY}?){within}{{0,4}}?{made}"),
            (
                "decision",
                rf"(?<!不)(?:决定|定了|定下来?|拍板)[，,：:]?(?!不|免予|免于|撤销|维持|延)[^{STOPS}罚]{{0,20}}?{measure}",
            ),
            ("decision", rf"(?<!被)(?:作出|做出|给予|予以){_IN}{{0,14}}?{measure}(?!决定)"),
        ),
    )


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def _ways(*ways: tuple[Kind, str]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(way)) for kind, way in ways)
