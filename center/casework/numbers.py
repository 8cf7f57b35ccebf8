"""Case numbers: a configured prefix, the day and a running number of at least four digits. Unique by the table, never by luck."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center
from center.store.tables import Case

_SEQUENCE = 4


def next_case_number(session: Session, center: Center, day: date) -> str:
    """The number after the last of `day`. Two at once may get the same: the table refuses the second, which asks again."""
    stem = f"{center.config.center.case_number_prefix}{day:%Y%m%d}"
    last = session.scalar(
        select(Case.case_number)
        .where(Case.township_id == center.township_id, Case.case_number.startswith(stem, autoescape=True))
        .order_by(func.length(Case.case_number).desc(), Case.case_number.desc())
        .limit(1)
    )
    return f"{stem}{int(last[len(stem) :]) + 1 if last else 1:0{_SEQUENCE}}"
