"""Exercises for trainers: cases from the exemplars whose keys the engine proves."""

from assistant.exercises.make import Paper, make_paper
from assistant.exercises.prove import Case, Disagreement, prove, read_paper

__all__ = ["Case", "Disagreement", "Paper", "make_paper", "prove", "read_paper"]
