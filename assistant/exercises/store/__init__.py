"""What is kept of exercises, in SQLite or PostgreSQL: the only SQLAlchemy package. Import it where it is opened, not at start."""

from assistant.exercises.store.opening import Store, open_store
from assistant.exercises.store.papers import PaperLine, Papers
from assistant.exercises.store.rooms import Rooms

__all__ = ["PaperLine", "Papers", "Rooms", "Store", "open_store"]
