"""Issued papers, the seal's ledger, the journal, special procedures, complaints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from center.store.append_only import make_append_only
from center.store.migrations.first_release import bring_up_first_release

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    bring_up_first_release()
    op.create_table(
        "chain_heads",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("last", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_heads")),
        sa.UniqueConstraint("township_id", "name", name=op.f("uq_chain_heads_township_id_name")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counters")),
        sa.UniqueConstraint("township_id", "name", name=op.f("uq_counters_township_id_name")),
    )
    op.create_table(
        "journal",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("township_id", "position", name=op.f("uq_journal_township_id_position")),
    )
    op.create_index("ix_journal_subject_id", "journal", ["subject_id"], unique=False)
    op.create_table(
        "complaints",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("terminal_row", sa.Uuid(), nullable=True),
        sa.Column("receipt_number", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("complainant", sa.LargeBinary(), nullable=False),
        sa.Column("complainant_index", sa.String(length=64), nullable=False),
        sa.Column("digits_hash", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("about_window", sa.String(length=40), nullable=False),
        sa.Column("about_staff", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("evidence_from", sa.Date(), nullable=True),
        sa.Column("evidence_due_on", sa.Date(), nullable=True),
        sa.Column("acceptance_due_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(length=1), nullable=False),
        sa.Column("handling", sa.String(length=20), nullable=False),
        sa.Column("handler", sa.String(length=60), nullable=False),
        sa.Column("opinion_due_on", sa.Date(), nullable=True),
        sa.Column("degree", sa.String(length=20), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("handling_due_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("measures", sa.String(length=200), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["about_staff"], ["staff.id"], name=op.f("fk_complaints_about_staff")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_complaints_officer_id")),
        sa.ForeignKeyConstraint(["terminal_row"], ["terminals.id"], name=op.f("fk_complaints_terminal_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("terminal_row", "receipt_number", name=op.f("uq_complaints_terminal_row_receipt_number")),
        sa.UniqueConstraint("township_id", "number", name=op.f("uq_complaints_township_id_number")),
    )
    op.create_index("ix_complaints_complainant_index", "complaints", ["complainant_index"], unique=False)
    op.create_index("ix_complaints_state", "complaints", ["township_id", "state"], unique=False)
    op.create_table(
        "issued_papers",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_issued_papers_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_papers")),
        sa.UniqueConstraint("township_id", "number", name=op.f("uq_issued_papers_township_id_number")),
    )
    op.create_index("ix_issued_papers_subject_id", "issued_papers", ["subject_id"], unique=False)
    op.create_table(
        "case_pauses",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("procedure", sa.String(length=20), nullable=False),
        sa.Column("expected_days", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_pauses_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pauses")),
    )
    op.create_index("ix_case_pauses_case_id", "case_pauses", ["case_id"], unique=False)
    op.create_table(
        "complaint_events",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_events_complaint_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_events_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_events")),
        sa.UniqueConstraint("complaint_id", "position", name=op.f("uq_complaint_events_complaint_id_position")),
    )
    op.create_table(
        "complaint_files",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_files_complaint_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_complaint_files_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_files")),
        sa.UniqueConstraint("complaint_id", "position", name=op.f("uq_complaint_files_complaint_id_position")),
    )
    op.create_table(
        "consents",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("handler", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_consents_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_consents_asked_by")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_consents_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_answered_at", "consents", ["township_id", "answered_at"], unique=False)
    op.create_table(
        "seal_entries",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seal", sa.String(length=60), nullable=False),
        sa.Column("custodian_id", sa.Uuid(), nullable=False),
        sa.Column("custodian", sa.String(length=100), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("paper_kind", sa.String(length=30), nullable=False),
        sa.Column("paper_number", sa.String(length=40), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["custodian_id"], ["staff.id"], name=op.f("fk_seal_entries_custodian_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_papers.id"], name=op.f("fk_seal_entries_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_entries")),
        sa.UniqueConstraint("township_id", "position", name=op.f("uq_seal_entries_township_id_position")),
    )
    op.create_index("ix_seal_entries_paper_id", "seal_entries", ["paper_id"], unique=False)

    for table in ("issued_papers", "seal_entries", "journal", "complaint_events"):
        make_append_only(table)
