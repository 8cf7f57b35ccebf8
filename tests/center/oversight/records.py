"""Cases and complaints as the other rooms leave them, straight into the records, for what oversight reads of them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from center.casework.events import EventKind, append_event
from center.casework.filing import applicant_index
from center.center import Center
from center.clock import CHINA, security_now
from center.domain.application import ApplicationState
from center.store.tables import AccountabilityEvent, Case, Complaint, Item
from kiosk.wire.filing import Applicant
from tests.center.place import NAME, NUMBER


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)


def case(center: Center, state: ApplicationState = ApplicationState.FILED, filed: datetime | None = None, **columns: Any) -> UUID:
    """One case of the item YLBX (or `code`) with these columns, and the events named in `course`: kind and when."""
    case_id, filed_at = uuid4(), filed or center.clock.now()
    course: list[tuple[EventKind, datetime]] = columns.pop("course", [])
    name, number = columns.pop("name", NAME), columns.pop("number", NUMBER)
    code = columns.pop("code", "YLBX")
    applicant = Applicant(kind="resident", name=name, number=number)
    with center.database.writing() as session:
        item = session.scalars(select(Item).where(Item.code == code).order_by(Item.version.desc())).first()
        assert item is not None
        session.add(
            Case(
                id=case_id,
                township_id=center.township_id,
                case_number=columns.pop("case_number", f"{filed_at:%Y%m%d}{case_id.int % 10_000:04}{case_id.hex[:3]}"),
                receipt_number=case_id.hex[:16],
                terminal_row=None,
                item_row=item.id,
                state=state,
                applicant=center.cipher.seal("cases", "applicant", case_id, applicant.model_dump_json().encode()),
                applicant_index=applicant_index(center, number),
                form=center.cipher.seal("cases", "form", case_id, b"{}"),
                signature_file=None,
                consent_version="2026-11",
                consent_at=filed_at,
                filed_at=filed_at,
                received_at=filed_at,
                **columns,
            )
        )
        session.flush()
        for kind, when in [(EventKind.FILED, filed_at), *course]:
            append_event(center, session, case_id, kind, when, "测试")
            session.flush()
    return case_id


def complaint(center: Center, state: str, received: datetime, **columns: Any) -> UUID:
    """One complaint with these columns; what is sealed in it nobody here may open."""
    complaint_id = uuid4()
    values: dict[str, Any] = {
        "number": f"TS{received:%Y%m%d}{complaint_id.hex[:4]}",
        "terminal_row": None,
        "receipt_number": complaint_id.hex[:16],
        "channel": "terminal",
        "complainant_index": "",
        "digits_hash": "",
        "matter": "manners",
        "about_window": "综合窗口1号",
        "about_staff": None,
        "received_at": received,
        "registered_at": security_now(),
    }
    with center.database.writing() as session:
        session.add(
            Complaint(
                id=complaint_id,
                township_id=center.township_id,
                state=state,
                complainant=center.cipher.seal("complaints", "complainant", complaint_id, "投诉人钱桂英 13900000001".encode()),
                statement=center.cipher.seal("complaints", "statement", complaint_id, "我是钱桂英".encode()),
                **(values | columns),
            )
        )
    return complaint_id


def causes(center: Center) -> list[str]:
    """The causes of every event raised, in order."""
    with center.database.reading() as session:
        return sorted(session.scalars(select(AccountabilityEvent.cause)))
