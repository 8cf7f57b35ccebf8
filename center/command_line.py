"""What every command of the center's command line needs: its configuration, its center, and one JSON line for the result."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.exc import DatabaseError

from center.center import Center, open_center
from center.config import load_config
from center.errors import CommandError
from center.log import start_logging
from center.store.outage import Outage, TurnMissed, outage_of
from center.store.schema import require_current, require_keys

Config = Annotated[Path, typer.Option("--config", help="The center's configuration (TOML).")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url", envvar="ONESEAL_DATABASE_URL", help="sqlite:///PATH or postgresql://USER@HOST/NAME; else center.db in data_dir."
    ),
]
DEFAULT_CONFIG = Path("config/center.toml")


def say(**result: Any) -> None:
    """The result of a command: one JSON line."""
    typer.echo(json.dumps(result, ensure_ascii=False))


def unusable(error: OSError) -> CommandError:
    """A place that cannot be written, as one sentence."""
    return CommandError(
        "data_unusable",
        f"center.data_dir or --database-url: {error.filename} cannot be used ({error.strerror}); name a place that this user can write.",
    )


_OUTAGES = {
    Outage.STORAGE_FULL: "The disk is full; make room and run the command again: what it was at is undone.",
    Outage.STORAGE_FAILED: "The disk cannot be read or written; look at it and at the permissions of the data directory, and run the command again.",
    Outage.DATABASE_BUSY: "Another program holds the database; wait for it or end it, and run the command again.",
}


def _outage(error: Exception) -> CommandError | None:
    outage = outage_of(error)
    return CommandError(outage, _OUTAGES[outage]) if outage in _OUTAGES else None


def unreachable(error: DatabaseError) -> CommandError:
    """A database that cannot be used. The driver's text may hold the address with its password, so it is not said."""
    return CommandError(
        "database_unreachable",
        f"The database cannot be used ({type(error.orig).__name__}); check that it runs and --database-url names it.",
    )


def with_center(
    config: Path, database_url: str | None, act: Callable[[Center], None], clock_start: datetime | None = None, current: bool = True
) -> None:
    """Open the center, do `act`, close it. `current`: only with the tables of this program and the keys of the records. Raises CenterError."""
    start_logging()
    settings = load_config(config)
    try:
        center = open_center(settings, database_url, clock_start)
    except OSError as error:
        raise unusable(error) from None
    try:
        if current:
            require_current(center.database)
            require_keys(center.database, center.cipher)
        act(center)
    except DatabaseError as error:
        raise _outage(error) or unreachable(error) from None
    except (OSError, TurnMissed) as error:
        told = _outage(error)
        if told is None:
            raise
        raise told from None
    finally:
        center.database.close()
