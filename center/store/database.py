"""The engine and its sessions: SQLite (the fixed build inside sqlcipher3) by default, PostgreSQL by URL. No table is named here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from center.errors import ConfigurationError
from center.store.outage import TurnMissed

_WRITE = "oneseal_write"
_NOTE = "oneseal_note"

#: How long anybody waits for who holds the database, and for PostgreSQL to take a connection; seconds. Who waits in vain is told so.
_PATIENCE = 10

#: WAL with FULL lost nothing in simulated power cuts, NORMAL lost acknowledged rows; secure_delete overwrites what is deleted.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", f"busy_timeout={_PATIENCE * 1000}")

#: As many connections as the web server has threads (40), so that none waits for one that waits for it.
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 32}


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ConfigurationError(
            "database_url", "--database-url is not an address; give sqlite:///PATH or postgresql://USER@HOST/NAME."
        ) from None
    if address.drivername in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ConfigurationError(
            "database_url", f"--database-url names {address.drivername}; only sqlite:///PATH and postgresql://… are supported."
        )
    if address.drivername == "sqlite" and address.database in (None, "", ":memory:"):
        raise ConfigurationError("database_url", "--database-url names no file; records need one: sqlite:///PATH.")
    return address


def _sqlite(address: URL) -> Engine:
    path = Path(str(address.database))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    engine = create_engine(address, module=sqlcipher, hide_parameters=True, **_POOL)

    # The driver's own transactions begin late and as readers; a reader that turns writer beside another cannot wait, it fails.
    # So: no transactions of the driver, and a writer says so from the start.
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(_WRITE):
            # A connection comes from a pool: what the last one left says nothing of what this one needs.
            connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get(_NOTE) else 'FULL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITE) else "BEGIN")

    return engine


def _postgresql(address: URL) -> Engine:
    # A dead connection after a fail-over is noticed before it is used.
    waits = {"connect_timeout": _PATIENCE, "options": f"-c lock_timeout={_PATIENCE}s"}
    # What the address itself says of them counts.
    given = {name: value for name, value in waits.items() if name not in address.query}
    engine = create_engine(address, connect_args=given, pool_pre_ping=True, hide_parameters=True, **_POOL)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_NOTE):
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    return engine


class _Turn:
    """The writers of one process, one after the other. Raises TurnMissed where it does not come in time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise TurnMissed

    def __exit__(self, *_fault: object) -> None:
        self._lock.release()


class Database:
    """Sessions on one engine. `reading` and `writing` end with the block: commit when it went well, roll back when not."""

    def __init__(self, url: str) -> None:
        address = _address(url)
        #: Where an SQLite database lies; None with PostgreSQL.
        self.directory = Path(str(address.database)).absolute().parent if address.drivername == "sqlite" else None
        self.address = address
        self.is_sqlite = address.drivername == "sqlite"
        # What was written is never quoted in a fault.
        self.engine = _sqlite(address) if address.drivername == "sqlite" else _postgresql(address)
        self._writer = self.engine.execution_options(**{_WRITE: True})
        self._noter = self.engine.execution_options(**{_WRITE: True, _NOTE: True})
        # SQLite has one writer at a time, and one that finds it taken sleeps and tries again: those of this process queue up instead.
        self._turn = _Turn() if address.drivername == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that changes nothing and sees one moment, however long it reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end. On return it survives a power cut."""
        with self._turn or nullcontext(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """As `writing`, but does not wait for the disk: a power cut may undo it, whole, until the next `writing` that ends.

        Both engines write one log in order, so what is written for sure takes every earlier note along.
        """
        with self._turn or nullcontext(), Session(self._noter, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
