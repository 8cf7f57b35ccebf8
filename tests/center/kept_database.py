"""One PostgreSQL database for the tests of a process, emptied after each: making and dropping one for every test took longer than the tests."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

import psycopg

from center.store.database import Database
from center.store.schema import migrate
from center.store.tables import Base

#: What must be as the migrations left it: columns, triggers and whether they are on, functions. A test that changed it costs a new database.
_SHAPE = """
SELECT md5(concat(
  (SELECT string_agg(concat(attrelid::regclass, attname, atttypid, attnotnull), ',' ORDER BY attrelid::regclass::text, attnum)
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0),
  (SELECT string_agg(concat(tgrelid::regclass, tgname, tgenabled), ',' ORDER BY tgrelid::regclass::text, tgname)
     FROM pg_trigger WHERE NOT tgisinternal),
  (SELECT string_agg(concat(proname, prosrc), ',' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)))
"""
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
"""
#: In an order in which nothing that is referred to goes first.
_TABLES = tuple(table.name for table in reversed(Base.metadata.sorted_tables))


class KeptDatabase:
    """The database of this process, with its tables and without a row."""

    def __init__(self, make: Callable[[], AbstractContextManager[str]]) -> None:
        """`make` gives the address of an empty database that is gone when it is left."""
        self._make = make
        self._held = ExitStack()
        self._url = ""
        self._shape = ""

    def take(self) -> str:
        """Its address."""
        if not self._url:
            self._url = self._held.enter_context(self._make())
            database = Database(self._url)
            migrate(database)
            database.close()
            with psycopg.connect(self._url) as connection:
                self._shape = self._shape_of(connection)
        return self._url

    def give_back(self) -> None:
        """Leave it as it was; one that cannot be left so is dropped."""
        try:
            whole = self._empty()
        except psycopg.Error:
            whole = False
        if not whole:
            self.close()

    def close(self) -> None:
        """Drop it."""
        self._url = ""
        self._held.close()

    def _empty(self) -> bool:
        with psycopg.connect(self._url, options="-c lock_timeout=5000") as connection:
            connection.execute(_END_OTHERS)
            if self._shape_of(connection) != self._shape:
                return False
            for table in self._with_rows(connection):
                # Tables that are written once refuse a deletion, but not from who owns them and says so.
                for act in (
                    f"ALTER TABLE {table} DISABLE TRIGGER USER",
                    f"DELETE FROM {table}",
                    f"ALTER TABLE {table} ENABLE TRIGGER USER",
                ):
                    connection.execute(act.encode())
        return True

    @staticmethod
    def _with_rows(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
        asked = " UNION ALL ".join(f"SELECT {number} WHERE EXISTS (SELECT FROM {name})" for number, name in enumerate(_TABLES))
        return [_TABLES[number] for number in sorted(int(str(row[0])) for row in connection.execute(asked.encode()))]

    @staticmethod
    def _shape_of(connection: psycopg.Connection[tuple[object, ...]]) -> str:
        row = connection.execute(_SHAPE).fetchone()
        assert row is not None
        return str(row[0])
