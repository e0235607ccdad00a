"""What a text does with a span: denies, refuses, supposes, asks, reports, clears, only means to, mends, or simply tells it."""

import pytest

from assistant.triage.assertion import judge, scopes
from assistant.triage.clauses import split
from evals.run import read_cases


def kind_of(marked: str) -> str:
    """The kind of what stands between 【 and 】."""
    before, rest = marked.split("【")
    span, after = rest.split("】")
    text = before + span + after
    return judge(scopes(text, split(text)), len(before), len(before) + len(span))


@pytest.mark.parametrize(
    "marked",
    [
        "没请示股长【撤了案】",
        "未见化验单【处罚了渔户】",
        "没亮身份【进了院子】",
        "没等批文到【把闸拉了】",
        "没跟值班的说【把单子作废】",
        "没问一声【封错了门】",
        "没登记【拿走了两袋样】",
        "未告知【径行作出决定】",
        "未履行公告程序【擅自变更了期限】",
        "没做记录【顺手塞进了挎包】",
        "不请示【销了案】",
        "没写事由的情况下【扣了车】",
        "没派车也没派人，【没上报】",
    ],
)
def test_a_denial_ends_where_another_verb_begins(marked: str) -> None:
    assert kind_of(marked) == "affirmed"


@pytest.mark.parametrize(
    "marked",
    [
        "没有把查封的柴油【悄悄卖掉】",
        "从没以复查为名向厂方【要过饭吃】",
        "没看见他【把笔录撕了】",
        "没有材料显示他【改了吨数】",
        "没有因为是邻居【免了罚款】",
        "没有拿了钱【压下案子】的情形",
        "没随便【改动数字】",
        "没利用职务便利【替人说情】",
        "他没【收过礼】",
        "她办事不【讲情面】",
        "谁说的，他哪【拿过一分】",
        "没人拖着不【办】",
    ],
)
def test_a_denial_reaches_its_own_verb_phrase(marked: str) -> None:
    assert kind_of(marked) == "negated"


@pytest.mark.parametrize(
    "marked",
    [
        "没有一趟不【拿烟】",
        "不能说没【走漏】",
        "哪回没【喝酒】",
        "谁不知道他【卖了线索】",
        "来不及细看就【签了】",
        "不慎【弄混了样瓶】",
    ],
)
def test_two_denials_cancel_and_words_that_only_look_like_one_deny_nothing(marked: str) -> None:
    assert kind_of(marked) == "affirmed"


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("掌柜塞来的【茶】他没敢要", "refused"),
        ("要他【改笔录】，他死活不肯", "refused"),
        ("他【收了钱】，老板让他退，他不肯", "affirmed"),
        ("群众来电他没接，【压了案】", "affirmed"),
        ("倘使【丢了票据】，得赔", "hypothetical"),
        ("凡【私放车辆】的，一律停职", "hypothetical"),
        ("凡是厂里请吃他都【去】", "affirmed"),
        ("【瞒没瞒报】", "affirmed"),
        ("瞒没【瞒报】", "question"),
        ("【瞒报】了怎么算？", "question"),
        ("谁能证明他【瞒报】", "question"),
        ("据村民反映，夜里【放走了车】", "alleged"),
        ("据村民反映夜里【放走了车】，回放监控属实", "affirmed"),
        ("举报不实，反映他【收烟】纯系捏造", "cleared"),
        ("举报他【改数】，结论为不实", "cleared"),
        ("【监测报告】失实", "affirmed"),
        ("他【压了案】。有人举报他收礼，查无此事", "affirmed"),
        ("想【放】没放成", "intended"),
        ("原计划把车【放走】，后来没放", "intended"),
        ("企图【烧账】，被门卫制止", "intended"),
        ("企图【烧账】，账烧了一半", "affirmed"),
        ("【没给清单】，傍晚把清单补上", "mended"),
        ("【漏了签章】，隔天送去重盖", "mended"),
    ],
)
def test_each_kind_reaches_what_it_speaks_of(marked: str, kind: str) -> None:
    assert kind_of(marked) == kind


def test_the_cases_stand_once_and_keep_a_half_back() -> None:
    cases = read_cases("assertion")
    assert len({case["id"] for case in cases}) == len({case["text"] for case in cases}) == len(cases) >= 499
    assert all(case["target"] in case["text"] for case in cases)
    halves = [case["half"] for case in cases if "half" in case]
    assert halves.count("held") == halves.count("open") >= 120
