"""Alembic runs this; the connection, its transaction and its lock are the opener's."""

from alembic import context

from assistant.exercises.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
)
context.run_migrations()
