"""The outbox's database file: opens it durably, brings its tables up to date, and says in a sentence what a disk will not do."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import sqlcipher3.dbapi2

from kiosk.errors import ConfigurationError, OneSealError
from kiosk.link.keys import private_directory, sync_directory

#: One entry a version; `PRAGMA user_version` says how many are done. An entry that was ever released is never edited.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE outbox (
               id INTEGER PRIMARY KEY,
               township_id TEXT NOT NULL,
               idempotency_key TEXT NOT NULL UNIQUE,
               kind TEXT NOT NULL,
               receipt_number TEXT NOT NULL UNIQUE,
               payload BLOB,
               created TEXT NOT NULL,
               next_try REAL NOT NULL,
               tries INTEGER NOT NULL DEFAULT 0,
               state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dead')),
               reply TEXT,
               CHECK ((state = 'sent') = (payload IS NULL)))""",
        "CREATE INDEX outbox_due ON outbox (state, next_try)",
        """CREATE TABLE outbox_file (
               outbox_id INTEGER NOT NULL REFERENCES outbox (id),
               township_id TEXT NOT NULL,
               sha256 TEXT NOT NULL,
               payload BLOB NOT NULL,
               PRIMARY KEY (outbox_id, sha256)) WITHOUT ROWID""",
        """CREATE TABLE receipt (
               receipt_number TEXT PRIMARY KEY,
               township_id TEXT NOT NULL,
               document BLOB NOT NULL,
               created TEXT NOT NULL,
               printed INTEGER NOT NULL DEFAULT 0,
               last_print TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE receipt_sequence (
               day TEXT PRIMARY KEY,
               township_id TEXT NOT NULL,
               last INTEGER NOT NULL)""",
    ),
    (
        # What version 1 kept are applications, and none of them waits for another.
        "ALTER TABLE outbox ADD COLUMN path TEXT NOT NULL DEFAULT '/api/v1/applications'",
        "ALTER TABLE outbox ADD COLUMN after_number TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX outbox_after ON outbox (after_number) WHERE after_number <> ''",
    ),
)

_CANNOT_SAVE = "现在无法保存您提交的内容，没有提交成功，请到窗口办理；您也可以稍后再来。"

#: SQLite's own names of what a disk refuses, by the beginning of the name (extended codes follow it).
_DISK_FAULTS = {
    "SQLITE_FULL": "outbox_full",
    "SQLITE_READONLY": "outbox_unwritable",
    "SQLITE_IOERR": "outbox_unwritable",
    "SQLITE_CANTOPEN": "outbox_unwritable",
    "SQLITE_PERM": "outbox_unwritable",
    "SQLITE_BUSY": "outbox_unwritable",
    "SQLITE_LOCKED": "outbox_unwritable",
    "SQLITE_CORRUPT": "outbox_broken",
    "SQLITE_NOTADB": "outbox_broken",
}


class OutboxFault(OneSealError):
    """The outbox cannot keep or give something now: `outbox_full`, `outbox_unwritable`, `outbox_broken` or `outbox_closed`.

    Nothing was half done.
    """


def _fault(error: Exception) -> OutboxFault | None:
    name = str(getattr(error, "sqlite_errorname", ""))
    for beginning, code in _DISK_FAULTS.items():
        if name.startswith(beginning):
            return OutboxFault(code, _CANNOT_SAVE)
    return None


class OutboxStore:
    """One connection, used by one thread at a time. Every change goes through `transaction`, which is whole and durable or did not happen."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises ConfigurationError if it cannot be used; the file is never deleted or replaced."""
        self._lock = threading.RLock()
        self._closed = False
        private_directory(path.parent)
        try:
            # SQLite gives its -wal and -shm files the mode of the database itself.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            # sqlcipher3 is SQLite 3.53 with the standard library's own interface, so that module's types describe it.
            connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10.0)
            self._connection = cast(sqlite3.Connection, connection)
            self._prepare()
            # The name of a new file is as much part of it as its content.
            sync_directory(path.parent)
        except OSError as error:
            raise self._unusable("outbox_unwritable", path, f"cannot be opened for writing ({error.strerror})") from None
        except sqlcipher3.dbapi2.Error as error:
            fault = _fault(error)
            if fault is None:
                raise
            what = "is damaged" if fault.code == "outbox_broken" else "cannot be written: the disk is full or read-only"
            raise self._unusable(fault.code, path, what) from None

    @staticmethod
    def _unusable(code: str, path: Path, what: str) -> ConfigurationError:
        return ConfigurationError(
            code,
            f"terminal.data_dir: the outbox {path} {what}; keep the file, it may hold what citizens handed in and is not yet sent, and ask for service.",
        )

    def _prepare(self) -> None:
        for pragma in (
            "journal_mode = WAL",
            # FULL: NORMAL lost acknowledged rows in simulated power cuts.
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
        ):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        version = self._version()
        if version > len(_MIGRATIONS):
            raise ConfigurationError(
                "outbox_newer",
                f"terminal.data_dir: the outbox is of version {version}, and this program knows {len(_MIGRATIONS)}; "
                "install the newer program again.",
            )
        for number, statements in enumerate(_MIGRATIONS[version:], start=version + 1):
            with self.transaction() as connection:
                if self._version() >= number:  # another process was faster
                    continue
                for statement in statements:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it durably at the end, or nothing of it if anything is raised. Raises OutboxFault for what the disk refuses."""
        with self._lock:
            self._refuse_when_closed()
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._roll_back()
                    raise
                try:
                    self._connection.execute("COMMIT")
                except BaseException:
                    # A commit that failed for want of space leaves the transaction open.
                    self._roll_back()
                    raise
            except sqlcipher3.dbapi2.Error as error:
                fault = _fault(error)
                if fault is None:
                    raise
                # What was rolled back still takes its room in the log: give it back, or the disk stays full.
                self.shrink_log()
                raise fault from None

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, to read from. Raises OutboxFault for what the disk refuses."""
        with self._lock:
            self._refuse_when_closed()
            try:
                yield self._connection
            except sqlcipher3.dbapi2.Error as error:
                fault = _fault(error)
                if fault is None:
                    raise
                raise fault from None

    def shrink_log(self) -> None:
        """Move what is in the write-ahead log into the file and cut the log, so that it holds no blanked payload and no room.

        What the disk refuses is not raised: everything is kept already, and the next change tries again.
        """
        with self._lock:
            self._refuse_when_closed()
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlcipher3.dbapi2.Error as error:
                if _fault(error) is None:
                    raise

    def close(self) -> None:
        """Release the file. Who asks for something afterwards, such as a thread that was left to its time-out, gets OutboxFault."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise OutboxFault("outbox_closed", _CANNOT_SAVE)
