"""Who did it: the name in the clause, a dropped subject, a pronoun, names joined; a company or a complainant is never the officer."""

import pytest

from assistant.triage import triage
from assistant.triage.actors import actors_of, find_actors
from assistant.triage.rules import Who


@pytest.mark.parametrize(
    ("text", "act", "persons"),
    [
        ("小王立案后把案子撤了", "把案子撤了", ("小王",)),
        ("老李接了举报，放着不办", "放着不办", ("老李",)),
        ("老李第二天认了错，之前他把举报人的名字告诉了厂长", "他把举报人的名字告诉了厂长", ("老李",)),
        ("小王和老李去了厂里，他一个人签的字", "他一个人签的字", ("老李",)),
        ("厂长骂人，投诉人也在场", "投诉人也在场", ()),
        ("他把案子撤了", "他把案子撤了", ("他",)),
        ("小王和老李把案子撤了", "小王和老李把案子撤了", ("小王", "老李")),
        ("小王、老李、小赵把案子撤了，科长不知道", "小王、老李、小赵把案子撤了", ("小王", "老李", "小赵")),
        ("小王告诉老李他把案子撤了", "他把案子撤了", ("老李",)),
    ],
)
def test_the_actors_of_a_clause(text: str, act: str, persons: tuple[str, ...]) -> None:
    start = text.index(act)
    assert actors_of(text, find_actors(text), (start, start + len(act)), "officer") == persons


@pytest.mark.parametrize(
    ("who", "persons"), [("officer", ("小王", "老李")), ("head", ("科长",)), ("several", ("小王和老李",))]
)
def test_whose_act_it_is_by_the_rule(who: Who, persons: tuple[str, ...]) -> None:
    text = "科长看也没看就签了，小王和老李去贴了封条"
    span = (text.index("小王"), len(text))
    assert actors_of(text, find_actors(text), span, who) == persons


def test_several_persons_give_a_finding_each() -> None:
    found = triage("小王和老李立案后没有报批，私下把案子撤了").provisions
    assert [p.actor for p in found if p.id == "6.5" and p.status == "met"] == ["小王", "老李"]
