"""Duty posts, absences, second factors, what locks signing in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _base() -> tuple[sa.Column[object], ...]:
    return (sa.Column("id", sa.Uuid(), nullable=False), sa.Column("township_id", sa.String(length=40), nullable=False))


def upgrade() -> None:
    """Forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "duty_posts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("a_id", sa.Uuid(), nullable=False),
        sa.Column("b_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["a_id"], ["staff.id"], name=op.f("fk_duty_posts_a_id")),
        sa.ForeignKeyConstraint(["b_id"], ["staff.id"], name=op.f("fk_duty_posts_b_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_posts")),
    )
    op.create_index("ix_duty_posts_township_id", "duty_posts", ["township_id"], unique=False)
    op.create_table(
        "absences",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", moment, nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_absences_entered_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absences_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_staff_id", "absences", ["staff_id"], unique=False)
    op.create_table(
        "second_factors",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", moment, nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_second_factors_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_second_factors_staff_id")),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        *_base(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_one_time_codes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
        sa.UniqueConstraint("staff_id", "code_hash", name=op.f("uq_one_time_codes_staff_id_code_hash")),
    )
    op.create_table(
        "sign_in_locks",
        sa.Column("login_index", sa.String(length=64), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("locked_until", moment, nullable=True),
        *_base(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_locks")),
        sa.UniqueConstraint("township_id", "login_index", name=op.f("uq_sign_in_locks_township_id_login_index")),
    )
    op.create_index("ix_sign_in_locks_last_at", "sign_in_locks", ["last_at"], unique=False)
    op.create_table(
        "sign_in_steps",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        *_base(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_steps_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_steps")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_steps_token_hash")),
    )
    op.add_column("staff", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("staff", sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("1")))
    # Attempts are counted by login, known or not (sign_in_locks).
    op.drop_column("staff", "failed_attempts")
    op.drop_column("staff", "locked_until")
