"""`verify` sees what somebody did to the rows under the program's feet, whichever way, on both engines (R7.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from center.center import Center
from center.domain.chain import Break
from center.records.chained import Chain
from center.records.verification import Anchor, ChainReport, HeadState, verify
from center.store.tables import Case, JournalEntry, SealEntry, StoredFile
from tests.center.records.filled import fill

pytestmark = pytest.mark.rule("R7.2")


def tampering(center: Center, table: str, act: Callable[[Connection], object]) -> None:
    """What somebody with the database's password does: the guard taken off, the rows changed, the guard put back."""
    with center.database.engine.connect() as connection:
        guards = []
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            found = connection.execute(text(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"))
            guards = found.all()
            for name, _ in guards:
                connection.execute(text(f"DROP TRIGGER {name}"))
        act(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        for _, sql in guards:
            connection.exec_driver_sql(sql)
        connection.commit()


def on(statement: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(statement))


def chain_after(center: Center, chain: Chain, *statements: str) -> ChainReport:
    for statement in statements:
        tampering(center, {Chain.SEAL: "seal_entries", Chain.JOURNAL: "journal"}[chain], on(statement))
    report = verify(center)
    assert not report.whole
    (other,) = [report.chains[each] for each in Chain if each is not chain]
    assert other.whole
    return report.chains[chain]


@pytest.fixture
def filled(center_on: Center) -> Center:
    fill(center_on)
    return center_on


def test_records_as_written_are_whole_and_counted(filled: Center) -> None:
    report = verify(filled)
    assert report.whole
    with filled.database.reading() as session:
        rows = len(session.scalars(select(JournalEntry)).all())
    assert (report.chains[Chain.SEAL].rows, report.chains[Chain.JOURNAL].rows) == (4, rows)
    # two cases with applicant and form, the acceptance, the paper, the complaint with its event
    assert report.opened >= 4 + 1 + 1 + 3
    assert report.files >= 5
    assert (report.unopenable, report.files_missing, report.files_without_row) == ({}, 0, 0)


_COPY = (
    "INSERT INTO seal_entries SELECT {to}, at, seal, custodian_id, custodian, case_number, paper_id, paper_kind, paper_number, copies,"
    " before, code, {new}, township_id FROM seal_entries WHERE position = {of}"
)

#: What was done to the ledger's four rows, and what verify says of it.
_DEEDS: tuple[tuple[str, tuple[str, ...], tuple[tuple[int, Break], ...], HeadState], ...] = (
    ("number changed", ("UPDATE seal_entries SET copies = 9 WHERE position = 2",), ((2, Break.CHANGED),), HeadState.RIGHT),
    ("name changed", ("UPDATE seal_entries SET custodian = 'x' WHERE position = 4",), ((4, Break.CHANGED),), HeadState.RIGHT),
    ("time changed", ("UPDATE seal_entries SET at = '2020-01-01 00:00:00' WHERE position = 1",), ((1, Break.CHANGED),), HeadState.RIGHT),
    (
        "code taken from the row before",
        ("UPDATE seal_entries SET code = before WHERE position = 2",),
        ((2, Break.CHANGED), (3, Break.INSERTED)),
        HeadState.RIGHT,
    ),
    ("deleted in the middle", ("DELETE FROM seal_entries WHERE position = 2",), ((2, Break.MISSING),), HeadState.RIGHT),
    (
        "deleted in the middle, the rest moved up",
        (
            "DELETE FROM seal_entries WHERE position = 2",
            "UPDATE seal_entries SET position = 2 WHERE position = 3",
            "UPDATE seal_entries SET position = 3 WHERE position = 4",
        ),
        ((2, Break.CHANGED), (3, Break.CHANGED), (4, Break.MISSING)),
        HeadState.RIGHT,
    ),
    ("cut off at the end", ("DELETE FROM seal_entries WHERE position > 2",), ((3, Break.MISSING), (4, Break.MISSING)), HeadState.RIGHT),
    (
        "cut off, and the end rewritten to fit",
        (
            "DELETE FROM seal_entries WHERE position > 2",
            "UPDATE chain_heads SET length = 2, last = (SELECT code FROM seal_entries WHERE position = 2) WHERE name = 'seal'",
        ),
        (),
        HeadState.CHANGED,
    ),
    ("head changed", ("UPDATE chain_heads SET length = 9 WHERE name = 'seal'",), (), HeadState.CHANGED),
    ("head gone", ("DELETE FROM chain_heads WHERE name = 'seal'",), (), HeadState.MISSING),
    ("put in at the end", (_COPY.replace("{to}", "5").replace("{of}", "4"),), ((5, Break.INSERTED),), HeadState.RIGHT),
    (
        "a true row once more, in the place of another",
        ("DELETE FROM seal_entries WHERE position = 2", _COPY.replace("{to}", "2").replace("{of}", "4")),
        ((2, Break.CHANGED), (3, Break.INSERTED)),
        HeadState.RIGHT,
    ),
)


def new_id(center: Center) -> str:
    return "lower(hex(randomblob(16)))" if center.database.is_sqlite else "gen_random_uuid()"


def test_whatever_is_done_to_the_ledger_shows_at_its_place(filled: Center) -> None:
    kept = ("seal_entries", "chain_heads")
    for table in kept:
        tampering(filled, table, on(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}"))
    for name, statements, faults, head in _DEEDS:
        # when
        chain = chain_after(filled, Chain.SEAL, *(statement.replace("{new}", new_id(filled)) for statement in statements))
        # then
        assert (name, chain.faults, chain.head) == (name, faults, head)
        for table in kept:
            tampering(filled, table, on(f"DELETE FROM {table}"))
            tampering(filled, table, on(f"INSERT INTO {table} SELECT * FROM kept_{table}"))
        assert verify(filled).whole


def test_a_changed_or_missing_row_of_the_journal_shows(filled: Center) -> None:
    chain = chain_after(filled, Chain.JOURNAL, "UPDATE journal SET act = 'case.nothing' WHERE position = 3")
    assert chain.faults == ((3, Break.CHANGED),)
    chain = chain_after(filled, Chain.JOURNAL, "DELETE FROM journal WHERE position = 1")
    assert chain.faults == ((1, Break.MISSING), (3, Break.CHANGED))


def test_an_older_state_put_back_whole_shows_against_the_printed_anchor(filled: Center) -> None:
    before = verify(filled).chains[Chain.SEAL]
    now = Anchor(Chain.SEAL, before.rows, before.anchor)
    assert verify(filled, (now,)).whole
    # when the last use was never written as far as these records know
    for wrong in (Anchor(Chain.SEAL, before.rows + 1, "0" * 12), Anchor(Chain.SEAL, before.rows, "0" * 12)):
        report = verify(filled, (wrong,))
        assert not report.whole
        assert report.chains[Chain.SEAL].anchor_broken


def test_a_field_moved_or_changed_does_not_open_and_is_counted(filled: Center) -> None:
    with filled.database.engine.connect() as connection:
        connection.execute(text("UPDATE cases SET form = applicant"))
        connection.commit()
    report = verify(filled)
    assert report.unopenable == {"cases.form": 2}
    assert not report.whole


def test_a_file_that_is_gone_or_cut_short_is_counted_and_one_without_a_row_is_no_fault(filled: Center) -> None:
    with filled.database.reading() as session:
        gone, short = session.scalars(select(StoredFile.sha256).order_by(StoredFile.sha256)).all()[:2]
    filled.files.path(gone).unlink()
    path = filled.files.path(short)
    path.write_bytes(path.read_bytes()[:40])
    filled.files.put(b"\xff\xd8\xff nobody's")
    report = verify(filled)
    assert (report.files_missing, report.files_unopenable, report.files_without_row) == (1, 1, 1)
    assert not report.whole


_DOOR = "INSERT INTO maintenance (id, township_id, reason, began_at) SELECT {new}, 't', 'x', at FROM journal LIMIT 1"


def test_a_row_left_in_maintenance_is_a_fault(filled: Center) -> None:
    with filled.database.engine.connect() as connection:
        connection.execute(text(_DOOR.replace("{new}", new_id(filled))))
        connection.commit()
    report = verify(filled)
    assert (report.maintenance_left, report.whole) == (1, False)


def test_maintenance_changes_sealed_fields_and_nothing_else_and_deletes_nothing(filled: Center) -> None:
    door = _DOOR.replace("{new}", new_id(filled))
    for statement in (
        "UPDATE case_events SET kind = 'accepted'",
        "UPDATE case_events SET detail = NULL, position = 7",
        "DELETE FROM case_events",
        "UPDATE seal_entries SET copies = 9",
        "UPDATE journal SET detail = ''",
        "DELETE FROM journal",
        "DELETE FROM issued_papers",
    ):
        with filled.database.engine.connect() as connection:
            connection.execute(text(door))
            with pytest.raises(DBAPIError, match="append-only table"):
                connection.execute(text(statement))
    with filled.database.writing() as session:
        session.execute(text(door))
        session.execute(text("UPDATE case_events SET detail = NULL"))
        session.execute(text("DELETE FROM maintenance"))
    with filled.database.reading() as session:
        assert session.scalars(select(Case)).first() is not None
    # and the door is shut again
    with pytest.raises(DBAPIError, match="append-only table"), filled.database.writing() as session:
        session.execute(text("UPDATE case_events SET detail = NULL"))


def test_both_tables_and_their_chains_are_the_only_ones_with_codes() -> None:
    # a third chained table has to be added to what is verified
    from center.store.tables import Base  # here: only this test asks for all tables

    chained = {name for name, table in Base.metadata.tables.items() if {"before", "code"} <= set(table.columns.keys())}
    assert chained == {SealEntry.__tablename__, JournalEntry.__tablename__}
