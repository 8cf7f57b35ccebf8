"""行政许可 that nobody answered in time count as accepted from the day they were received (R4.6): done by the center itself, and staff are alerted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from center.casework.acting import Begun, acting, locked
from center.casework.dossier import open_dossier
from center.casework.handling import take_in
from center.casework.notices import Acceptance
from center.center import Center
from center.domain.acceptance import deemed_accepted
from center.domain.application import ApplicationAct, ApplicationState, due, target
from center.log import LogEvent, log
from center.store.tables import Case


def deem_accepted(center: Center) -> int:
    """Accept by silence whatever the law accepted (R4.6). Returns how many. Running it twice, or twice at once, adds nothing."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        waiting = session.scalars(
            select(Case.id).where(Case.township_id == center.township_id, Case.state == ApplicationState.FILED, Case.tell_due_on < today)
        ).all()
    return sum(_deem(center, case_id, today) for case_id in waiting)


def _deem(center: Center, case_id: UUID, today: date) -> bool:
    with acting(center) as session:
        case = locked(session, center, case_id)
        after = target(ApplicationState(case.state), ApplicationAct.ACCEPT)
        if case.state != ApplicationState.FILED or after is None:
            # A colleague answered in this very moment.
            return False
        dossier = open_dossier(center, session, case)
        received = dossier.supplied_on or case.received_at.date()
        on = deemed_accepted(received, None, today, dossier.administrative, center.calendar)
        if not isinstance(on, date):
            return False
        until = due(on, *dossier.limit, center.calendar)
        accepted = Acceptance(on=on, due=until, responsible=dossier.responsible, by_silence=True)
        take_in(center, session, Begun(case, dossier, after), accepted, today, None)
    log(LogEvent.CASE_DEEMED_ACCEPTED, case_id=case_id)
    if until.pending:
        log(LogEvent.DUE_DAY_PENDING, case_id=case_id)
    return True
