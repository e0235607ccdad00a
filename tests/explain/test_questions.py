"""Questions on the text: the right places cited, the words said, and a plain no to what the text does not say."""

import pytest

from assistant.corpus import Ref, load
from assistant.explain.questions import Answer, load_book
from assistant.explain.template import render

REGULATION = load("xushui-2020")
BOOK = load_book()
LABELS = {ref.id: REGULATION.label(ref) for ref in REGULATION.refs()}


def ask(text: str) -> tuple[Answer, str]:
    answer = BOOK.answer(text)
    return answer, render(answer.sentences, LABELS)


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("处理结果下来后多少天得给到他本人手上", "16", "七日"),
        ("微信上跟他说一声处理结果行不行", "16", "书面"),
        ("要是不服这个处理，几天之内得提申诉", "16", "没有规定"),
        ("从开始调查到处理完最多给多少时间", "15", "三个月"),
        ("延期得哪个会批", "15", "办公会议"),
        ("特殊情况下能延长两个月吧", "15", "只能延长一个月"),
        ("期限都过了还没处理完，还能不能追", "15", "没有规定"),
        ("备案给哪个部门", "17", "法制办"),
        ("备案是不是每件都得报", "17", "必要时"),
        ("看不懂条文，谁负责解释", "18", "徐水区分局"),
        ("这制度从哪天开始施行", "19", "印发之日"),
        ("交警办错案归不归这个制度管", "4", "不适用"),
        ("劳务派遣的协管员出错能按这个追吗", "4", "没有单独写"),
        ("被追究以后年底还能评先进吗", "13", "不得评为先进"),
        ("明年评先受不受影响", "13", "当年"),
        ("问责手段都有哪几样", "10", "十一种"),
        ("辞退可以跟写检查合着用吗", "10", "不能"),
        ("通报批评和写检查能一起给吗", "10", "可以"),
        ("免职要走什么程序", "10", "干部管理权限"),
        ("能不能扣他工资", "10", "没有"),
        ("主动承认又改了，是不是必须从轻", "11", "不是“应当”"),
        ("光认错不改能从轻吗", "11", "不够"),
        ("从重是可以还是应", "12", "必须从重"),
        ("一年里被追究两回", "12", "二次以上"),
        ("会上我提了反对意见还要担责吗", "9", "除外"),
        ("几个人一起办错了是不是平均分责任", "9", "大小"),
        ("科长没看出下属的错要不要担责", "8", "应该发现"),
        ("伪造检查笔录属于哪一项", "7", "瞒报"),
        ("没依据就罚款算不算过错", "6", "算"),
        ("追责要遵循哪些原则", "3", "实事求是"),
        ("不是故意的算过错吗", "2", "故意和过失都"),
        ("制定这个制度是为了什么", "1", "微腐败"),
        ("最后由谁作出处理决定", "14", "有关部门"),
        ("超出本级权限怎么办", "5", "上报"),
    ],
)
def test_what_is_in_the_text_is_answered_with_its_place(question: str, article: str, words: str) -> None:
    answer, text = ask(question)
    assert answer.covered
    assert article in {str(Ref.from_id(ref).article) for ref in answer.refs}
    assert words in text


@pytest.mark.parametrize(
    "question",
    [
        "行政处罚法第三十三条怎么说",
        "申请听证要在几日内提出",
        "排污许可证到期怎么延续",
        "党员受处分后多久能恢复权利",
        "执法证丢了找谁补",
        "锅炉烟气限值是多少",
        "行政复议要在多少天内申请",
        "中午食堂有什么菜",
        "公积金怎么提取",
        "查封最长能封几天",
    ],
)
def test_what_is_not_in_the_text_is_declined_and_cites_nothing(question: str) -> None:
    answer, text = ask(question)
    assert not answer.covered
    assert answer.refs == ()
    assert "没有规定" in text
    assert "本办法讲的是" in text


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("3月5日开始调查，哪天到期", "15", "最迟6月5日"),
        ("3月5日开始调查，批了延长，最晚哪天", "15", "最迟7月5日"),
        ("2023年11月30日起查，没延期，最迟哪天处理完", "15", "2024年2月29日"),
        ("11月30日开始查的，哪天到期", "15", "2月28日"),
        ("2026年2月27日作出处理决定，几号前要通知本人", "16", "3月6日"),
        ("4月1日立案调查，7月9日才处理完，超了几天", "15", "晚了8天"),
        ("5月8日作出决定，15号送到他手上，晚没晚", "16", "没有超期，正好在最后一天"),
        ("5月8日下的决定，5月20日才书面通知，迟了几天", "16", "晚了5天"),
        ("决定作出后第九天才通知本人，算不算晚", "16", "超2天"),
        ("查了五个月还没处理完，超期没有，算不算超", "15", "超期了"),
        ("2025年12月28日作出决定，2026年1月3日通知的，超期没超期", "16", "没有超期"),
        ("3月1日接到举报，3月5日开始调查，6月3日处理完，超期没有", "15", "还早2天"),
        ("俺们三月一号立的案，三月五号才开始查，六月六号办完，超了几天", "15", "晚了1天"),
        ("7月9日才处理完的，4月1日立案调查，超了几天", "15", "晚了8天"),
        ("3月1日开始调查，5月25日处理完，6月10日通知本人，超期没有", "15", "还早7天"),
        ("从3月5日一直查到6月10日，超期没", "15", "晚了5天"),
        ("2023年11月29日开始调查，2024年2月29日处理完，超期没", "15", "正好在最后一天"),
        ("2023年11月29日开始调查，转过年2月29日处理完，超期没", "15", "正好在最后一天"),
        ("2024年2月1日作出决定，2024年2月29日通知，超期没", "16", "晚了21天"),
        ("2月29日作出处理决定，最迟哪天通知本人", "16", "最迟3月7日"),
        ("2月25日作出决定，哪天前通知", "16", "遇闰年为3月3日"),
        ("3月1日开始调查，2024年6月10日处理完，超期没", "15", "晚了9天"),
        ("11月5日开始调查，2024年2月10日处理完，超期没", "15", "自2023年11月5日"),
        ("查了三个月零五天才处理完，超期没", "15", "三个月零五天已经超过"),
        ("查了三个月又十天才处理完，超期没", "15", "三个月又十天已经超过"),
        ("查了三个月多才处理完，超期没", "15", "三个月多已经超过"),
        ("拖了三个来月才处理完，超期没", "15", "三个来月已经超过"),
        ("查了两个多月就处理完，超期没", "15", "没有超期"),
        ("规定三个月，我们查了四个月才办完，超期没", "15", "四个月已经超过"),
        ("延长了一个月，查了三个月零三天才处理完，超期没", "15", "没有超期"),
        ("决定作出后一周多才通知，晚没晚", "16", "一周多已经超过"),
        ("3月1日开始调查，8月20日作出决定，8月22日通知本人，超期没有", "16", "另外，超期了，晚了80天"),
    ],
)
def test_days_are_reckoned(question: str, article: str, words: str) -> None:
    answer, text = ask(question)
    assert answer.refs == (article,)
    assert words in text


@pytest.mark.parametrize(
    ("question", "article", "asked"),
    [
        ("6月3日处理完，超期没有", "15", "没有说哪天开始调查"),
        ("3月1日接到举报，6月3日处理完，超期没有", "15", "没有说哪天开始调查"),
        ("6月3日通知的他本人，晚没晚", "16", "没有说哪天作出处理决定"),
        ("2024年3月1日开始调查，2023年6月1日处理完，超期没", "15", "先后对不上"),
        ("查了九十天才处理完，超期没", "15", "说不准"),
        ("大概三个月处理完的，用了这么久超期没", "15", "说不准"),
    ],
)
def test_what_cannot_be_reckoned_is_asked_for(question: str, article: str, asked: str) -> None:
    answer, text = ask(question)
    assert answer.refs == (article,)
    assert asked in text
    assert "没有超期" not in text
    assert "超期了" not in text


@pytest.mark.parametrize(
    ("question", "words", "due"),
    [
        ("3月31日开始调查，下月31日处理完，超期没有", "下月31日", "6月30日"),
        ("4月1日开始调查，4月20日没完，31号作出决定，超期没", "31号", "7月1日"),
        ("2月5日开始调查，31号处理完，超期没", "31号", "5月5日"),
        ("3月1日开始调查，6月31日处理完，超期没", "6月31日", "6月1日"),
        ("3月1日开始调查，十十日处理完，超期没", "十十日", "6月1日"),
        ("3月28日作出决定，5号通知的，晚没晚", "5号", "4月4日"),
    ],
)
def test_a_day_of_no_calendar_is_compared_with_nothing(question: str, words: str, due: str) -> None:
    _, text = ask(question)
    assert f"最迟{due}" in text
    assert f"“{words}”是哪一天说不准" in text
    assert "超期" not in text.split("〔")[0]


@pytest.mark.parametrize(
    "question", ["3月1日开始调查，下月٣日处理完，超期没", "第六条第一项和第٣٤项有啥区别", "查了٣个月才处理完"]
)
def test_digits_of_other_scripts_are_no_numbers(question: str) -> None:
    assert "٣" not in ask(question)[1]


def test_a_stretch_told_roughly_is_not_compared() -> None:
    for question in ("查了二三个月才处理完，超期没", "查了两个月，又拖了一个月才处理完，超期没"):
        assert not BOOK.reckons(question)


def test_a_long_story_is_no_reckoning() -> None:
    assert not BOOK.reckons("3月1日开始调查，" + "那天下着雨，" * 60 + "6月5日处理完，超期没有")


@pytest.mark.parametrize(
    ("question", "refs", "words"),
    [
        ("第二十三条写了什么", (), "共十九条"),
        ("第六条第十二项是什么", ("6",), "只有十一项"),
        ("第九条第三款怎么说", ("9",), "只有两款"),
        ("第十五条第二项是啥", ("15",), "没有项"),
        ("第零条是什么", (), "没有第零条：本制度共十九条"),
        ("第0条", (), "没有第0条：本制度共十九条"),
        ("第六条第零项", ("6",), "没有第六条第零项：第六条只有十一项"),
        ("6.0是什么", ("6",), "没有第六条第（零）项"),
        ("第六条第五项和第六条第五项", ("6.5", "6"), "第六条第（五）项说的是"),
        ("第六条第五项说的是什么", ("6.5", "6"), "立案后无正当理由擅自撤案"),
        ("6.10是什么内容", ("6.10", "6"), "泄露投诉举报人身份"),
    ],
)
def test_places_are_looked_up_and_false_ones_corrected(question: str, refs: tuple[str, ...], words: str) -> None:
    answer, text = ask(question)
    assert answer.refs == refs
    assert words in text


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("第六条第二项和第四项有什么区别", {"6.2", "6.4"}),
        ("第6条2项和4项咋区分", {"6.2", "6.4"}),
        ("6条（八）跟（五）咋分", {"6.8", "6.5"}),
        ("7.1和7.4有什么不一样", {"7.1", "7.4"}),
        ("第七条第四项跟第六条第三项怎么分", {"7.4", "6.3"}),
    ],
)
def test_a_comparison_is_of_the_items_named_and_no_others(question: str, refs: set[str]) -> None:
    answer = BOOK.answer(question)
    assert {ref for ref in answer.refs if "." in ref} == refs
    assert answer.sentences[0].text.startswith("不一样")


def test_every_topic_cites_real_places_and_is_found_by_its_own_words() -> None:
    missed = []
    for topic in BOOK.table.topics.values():
        for way in topic.ways:
            answer = BOOK.answer(way)
            articles = {Ref.from_id(ref).article for ref in answer.refs}
            if Ref.from_id(topic.refs[0]).article not in articles:
                missed.append(way)
    ways = sum(len(topic.ways) for topic in BOOK.table.topics.values())
    assert len(missed) <= ways * 0.02, missed[:20]


def test_quotes_of_an_answer_are_verbatim() -> None:
    for topic in BOOK.table.topics.values():
        for sentence in BOOK.answer(topic.ways[0]).sentences:
            if sentence.quote:
                assert sentence.quote in REGULATION.text_of(Ref.from_id(sentence.quoted))
