"""What a paper can be about, as a trainer picks it."""

from functools import cache

from assistant.exercises.words import VERDICTS
from assistant.paths import corpus_dir
from assistant.triage.exemplars import Exemplar, read_exemplars
from assistant.triage.rules import RulePack

DIFFICULTIES = {"": "不限", "easy": "容易", "middle": "中等", "hard": "难"}
_ACTORS = {"officer": "承办人员的", "head": "负责人的", "joint": "几个人一起的", "company": "企业的"}


def themes_of(pack: RulePack) -> list[tuple[str, str]]:
    """(theme, words) of every article, item, factor, verdict and actor."""
    articles = dict.fromkeys(ref.split(".")[0] for ref in pack.rules)
    found = [(article, f"{pack.labels[article]}（整条）") for article in articles]
    found += [
        (ref, f"{pack.labels[ref]} {pack.quotes[ref][:14]}") for ref, rule in pack.rules.items() if not rule.catch_all
    ]
    return [*found, *VERDICTS.items(), *_ACTORS.items()]


@cache
def exemplars() -> list[Exemplar]:
    """The learning cases, read once."""
    return read_exemplars(corpus_dir() / "exemplars")[0]
