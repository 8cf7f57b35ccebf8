"""What happened to a complaint, appended and never changed. What was said is sealed; `by` never names the complainant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.domain.complaint import ComplaintAct
from center.members import Member
from center.store.encryption import LetGo
from center.store.tables import Complaint, ComplaintEvent

#: The first event; everything after it is a `ComplaintAct`.
REGISTERED = "registered"

EVENT_NAMES: dict[str, str] = {
    REGISTERED: "登记投诉",
    ComplaintAct.ASK_SUPPLEMENT: "一次性告知补充材料",
    ComplaintAct.SUPPLEMENT: "补充材料",
    ComplaintAct.ADD_EVIDENCE: "补交证据",
    ComplaintAct.LAPSE: "逾期未补充，归档",
    ComplaintAct.ACCEPT: "受理",
    ComplaintAct.REFUSE: "不予受理",
    ComplaintAct.REFER: "备案登记并转送",
    ComplaintAct.RECORD_OPINION: "收到处理意见",
    ComplaintAct.ASK_CONSENT: "报请分管领导同意",
    ComplaintAct.CONSENT_DIRECT: "同意直查",
    ComplaintAct.CONSENT_TRANSFER: "同意转办",
    ComplaintAct.DECLINE: "分管领导未同意",
    ComplaintAct.TAKE_IN: "职能单位收件",
    ComplaintAct.SUPERVISE: "督办",
    ComplaintAct.ASK_EXTENSION: "报请延期",
    ComplaintAct.EXTEND: "同意延期",
    ComplaintAct.DECLINE_EXTENSION: "未同意延期",
    ComplaintAct.FIND: "查明事实",
    ComplaintAct.TAKE_MEASURES: "作出处理",
    ComplaintAct.TELL_BY_PHONE: "电话告知",
    ComplaintAct.WRITE_RESULT: "出具书面结果",
    ComplaintAct.ANSWER: "投诉人申辩",
    ComplaintAct.ASK_REVIEW: "申请复查、复核",
    ComplaintAct.PASS_REVIEW: "转送上一级机关",
    ComplaintAct.ARCHIVE: "归档",
}


@dataclass(frozen=True)
class Event:
    """One event in the clear. `lines` are its facts, label and words, in order."""

    act: str
    at: datetime
    by: str
    lines: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """In words."""
        return EVENT_NAMES[self.act]


def append_event(
    center: Center,
    session: Session,
    complaint: Complaint,
    act: str,
    member: Member | None,
    by: str = "",
    lines: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> None:
    """Write one event and raise the complaint's count. `by` says who, where no member of staff did it; `lines` are sealed."""
    event_id = uuid4()
    kept = [[label, words] for label, words in (lines or {}).items() if words]
    sealed = center.cipher.seal("complaint_events", "detail", event_id, json.dumps(kept, ensure_ascii=False).encode()) if kept else None
    session.add(
        ComplaintEvent(
            id=event_id,
            township_id=center.township_id,
            complaint_id=complaint.id,
            position=complaint.events,
            act=act,
            at=at or center.clock.now(),
            recorded_at=security_now(),
            staff_id=member.id if member else None,
            by=member.words if member else by,
            detail=sealed,
        )
    )
    complaint.events += 1


def events_of(center: Center, session: Session, complaint: Complaint) -> tuple[Event, ...]:
    """All events of a complaint, in order."""
    rows = session.scalars(select(ComplaintEvent).where(ComplaintEvent.complaint_id == complaint.id).order_by(ComplaintEvent.position))
    return tuple(Event(row.act, row.at, row.by, _lines(center, row)) for row in rows)


def _lines(center: Center, row: ComplaintEvent) -> tuple[tuple[str, str], ...]:
    if row.detail is None:
        return ()
    try:
        kept: list[list[Any]] = json.loads(center.cipher.open("complaint_events", "detail", row.id, row.detail))
    except LetGo:
        return ()
    return tuple((str(label), str(words)) for label, words in kept)
