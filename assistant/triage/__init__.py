"""What happened -> Triage. The public door of the judgement; loads no model server, no torch, no web."""

from assistant.triage.engine import Engine, load_engine, triage
from assistant.triage.facts import Facts
from assistant.triage.intake import accept
from assistant.triage.result import Triage
from assistant.triage.rules import RulePack, load_pack

__all__ = ["Engine", "Facts", "RulePack", "Triage", "accept", "load_engine", "load_pack", "triage"]
