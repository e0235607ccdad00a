"""Conversation: a case told over turns, questions in between, and one reply a turn. Plain values in and out."""

from assistant.chat.casefile import CaseFile, HandFact
from assistant.chat.reply import Checks, Quote, Reply
from assistant.chat.session import Assistant, open_assistant

__all__ = ["Assistant", "CaseFile", "Checks", "HandFact", "Quote", "Reply", "open_assistant"]
