"""Tables whose rows are written once: the engine itself refuses to change or delete them. For migrations.

One door is left, and it is narrow: a transaction that has written its row into `maintenance` may change fields of bytes (the sealed
ones: sealed anew when keys are changed, emptied when a retention is over) and no other column. Nothing is ever deleted, and
a chained row, which has no sealed field, cannot be changed at all.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import LargeBinary, inspect, text

_STRICT = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME; END $$
"""

#: The columns of bytes are asked of the engine, and only when there is a row in `maintenance`: never, but for a few minutes a year.
_WITH_MAINTENANCE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sealed text[];
BEGIN
  IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM maintenance) THEN
    SELECT coalesce(array_agg(attname::text), '{}') INTO sealed FROM pg_attribute
      WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND atttypid = 'bytea'::regtype;
    IF to_jsonb(NEW) - sealed = to_jsonb(OLD) - sealed THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME;
END $$
"""


def make_append_only(table: str) -> None:
    """Refuse every change and deletion of a row of `table` from now on. A migration after 0007 calls `let_maintenance_in` afterwards."""
    if op.get_bind().dialect.name == "postgresql":
        if not _knows_maintenance():
            op.execute(_STRICT)
        op.execute(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END"
        )


def let_maintenance_in() -> None:
    """Leave the narrow door in every append-only table that there is."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute(_WITH_MAINTENANCE)
        return
    tables = inspect(bind)
    found = bind.execute(text("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_update'"))
    for table in found.scalars().all():
        same = " AND ".join(
            f'NEW."{column["name"]}" IS OLD."{column["name"]}"'
            for column in tables.get_columns(table)
            if not isinstance(column["type"], LargeBinary)
        )
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT (EXISTS (SELECT 1 FROM maintenance) AND {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END"
        )


def _knows_maintenance() -> bool:
    return inspect(op.get_bind()).has_table("maintenance")
