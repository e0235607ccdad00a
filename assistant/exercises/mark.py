"""Certainty-based marking: sure and right earns most, sure and wrong costs most, so that knowing what one does not know pays.

The table is the one that Moodle uses, after Tony Gardner-Medwin (Moodle Docs, "Using certainty-based marking"): right answers 1, 2, 3,
wrong ones 0, -2, -6 for certainty 1, 2, 3. With a chance c of being right the middle pays from 2c - 2(1 - c) = c, c = 2/3, and being
sure from 3c - 6(1 - c) = 2c - 2(1 - c), c = 4/5.
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
