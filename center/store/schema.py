"""Bringing a database's tables up to date, and knowing whether they are."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from center.errors import ConfigurationError
from center.store.database import Database
from center.store.encryption import FieldCipher, Unopenable
from center.store.sealed import SEALED


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest_revision() -> str:
    """The revision that this program's tables need."""
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    assert head is not None, "the first migration exists"
    return head


def is_known(revision: str) -> bool:
    """Whether this program can bring a database of that revision up to date."""
    return any(each.revision == revision for each in ScriptDirectory.from_config(_alembic()).walk_revisions())


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


def require_keys(database: Database, cipher: FieldCipher) -> None:
    """Raises ConfigurationError if the keys beside the records are not those the records were sealed with: better no center than one that reads nothing."""
    opened = failed = 0
    with database.reading() as session:
        for column in SEALED:
            sample = session.execute(select(column.rows.c.id, column.field).where(column.filled()).limit(1)).first()
            if sample is None:
                continue
            try:
                cipher.open(column.table, column.column, sample[0], bytes(sample[1]))
                opened += 1
            except Unopenable:
                failed += 1
    # One damaged field is a matter for `verify`; keys that open nothing are not those of these records.
    if failed and not opened:
        raise ConfigurationError(
            "keys_foreign", "keys.json does not open the records in this database; put back the copy that was kept with the backup."
        )


def require_current(database: Database) -> None:
    """Raises ConfigurationError if the tables are not those of this program."""
    at = current_revision(database)
    if at != newest_revision():
        raise ConfigurationError(
            "database_not_migrated",
            f"The database is at revision {at or 'none'}, this program needs {newest_revision()}; run migrate first.",
        )
