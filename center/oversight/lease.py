"""Which of several workers does the center's routine: a row that one holds for a while, in real time; and for which day something was last done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.store.tables import Routine

#: Longer than any routine takes; a worker that died in the middle holds nobody up for longer.
_HELD_FOR = timedelta(minutes=15)


def _row(center: Center, session: Session, name: str) -> None:
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    start = insert(Routine).values(id=uuid4(), township_id=center.township_id, name=name, holder="", held_until=security_now())
    session.execute(start.on_conflict_do_nothing(index_elements=["township_id", "name"]))


@contextmanager
def lease(center: Center, name: str) -> Iterator[bool]:
    """Whether this worker has `name` in hand for the length of the block; no other has it then."""
    holder = uuid4().hex
    here = (Routine.township_id == center.township_id, Routine.name == name)
    with center.database.writing() as session:
        _row(center, session, name)
        now = security_now()
        taken = session.execute(
            update(Routine)
            .where(*here, Routine.held_until <= now)
            .values(holder=holder, held_until=now + _HELD_FOR)
            .returning(Routine.id)
            .execution_options(synchronize_session=False)
        ).scalar()
    try:
        yield taken is not None
    finally:
        if taken is not None:
            with center.database.writing() as session:
                session.execute(
                    update(Routine)
                    .where(*here, Routine.holder == holder)
                    .values(held_until=security_now())
                    .execution_options(synchronize_session=False)
                )


def done_on(center: Center, name: str) -> date | None:
    """The day for which `name` was last done, or None."""
    with center.database.reading() as session:
        return session.scalar(select(Routine.done_on).where(Routine.township_id == center.township_id, Routine.name == name))


def mark_done(center: Center, name: str, day: date) -> None:
    """`name` was done for `day`."""
    with center.database.writing() as session:
        _row(center, session, name)
        session.execute(
            update(Routine)
            .where(Routine.township_id == center.township_id, Routine.name == name)
            .values(done_on=day)
            .execution_options(synchronize_session=False)
        )
