"""Exercises for trainers: cases from the exemplars whose keys the engine proves."""

from assistant.exercises.make import make_paper
from assistant.exercises.model import Answer, Case, Disagreement, Mark, Paper, Twin
from assistant.exercises.prove import prove, read_paper

__all__ = ["Answer", "Case", "Disagreement", "Mark", "Paper", "Twin", "make_paper", "prove", "read_paper"]
