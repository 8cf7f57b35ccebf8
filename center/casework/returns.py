"""How often an applicant's filings for one item were returned (R2.5)."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from center.casework.events import EventKind
from center.center import Center
from center.store.tables import Case, CaseEvent, Item

_COUNTED = (
    select(func.count())
    .select_from(CaseEvent)
    .join(Case, CaseEvent.case_id == Case.id)
    .join(Item, Case.item_row == Item.id)
    .where(
        Case.township_id == bindparam("township"),
        Case.applicant_index == bindparam("applicant"),
        Case.accepted_on.is_(None),
        Item.code == bindparam("item"),
        CaseEvent.kind == EventKind.RETURNED,
    )
)


def returns_before(center: Center, session: Session, applicant_index: str, item_code: str) -> int:
    """How often this applicant's filings for this item were returned (R2.5). What was accepted in the end is over and does not count [design]."""
    which = {"township": center.township_id, "applicant": applicant_index, "item": item_code}
    return session.scalar(_COUNTED, which) or 0
