"""Case numbers: a configured prefix, the day and a running number of at least four digits. Unique by the table, never by luck."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from center.center import Center
from center.records.counters import next_number
from center.store.tables import Case, Counter

_SEQUENCE = 4


def next_case_number(session: Session, center: Center, day: date) -> str:
    """The number after the last of `day`. Who comes second waits until the first is kept: no number is given twice, and none is lost."""
    stem = f"{center.config.center.case_number_prefix}{day:%Y%m%d}"
    sequence = next_number(center, session, f"case.{stem}")
    if sequence == 1 and (last := _last(session, center, stem)):
        # An earlier version of this program counted the day's cases instead; it is gone on from.
        sequence = last + 1
        counter = (Counter.township_id == center.township_id, Counter.name == f"case.{stem}")
        session.execute(update(Counter).where(*counter).values(value=sequence).execution_options(synchronize_session=False))
    return f"{stem}{sequence:0{_SEQUENCE}}"


def _last(session: Session, center: Center, stem: str) -> int:
    last = session.scalar(
        select(Case.case_number)
        .where(Case.township_id == center.township_id, Case.case_number.startswith(stem, autoescape=True))
        .order_by(func.length(Case.case_number).desc(), Case.case_number.desc())
        .limit(1)
    )
    return int(last[len(stem) :]) if last else 0
