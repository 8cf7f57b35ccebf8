"""The only way to change a sealed field of an append-only row: one transaction that says why, for `rotate-keys` and for retention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.store.tables import Maintenance


@contextmanager
def maintaining(center: Center, reason: str) -> Iterator[Session]:
    """A writing transaction that may change sealed fields of append-only rows (`center.store.append_only`). Nobody else sees the row that says so."""
    with center.database.writing() as session:
        row = Maintenance(township_id=center.township_id, reason=reason, began_at=security_now())
        session.add(row)
        session.flush()
        yield session
        session.delete(row)
