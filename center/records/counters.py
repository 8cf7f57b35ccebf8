"""Numbers that are given once: papers, complaints, walk-in receipts."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center
from center.store.tables import Counter


def next_number(center: Center, session: Session, name: str) -> int:
    """The next number of `name`, from 1. The row stays locked until the transaction ends, so a number given is a number used."""
    raised = (
        update(Counter)
        .where(Counter.township_id == center.township_id, Counter.name == name)
        .values(value=Counter.value + 1)
        .returning(Counter.value)
        .execution_options(synchronize_session=False)
    )
    number = session.execute(raised).scalar_one_or_none()
    if number is not None:
        return number
    # The first of its kind, perhaps of two at once: one makes the row, both raise it.
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    start = insert(Counter).values(id=uuid4(), township_id=center.township_id, name=name, value=0)
    session.execute(start.on_conflict_do_nothing(index_elements=["township_id", "name"]))
    return session.execute(raised).scalar_one()
