"""What an engine does alone: three rows a transaction at full durability, for the center's rates to stand beside."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from sqlcipher3 import dbapi2 as sqlcipher

#: Terminals that submit at once, and writers of an engine that takes several.
WRITERS = 4
_RAW = 400
_ROW = b"x" * 1500
_TABLES = "CREATE TABLE {} (id {} PRIMARY KEY, body {})"


def _rate(transaction: Callable[[], None], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        transaction()
    return times / (time.perf_counter() - began)


def raw_sqlite(folder: Path) -> float:
    """Three rows a transaction by one writer, which is what SQLite has."""
    connection = sqlcipher.connect(str(folder / f"raw{uuid4().hex}.db"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    for table in ("a", "b", "c"):
        connection.execute(_TABLES.format(table, "BLOB", "BLOB"))

    def transaction() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("a", "b", "c"):
            connection.execute(f"INSERT INTO {table} VALUES (?, ?)", (uuid4().bytes, _ROW))
        connection.execute("COMMIT")

    rate = _rate(transaction, _RAW)
    connection.close()
    return rate


def raw_postgresql(url: str) -> float:
    """Three rows a transaction by as many writers as there are terminals."""
    with psycopg.connect(url, autocommit=True) as connection:
        for table in ("a", "b", "c"):
            connection.execute(f"DROP TABLE IF EXISTS raw_{table}".encode())
            connection.execute(_TABLES.format(f"raw_{table}", "UUID", "BYTEA").encode())
    rates: list[float] = []

    def write() -> None:
        with psycopg.connect(url) as connection:

            def transaction() -> None:
                for table in ("a", "b", "c"):
                    connection.execute(f"INSERT INTO raw_{table} VALUES (%s, %s)".encode(), (uuid4(), _ROW))
                connection.commit()

            rates.append(_rate(transaction, _RAW // WRITERS))

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(rates)


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A database of its own on the server of ONESEAL_TEST_POSTGRES or of this machine, or None if there is none."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else ["sudo", "-n", "-u", "postgres"]

    def psql(statement: str) -> bool:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run([*as_postgres, "psql", "-Atc", statement], capture_output=True, timeout=30, check=False)
            return done.returncode == 0
        return False

    name, password = f"oneseal_bench_{uuid4().hex[:8]}", uuid4().hex
    server = os.environ.get("ONESEAL_TEST_POSTGRES", "")
    local = not server and psql(f"CREATE ROLE {name} LOGIN CREATEDB PASSWORD '{password}'")
    if local:
        server = f"postgresql://{name}:{password}@127.0.0.1/postgres"
    if not server:
        yield None
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        if local:
            psql(f"DROP ROLE {name}")
