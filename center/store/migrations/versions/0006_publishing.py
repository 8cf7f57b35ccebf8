"""Public notices, item drafts, photos of the duty board, calendar years."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _base() -> tuple[sa.Column[object], ...]:
    return (sa.Column("id", sa.Uuid(), nullable=False), sa.Column("township_id", sa.String(length=40), nullable=False))


def upgrade() -> None:
    """Forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "item_drafts",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("open_code", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("confirmer_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["confirmer_id"], ["staff.id"], name=op.f("fk_item_drafts_confirmer_id")),
        sa.ForeignKeyConstraint(["editor_id"], ["staff.id"], name=op.f("fk_item_drafts_editor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_drafts")),
        sa.UniqueConstraint("township_id", "open_code", name=op.f("uq_item_drafts_township_id_open_code")),
    )
    op.create_index("ix_item_drafts_code", "item_drafts", ["township_id", "code"], unique=False)
    op.create_table(
        "public_notices",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        *_base(),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_public_notices_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notices")),
        sa.UniqueConstraint("topic_id", "version", name=op.f("uq_public_notices_topic_id_version")),
    )
    op.create_index("ix_public_notices_township_id", "public_notices", ["township_id"], unique=False)
    op.create_table(
        "staff_photos",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("stored_at", moment, nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_staff_photos_file_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_photos_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_photos")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_staff_photos_staff_id")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("imported_at", moment, nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["imported_by"], ["staff.id"], name=op.f("fk_calendar_years_imported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_years")),
        sa.UniqueConstraint("township_id", "year", "version", name=op.f("uq_calendar_years_township_id_year_version")),
    )
    op.add_column("items", sa.Column("origin", sa.String(length=10), nullable=False, server_default="file"))
    op.add_column("items", sa.Column("withdrawn_on", sa.Date(), nullable=True))
