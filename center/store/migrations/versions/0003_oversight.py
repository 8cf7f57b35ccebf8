"""Daily checks, reports in writing, accountability events, and the center's routines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from center.store.append_only import make_append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("accountability_steps", "daily_checks", "daily_check_lines", "reports", "report_readings")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "accountability_events",
        sa.Column("key", sa.String(length=140), nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("responsible", sa.String(length=100), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["responsible_id"], ["staff.id"], name=op.f("fk_accountability_events_responsible_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["staff.id"], name=op.f("fk_accountability_events_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_events")),
        sa.UniqueConstraint("township_id", "key", name=op.f("uq_accountability_events_township_id_key")),
    )
    op.create_index("ix_accountability_events_state", "accountability_events", ["township_id", "state"], unique=False)
    op.create_index("ix_accountability_events_subject_id", "accountability_events", ["subject_id"], unique=False)
    op.create_table(
        "accountability_steps",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["accountability_events.id"], name=op.f("fk_accountability_steps_event_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_accountability_steps_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_steps")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_accountability_steps_event_id_position")),
    )
    op.create_table(
        "daily_checks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_daily_checks_staff_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_papers.id"], name=op.f("fk_daily_checks_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_checks")),
        sa.UniqueConstraint("township_id", "day", "kind", name=op.f("uq_daily_checks_township_id_day_kind")),
    )
    op.create_table(
        "daily_check_lines",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("heading", sa.String(length=20), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["daily_checks.id"], name=op.f("fk_daily_check_lines_check_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_check_lines")),
        sa.UniqueConstraint("check_id", "case_id", name=op.f("uq_daily_check_lines_check_id_case_id")),
    )
    op.create_index("ix_daily_check_lines_case_id", "daily_check_lines", ["case_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reports_staff_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_papers.id"], name=op.f("fk_reports_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_period", "reports", ["township_id", "kind", "period"], unique=False)
    op.create_index("ix_reports_subject_id", "reports", ["subject_id"], unique=False)
    op.create_table(
        "report_readings",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_readings_report_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_report_readings_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_readings")),
        sa.UniqueConstraint("report_id", "staff_id", name=op.f("uq_report_readings_report_id_staff_id")),
    )
    op.create_table(
        "routines",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routines")),
        sa.UniqueConstraint("township_id", "name", name=op.f("uq_routines_township_id_name")),
    )
    for table in _APPEND_ONLY:
        make_append_only(table)
