"""How every act on a case is done: one transaction that locks the case, asks the table whether it may happen, and keeps event and journal with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EventKind, append_event
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ApplicationAct, ApplicationState, papers_of, target
from center.gateway import outbox
from center.members import Member
from center.records import journal
from center.records.papers import Paper
from center.store.tables import Case


def changed() -> Refusal:
    """What the second of two is told."""
    return Refusal("case_changed", "这个办件刚刚被同事处理过，您的操作没有保存。请查看最新情况后再决定。")


@contextmanager
def acting(center: Center) -> Iterator[Session]:
    """A transaction for one act. Raises Refusal if somebody else acted in the same moment; nothing is kept then."""
    try:
        with center.database.writing() as session:
            yield session
    except (StaleDataError, IntegrityError):
        raise changed() from None


@dataclass(frozen=True)
class Begun:
    """A case locked for one act: its row, all of it in the clear as it was, and the state that the act leads to."""

    case: Case
    dossier: Dossier
    after: ApplicationState


def locked(session: Session, center: Center, case_id: UUID) -> Case:
    """The case's row, locked until the transaction ends: who comes second waits and then sees what the first did. Raises Refusal."""
    case = session.scalar(
        select(Case)
        .where(Case.id == case_id, Case.township_id == center.township_id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    if case is None:
        raise Refusal("case_unknown", "没有找到这个办件，可能是地址不完整。请从收件列表重新打开。")
    return case


def raise_revision(case: Case) -> None:
    """Every act counts as a change of the case, also one that leaves its state: an older sight of it is worth nothing afterwards."""
    flag_modified(case, "state")


def begin(center: Center, session: Session, case_id: UUID, revision: int | None, act: ApplicationAct, opened: bool = True) -> Begun:
    """Lock the case for `act`. Raises Refusal if the table does not allow it now, the sight is old, or (`opened`) nobody is responsible yet.

    `revision` None: the act comes from elsewhere than a page (the applicant, the system), and the table alone decides.
    """
    case = locked(session, center, case_id)
    after = target(ApplicationState(case.state), act)
    if after is None or (revision is not None and case.revision != revision):
        raise changed()
    if opened and case.first_responsible is None:
        raise Refusal("not_opened", "请先打开办件，成为首问责任人，再处理。")
    return Begun(case, open_dossier(center, session, case), after)


#: Events of acts that are not done without a paper (`application.PAPERS`).
_IN_WRITING: dict[EventKind, ApplicationAct] = {
    EventKind.ACCEPTED: ApplicationAct.ACCEPT,
    EventKind.RETURNED: ApplicationAct.RETURN,
    EventKind.REFUSED: ApplicationAct.REFUSE,
    EventKind.HANDED_OVER: ApplicationAct.HAND_OVER,
    EventKind.TAKEN_BACK: ApplicationAct.TAKE_BACK,
    EventKind.FETCHED_BACK: ApplicationAct.TAKE_BACK,
    EventKind.DECIDED: ApplicationAct.DECIDE,
    EventKind.VOUCHER_ISSUED: ApplicationAct.ISSUE_VOUCHER,
    EventKind.SPECIAL_BEGUN: ApplicationAct.BEGIN_SPECIAL,
}


def keep(
    center: Center,
    session: Session,
    case: Case,
    kind: EventKind,
    member: Member | None,
    *,
    papers: Iterable[Paper] = (),
    note: str = "",
    told: str = "",
    detail: Mapping[str, Any] | None = None,
    codes: Mapping[str, Any] | None = None,
    by: str = "",
    at: datetime | None = None,
) -> None:
    """Append the event and write the journal, in the act's transaction. `detail` is sealed; `codes` go to the journal and hold nothing personal.

    `by` says who acted where it was no member of staff (the terminal, the system).
    """
    raise_revision(case)
    when = at or center.clock.now()
    issued = tuple(papers)
    if kind in _IN_WRITING:
        demanded = papers_of(_IN_WRITING[kind], item_of(case.item).handover is not None)
        assert set(demanded) <= {paper.kind for paper in issued}, f"{kind} is not done without {demanded}"
    shown = {"papers": [str(paper.id) for paper in issued], "note": note, "told": told}
    kept = {name: value for name, value in shown.items() if value} | dict(detail or {})
    append_event(
        center, session, case.id, kind, when, member.words if member else by or "系统", member.id if member else None, kept or None
    )
    written = dict(codes or {}) | ({"papers": [paper.number for paper in issued]} if issued else {})
    journal.record(center, session, f"case.{kind}", member, "case", case.id, written)
    outbox.enqueue_event(center, session, kind, case)
