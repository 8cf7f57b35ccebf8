"""Which stage of a case may be rated (好差评), and whether it was: known to who shows a case and to who keeps ratings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.store.tables import Case, Rating


def stage_of(case: Case) -> str:
    """`result` once the case is completed or has ended, `filing` before."""
    return "result" if case.completed_on or case.ended_on else "filing"


def rated_stages(session: Session, case_ids: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Each of these cases with each stage of it that was rated."""
    rows = session.execute(select(Rating.case_id, Rating.stage).where(Rating.case_id.in_(list(case_ids))))
    return {(case_id, stage) for case_id, stage in rows}
