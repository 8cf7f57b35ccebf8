"""Faults of the disk or the database, told from bugs by what the system itself calls them: they pass, and what was asked can come again."""

from __future__ import annotations

import errno
from enum import StrEnum

from sqlalchemy import exc


class Outage(StrEnum):
    """What is out of order. Nothing was kept by halves of the request that met it: every write is one transaction, every file whole or not there.

    Nothing was kept at all, but where the database went away: a connection can be cut when the commit is done and not yet told.
    """

    #: No room, or no more than this user may have.
    STORAGE_FULL = "storage_full"
    #: The disk fails, or may only be read.
    STORAGE_FAILED = "storage_failed"
    #: Somebody holds the database for longer than anybody waits.
    DATABASE_BUSY = "database_busy"
    #: It does not answer, or takes no connection.
    DATABASE_AWAY = "database_away"


class TurnMissed(Exception):
    """The writers of this process stood in line for too long."""


_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), Outage.STORAGE_FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE, errno.ENFILE), Outage.STORAGE_FAILED),
}

#: Result codes of SQLite, the primary ones (https://www.sqlite.org/rescode.html).
_BY_SQLITE = {
    5: Outage.DATABASE_BUSY,
    6: Outage.DATABASE_BUSY,
    8: Outage.STORAGE_FAILED,  # a database that may only be read
    10: Outage.STORAGE_FAILED,  # the disk
    13: Outage.STORAGE_FULL,
    14: Outage.STORAGE_FAILED,  # cannot be opened
}

#: SQLSTATE of PostgreSQL (its manual, appendix A), whole or by its class.
_BY_SQLSTATE = {
    "53100": Outage.STORAGE_FULL,
    "55P03": Outage.DATABASE_BUSY,
    "57014": Outage.DATABASE_BUSY,
    "40P01": Outage.DATABASE_BUSY,
    "40001": Outage.DATABASE_BUSY,
    "58030": Outage.STORAGE_FAILED,
    "25006": Outage.DATABASE_AWAY,  # a stand-by
    "53": Outage.DATABASE_AWAY,  # out of connections or memory
    "57P": Outage.DATABASE_AWAY,  # shutting down, or starting
    "08": Outage.DATABASE_AWAY,
}


def outage_of(error: BaseException) -> Outage | None:
    """Which outage a fault is; None: it is none, and so a bug."""
    if isinstance(error, TurnMissed | exc.TimeoutError):
        return Outage.DATABASE_BUSY
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0)
    if not isinstance(error, exc.DBAPIError) or error.orig is None:
        return None
    if code := getattr(error.orig, "sqlite_errorcode", None):
        return _BY_SQLITE.get(code & 0xFF)
    if state := getattr(error.orig, "sqlstate", None):
        return next((_BY_SQLSTATE[part] for part in (state, state[:3], state[:2]) if part in _BY_SQLSTATE), None)
    # PostgreSQL's driver names no state where there was no server to name one.
    return Outage.DATABASE_AWAY if error.connection_invalidated or isinstance(error, exc.OperationalError) else None
