"""Exercises for trainers: cases from the exemplars whose keys the engine proves."""

from assistant.exercises.feedback import Feedback, Ground, feedback
from assistant.exercises.make import make_paper, with_choices
from assistant.exercises.mark import POINTS, mark
from assistant.exercises.model import Answer, Case, Disagreement, Mark, Paper, Twin
from assistant.exercises.prove import prove

__all__ = [
    "POINTS",
    "Answer",
    "Case",
    "Disagreement",
    "Feedback",
    "Ground",
    "Mark",
    "Paper",
    "Twin",
    "feedback",
    "make_paper",
    "mark",
    "prove",
    "with_choices",
]
