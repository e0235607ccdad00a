"""The two limits that can be reckoned, arts 15 and 16, and the words by which a question speaks of them."""

import re
from typing import NamedTuple

from assistant.corpus import Regulation
from assistant.explain.questions.answer import Answer, compose

NOTICE = re.compile(
    r"通知|送达|书面|告知|告诉|送到|送给|交给|到手|才给|拿到|给他|给本人|知会|收到(?!了?(?:举报|投诉|信访|线索|材料|反映|来信|群众))"
)
DECISION = re.compile(r"决定|处理意见定|作出处理|定下来|下的文")
PROBE = re.compile(
    r"调查|开始查|查起|启动|立案|核查|查的|处理完|办完|办结|结案|延长|延期|三个月|查完|了结|开查|着手|查案|查这|查他|查办|结果|查"
)
ASKS = re.compile(
    r"哪天|哪一天|几号|何时|什么时候|啥时候|最晚|最迟|截止|到期|届满|之前|以前|期限|超|晚|迟|来得及|来不来|算不算(?!个?(?:什么)?(?:过错|违法|错))|逾期|按时|违规|够不够|时限|还有几天|最后一天|合规|合不合|行不行|可以吗|对吗|对不|赶趟|多久|多长时间|几个月|几天|几日|多少天|的话$|呢[。？?]?$"
)
#: Asks for the last day, not whether it was kept.
ASKS_WHEN = re.compile(r"哪天|哪一天|几号|何时|什么时候|啥时候|最晚|最迟|截止|到期|届满|最后一天")
_LEAVE = re.compile(r"延长|延期|延了|批了延|宽限|展期|多给了?一个月|续了一个月|又批了一个月|再加一个月|特殊情况")
_NO_LEAVE = re.compile(
    r"(?:没|未|不|没有|没能|别|无)(?:有|办|报|批准?|申请|经过?|走|请|搞|要|得到)*(?:延长|延期|延|宽限|展期)|没延|不延|延期没批|延长没批"
)
COUNTING = "计算方法：起算当天不计入，按月算的到对应日届满，没有对应日的到当月最后一天；节假日是否顺延条文没有规定。"


class Limit(NamedTuple):
    """A limit in words and how its end is reckoned; it runs from ``event``, which ``begins`` says as a day's, to ``act``.

    ``extends``: the months that leave adds.
    """

    ref: str
    quote: str
    months: int
    days: int
    extends: int
    event: str
    begins: str
    act: str


HANDLE = Limit("15", "应当自调查之日起三个月内处理完毕", 3, 0, 1, "调查", "开始调查", "处理完毕")
NOTIFY = Limit("16", "应在七日内将处理决定书面通知本人", 0, 7, 0, "作出处理决定", "作出处理决定", "书面通知本人")


def asks_of_notice(text: str) -> bool:
    """True when ``text`` is about the notice of art. 16 rather than the handling of art. 15."""
    return bool(NOTICE.search(text)) or (bool(DECISION.search(text)) and not PROBE.search(text))


def has_leave(text: str) -> bool:
    """True when ``text`` says that more time was given."""
    return bool(_LEAVE.search(text)) and not _NO_LEAVE.search(text)


def speaks_of_leave(text: str) -> bool:
    """True when ``text`` says that more time was given, or that it was not."""
    return bool(_LEAVE.search(text))


def wanting(limit: Limit, why: str, regulation: Regulation) -> Answer:
    """The answer when it cannot be reckoned: ``why``, the limit, and what to tell; not at all ``sure``."""
    text = f"现在还算不出来：{why}。{limit.quote}；请说清哪天{limit.begins}、哪天{limit.act}，我再算。"
    return compose(regulation, text, [limit.ref], quote=limit.quote, more=[COUNTING], sure=0.0)
