"""From a result or a question to cited sentences. By rules alone; a model may only reword them, and is checked."""

from assistant.explain.answer import Told, reword
from assistant.explain.template import Sentence, explain_triage, render, triage_sentences

__all__ = ["Sentence", "Told", "explain_triage", "render", "reword", "triage_sentences"]
