"""Names and numbers of people stay on the machine: stand-ins go to a model, the real words are put back in its reply.

Found are telephone, identity-card and plate numbers, and names as people write them: 小王, 老李, 张某某, 王科长, and full names where
the text says that somebody is one (举报人李建国, 周秀英来电). Too much hidden costs nothing, since all of it is put back.
"""

import re
from collections.abc import Iterator

from assistant.explain.surnames import DOUBLE_SURNAMES, SURNAMES

_TITLES = (
    "科长|队长|局长|主任|所长|站长|股长|书记|经理|厂长|总|工|姐|哥|叔|婶|嫂|大爷|大娘|师傅|法官|律师|教授|镇长|县长|村长|组长|处长|支队长|大队长|副科长|副局长|"
    "副队长|副主任|老师|老板|女士|先生|同志"
)
_NOT_NAMES = re.compile(
    r"[小老阿](?:时|车|路|文|方|石|白|金|田|成|易|常|包|强|单|关|安|武|史|管|江|阳|查|解|毛|龙|马路|牛|高层)(?!在|去|把|说|一|立|查|收|办|给|是|当|他|没|和|跟|也|就|的)"
)
_SPEAKS = "举报|投诉|反映|检举|来电|来信|写信|打电话|报警|作证|实名|一个人|独自|擅自|把|将|收了|说|称|表示|签字|签名|负责|承办|经办"
_INFORMANTS = "举报者|投诉者|反映者|检举者|信访者|来信人|写信人|来访人|上访人|老百姓|群众|村民|居民|业主|住户|市民|网友|邻居|大爷|大妈"
_ROLES = f"{_INFORMANTS}|举报人|投诉人|信访人|检举人|证人|反映人|来电人|当事人|承办人|经办人|执法人员|执法员|队员|科员|同事|姓名|名叫|叫做|叫|联系人"
_FULL = rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("证件", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")),
    ("电话", re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)")),
    ("车牌", re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]\s?·?\s?[A-Z0-9]{5,6}(?![A-Z0-9])")),
    ("邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("账号", re.compile(r"(?:微信|QQ|qq|抖音)号?[是为：: ]{0,2}([A-Za-z0-9_-]{5,20})")),
    ("住址", re.compile(r"住(?:在|址)?[是：: ]?([^，。；、\s]{2,16}(?:村|小区|街|路|巷|胡同|庄|号|楼|单元|室)[^，。；、\s的]{0,8})")),
    ("姓氏", re.compile(rf"姓(?:是)?({DOUBLE_SURNAMES}|[{SURNAMES}])(?![\u4e00-\u9fff]*名)")),
    ("某", re.compile(rf"(?<=举报人)(?:是|叫|为|：)?({_FULL})(?![\u4e00-\u9fff]{{0,1}}(?:信|名|姓|电|住))")),
    ("某", re.compile(rf"(?:{_ROLES})(?:是|叫|为|：|:)?({_FULL}?)(?=[，。；、的说在把向将和与及跟给（(：:]|{_SPEAKS}|$)")),
    ("某", re.compile(rf"(?:^|[，。；、：:（(\s和与跟的])({_FULL}?)(?=(?:{_SPEAKS}))")),
    ("某", re.compile(rf"([{SURNAMES}]某{{1,2}}(?:[甲乙丙丁])?)")),
    ("某", re.compile(rf"([小老阿][{SURNAMES}])")),
    ("某", re.compile(rf"([{SURNAMES}])(?=(?:{_TITLES}))")),
)  # fmt: skip
_TITLE = re.compile(_TITLES)
_STEMS = "甲乙丙丁戊己庚辛壬癸"


class Mask:
    """The stand-ins of one text. ``hidden`` maps what people wrote to what is sent instead."""

    def __init__(self, text: str) -> None:
        self.hidden: dict[str, str] = {}
        used: set[str] = set()
        for kind, found, kept in _found(text):
            if found not in self.hidden:
                name = _stand_in(kind, text, used)
                used.add(name)
                self.hidden[found] = name + kept

    def hide(self, text: str) -> str:
        """``text`` with everything in ``hidden`` replaced."""
        return _replace(text, self.hidden)

    def show(self, text: str) -> str:
        """``text`` with the stand-ins replaced by what they stand for."""
        return _replace(text, {stand_in: real for real, stand_in in self.hidden.items()})


def _found(text: str) -> Iterator[tuple[str, str, str]]:
    """What is to be hidden: its kind, the words, and the end of them that may stay (the title in 王科长)."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            words, title = match[1] if match.lastindex else match[0], ""
            if kind == "某" and len(words) == 1:
                title = _TITLE.match(text, match.end())[0]  # type: ignore[index]
            elif kind == "某" and _NOT_NAMES.match(text, match.start(1)):
                continue
            yield kind, words + title, title


def _stand_in(kind: str, text: str, used: set[str]) -> str:
    """甲, 乙 … behind ``kind``, the first that neither ``text`` nor another stand-in has."""
    for number in range(len(text) + len(used) + 1):
        round_, place = divmod(number, len(_STEMS))
        name = kind + _STEMS[place] + (str(round_ + 1) if round_ else "")
        if name not in text and not any(name in other or other in name for other in used):
            return name
    raise AssertionError("there are more stand-ins than words")


def _replace(text: str, table: dict[str, str]) -> str:
    if not table:
        return text
    pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return pattern.sub(lambda match: table[match[0]], text)
