"""Certainty-based marking: sure and right earns most, sure and wrong costs most, so that knowing what one does not know pays.

The table is that of A. R. Gardner-Medwin (Confidence-based marking, in: Innovative Assessment in Higher Education, Routledge 2006):
right answers 1, 2, 3, wrong ones 0, -2, -6 for certainty 1, 2, 3. Being sure pays from a chance of .8 on, the middle from .67.
"""

from assistant.exercises.model import Answer, Case, Certainty, Mark

POINTS: dict[Certainty, tuple[int, int]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}


def mark(case: Case, answer: Answer) -> Mark:
    """``answer`` against the key: right when verdict, items and factors agree, ids acceptable to the case left aside.

    Ways of accounting are not marked: which of them is taken is for those who decide.
    """
    key = {*case.provisions, *case.factors}
    given = {*answer.provisions, *answer.factors}
    missed = tuple(sorted(key - given))
    wrong = tuple(sorted(given - key - {*case.acceptable}))
    right_verdict = answer.verdict == case.verdict
    right = right_verdict and not missed and not wrong
    gain, loss = POINTS[answer.certainty]
    return Mark(points=gain if right else loss, right=right, right_verdict=right_verdict, missed=missed, wrong=wrong)
