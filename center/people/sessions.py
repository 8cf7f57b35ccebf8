"""Sessions at the console: kept on the server, ended there, and known there by the hash of their token alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.members import Member
from center.people.second_factor import has_factor
from center.records import journal
from center.store.outage import outage_of
from center.store.tables import Staff, StaffSession

SESSION_LIFE = timedelta(hours=10)
SESSION_IDLE = timedelta(minutes=30)
#: The row is touched this often, not with every picture of a page.
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True)
class OpenSession:
    """One of a member's own sessions. `here`: the one that asks."""

    id: UUID
    began_at: datetime
    last_seen_at: datetime
    here: bool


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """What every form of this session carries: follows from the token and does not tell it."""
    return hmac.new(token.encode(), b"oneseal console form", hashlib.sha256).hexdigest()


def begin_session(center: Center, session: Session, staff: Staff) -> tuple[Member, str]:
    """Begin a session, in the transaction that found everything right. Returns the token, which is kept nowhere else."""
    now = security_now()
    session.execute(delete(StaffSession).where(StaffSession.expires_at < now))
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            township_id=center.township_id,
            staff_id=staff.id,
            token_hash=token_hash(token),
            began_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    return _member(center, session, staff), token


def _member(center: Center, session: Session, row: Staff) -> Member:
    return Member(row.id, row.login, row.name, row.roles, row.window, row.department, _owes(center, session, row))


def _owes(center: Center, session: Session, staff: Staff) -> str:
    """What has to be done before anything else: a password of one's own, and the second factor that a role must have."""
    if staff.must_change:
        return "password"
    return "factor" if staff.roles & set(center.config.sign_in.totp_roles) and not has_factor(session, staff.id) else ""


def _lives(row: StaffSession, now: datetime) -> bool:
    return row.revoked_at is None and row.expires_at > now and row.last_seen_at + SESSION_IDLE > now


def member_of(center: Center, token: str, touch: bool = True) -> Member | None:
    """Whose session the token is, or None if there is none, or it ended, lay idle for half an hour, or the account is closed.

    `touch`: this was somebody's act, and the session is not idle.
    """
    now = security_now()
    with center.database.reading() as session:
        found = session.execute(
            select(StaffSession, Staff).join(Staff, Staff.id == StaffSession.staff_id).where(StaffSession.token_hash == token_hash(token))
        ).one_or_none()
        if found is None:
            return None
        row, staff = found
        if not staff.active or staff.township_id != center.township_id or not _lives(row, now):
            return None
        member = _member(center, session, staff)
    if touch and row.last_seen_at + _TOUCH <= now:
        _touch(center, row.id, now)
    return member


def _touch(center: Center, session_id: UUID, now: datetime) -> None:
    try:
        with center.database.noting() as session:
            session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_seen_at=now))
    except Exception as error:
        # On a full disk everything can still be read; a session that cannot be touched ends in its half hour.
        if outage_of(error) is None:
            raise


def sign_out(center: Center, token: str) -> None:
    """End the session on the server: the cookie is worth nothing any more."""
    with center.database.writing() as session:
        row = session.scalar(select(StaffSession).where(StaffSession.token_hash == token_hash(token)))
        if row is not None and row.revoked_at is None:
            row.revoked_at = security_now()


def own_sessions(center: Center, member: Member, token: str) -> tuple[OpenSession, ...]:
    """The member's sessions that live, the newest first."""
    now, here = security_now(), token_hash(token)
    with center.database.reading() as session:
        rows = session.scalars(
            select(StaffSession)
            .where(StaffSession.township_id == center.township_id, StaffSession.staff_id == member.id)
            .order_by(StaffSession.last_seen_at.desc())
        )
        return tuple(OpenSession(row.id, row.began_at, row.last_seen_at, row.token_hash == here) for row in rows if _lives(row, now))


def end_sessions(session: Session, staff_id: UUID, keep_token: str = "", only: Iterable[UUID] | None = None) -> None:
    """End sessions of one person, in the transaction that makes it necessary: all, but the one of `keep_token`; or `only` these."""
    ended = update(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.revoked_at.is_(None))
    if keep_token:
        ended = ended.where(StaffSession.token_hash != token_hash(keep_token))
    if only is not None:
        ended = ended.where(StaffSession.id.in_(tuple(only)))
    session.execute(ended.values(revoked_at=security_now()).execution_options(synchronize_session=False))


def end_own_sessions(center: Center, member: Member, token: str, session_id: UUID | None) -> None:
    """End one of the member's own sessions, or with None all but this one."""
    with center.database.writing() as session:
        end_sessions(session, member.id, token if session_id is None else "", None if session_id is None else (session_id,))
        journal.record(center, session, "account.sessions_ended", member, "staff", member.id)
