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
from center.store.tables import Case


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


def require_keys(database: Database, cipher: FieldCipher) -> None:
    """Raises ConfigurationError if the keys beside the records are not those the records were sealed with: better no center than one that reads nothing."""
    with database.reading() as session:
        case = session.scalars(select(Case).limit(1)).first()
    if case is None:
        return
    try:
        cipher.open("cases", "applicant", case.id, case.applicant)
    except Unopenable:
        raise ConfigurationError(
            "keys_foreign", "keys.json does not open the records in this database; put back the copy that was kept with the backup."
        ) from None


def require_current(database: Database) -> None:
    """Raises ConfigurationError if the tables are not those of this program."""
    at = current_revision(database)
    if at != newest_revision():
        raise ConfigurationError(
            "database_not_migrated",
            f"The database is at revision {at or 'none'}, this program needs {newest_revision()}; run migrate first.",
        )
