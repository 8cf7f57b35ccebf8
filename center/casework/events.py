"""What happened to a case, appended and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.store.tables import CaseEvent


class EventKind(StrEnum):
    """What happened."""

    FILED = "filed"
    OPENED = "opened"
    ACCEPTED = "accepted"
    RETURNED = "returned"


def append_event(
    center: Center,
    session: Session,
    case_id: UUID,
    kind: EventKind,
    at: datetime,
    by: str,
    staff_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one event. `at` is the center's legal time; real time is recorded beside it. Two at once: the table refuses the second."""
    event_id = uuid4()
    sealed = None
    if detail is not None:
        sealed = center.cipher.seal("case_events", "detail", event_id, json.dumps(detail, ensure_ascii=False).encode())
    position = session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case_id)) or 0
    session.add(
        CaseEvent(
            id=event_id,
            township_id=center.township_id,
            case_id=case_id,
            position=position,
            kind=kind,
            at=at,
            recorded_at=security_now(),
            staff_id=staff_id,
            by=by,
            detail=sealed,
        )
    )


def events_of(session: Session, case_id: UUID) -> tuple[CaseEvent, ...]:
    """All events of a case, in order."""
    return tuple(session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.position)))


def detail_of(center: Center, event: CaseEvent) -> dict[str, Any]:
    """What the event says, or {}."""
    if event.detail is None:
        return {}
    detail: dict[str, Any] = json.loads(center.cipher.open("case_events", "detail", event.id, event.detail))
    return detail
