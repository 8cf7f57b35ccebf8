"""Centers that were set up with the first release stand at revision 0001 with fewer columns: brought to what 0001 makes today, keeping every row."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

_DATES = (
    "taken_in_on",
    "open_due_on",
    "tell_due_on",
    "handover_due_on",
    "handed_over_on",
    "department_due_on",
    "taken_back_on",
    "decided_on",
    "completed_on",
    "notify_due_on",
    "notified_on",
    "ended_on",
)

#: What is added: table, column, its type, and what the rows that are there hold; None: nothing.
_ADDED: tuple[tuple[str, str, sa.types.TypeEngine[Any], str | None], ...] = (
    ("staff", "department", sa.String(60), "''"),
    ("staff", "post", sa.String(40), "''"),
    ("staff", "public", sa.Boolean(), "false"),
    ("staff", "employment", sa.String(20), "'regular'"),
    ("cases", "window", sa.String(40), "''"),
    *(("cases", name, sa.Date(), None) for name in _DATES),
    ("cases", "returns", sa.Integer(), "0"),
    ("cases", "department", sa.String(60), "''"),
    ("cases", "outcome", sa.String(20), "''"),
    ("cases", "pushed_at", sa.DateTime(timezone=True), None),
    ("cases", "push_received_at", sa.DateTime(timezone=True), None),
    ("cases", "delivery", sa.String(10), "'window'"),
    ("idempotency_keys", "purpose", sa.String(20), "'application'"),
)

#: SQLite keeps a table's declaration as text and cannot alter these; pattern and what takes its place.
_SQLITE_TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "staff": ((r"(\"?roles\"?) VARCHAR\(40\)", r"\1 VARCHAR(200)"),),
    "cases": ((r"(terminal_row|signature_file) CHAR\(32\) NOT NULL", r"\1 CHAR(32)"),),
    "case_events": ((r"(kind) VARCHAR\(20\)", r"\1 VARCHAR(30)"),),
    "idempotency_keys": ((r",\s*CONSTRAINT fk_idempotency_keys_case_id FOREIGN KEY\s*\([^)]*\) REFERENCES \"?cases\"? \(id\)", ""),),
}


def bring_up_first_release() -> None:
    """Nothing happens to tables that are as 0001 makes them now."""
    bind = op.get_bind()
    if "role" not in {column["name"] for column in sa.inspect(bind).get_columns("staff")}:
        return
    for table, name, kind, value in _ADDED:
        default = sa.text(value) if value is not None else None
        op.add_column(table, sa.Column(name, kind, nullable=value is None, server_default=default))
    op.execute("ALTER TABLE staff RENAME COLUMN role TO roles")
    op.execute("ALTER TABLE idempotency_keys RENAME COLUMN case_id TO subject_id")
    op.create_index("ix_cases_receipt_number", "cases", ["receipt_number"], unique=False)
    if bind.dialect.name == "postgresql":
        _alter_postgresql()
    else:
        _rewrite_sqlite(bind)
    # A returned case was returned once; until now nobody counted (R2.5).
    op.execute("UPDATE cases SET returns = (SELECT count(*) FROM case_events e WHERE e.case_id = cases.id AND e.kind = 'returned')")


def _alter_postgresql() -> None:
    for table, name, _, value in _ADDED:
        if value is not None:
            op.alter_column(table, name, server_default=None)
    op.alter_column("staff", "roles", type_=sa.String(200))
    op.alter_column("case_events", "kind", type_=sa.String(30))
    for name in ("terminal_row", "signature_file"):
        op.alter_column("cases", name, nullable=True)
    op.drop_constraint("fk_idempotency_keys_case_id", "idempotency_keys", type_="foreignkey")


def _rewrite_sqlite(bind: sa.Connection) -> None:
    """The way that SQLite's documentation gives for taking NOT NULL and FOREIGN KEY off a table without copying its rows."""
    version = int(bind.execute(sa.text("PRAGMA schema_version")).scalar_one())
    bind.execute(sa.text("PRAGMA writable_schema=ON"))
    for table, changes in _SQLITE_TEXTS.items():
        where = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
        declared = str(bind.execute(where, {"name": table}).scalar_one())
        for pattern, instead in changes:
            changed = re.sub(pattern, instead, declared)
            assert changed != declared, (table, pattern)
            declared = changed
        kept = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
        bind.execute(kept, {"sql": declared, "name": table})
    bind.execute(sa.text(f"PRAGMA schema_version={version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema=OFF"))
    assert bind.execute(sa.text("PRAGMA integrity_check")).scalar_one() == "ok"
