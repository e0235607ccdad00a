"""Questions on the regulation, answered from its text alone: reckoned, looked up, or matched with known topics."""

from assistant.explain.questions.answer import Answer
from assistant.explain.questions.book import QuestionBook, load_book

__all__ = ["Answer", "QuestionBook", "load_book"]
