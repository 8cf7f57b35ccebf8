"""A center that was set up with the first tables keeps everything it had when the program is renewed, on both engines."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Uuid, select, text
from sqlalchemy.exc import DBAPIError

from center.casework.dossier import open_dossier
from center.catalogue import read_items
from center.center import Center, open_center
from center.clock import security_now
from center.domain.roles import Role
from center.records.rotation import rotate
from center.records.verification import verify
from center.store.database import Database
from center.store.schema import _alembic, current_revision, migrate, newest_revision
from center.store.tables import Base, Case, CaseEvent, IdempotencyKey, Staff, StoredFile
from center.store.tables import Terminal as TerminalRow
from tests.center import papers
from tests.center.place import ITEMS, MORNING, NAME, NUMBER, TOWNSHIP, config
from tests.center.records import first_release

FIRST = "0001"


def at_first(database: Database) -> None:
    """The tables as the first program made them."""
    settings = _alembic()
    with database.engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, FIRST)
        connection.commit()
    assert current_revision(database) == FIRST


def at_first_release(database: Database) -> None:
    """The tables as the first release made them, under the same revision."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            first_release.upgrade()
        context.stamp(ScriptDirectory.from_config(_alembic()), FIRST)
        connection.commit()
    assert current_revision(database) == FIRST


#: What these were called in the first release.
_FORMERLY = {("staff", "roles"): "role", ("idempotency_keys", "subject_id"): "case_id"}
#: What it did not have.
_NOT_YET = {
    ("staff", "department"), ("staff", "post"), ("staff", "public"), ("staff", "employment"), ("cases", "window"), ("cases", "returns"),
    ("cases", "department"), ("cases", "outcome"), ("cases", "delivery"), ("idempotency_keys", "purpose"),
}  # fmt: skip


class Old:
    """Writes rows into tables as they were, whatever the program's own tables are by now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables = MetaData()
        self._tables.reflect(connection)
        self._sqlite = connection.dialect.name == "sqlite"

    def add(self, into: str, /, **values: Any) -> UUID:
        row = values.setdefault("id", uuid4())
        table = self._tables.tables[into]
        if "role" in self._tables.tables["staff"].columns:
            values = {_FORMERLY.get((into, name), name): value for name, value in values.items() if (into, name) not in _NOT_YET}
        for column in table.columns:
            value = values.get(column.name)
            if isinstance(value, UUID):
                values[column.name] = value.hex if self._sqlite else value
                column.type = column.type if self._sqlite else Uuid()
            elif isinstance(value, datetime):
                values[column.name] = value.astimezone(UTC).replace(tzinfo=None) if self._sqlite else value
        self._connection.execute(table.insert().values(township_id=TOWNSHIP, **values))
        assert isinstance(row, UUID)
        return row


def fill_first(center: Center) -> tuple[UUID, bytes]:
    """One accepted case with a page and a signature, and who handled it."""
    page, signature = papers.page("户口簿 首页"), papers.signature(NAME)
    case_id, event_id = uuid4(), uuid4()
    (item,) = [item for item in read_items(ITEMS) if item.code == "YLBX"]
    applicant = {"kind": "resident", "name": NAME, "number": NUMBER}
    with center.database.engine.connect() as connection:
        old = Old(connection)
        clerk = old.add(
            "staff", login="wangmin", name="王敏", roles="window_staff", window="综合窗口1号", password_hash="x", added_at=MORNING,
            active=True, department="", post="", public=False, employment="regular", failed_attempts=2,
        )  # fmt: skip
        terminal = old.add("terminals", terminal_id="WBH-01", short_name="T01", public_key="x", added_at=MORNING)
        listed = old.add("items", code="YLBX", version=1, definition=item.model_dump_json(), loaded_at=MORNING, listed=True)
        files = [
            old.add("files", sha256=center.files.put(content), size=len(content), media_type=kind, stored_at=MORNING, terminal_id="WBH-01")
            for content, kind in ((page, "image/jpeg"), (signature, "image/png"))
        ]
        old.add(
            "cases", id=case_id, case_number="202611240001", receipt_number="T0126112400001", terminal_row=terminal, item_row=listed,
            state="accepted", applicant=center.cipher.seal("cases", "applicant", case_id, json.dumps(applicant).encode()),
            applicant_index=center.cipher.blind_index("applicant_number", NUMBER),
            form=center.cipher.seal("cases", "form", case_id, b'{"phone": "13904641234"}'), signature_file=files[1],
            consent_version="2026-11", consent_at=MORNING, filed_at=MORNING, received_at=MORNING, first_responsible=clerk,
            window="综合窗口1号", opened_at=MORNING, returns=0, accepted_on=date(2026, 11, 24), due_on=date(2026, 12, 1), due_note="",
            department="", outcome="", delivery="window", revision=3,
        )  # fmt: skip
        material = old.add("case_materials", case_id=case_id, code="household_register", missing=False)
        old.add("case_pages", material_id=material, position=0, file_id=files[0])
        old.add("case_events", case_id=case_id, position=0, kind="filed", at=MORNING, recorded_at=MORNING, by="自助终端 WBH-01")
        detail = center.cipher.seal("case_events", "detail", event_id, b'{"supplied": []}')
        old.add(
            "case_events", id=event_id, case_id=case_id, position=1, kind="accepted", at=MORNING, recorded_at=MORNING,
            staff_id=clerk, by="综合窗口1号 王敏", detail=detail,
        )  # fmt: skip
        old.add(
            "idempotency_keys", key=uuid4(), purpose="application", body_digest="d", subject_id=case_id, answer="{}", answered_at=MORNING
        )
        connection.commit()
    return case_id, page


@pytest.fixture(params=[at_first, at_first_release])
def center_at_first(tmp_path: Any, database_url: str, request: pytest.FixtureRequest) -> Any:
    (tmp_path / "calendar").mkdir()
    center = open_center(config(tmp_path), database_url)
    request.param(center.database)
    yield center
    center.database.close()


def test_a_center_of_the_first_tables_keeps_everything_when_it_is_brought_up_to_date(center_at_first: Center) -> None:
    # given
    center = center_at_first
    case_id, page = fill_first(center)
    # when; twice, as an operator does
    assert migrate(center.database) == newest_revision()
    assert migrate(center.database) == newest_revision()
    # then
    with center.database.reading() as session:
        case = session.get_one(Case, case_id)
        dossier = open_dossier(center, session, case)
        events = session.scalars(select(CaseEvent).order_by(CaseEvent.position)).all()
        (clerk,) = session.scalars(select(Staff))
        (terminal,) = session.scalars(select(TerminalRow))
        (answered,) = session.scalars(select(IdempotencyKey))
        files = session.scalars(select(StoredFile.sha256)).all()
    assert (case.case_number, case.accepted_on, case.due_on, case.returns, case.revision) == (
        "202611240001", date(2026, 11, 24), date(2026, 12, 1), 0, 3,
    )  # fmt: skip
    assert (dossier.applicant.name, dossier.responsible) == (NAME, "综合窗口1号 王敏")
    assert [len(paper.pages) for paper in dossier.papers if paper.material.code == "household_register"] == [1]
    assert [(event.kind, event.at) for event in events] == [("filed", MORNING), ("accepted", MORNING)]
    assert (clerk.login, clerk.roles, terminal.short_name, answered.subject_id) == (
        "wangmin", frozenset({Role.WINDOW_STAFF}), "T01", case_id,
    )  # fmt: skip
    assert page in {center.files.get(name) for name in files}
    assert verify(center).whole
    with center.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    # and the two tables that stood apart take what they take now
    with center.database.writing() as session:
        session.get_one(Case, case_id).signature_file = None
        session.get_one(IdempotencyKey, answered.id).subject_id = uuid4()
    # and what could not be changed cannot be changed still, but for a change of keys
    with pytest.raises(DBAPIError, match="append-only table case_events"), center.database.writing() as session:
        session.execute(text("UPDATE case_events SET kind = 'filed'"))
    assert rotate(center, security_now()).left == 0
    assert verify(center).whole
