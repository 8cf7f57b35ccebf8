"""What the center does by itself every minute: raises what it finds (R9), and the routines of other rooms. One fault stops no other routine."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.silence import deem_accepted
from center.center import Center
from center.domain.roles import Role
from center.gateway.outbox import pump
from center.log import LogEvent, log, log_internal_error
from center.oversight import late_cases, late_elsewhere
from center.oversight.events import raise_event
from center.oversight.found import Finder, Found
from center.oversight.lease import done_on, lease, mark_done
from center.publishing.settling import settle_pending
from center.records.retention import retain
from center.store.tables import AccountabilityEvent, Staff

#: Every cause that the system finds, and how (R9).
FINDERS: tuple[Finder, ...] = (*late_cases.FINDERS, *late_elsewhere.FINDERS)

_LEASE = "tick"
_AT_ONCE = 400


def raise_findings(center: Center) -> int:
    """Raise everything that the records show and that was not raised yet (R9). Returns how many are new. Running it twice, or twice at once, adds nothing."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        found = {_key(each): each for finder in FINDERS for each in finder(center, session, today)}
        known = _known(center, session, found)
        new = [each for key, each in found.items() if key not in known]
        answerable = _answerable(center, session)
    raised = 0
    for each in new:
        with center.database.writing() as session:
            raised += raise_event(
                center,
                session,
                each.cause,
                each.subject,
                each.subject_id,
                each.responsible or answerable(each.window),
                each.window,
                each.at,
                each.key,
                each.text,
                number=each.number,
            )
    return raised


def _key(found: Found) -> str:
    return f"{found.cause}:{found.subject_id or found.subject}:{found.key}"[:140]


def _known(center: Center, session: Session, keys: Iterable[str]) -> set[str]:
    wanted = list(keys)
    known: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        known |= set(
            session.scalars(
                select(AccountabilityEvent.key).where(
                    AccountabilityEvent.township_id == center.township_id, AccountabilityEvent.key.in_(part)
                )
            )
        )
    return known


def _answerable(center: Center, session: Session) -> Callable[[str], UUID | None]:
    """Who answers where nobody was responsible yet: the window's lead, else a lead, else the head [design]."""
    staff = session.scalars(select(Staff).where(Staff.township_id == center.township_id, Staff.active).order_by(Staff.login)).all()
    leads = [each for each in staff if Role.WINDOW_LEAD in each.roles]
    heads = [each for each in staff if Role.CENTER_HEAD in each.roles]

    def choose(window: str) -> UUID | None:
        of_window = [each for each in leads if window and each.window == window]
        return next((each.id for each in (*of_window, *leads, *heads)), None)

    return choose


# ------------------------------------------------------------------ the center's routines


@dataclass(frozen=True)
class Duty:
    """Something done by itself: every time, or once a day (`daily`) until it went well."""

    name: str
    act: Callable[[Center], object]
    daily: bool = False


DUTIES: tuple[Duty, ...] = (
    Duty("calendar", settle_pending),
    Duty("silence", deem_accepted),
    Duty("findings", raise_findings),
    Duty("gateway", pump),
    Duty("retention", retain, daily=True),
)


def tick(center: Center, duties: Iterable[Duty] = DUTIES) -> tuple[str, ...]:
    """Do what is due. Returns the names of what failed; each fault is in the log. Does nothing while another worker does it."""
    failed: list[str] = []
    with lease(center, _LEASE) as mine:
        if not mine:
            return ()
        today = center.clock.now().date()
        for duty in duties:
            try:
                if duty.daily and done_on(center, duty.name) == today:
                    continue
                duty.act(center)
                if duty.daily:
                    mark_done(center, duty.name, today)
            except Exception as error:
                support_code = secrets.token_hex(4)
                log(LogEvent.ROUTINE_FAILED, routine=duty.name, support_code=support_code)
                log_internal_error(support_code, error)
                failed.append(duty.name)
    return tuple(failed)
