"""Requests that are declined by their form: to forge or hide, to find or silence an informant, to leave the text behind.

A question about such conduct (伪造笔录怎么处理) and a story that tells of it (局长让我补了一份笔录) are no requests: the one asks
what follows, the other has somebody who did it.
"""

import re
from typing import Literal

Wish = Literal["forge", "rules"]

# `~` stands for a few words of one clause
_PAPERS = (
    "(?:笔录|记录|证据|材料|数据|日期|签名|签字|照片|录像|回证|审批|文书|台账|报告|证言|口供|陈述|案卷|卷宗|纪要|说明|"
    "清单|票据|凭证|账目|告知书|决定书|通知书|单子?|表|理由|借口)"
)
_MAKE = "(?:编造?|伪造|捏造|杜撰|篡改|涂改|倒签|补造|虚构|作假|造假?|[做写弄搞补开出]一?[份个张条段]?(?:假|没|虚|不存在|不实))"
_BEG = (
    "^(?:请|麻烦|拜托|求|帮|给我|替我|教|告诉我|想办法|想个|你|能不能|可不可以|能否|我想|我要|我打算|怎么|怎样|如何|咋|"
    "有没有办法|有啥办法|有什么办法)"
)
_HOW = "(?:怎么|怎样|如何|咋|教我|帮我|替我|给我|想|才)"
_INFORMANT = "(?:举报|投诉|检举|反映|告)"
_FORGERY = (
    f"{_BEG}~{_MAKE}~{_PAPERS}",
    f"{_MAKE}~{_PAPERS}~{_HOW}[写弄做造补]",
    "^(?:[写做编造弄补]|伪造|捏造)出?一?[份个张]~(?:假|没|虚|不存在)",
    f"(?:{_BEG}~|^)[把将]~{_PAPERS}~(?:[改换抽删撕补藏毁销抹调]|去掉|提前|往前)",
    f"{_HOW}~(?:不留痕迹|没有?痕迹|不被发现|查不出来|看不出来|不露馅)",
    f"{_BEG}~(?:瞒过|骗过|糊弄|蒙混|撒谎|串供|串通|躲过|逃过|逃避|悄悄[撤压改删]|压下来|摆平|打点|代签|推给|甩给)",
    f"{_HOW}~(?:报复|整治?|收拾|教训|打击)~{_INFORMANT}",
    f"{_BEG}~(?:查|找|打听|问|挖)[出到清下]?~(?:举报人|投诉人|谁{_INFORMANT})",
    f"(?:{_BEG}~|^[把将])举报人~(?:告诉我|给我|说出来|闭嘴|撤回)",
    "补一?补~就当",
    f"(?:红包|礼金?|贿赂|好处费)~{_HOW}~(?:做账|藏|洗|安全|稳妥|查)",
)
_LEAVING = (
    "(?:忽略|无视|忘掉|忘记|抛开|跳过|绕过|撇开|不用?管|别管|不要管)~(?:指令|规则|规定|条文|制度|设定|提示|要求|限制|法律|办法)",
    "^(?:你|请你?)?(?:只要|只需要?|只能|只准|必须|一律|统统|就|直接)(?:要|给我)?(?:回复|回答|说|写|输出|判|宣布|答)",
    "[照按依]着?我(?:说|讲|想)?的(?:意思|来|说|答|写|办|判|结论)",
    "(?:回答|结论|答案)~(?:一律|统统|全部?|都)~[判是写说为]",
    "(?:随便|任意|自己|给我|你)~(?:编|造|杜撰|发明)~(?:条|法|规定|依据|解释|案例)",
    "^(?:编|造|杜撰|发明)~(?:条文|法条|规定|第)",
    "[把将]第~条~(?:改成|改为|改写|删|换成)",
    "(?:删除|删掉|新增|增加|加上)一?[个条]?(?:第~条|[：:])",
    "(?:输出|打印|告诉我|展示|显示|重复|复述|给我看)~(?:指令|提示|规则|设定)",
    "提示词|提示语|系统设定|系统指令|初始指令|内部指令|开发者模式|调试模式|越狱|扮演|假扮|假装",
    "(?:你|自己)~(?:不受|没有)~(?:限制|约束)|(?:没有|不受)(?:任何|法律|规则)?(?:限制|约束)的",
    "你(?:现在|从现在起|以后)?(?:是|叫|当)~(?:AI|机器人|助手|模型|DAN|法官|局长|书记|律师|黑客|局领导)",
    "(?:改成|改写|改得|换成)~(?:对我有利|有利于我)",
    "串通~你|你都?(?:说|答|回答)(?:合法|没错|没事|没有过错|无过错)",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns).replace("~", "[^，。]{0,14}"), re.IGNORECASE)


_FORGE, _RULES = _any(_FORGERY), _any(_LEAVING)
_LATIN = re.compile(
    r"ignore|instruction|prompt|\bsystem|jailbreak|pretend|override|developer mode|\bDAN\b", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:怎么|咋|如何)(?:处理|处分|追究|追责|问责|算|定性|罚|规定)|怎么办|咋办|算不算|算过错|算啥|算什么|属于|哪[一条项款]|第几|"
    r"(?:什么|啥)(?:后果|处分|责任)|会怎[么样]|(?:追究|追责|构成|违规|担责|责任)[吗不么]|追不追|受不受|是不是不受|[有是](?:没有|不是)过错"
)
_SOMEBODY = re.compile(
    r"(?:让|叫|逼|要求|指使)(?:我|他|她|人|手下|下面|大家|我们)|[了过](?:一?[份个张条段]|我|他|人家)|[他她][把就又还]"
)


def wishes(text: str) -> Wish | None:
    """What improper thing ``text`` asks for by its form; None when it asks for none."""
    if _LATIN.search(text):
        return "rules"
    if _ABOUT.search(text) or _SOMEBODY.search(text):
        return None
    return "rules" if _RULES.search(text) else "forge" if _FORGE.search(text) else None
