"""Bring the tables up to date, once, whoever comes first; a database of a newer program is left alone."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from assistant.errors import Unavailable

VERSION_TABLE = "exercises_version"
_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x65786572


def migrate(reader: Engine, writer: Engine, *, to: str = "head") -> None:
    """Run what is missing up to ``to``, under a lock; writes nothing when nothing is missing. Raises Unavailable for a newer schema."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with reader.connect() as connection:
        if _revision(connection) == scripts.get_current_head():
            return
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        revision = _revision(connection)
        if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
            raise Unavailable(f"练习数据库由更新版本的程序建立（结构 {revision}）：请升级本程序，或另换一个数据库地址")
        config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
        command.upgrade(config, to)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
