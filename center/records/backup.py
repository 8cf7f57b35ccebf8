"""A copy of everything at one moment while the center goes on: database, files, and a manifest that says what there must be. Keys only when asked for.

Order: the database first, then the files that its rows name. A file is written before its row and none is removed meanwhile, so every
named file is there. The manifest comes last: a directory without one is no backup.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, func, select, table, text
from sqlalchemy.engine import URL
from sqlcipher3 import dbapi2 as sqlcipher

from center.center import Center
from center.errors import CommandError
from center.store.database import Database
from center.store.durable import locked, make_directory, replace, sync_directory
from center.store.files import FileStore
from center.store.keys import key_file, read_keys
from center.store.schema import current_revision
from center.store.tables import Base, StoredFile

MANIFEST = "manifest.json"
DATABASES = {"sqlite": "center.db", "postgresql": "center.dump"}
_CHUNK = 1 << 20


class Entry(BaseModel):
    """One file of the backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    size: int
    sha256: str


class Manifest(BaseModel):
    """What the backup holds. `keys`: fingerprints of the keys that open it; `rows` of each table; `lost`: files named by a row and not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal[1] = 1
    made_at: datetime
    township_id: str
    engine: Literal["sqlite", "postgresql"]
    revision: str
    keys: dict[str, str]
    with_keys: bool
    rows: dict[str, int]
    lost: int
    entries: dict[str, Entry]


def backup_lock(center: Center) -> Path:
    """Held while a backup is made."""
    return center.data_dir / ".backup.lock"


def backup(center: Center, directory: Path, with_keys: bool, now: datetime) -> Manifest:
    """Make one in `directory`, which is made or empty. Raises CommandError."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CommandError("target_not_empty", f"{directory} is not an empty directory; name one that does not exist yet.")
    with locked(backup_lock(center)) as alone:
        if not alone:
            raise CommandError("backup_running", "Another backup is being made, or old keys are being dropped; wait until that has ended.")
        make_directory(directory)
        with center.files.held(shared=True):
            rows, named = (_copy_sqlite if center.database.is_sqlite else _dump_postgresql)(center.database, directory)
            lost = _copy_files(center.files, named, directory)
        # Last, so that they are all that anything in the copy was sealed with.
        keys = read_keys(key_file(center.data_dir))
        if with_keys:
            replace(directory / key_file(center.data_dir).name, key_file(center.data_dir).read_bytes())
        manifest = Manifest(
            made_at=now,
            township_id=center.township_id,
            engine="sqlite" if center.database.is_sqlite else "postgresql",
            revision=current_revision(center.database) or "",
            keys=keys.fingerprints,
            with_keys=with_keys,
            rows=rows,
            lost=lost,
            entries={str(path.relative_to(directory)): entry_of(path) for path in sorted(directory.rglob("*")) if path.is_file()},
        )
        replace(directory / MANIFEST, manifest.model_dump_json(indent=1).encode())
    return manifest


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a backup whose every file is as it says. Raises CommandError."""
    try:
        manifest = Manifest.model_validate_json((directory / MANIFEST).read_bytes())
    except OSError:
        raise CommandError("no_backup", f"{directory} holds no {MANIFEST}, so it is no whole backup; name another.") from None
    except ValidationError:
        raise CommandError("no_backup", f"{directory / MANIFEST} is not readable by this program; name another backup.") from None
    for name, entry in manifest.entries.items():
        path = directory / name
        if not path.is_file() or entry_of(path) != entry:
            raise CommandError("backup_damaged", f"{name} in the backup is missing or not as its manifest says; name another backup.")
    return manifest


def entry_of(path: Path) -> Entry:
    """Size and SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return Entry(size=path.stat().st_size, sha256=digest.hexdigest())


def count_rows(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables has."""
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in sorted(names)}


def _named(connection: Connection) -> set[str]:
    return set(connection.scalars(select(StoredFile.sha256)))


def _copy_sqlite(database: Database, directory: Path) -> tuple[dict[str, int], set[str]]:
    path = directory / DATABASES["sqlite"]
    path.touch(mode=0o600)
    target: Any = sqlcipher.connect(str(path))
    with database.engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        # All pages in one step: one moment, whoever writes meanwhile.
        source.backup(target, pages=-1)
    # One file, no log beside it.
    target.execute("PRAGMA journal_mode=DELETE").fetchall()
    target.close()
    copy = Database(f"sqlite:///{path}")
    with copy.engine.connect() as connection:
        rows, named = count_rows(connection, Base.metadata.tables), _named(connection)
    copy.close()
    closing: Any = sqlcipher.connect(str(path))
    closing.execute("PRAGMA journal_mode=DELETE").fetchall()
    closing.close()
    _sync_file(path)
    sync_directory(directory)
    return rows, named


def _dump_postgresql(database: Database, directory: Path) -> tuple[dict[str, int], set[str]]:
    path = directory / DATABASES["postgresql"]
    with database.snapshot() as session:
        snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
        rows, named = count_rows(session.connection(), Base.metadata.tables), _named(session.connection())
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        path.touch(mode=0o600)
        run_postgresql("pg_dump", database.address, *options)
    _sync_file(path)
    sync_directory(directory)
    return rows, named


def run_postgresql(program: str, address: URL, *options: str) -> None:
    """Run one of PostgreSQL's own programs on a database. Raises CommandError if it is not there or fails."""
    found = shutil.which(program)
    if found is None:
        raise CommandError(
            f"{program}_missing", f"{program} is not installed; install PostgreSQL's client programs (Debian: postgresql-client)."
        )
    # The password by the environment: a command line can be read by every user of the machine.
    shown = URL.create("postgresql", address.username, None, address.host, address.port, address.database, address.query).render_as_string()
    environment = {**os.environ} | ({"PGPASSWORD": str(address.password)} if address.password else {})
    done = subprocess.run([found, f"--dbname={shown}", *options], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise CommandError(
            f"{program}_failed",
            f"{program} ended with {done.returncode}; check its version, the rights of the user and the space on the disk.",
        )


def _copy_files(files: FileStore, named: set[str], directory: Path) -> int:
    """The named files as they lie, sealed; returns how many are not there."""
    target = FileStore(directory / "files", files.cipher)
    lost = 0
    for sha256 in sorted(named):
        try:
            content = files.path(sha256).read_bytes()
        except FileNotFoundError:
            lost += 1
            continue
        make_directory(target.path(sha256).parent)
        replace(target.path(sha256), content)
    return lost


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
