"""What a finder gives (R9), and what finders share: words for days, the moment a limit is missed, and whether a cause was raised already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute, Session

from center.center import Center
from center.clock import CHINA
from center.domain.accountability import EventCause
from center.store.tables import AccountabilityEvent

#: What was settled late is looked for this far back; what is still open at any age.
LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True)
class Found:
    """Something to raise. `key` is the which-th time, within cause and subject. `responsible` None: whoever answers for the window."""

    cause: EventCause
    subject: str
    subject_id: UUID | None
    number: str
    responsible: UUID | None
    window: str
    at: datetime
    key: str
    text: str


#: One question to the records; a day that is not known is late for nobody, and `alerts.py` tells of it.
Finder = Callable[[Center, Session, date], Iterator[Found]]


def words(day: date) -> str:
    """`2026年11月24日`"""
    return f"{day.year}年{day.month}月{day.day}日"


def missed_at(day: date) -> datetime:
    """The moment at which a limit that ends with `day` is missed."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def not_raised(cause: EventCause, subject_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """For a cause that comes once for one subject."""
    return ~exists().where(AccountabilityEvent.cause == cause, AccountabilityEvent.subject_id == subject_id)
