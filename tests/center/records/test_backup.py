"""Backups are proven by putting them back: everything that was there is there again, also what was written while the backup was made."""

from __future__ import annotations

import dataclasses
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from center.center import Center, open_center
from center.clock import security_now
from center.config import CenterConfig
from center.errors import CommandError
from center.records.backup import MANIFEST, Manifest, backup, read_manifest
from center.records.restore import Restored, restore
from center.records.rotation import rotate
from center.records.verification import verify
from center.store.keys import key_file, load_keys
from center.store.tables import Base, Case, StoredFile
from tests.center.place import MORNING, config
from tests.center.records.filled import fill


@dataclasses.dataclass(frozen=True)
class Elsewhere:
    """An empty place on the same engine, to restore into."""

    config: CenterConfig
    url: str
    data: Path

    def restore(self, directory: Path, over: bool = False) -> Restored:
        return restore(self.config, self.url, directory, over)

    def opened(self) -> Center:
        return open_center(self.config, self.url)


@pytest.fixture
def elsewhere(center_on: Center, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    data = tmp_path / "elsewhere"
    (data / "calendar").mkdir(parents=True)
    if center_on.database.is_sqlite:
        yield Elsewhere(config(data), f"sqlite:///{data / 'center.db'}", data)
        return
    server, name = str(request.getfixturevalue("postgresql")), f"oneseal_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield Elsewhere(config(data), make_url(server).set(database=name).render_as_string(hide_password=False), data)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def everything(center: Center) -> dict[str, Any]:
    """Every row of every table, and every file in the clear."""
    with center.database.reading() as session:
        rows = {name: sorted(map(repr, session.execute(select(table)).all())) for name, table in Base.metadata.tables.items()}
        files = {name: center.files.get(name) for name in session.scalars(select(StoredFile.sha256))}
    return rows | {"files in the clear": files}


def made(center: Center, directory: Path, with_keys: bool = False) -> Manifest:
    return backup(center, directory, with_keys, MORNING)


def test_what_was_backed_up_is_put_back_whole_row_by_row_and_file_by_file(center_on: Center, elsewhere: Elsewhere, tmp_path: Path) -> None:
    fill(center_on)
    before, directory = everything(center_on), tmp_path / "backup"
    # when; by default without the keys, and it says so
    manifest = made(center_on, directory)
    assert not manifest.with_keys
    assert not (directory / "keys.json").exists()
    secrets = list(load_keys(center_on.data_dir).fields.values())
    assert not any(secret in path.read_bytes() for path in directory.rglob("*") if path.is_file() for secret in secrets)
    assert "张秀兰".encode() not in b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())
    assert {path.stat().st_mode & 0o077 for path in directory.rglob("*")} == {0}
    # then without the keys nothing is put back
    with pytest.raises(CommandError) as raised:
        elsewhere.restore(directory)
    assert raised.value.code == "keys_missing"
    # and with them everything
    shutil.copy(key_file(center_on.data_dir), key_file(elsewhere.data))
    restored = elsewhere.restore(directory)
    assert restored.rows_as_counted
    assert restored.report.whole
    center = elsewhere.opened()
    assert everything(center) == before
    # and the center goes on there: guards and chains are in place
    assert verify(center).chains == verify(center_on).chains
    center.database.close()
    # and a place that holds something is not written over, unless that is said
    with pytest.raises(CommandError) as full:
        elsewhere.restore(directory)
    assert full.value.code == "target_not_empty"
    assert elsewhere.restore(directory, over=True).report.whole


def test_a_backup_with_keys_needs_nothing_else_also_after_a_change_of_keys(center_on: Center, elsewhere: Elsewhere, tmp_path: Path) -> None:
    fill(center_on)
    rotate(center_on, security_now())
    before = everything(center_on)
    made(center_on, tmp_path / "backup", with_keys=True)
    restored = elsewhere.restore(tmp_path / "backup")
    assert restored.report.whole
    assert key_file(elsewhere.data).stat().st_mode & 0o777 == 0o600
    center = elsewhere.opened()
    assert everything(center) == before
    center.database.close()


def test_what_is_written_while_the_backup_is_made_is_in_it_whole_or_not_at_all(
    center_on: Center, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    # given a terminal that files without a pause
    desk, first = fill(center_on)
    filed, stop = [first], threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            filed.append(desk.case())

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        while len(filed) < 3:
            stop.wait(0.01)
        known = list(filed)
        # when
        manifest = made(center_on, tmp_path / "backup", with_keys=True)
    finally:
        stop.set()
        writer.join()
    # then every case that was answered before is in it, and every one in it is whole
    assert manifest.lost == 0
    assert elsewhere.restore(tmp_path / "backup").report.whole
    center = elsewhere.opened()
    with center.database.reading() as session:
        cases = {case.id: case for case in session.scalars(select(Case))}
    assert set(known) <= set(cases) <= set(filed) | set(cases)
    assert len(cases) == manifest.rows["cases"]
    assert everything(center)["files in the clear"].items() <= everything(center_on)["files in the clear"].items()
    center.database.close()


def test_a_damaged_foreign_or_unfinished_backup_changes_nothing(center_on: Center, elsewhere: Elsewhere, tmp_path: Path) -> None:
    fill(center_on)
    directory = tmp_path / "backup"
    made(center_on, directory, with_keys=True)

    def refused(over: bool = False) -> str:
        with pytest.raises(CommandError) as raised:
            elsewhere.restore(directory, over)
        assert not any((elsewhere.data / "files").glob("??/*"))
        return raised.value.code

    for name in read_manifest(directory).entries:
        kept = (directory / name).read_bytes()
        (directory / name).write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        assert refused() == "backup_damaged"
        (directory / name).rename(tmp_path / "away")
        assert refused() == "backup_damaged"
        (tmp_path / "away").rename(directory / name)
        (directory / name).write_bytes(kept)
    manifest = (directory / MANIFEST).read_bytes()
    for wrong, code in (
        (manifest.replace(b'"format": 1', b'"format": 2'), "no_backup"),
        (manifest.replace(b"230903-wanbaohe", b"230903-elsewhere"), "township_differs"),
        (manifest.replace(b'"revision": "0', b'"revision": "9'), "backup_newer"),
    ):
        (directory / MANIFEST).write_bytes(wrong)
        assert refused() == code
    (directory / MANIFEST).unlink()
    assert refused() == "no_backup"
    # nor with keys of another center, unless that one is to go
    (directory / MANIFEST).write_bytes(manifest)
    load_keys(elsewhere.data)
    assert refused() == "keys_foreign"
    assert elsewhere.restore(directory, over=True).report.whole


def test_a_center_that_is_running_is_not_written_over(center_on: Center, tmp_path: Path, database_url: str) -> None:
    fill(center_on)
    made(center_on, tmp_path / "backup")
    before = everything(center_on)
    with center_on.database.reading() as session:
        session.scalars(select(Case)).first()
        with pytest.raises(CommandError) as raised:
            restore(center_on.config, database_url, tmp_path / "backup", over=True)
    assert raised.value.code == "database_in_use"
    assert everything(center_on) == before


def test_a_backup_goes_into_an_empty_directory_and_not_two_at_once(center: Center, tmp_path: Path) -> None:
    fill(center)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("x")
    with pytest.raises(CommandError, match="not an empty directory"):
        made(center, tmp_path / "full")
    from center.records.backup import backup_lock  # here: only this test holds it
    from center.store.durable import locked

    with locked(backup_lock(center)), pytest.raises(CommandError, match="being made"):
        made(center, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_backup_of_records_that_lost_a_file_says_so(center: Center, tmp_path: Path) -> None:
    fill(center)
    name = next(center.files.names())
    center.files.path(name).unlink()
    assert made(center, tmp_path / "backup").lost == 1


def test_pg_dump_that_is_not_there_is_one_sentence(center_on: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if center_on.database.is_sqlite:
        pytest.skip("SQLite needs no other program")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="pg_dump is not installed"):
        made(center_on, tmp_path / "backup")
