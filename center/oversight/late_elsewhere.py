"""Complaints past their limits (R6.2, R6.6), listed items without a guide (R1.2), posts with nobody at them (R3.3), found by the records (R9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from center.casework.queue import is_night
from center.catalogue import item_of
from center.center import Center
from center.domain.accountability import EventCause
from center.domain.complaint import ComplaintState
from center.domain.item import Publication, in_force, publication
from center.oversight.events import COMPLAINT, ITEM, WINDOW
from center.oversight.found import LOOK_BACK, Finder, Found, missed_at, words
from center.people.duty import unattended
from center.store.tables import Complaint, Item

#: Handled, but not yet in writing, is not done (R6.7).
_UNDER_HANDLING = frozenset(
    {ComplaintState.DIRECT, ComplaintState.TRANSFERRED, ComplaintState.SUPERVISED, ComplaintState.FOUND, ComplaintState.MEASURED}
)


def _complaint_acceptance(center: Center, session: Session, today: date) -> Iterator[Found]:
    """No decision within three working days whether to accept (R6.2). While the complainant supplements, the limit does not run (R6.6)."""
    return _complaints(
        center,
        session,
        Complaint.acceptance_due_on,
        or_(
            and_(Complaint.state == ComplaintState.RECEIVED, Complaint.acceptance_due_on < today),
            and_(Complaint.accepted_on > Complaint.acceptance_due_on, Complaint.acceptance_due_on >= today - LOOK_BACK),
        ),
        "acceptance",
        "决定是否受理的期限是",
    )


def _complaint_handling(center: Center, session: Session, today: date) -> Iterator[Found]:
    """Not ended in writing within 3, 10 or 30 working days (R6.6, R6.7)."""
    return _complaints(
        center,
        session,
        Complaint.handling_due_on,
        or_(
            and_(Complaint.state.in_(_UNDER_HANDLING), Complaint.handling_due_on < today),
            and_(Complaint.written_on > Complaint.handling_due_on, Complaint.handling_due_on >= today - LOOK_BACK),
        ),
        "handling",
        "出具书面结果的期限是",
    )


def _complaints(
    center: Center,
    session: Session,
    due: InstrumentedAttribute[date | None],
    late: ColumnElement[bool],
    limit: str,
    sentence: str,
) -> Iterator[Found]:
    rows = session.execute(
        select(Complaint.id, Complaint.number, Complaint.officer_id, due).where(Complaint.township_id == center.township_id, late)
    )
    for complaint_id, number, officer, day in rows:
        assert day is not None, "the query compared it"
        # The window complained about has no part in this event and never sees it (R6.8): no window here.
        key, text = f"{limit}:{day.isoformat()}", f"{sentence}{words(day)}，没有按时办。"
        yield Found(EventCause.COMPLAINT_LATE, COMPLAINT, complaint_id, number, officer, "", missed_at(day), key, text)


def _guide_missing(center: Center, session: Session, today: date) -> Iterator[Found]:
    """A listed item that is handled here and has no published guide (R9). In demonstration unconfirmed guides are shown, so nothing is missing."""
    if center.config.demo:
        return
    newest = {
        row.code: row
        for row in session.scalars(
            select(Item).where(Item.township_id == center.township_id, Item.listed).order_by(Item.code, Item.version)
        )
        if in_force(item_of(row), today)
    }
    for row in newest.values():
        item = item_of(row)
        if item.handled_here and publication(item, demo=False) is Publication.NOT:
            text = f"“{item.task_name}”在事项清单中，没有可以公布的办事指南。"
            yield Found(EventCause.GUIDE_MISSING, ITEM, row.id, row.code, None, "", center.clock.now(), str(row.version), text)


def _window_unattended(center: Center, session: Session, today: date) -> Iterator[Found]:
    """A post whose A and B are both away on a working day (R3.3, R9). Before the windows open there is time to send somebody; an unknown year says nothing."""
    now = center.clock.now()
    if is_night(center, now) or center.calendar.is_working(today) is not True:
        return
    for post in unattended(center, session, today):
        text = f"{words(today)}岗位“{post.name}”的 A 岗和 B 岗都不在。"
        yield Found(EventCause.WINDOW_UNATTENDED, WINDOW, post.id, post.name, None, post.window, now, today.isoformat(), text)


FINDERS: tuple[Finder, ...] = (_complaint_acceptance, _complaint_handling, _guide_missing, _window_unattended)
