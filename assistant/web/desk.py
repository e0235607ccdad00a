"""What every tab of the page reads from: shared by all visitors, and never written to."""

from dataclasses import dataclass

from assistant.chat import Assistant, open_assistant
from assistant.corpus import Regulation, load
from assistant.settings import Settings
from assistant.triage import Engine, load_engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The assistant, the engine and the regulation, opened once for the whole server."""

    settings: Settings
    assistant: Assistant
    engine: Engine
    regulation: Regulation


def open_desk(settings: Settings) -> Desk:
    """Open everything; raises what loading raises."""
    return Desk(
        settings=settings,
        assistant=open_assistant(settings),
        engine=load_engine(settings.regulation),
        regulation=load(settings.regulation),
    )
