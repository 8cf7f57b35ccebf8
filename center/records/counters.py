"""Numbers that are given once: papers, complaints, walk-in receipts."""

from __future__ import annotations

from typing import cast
from uuid import uuid4

from sqlalchemy import Table, bindparam, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center
from center.store.tables import Counter

_COUNTERS = cast(Table, Counter.__table__)
_RAISE = (
    update(_COUNTERS)
    .where(_COUNTERS.c.township_id == bindparam("township"), _COUNTERS.c.name == bindparam("counter"))
    .values(value=_COUNTERS.c.value + 1)
    .returning(_COUNTERS.c.value)
)


def next_number(center: Center, session: Session, name: str) -> int:
    """The next number of `name`, from 1. The row stays locked until the transaction ends, so a number given is a number used."""
    which = {"township": center.township_id, "counter": name}
    number: int | None = session.execute(_RAISE, which).scalar_one_or_none()
    if number is not None:
        return number
    # The first of its kind, perhaps of two at once: one makes the row, both raise it.
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    start = insert(Counter).values(id=uuid4(), township_id=center.township_id, name=name, value=0)
    session.execute(start.on_conflict_do_nothing(index_elements=["township_id", "name"]))
    first: int = session.execute(_RAISE, which).scalar_one()
    return first
