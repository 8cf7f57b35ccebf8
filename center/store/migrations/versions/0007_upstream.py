"""Maintenance of append-only rows, retention, the gateway's outbox, uploads that are not whole yet, reports of terminals, catalogues given out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from center.store.append_only import let_maintenance_in

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    _uploads()
    _terminal_reports()
    _catalogue_states()
    _gateway_outbox()
    _retention()
    _maintenance()


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("terminal_id", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("township_id", "terminal_id", "sha256", name=op.f("uq_uploads_township_id_terminal_id_sha256")),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"], unique=False)
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_upload_parts_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_parts")),
        sa.UniqueConstraint("upload_id", "start", name=op.f("uq_upload_parts_upload_id_start")),
    )


def _terminal_reports() -> None:
    op.create_table(
        "terminal_reports",
        sa.Column("terminal_row", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["terminal_row"], ["terminals.id"], name=op.f("fk_terminal_reports_terminal_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminal_reports")),
        sa.UniqueConstraint("terminal_row", name=op.f("uq_terminal_reports_terminal_row")),
    )


def _catalogue_states() -> None:
    op.create_table(
        "catalogue_states",
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_states")),
        sa.UniqueConstraint("township_id", "etag", name=op.f("uq_catalogue_states_township_id_etag")),
    )


def _gateway_outbox() -> None:
    op.create_table(
        "gateway_outbox",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_gateway_outbox_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_outbox")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_gateway_outbox_case_id_position")),
    )
    op.create_index("ix_gateway_outbox_next_try", "gateway_outbox", ["township_id", "state", "next_try"], unique=False)


def _retention() -> None:
    for table in ("cases", "complaints"):
        op.add_column(table, sa.Column("let_go_on", sa.Date(), nullable=True))


def _maintenance() -> None:
    op.create_table(
        "maintenance",
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance")),
    )
    # Last: every append-only table made up to here is found and told about it.
    let_maintenance_in()
