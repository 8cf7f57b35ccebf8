"""Cases are found by who came for the applicant, too: a blind index of the agent's number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. No release before this one kept an agent, so there is nothing to fill it with."""
    op.add_column("cases", sa.Column("agent_index", sa.String(length=64), nullable=True))
    op.create_index("ix_cases_agent_index", "cases", ["agent_index"], unique=False)
