"""The journal (audit trail): every act of a member of staff and every act of the system by itself, chained, and nothing personal in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.members import Member
from center.records.chained import Chain, Content, plain, take_place
from center.store.tables import JournalEntry

#: The columns that the code is made over.
COVERED = ("at", "recorded_at", "act", "staff_id", "by", "subject", "subject_id", "detail")


def content_of(entry: JournalEntry) -> Content:
    """What the code of a row is made over."""
    return {name: plain(getattr(entry, name)) for name in COVERED}


def record(
    center: Center,
    session: Session,
    act: str,
    member: Member | None,
    subject: str = "",
    subject_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Write one act, in the transaction that does it. `act` is a short code such as `case.accept`; `detail` holds codes and numbers only.

    `member` None: the system by itself, or a terminal.
    """
    entry = JournalEntry(
        township_id=center.township_id,
        position=0,
        at=at or center.clock.now(),
        recorded_at=security_now(),
        act=act,
        staff_id=member.id if member else None,
        by=member.words if member else "系统",
        subject=subject,
        subject_id=subject_id,
        detail=json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
        before="",
        code="",
    )
    place = take_place(center, session, Chain.JOURNAL, content_of(entry))
    entry.position, entry.before, entry.code = place.position, place.before, place.code
    session.add(entry)
