"""Bringing a database's tables up to date, and knowing whether they are."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from center.errors import ConfigurationError
from center.store.database import Database


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest_revision() -> str:
    """The revision that this program's tables need."""
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    assert head is not None, "the first migration exists"
    return head


def current_revision(database: Database) -> str | None:
    """The revision the database is at, or None before the first migration."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database) -> str:
    """Bring every table up to date, keeping what is in it; returns the revision. Nothing happens if it is already there."""
    config = _alembic()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    return newest_revision()


def require_current(database: Database) -> None:
    """Raises ConfigurationError if the tables are not those of this program."""
    at = current_revision(database)
    if at != newest_revision():
        raise ConfigurationError(
            "database_not_migrated",
            f"The database is at revision {at or 'none'}, this program needs {newest_revision()}; run migrate first.",
        )
