"""What the center's tests start from."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import make_url

from center.center import Center
from center.complaints import access
from center.people import passwords
from center.store import database
from tests.center.chromium import chromium
from tests.center.kept_database import KeptDatabase
from tests.center.kept_statements import KeptStatements
from tests.center.place import Browser, MovableClock, Terminal, add_wang_min, listening, make_center


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


#: The product's own.
_SLOW = passwords._HASHER, access._HASHER


@pytest.fixture
def slow_passwords(quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and digits hashed as the product does."""
    monkeypatch.setattr(passwords, "_HASHER", _SLOW[0])
    monkeypatch.setattr(access, "_HASHER", _SLOW[1])


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords and digits are hashed by argon2id with little memory and one pass: 40 ms each were a tenth of these tests.

    What the product takes is in `test_passwords.py`, and in every test that starts the center as a process of its own.
    """
    quick = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(access, "_HASHER", quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_statements() -> Iterator[None]:
    """SQL is compiled once in a process, not once a test: it was a fifth of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", KeptStatements().create_engine)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that may make databases. Missing: skipped aloud on a desk, a failure in CI."""
    url = os.environ.get("ONESEAL_TEST_POSTGRES", "")
    if url and _answers(url):
        yield url
        return
    if not url and _local_answers():
        # A role of this run's own, so that several runs at once do not take each other's password away.
        role = f"oneseal_test_{uuid4().hex[:8]}"
        yield _with_role(role)
        _as_postgres("psql", "-c", f"DROP ROLE {role}")
        return
    reason = "PostgreSQL is not here: name one in ONESEAL_TEST_POSTGRES, or install Debian's postgresql"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _as_postgres(*command: str) -> subprocess.CompletedProcess[str]:
    # Debian's server knows its own user over the socket; only root can become it.
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else ["sudo", "-n", "-u", "postgres"]
    return subprocess.run([*prefix, *command], capture_output=True, text=True, timeout=30, check=False)


def _local_answers() -> bool:
    try:
        if _as_postgres("psql", "-Atc", "select 1").returncode == 0:
            return True
        subprocess.run(["pg_ctlcluster", "15", "main", "start"], capture_output=True, timeout=30, check=False)
        for _ in range(20):
            if _as_postgres("psql", "-Atc", "select 1").returncode == 0:
                return True
            time.sleep(0.25)
    except (OSError, subprocess.SubprocessError):
        return False
    return False


def _with_role(role: str) -> str:
    password = uuid4().hex
    made = _as_postgres("psql", "-c", f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{password}'")
    assert made.returncode == 0, made.stderr
    return f"postgresql://{role}:{password}@127.0.0.1/postgres"


def _drop(server: str, name: str) -> None:
    # The server's own clean-up worker may be in the database, and only the server's owner may end it; it is gone in a moment.
    for _ in range(50):
        try:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.1)
    pytest.fail(f"the database {name} cannot be dropped")


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """The address of a new, empty database on that PostgreSQL server, gone afterwards."""
    name = f"oneseal_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _drop(server, name)


@pytest.fixture(scope="session")
def kept_database(postgresql: str) -> Iterator[KeptDatabase]:
    """A database as the migrations leave it: made once in a process, not once a test. `test_migrations.py` runs them by themselves."""
    kept = KeptDatabase(lambda: database_on(postgresql))
    yield kept
    kept.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each engine in turn; for `center_on` one that has its tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'center.db'}"
    elif "center_on" in request.fixturenames:
        kept: KeptDatabase = request.getfixturevalue("kept_database")
        yield kept.take()
        kept.give_back()
    else:
        with database_on(str(request.getfixturevalue("postgresql"))) as url:
            yield url


@pytest.fixture
def page() -> Iterator[Any]:
    """A browser's window of 1366 × 768, the smallest that offices have."""
    with chromium() as browser:
        yield browser.new_page(viewport={"width": 1366, "height": 768})


@pytest.fixture
def clock() -> MovableClock:
    """Tuesday, 24 November 2026, 9:30."""
    return MovableClock()


@pytest.fixture
def center(tmp_path: Path, clock: MovableClock) -> Iterator[Center]:
    """A center on SQLite with two items."""
    made = make_center(tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def center_on(tmp_path: Path, clock: MovableClock, database_url: str) -> Iterator[Center]:
    """The same on each engine."""
    made = make_center(tmp_path, clock, database_url)
    yield made
    made.database.close()


@pytest.fixture
def url(center: Center) -> Iterator[str]:
    """Where the center listens."""
    with listening(center) as address:
        yield address


@pytest.fixture
def url_on(center_on: Center) -> Iterator[str]:
    """The same on each engine."""
    with listening(center_on) as address:
        yield address


@pytest.fixture
def terminal(center: Center, url: str) -> Terminal:
    """A registered terminal."""
    made = Terminal(url)
    made.register(center)
    return made


@pytest.fixture
def terminal_on(center_on: Center, url_on: str) -> Terminal:
    """The same on each engine."""
    made = Terminal(url_on)
    made.register(center_on)
    return made


@pytest.fixture
def browser(center: Center, url: str) -> Browser:
    """王敏 of window 1, signed in."""
    add_wang_min(center)
    made = Browser(url)
    assert made.sign_in().ok
    return made
