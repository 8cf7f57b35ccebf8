"""What waits for the provincial platform: written with the act it tells, sent in order, tried again until it is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased

from center.casework.dossier import open_dossier
from center.casework.events import EventKind, events_of
from center.center import Center
from center.clock import security_now
from center.gateway.message import Message, tables_of
from center.gateway.names import MessageKind
from center.gateway.platform import MessageFiles, ProvincialPlatform, Undelivered
from center.log import LogEvent, log
from center.store.encryption import LET_GO
from center.store.tables import Case, GatewayMessage

#: What happened to a case, and what is told of it; the rest is the center's own affair.
KIND_OF_EVENT: dict[EventKind, MessageKind] = {
    EventKind.ACCEPTED: MessageKind.ACCEPTED,
    EventKind.RETURNED: MessageKind.RETURNED,
    EventKind.REFUSED: MessageKind.REFUSED,
    EventKind.WITHDRAWN: MessageKind.WITHDRAWN,
    EventKind.HANDED_OVER: MessageKind.HANDED_OVER,
    EventKind.TAKEN_BACK: MessageKind.TAKEN_BACK,
    EventKind.DECIDED: MessageKind.DECIDED,
    EventKind.VOUCHER_ISSUED: MessageKind.COMPLETED,
    EventKind.COLLECTED: MessageKind.COLLECTED,
    EventKind.POSTED: MessageKind.COLLECTED,
}


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
#: After so long somebody has to look: it is not tried any more until told.
GIVE_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Pumped:
    """What one round did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def platform_of(center: Center) -> ProvincialPlatform | None:
    """The way out that is configured, or None: then nothing is queued."""
    directory = center.config.gateway.directory
    return MessageFiles(directory) if directory is not None else None


def enqueue(center: Center, session: Session, kind: MessageKind, case: Case) -> None:
    """Queue what has just happened to the case, its event being appended, in the transaction of that act. Nothing, if no way out is configured."""
    if platform_of(center) is None:
        return
    session.flush()
    event = events_of(session, case.id)[-1]
    place = session.scalar(select(func.max(GatewayMessage.position)).where(GatewayMessage.case_id == case.id)) or 0
    message = Message(
        id=uuid4(),
        township_id=center.township_id,
        case_number=case.case_number,
        position=place + 1,
        kind=kind,
        tables=tables_of(kind, case, open_dossier(center, session, case), event),
    )
    now = security_now()
    session.add(
        GatewayMessage(
            id=message.id,
            township_id=center.township_id,
            case_id=case.id,
            position=message.position,
            kind=kind,
            payload=center.cipher.seal("gateway_outbox", "payload", message.id, message.model_dump_json().encode()),
            state=MessageState.WAITING,
            queued_at=now,
            next_try=now,
        )
    )


def enqueue_event(center: Center, session: Session, event: EventKind, case: Case) -> None:
    """The same for whatever of the events is told at all."""
    kind = KIND_OF_EVENT.get(event)
    if kind is not None:
        enqueue(center, session, kind, case)


def pump(center: Center, now: datetime | None = None) -> Pumped:
    """Send everything that is due, each case's messages in their order. `now` is real time. Two at once send nothing twice."""
    platform = platform_of(center)
    if platform is None:
        return Pumped()
    sent = failed = given_up = 0
    while True:
        at = now or security_now()
        with center.database.writing() as session:
            row = session.scalar(_next(center, at))
            if row is None:
                return Pumped(sent, failed, given_up)
            message = Message.model_validate_json(center.cipher.open("gateway_outbox", "payload", row.id, row.payload))
            try:
                platform.deliver(message)
            except Undelivered as fault:
                row.tries, row.fault = row.tries + 1, fault.code
                row.next_try = at + min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(row.tries - 1, 20))
                failed += 1
                if at - row.queued_at >= GIVE_UP_AFTER:
                    row.state = MessageState.DEAD
                    given_up += 1
                log(LogEvent.GATEWAY_FAILED, code=fault.code, tries=row.tries, state=row.state)
            else:
                # The moment it went out, not the moment this round began to wait for the lock: a case's messages stay in order.
                row.state, row.sent_at, row.fault, row.payload = MessageState.SENT, now or security_now(), "", LET_GO
                sent += 1


def _next(center: Center, at: datetime) -> Select[GatewayMessage]:
    earlier = aliased(GatewayMessage)
    unsent_before = (
        select(earlier.id)
        .where(earlier.case_id == GatewayMessage.case_id, earlier.position < GatewayMessage.position, earlier.state != MessageState.SENT)
        .exists()
    )
    return (
        select(GatewayMessage)
        .where(
            GatewayMessage.township_id == center.township_id,
            GatewayMessage.state == MessageState.WAITING,
            GatewayMessage.next_try <= at,
            ~unsent_before,
        )
        .order_by(GatewayMessage.queued_at, GatewayMessage.position)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


@dataclass(frozen=True)
class OutboxStatus:
    """`oldest`: since when the oldest waits; `faults`: why, by code."""

    on: bool
    waiting: int
    sent: int
    dead: int
    oldest: datetime | None
    faults: dict[str, int]


def status(center: Center) -> OutboxStatus:
    """How many wait, went out, and were given up."""
    ours = GatewayMessage.township_id == center.township_id
    with center.database.reading() as session:
        counted = session.execute(select(GatewayMessage.state, func.count()).where(ours).group_by(GatewayMessage.state))
        states = {state: count for state, count in counted}  # noqa: C416  # a row is no pair for the types
        oldest = session.scalar(select(func.min(GatewayMessage.queued_at)).where(ours, GatewayMessage.state == MessageState.WAITING))
        failing = select(GatewayMessage.fault, func.count()).where(ours, GatewayMessage.fault != "").group_by(GatewayMessage.fault)
        faults = {fault: count for fault, count in session.execute(failing)}  # noqa: C416
    return OutboxStatus(
        on=platform_of(center) is not None,
        waiting=states.get(MessageState.WAITING, 0),
        sent=states.get(MessageState.SENT, 0),
        dead=states.get(MessageState.DEAD, 0),
        oldest=oldest,
        faults=faults,
    )


def try_again(center: Center) -> int:
    """What was given up or waits for its next try is tried with the next round; how many."""
    now = security_now()
    unsent = GatewayMessage.state.in_((MessageState.WAITING, MessageState.DEAD))
    with center.database.writing() as session:
        again = update(GatewayMessage).where(GatewayMessage.township_id == center.township_id, unsent)
        # Its week begins anew, or it would be given up with the first failure.
        counted: int = session.execute(again.values(state=MessageState.WAITING, next_try=now, queued_at=now)).rowcount  # type: ignore[attr-defined]  # of an update
    return counted
