"""Putting a backup in the place of a center: checked whole before anything is touched, and verified row by row afterwards."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text
from sqlcipher3 import dbapi2 as sqlcipher

from center.center import data_dir_of, default_database_url, open_center
from center.config import CenterConfig
from center.errors import CommandError
from center.records.backup import DATABASES, Manifest, count_rows, read_manifest, run_postgresql
from center.records.verification import Report, verify
from center.store.database import Database
from center.store.durable import make_directory, replace, sync_directory
from center.store.keys import FILE, Keys, key_file, read_keys
from center.store.schema import is_known, migrate


@dataclass(frozen=True)
class Restored:
    """What was put back, and what looking at all of it found."""

    manifest: Manifest
    rows_as_counted: bool
    report: Report


def restore(config: CenterConfig, database_url: str | None, directory: Path, over: bool) -> Restored:
    """Put the backup in `directory` in the place that the configuration names; `over`: whatever is there is lost. Raises CommandError.

    The center is stopped meanwhile; a database that somebody has open is refused. Interrupted, it is run again with `over`.
    """
    manifest = read_manifest(directory)
    database = Database(database_url or default_database_url(config))
    try:
        data_dir = data_dir_of(config, database)
        _check(config, database, manifest, directory, data_dir, over)
        if manifest.with_keys:
            make_directory(data_dir)
            replace(key_file(data_dir), (directory / FILE).read_bytes())
        _put_files(directory / "files", data_dir / "files")
        if database.is_sqlite:
            _put_sqlite(database, directory)
        else:
            options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
            run_postgresql("pg_restore", database.address, *options, str(directory / DATABASES["postgresql"]))
        with database.engine.connect() as connection:
            there = set(inspect(connection).get_table_names())
            rows = count_rows(connection, there & set(manifest.rows))
        migrate(database)
    finally:
        database.close()
    center = open_center(config, database_url)
    try:
        return Restored(manifest, rows == manifest.rows, verify(center))
    finally:
        center.database.close()


def _check(config: CenterConfig, database: Database, manifest: Manifest, directory: Path, data_dir: Path, over: bool) -> None:
    engine = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.engine != engine:
        raise CommandError(
            "engine_differs", f"The backup is of {manifest.engine} and --database-url names {engine}; name a database of the same kind."
        )
    if manifest.township_id != config.center.township_id:
        raise CommandError(
            "township_differs", f"The backup is of {manifest.township_id}, the configuration of {config.center.township_id}."
        )
    if not is_known(manifest.revision):
        raise CommandError(
            "backup_newer",
            f"The backup is at revision {manifest.revision}, which this program does not know; use the program that made it.",
        )
    if not over and (_has_tables(database) or any((data_dir / "files").glob("??/*"))):
        raise CommandError("target_not_empty", f"There are records in {data_dir} or in the database; with --replace they are lost.")
    _check_keys(manifest, directory, data_dir, over)
    if _is_open(database):
        raise CommandError("database_in_use", "Somebody has the database open; stop the center and whatever else uses it.")


def _check_keys(manifest: Manifest, directory: Path, data_dir: Path, over: bool) -> None:
    there = key_file(data_dir).exists()
    if not manifest.with_keys and not there:
        raise CommandError("keys_missing", f"The backup holds no keys; first put {FILE}, kept apart from it, into {data_dir}.")
    if there and not _opens(read_keys(key_file(data_dir)), manifest) and not (manifest.with_keys and over):
        raise CommandError(
            "keys_foreign", f"{key_file(data_dir)} does not open this backup; put in its place the copy that was kept for it."
        )
    if manifest.with_keys and not _opens(read_keys(directory / FILE), manifest):
        raise CommandError("backup_damaged", f"{FILE} in the backup is not of it; name another backup.")


def _opens(keys: Keys, manifest: Manifest) -> bool:
    return manifest.keys.items() <= keys.fingerprints.items()


def _has_tables(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def _is_open(database: Database) -> bool:
    database.engine.dispose()
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            return bool(connection.scalar(text(others)))
    # Every open connection holds a shared lock on the file, so that the exclusive one is not to be had.
    alone: Any = sqlcipher.connect(str(database.address.database), timeout=0)
    try:
        alone.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        alone.execute("BEGIN EXCLUSIVE")
        alone.execute("ROLLBACK")
    except sqlcipher.OperationalError:
        return True
    finally:
        alone.close()
    return False


def _put_sqlite(database: Database, directory: Path) -> None:
    path = Path(str(database.address.database))
    database.close()
    for beside in ("-wal", "-shm"):
        # The log of another database would be played into this one.
        path.with_name(path.name + beside).unlink(missing_ok=True)
    sync_directory(path.parent)
    replace(path, (directory / DATABASES["sqlite"]).read_bytes())


def _put_files(source: Path, target: Path) -> None:
    coming, going = target.with_name("files.coming"), target.with_name("files.going")
    for old in (coming, going):
        shutil.rmtree(old, ignore_errors=True)
    make_directory(coming)
    for path in sorted(source.glob("??/*")):
        make_directory(coming / path.parent.name)
        replace(coming / path.parent.name / path.name, path.read_bytes())
    if target.exists():
        target.rename(going)
    coming.rename(target)
    sync_directory(target.parent)
    shutil.rmtree(going, ignore_errors=True)
