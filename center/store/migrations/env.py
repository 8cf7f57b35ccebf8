"""Alembic's entry: runs the migrations on the connection that `migrate` hands over. Never run by alembic's own command."""

from __future__ import annotations

from alembic import context

from center.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
