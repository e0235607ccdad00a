"""Who did it: the name in the clause, a dropped subject, a pronoun; a company or a complainant is never the officer."""

import pytest

from assistant.triage.actors import actor_of, find_actors


@pytest.mark.parametrize(
    ("text", "act", "who"),
    [
        ("小王立案后把案子撤了", "把案子撤了", "小王"),
        ("老李接了举报，放着不办", "放着不办", "老李"),
        ("老李第二天认了错，之前他把举报人的名字告诉了厂长", "他把举报人的名字告诉了厂长", "老李"),
        ("小王和老李去了厂里，他一个人签的字", "他一个人签的字", "老李"),
        ("厂长骂人，投诉人也在场", "投诉人也在场", ""),
        ("他把案子撤了", "他把案子撤了", "他"),
    ],
)
def test_the_actor_of_a_clause(text: str, act: str, who: str) -> None:
    start = text.index(act)
    assert actor_of(text, find_actors(text), (start, start + len(act))) == who
