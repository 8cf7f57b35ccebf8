"""Records: tables as migrated, fields sealed to their row, files sealed and named by content, events that cannot be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from center.center import Center
from center.domain.roles import Role
from center.errors import ConfigurationError
from center.store.database import Database
from center.store.encryption import FieldCipher, Unopenable
from center.store.files import FileStore
from center.store.keys import Keys, load_keys
from center.store.schema import current_revision, migrate, newest_revision, require_current
from center.store.tables import Base, Staff
from tests.center.place import MORNING, Terminal

# ------------------------------------------------------------------ both engines


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="run migrate first"):
        require_current(database)
    assert migrate(database) == newest_revision()
    assert migrate(database) == current_revision(database)
    require_current(database)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_every_table_carries_the_township() -> None:
    assert [name for name, table in Base.metadata.tables.items() if "township_id" not in table.columns] == []


def test_an_event_cannot_be_changed_or_deleted(terminal_on: Terminal, center_on: Center) -> None:
    terminal_on.file(terminal_on.filing())
    for statement in ("UPDATE case_events SET kind = 'accepted'", "DELETE FROM case_events"):
        with pytest.raises(DBAPIError, match="append-only table case_events"), center_on.database.writing() as session:
            session.execute(text(statement))
    with center_on.database.reading() as session:
        assert session.execute(text("SELECT kind FROM case_events")).scalars().all() == ["filed"]


def test_a_moment_comes_back_as_it_was_and_a_naive_one_is_refused(database: Database) -> None:
    migrate(database)
    staff = {"township_id": "t1", "name": "x", "roles": frozenset({Role.WINDOW_STAFF}), "window": "", "password_hash": ""}
    with database.writing() as session:
        session.add(Staff(**staff, login="aware", added_at=MORNING))
    with database.reading() as session:
        stored = session.scalars(select(Staff.added_at)).one()
    assert stored == MORNING
    assert stored.utcoffset() == MORNING.utcoffset()
    with pytest.raises(StatementError, match="without a time zone"), database.writing() as session:
        session.add(Staff(**staff, login="naive", added_at=datetime(2026, 11, 24, 9, 30)))


def test_a_failed_write_leaves_nothing(database: Database) -> None:
    migrate(database)
    whole = {
        "township_id": "t1",
        "name": "x",
        "roles": frozenset({Role.WINDOW_STAFF}),
        "window": "",
        "password_hash": "",
        "added_at": datetime.now(UTC),
    }
    # given two in one transaction, the second of them impossible
    with pytest.raises(DBAPIError), database.writing() as session:
        session.add_all([Staff(**whole, login="lost"), Staff(**whole, login="lost")])
    with database.reading() as session:
        assert session.scalars(select(Staff)).all() == []


def test_a_fault_of_the_engine_never_quotes_what_was_written(database: Database) -> None:
    migrate(database)
    whole = {
        "township_id": "t1",
        "name": "张秀兰",
        "roles": frozenset({Role.WINDOW_STAFF}),
        "window": "",
        "password_hash": "",
        "added_at": datetime.now(UTC),
    }
    with pytest.raises(DBAPIError) as raised, database.writing() as session:
        session.add_all([Staff(**whole, login="same"), Staff(**whole, login="same")])
    assert "张秀兰" not in str(raised.value)


def test_sqlite_runs_as_it_must_to_lose_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'center.db'}")
    with database.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
        version = str(connection.execute(text("SELECT sqlite_version()")).scalar())
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    # 3.7.0–3.51.2 have the WAL-reset fault
    assert tuple(int(part) for part in version.split(".")) > (3, 51, 2)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_an_address_that_cannot_hold_records_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="--database-url"):
        Database(url)


# ------------------------------------------------------------------ sealed fields


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return load_keys(tmp_path)


def test_a_sealed_field_opens_for_its_own_row_alone(keys: Keys) -> None:
    cipher, row = FieldCipher(keys), uuid4()
    sealed = cipher.seal("cases", "applicant", row, "张秀兰".encode())
    assert cipher.open("cases", "applicant", row, sealed) == "张秀兰".encode()
    for table, column, other in (("cases", "applicant", uuid4()), ("cases", "form", row), ("case_events", "applicant", row)):
        with pytest.raises(Unopenable):
            cipher.open(table, column, other, sealed)


def test_a_changed_or_foreign_ciphertext_does_not_open(keys: Keys, tmp_path: Path) -> None:
    cipher, row = FieldCipher(keys), uuid4()
    sealed = cipher.seal("cases", "form", row, b"{}")
    for position in range(len(sealed)):
        with pytest.raises(Unopenable):
            cipher.open("cases", "form", row, sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :])
    with pytest.raises(Unopenable):
        FieldCipher(load_keys(tmp_path / "another")).open("cases", "form", row, sealed)
    with pytest.raises(Unopenable):
        cipher.open("cases", "form", row, b"")


def test_what_was_sealed_with_an_older_key_still_opens(keys: Keys) -> None:
    row = uuid4()
    sealed = FieldCipher(keys).seal("cases", "form", row, b"old")
    newer = Keys(2, keys.fields | {2: b"n" * 32}, keys.index, keys.signing)
    assert FieldCipher(newer).open("cases", "form", row, sealed) == b"old"
    assert FieldCipher(newer).seal("cases", "form", row, b"new")[1:5] == b"\0\0\0\2"


def test_equal_fields_look_different_and_equal_indexes_are_equal(keys: Keys, tmp_path: Path) -> None:
    cipher, row = FieldCipher(keys), uuid4()
    assert cipher.seal("cases", "form", row, b"x") != cipher.seal("cases", "form", row, b"x")
    assert cipher.blind_index("n", "230903") == cipher.blind_index("n", "230903")
    assert cipher.blind_index("n", "230903") != cipher.blind_index("other", "230903")
    assert cipher.blind_index("n", "230903") != FieldCipher(load_keys(tmp_path / "another")).blind_index("n", "230903")


def test_the_keys_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    assert load_keys(tmp_path).public_key == load_keys(tmp_path).public_key
    path = tmp_path / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        load_keys(tmp_path)
    path.chmod(0o600)
    path.write_text("{}")
    with pytest.raises(ConfigurationError, match="backup"):
        load_keys(tmp_path)


# ------------------------------------------------------------------ files


def test_a_file_comes_back_whole_and_a_changed_one_does_not(keys: Keys, tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files", FieldCipher(keys))
    sha256 = store.put(b"\xff\xd8\xff page")
    assert store.put(b"\xff\xd8\xff page") == sha256
    assert store.get(sha256) == b"\xff\xd8\xff page"
    (path,) = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert b"page" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(Unopenable):
        store.get(sha256)
