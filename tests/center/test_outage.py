"""A full disk, a database that is held or gone: 503 and when to come again, nothing half kept, and the same thing later goes through."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from sqlalchemy import event, func, select
from sqlalchemy.engine import make_url

from center.center import Center
from center.store.database import Database
from center.store.durable import TEMPORARY
from center.store.tables import Case, StoredFile
from tests.center.conftest import database_on
from tests.center.place import Browser, MovableClock, Terminal, add_wang_min, listening, make_center, place_template

ROOT = Path(__file__).parents[2]

#: Holds an SQLite database as another process does, until its standard input ends.
_HOLDER = """import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


def is_told_to_come_again(answer: requests.Response, code: str) -> bool:
    assert answer.status_code == 503, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) >= 1
    return bool(answer.json()["code"] == code)


def is_a_plain_page(answer: requests.Response, words: str) -> bool:
    assert answer.status_code == 503, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert int(answer.headers["Retry-After"]) >= 1
    return words in answer.text


def cases(center: Center) -> int:
    with center.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def on_every_connection(center: Center, *pragmas: str) -> None:
    """Have SQLite connections made from now on, all of them, run these."""

    @event.listens_for(center.database.engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    center.database.engine.dispose()


def test_a_database_that_may_not_grow_keeps_nothing_by_halves_and_takes_all_later(center: Center, url: str, terminal: Terminal) -> None:
    add_wang_min(center)
    browser = Browser(url)
    browser.sign_in()
    filing = terminal.filing()
    limit = ["max_page_count=1"]  # never below what the file has

    @event.listens_for(center.database.engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in limit:
            connection.execute(f"PRAGMA {pragma}")

    center.database.engine.dispose()
    # what is to be kept finds no room, until there is some
    refused = None
    for _ in range(40):
        refused = terminal.file(terminal.filing()) if refused is None else terminal.file(filing)
        if refused.status_code == 503:
            break
    assert refused is not None and is_told_to_come_again(refused, "storage_full")
    kept = cases(center)
    # what is read is still there
    assert browser.get("/console/intake").status_code == 200
    limit[:] = ["max_page_count=1000000"]
    center.database.engine.dispose()
    again = terminal.file(filing)
    assert again.status_code in (200, 201)
    assert cases(center) == kept + (again.status_code == 201)


def test_a_database_that_another_process_holds_is_busy_and_then_free(tmp_path: Path, center: Center, url: str, terminal: Terminal) -> None:
    add_wang_min(center)
    filing = terminal.filing()
    on_every_connection(center, "busy_timeout=150")
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path / "center.db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        assert is_told_to_come_again(terminal.file(filing), "database_busy")
        assert is_a_plain_page(Browser(url).sign_in(), "数据库正忙")
        assert requests.get(f"{url}/healthz", timeout=10).status_code == 200
        holder.communicate("")
    assert terminal.file(filing).status_code == 201
    assert cases(center) == 1


def test_a_postgresql_table_that_somebody_locks_is_busy(tmp_path: Path, postgresql: str) -> None:
    with database_on(postgresql) as address:
        hasty = make_url(address).update_query_dict({"options": "-c lock_timeout=150"}).render_as_string(hide_password=False)
        center = make_center(tmp_path, MovableClock(), hasty)
        with listening(center) as url:
            terminal = Terminal(url)
            terminal.register(center)
            filing = terminal.filing()
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE cases IN ACCESS EXCLUSIVE MODE")
                assert is_told_to_come_again(terminal.file(filing), "database_busy")
                other.rollback()
            # the server's own word for a full disk, said by the server
            with psycopg.connect(address) as other:
                other.execute(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$"
                )
                other.execute("CREATE TRIGGER full_disk BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION full_disk()")
            assert is_told_to_come_again(terminal.file(filing), "storage_full")
            assert cases(center) == 0
            with psycopg.connect(address) as other:
                other.execute("DROP TRIGGER full_disk ON cases")
            # connections that the server ends, as it does when it is started anew, are made anew
            with psycopg.connect(address, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            assert terminal.file(filing).status_code == 201
        center.database.close()


def test_a_postgresql_that_is_not_there_is_away_for_terminals_staff_and_citizens(tmp_path: Path, center: Center) -> None:
    # given a center whose database takes no connection any more
    section = center.config.center.model_copy(update={"public_base_url": "https://zw.example.cn"})
    gone = replace(
        center, database=Database("postgresql://nobody@127.0.0.1:1/none"), config=center.config.model_copy(update={"center": section})
    )
    with listening(gone) as url:
        terminal = Terminal(url)
        assert is_told_to_come_again(terminal.call("GET", "/api/v1/catalogue"), "database_away")
        assert is_told_to_come_again(requests.get(f"{url}/healthz", timeout=10), "database_away")
        browser = Browser(url)
        browser.session.cookies.set("oneseal_session", "some-token", path="/console")
        assert is_a_plain_page(browser.get("/console/intake"), "数据库暂时连不上")
        assert is_a_plain_page(browser.get("/g"), "请过几分钟再打开")
        # who only looked is not told that something was not saved; who did something, not that it was lost for sure
        assert "没有保存" not in browser.get("/console/intake").text
        assert is_a_plain_page(browser.sign_in(), "可能没有保存")
    gone.database.close()


def test_a_connection_cut_after_the_commit_says_that_it_may_be_kept_and_it_is_kept_once(tmp_path: Path, postgresql: str) -> None:
    with database_on(postgresql) as address:
        center = make_center(tmp_path, MovableClock(), address)
        cut = [True]

        @event.listens_for(center.database.engine, "commit")
        def commit_and_cut(connection: Any) -> None:
            driver = connection.connection.dbapi_connection
            if cut and driver.execute("SELECT count(*) FROM cases").fetchone()[0]:
                cut.clear()
                driver.commit()
                # The driver sends a second COMMIT only with something to commit.
                driver.execute("SELECT 1")
                with psycopg.connect(address, autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", [driver.info.backend_pid])

        with listening(center) as url:
            terminal = Terminal(url)
            terminal.register(center)
            filing = terminal.filing()
            told = terminal.file(filing)
            assert is_told_to_come_again(told, "database_away")
            assert "可能没有保存" in told.json()["detail"]
            assert cases(center) == 1
            assert terminal.file(filing).status_code == 200
            assert cases(center) == 1
        center.database.close()


@contextmanager
def served(config: Path) -> Iterator[tuple[str, int]]:
    """The center as its own process: where it listens, and its process's number."""
    command = [sys.executable, "-m", "center", "serve", "--config", str(config), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}", process.pid
        finally:
            process.send_signal(signal.SIGKILL)


def test_a_file_that_finds_no_room_leaves_nothing_and_comes_again_also_after_a_kill(tmp_path: Path) -> None:
    data = tmp_path / "data"
    config = tmp_path / "center.toml"
    shipped = (ROOT / "config" / "center.toml").read_text("utf-8")
    config.write_text(shipped.replace('"var/center"', f'"{data}"').replace('"config/calendar"', f'"{data / "calendar"}"'), "utf-8")
    data.mkdir()
    place_template(f"sqlite:///{data / 'center.db'}")
    center = make_center(data, MovableClock())
    terminal = Terminal("")
    terminal.register(center)
    page = b"\xff\xd8\xff" + os.urandom(960_000)
    with served(config) as (url, pid):
        terminal.url = url
        # no file of this process grows beyond 900 KB, which is the operating system's own refusal
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (900_000, resource.RLIM_INFINITY))
        with pytest.raises(AssertionError, match="storage_full"):
            terminal.upload(page)
        assert not list((data / "files").glob(f"*/{TEMPORARY}*"))
        with center.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
        # a smaller one still fits
        terminal.upload(page[:1000])
    with served(config) as (url, _):
        terminal.url = url
        sha256 = terminal.upload(page)
    assert center.files.get(sha256) == page
    center.database.close()
