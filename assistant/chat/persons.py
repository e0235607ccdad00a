"""How a person is named in a telling: 小王, 李某, 张队, 有个同事. One place, for whoever asks."""

import re

from assistant.explain.surnames import SURNAMES

PERSON = re.compile(
    rf"(?<!大)[小老][{SURNAMES}](?![家板项])|[{SURNAMES}](?:某|队|科|局|股|工|哥|姐|所|主任|组长|大队|干事)|有个同事|甲|乙"
)
#: Characters that are surnames and yet make no name here (小时, 老师, 小区; 全局, 车队).
_CALLS_NOBODY, _HOLDS_NO_TITLE = "时区车房路费步麻米鱼师公山水花门", "全车平和时房应从相管那"
_NAMED = (
    rf"(?<![大三两几个半])[小老](?P<called>(?![{_CALLS_NOBODY}])[{SURNAMES}])(?![家板项])"
    rf"|(?P<titled>(?![{_HOLDS_NO_TITLE}])[{SURNAMES}])(?:某|队|科|局|哥|姐|主任|组长|大队)"
)
#: Where the one who acts stands: at the beginning of a clause, with a few words before that make nobody else act.
_ACTS = re.compile(
    rf"(?:^|[，,。；;！!？?：:\n])[^，,。；;！!？?：:\n是由让经给找跟和与向被把叫请对]{{0,5}}(?:{_NAMED})"
)
#: Says who it was, of what was told before (撤案的是小王).
_IT_WAS = re.compile(rf"是(?:{_NAMED})")
_APPROVES = re.compile(r"[^，,。；;]{0,6}(?:批准|批了|批的|批过|同意|签)")


def surnames(text: str) -> frozenset[str]:
    """The surnames of the persons whom ``text`` names; 小郑, 郑某 and 郑队 are one."""
    return frozenset(match["called"] or match["titled"] for match in re.finditer(_NAMED, text))


def acting(text: str) -> frozenset[str]:
    """The surnames of those whose own doing ``text`` tells, without one who only approved of what was done."""
    found = (match for match in _ACTS.finditer(text) if not _APPROVES.match(text, match.end()))
    return frozenset(match["called"] or match["titled"] for match in found)


def tells_of_another(text: str, before: str) -> bool:
    """True when ``text`` tells what somebody did who is not named in ``before``, where others are, and names nobody who is; one
    who is said to have done what was told before (撤案的是小王) is not another."""
    known = surnames(before)
    return bool(known and acting(text)) and not known & surnames(text) and not _IT_WAS.search(text)
