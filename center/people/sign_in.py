"""Signing in, in one step or two: password, and a second factor for who has one. Lock-out in the database, the same for every login."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.members import Member
from center.people.passwords import verified
from center.people.second_factor import has_factor, use_code
from center.people.sessions import begin_session, token_hash
from center.store.tables import SignInLock, SignInStep, Staff

ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
#: Between the password and the second factor.
STEP_LIFE = timedelta(minutes=5)
#: Failed attempts are forgotten after a day without another.
_FORGOTTEN_AFTER = timedelta(days=1)
#: So many logins are counted at a time; beyond, those tried longest ago are forgotten, so that made-up names fill no disk. To have one's
#: own count forgotten takes more tries elsewhere than the lock-out takes minutes.
MOST_COUNTED = 10_000

LOGIN = re.compile(r"[a-z0-9._-]{2,40}")


class SignInFault(StrEnum):
    """Why nobody was signed in. Neither WRONG nor LOCKED tells whether the login exists."""

    WRONG = "wrong"
    LOCKED = "locked"
    #: The second step came too late, or without a first.
    EXPIRED = "expired"


@dataclass(frozen=True)
class SignedIn:
    """A session: `token` goes into the cookie and is kept nowhere else."""

    member: Member
    token: str


@dataclass(frozen=True)
class FactorNeeded:
    """The password was right; `token` names the step that waits for the second factor. It is no session."""

    token: str


def login_index(center: Center, login: str) -> str:
    """Under what the attempts of a login are counted, whether it exists or not."""
    return center.cipher.blind_index("login", login[:200])


def _lock_of(center: Center, session: Session, login: str, now: datetime) -> SignInLock:
    """The login's count, its row held until the transaction ends."""
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    index = login_index(center, login)
    start = insert(SignInLock).values(id=uuid4(), township_id=center.township_id, login_index=index, failed=0, last_at=now)
    session.execute(start.on_conflict_do_nothing(index_elements=["township_id", "login_index"]))
    return session.scalars(
        select(SignInLock)
        .where(SignInLock.township_id == center.township_id, SignInLock.login_index == index)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _forget_oldest(center: Center, session: Session) -> None:
    of_township = SignInLock.township_id == center.township_id
    if (session.scalar(select(func.count()).select_from(SignInLock).where(of_township)) or 0) < MOST_COUNTED:
        return
    # Some at a time: the next ones need not count again.
    oldest = select(SignInLock.id).where(of_township).order_by(SignInLock.last_at).limit(MOST_COUNTED // 10)
    session.execute(delete(SignInLock).where(SignInLock.id.in_(oldest)), execution_options={"synchronize_session": False})


def _failed(lock: SignInLock, now: datetime) -> SignInFault:
    lock.failed, lock.last_at = lock.failed + 1, now
    if lock.failed < ATTEMPTS:
        return SignInFault.WRONG
    lock.failed, lock.locked_until = 0, now + LOCKED_FOR
    return SignInFault.LOCKED


def _is_locked(lock: SignInLock, now: datetime) -> bool:
    return lock.locked_until is not None and lock.locked_until > now


def sign_in(center: Center, login: str, password: str) -> SignedIn | FactorNeeded | SignInFault:
    """The password. After five failures, here or at the second step, the login is locked for 15 minutes, whoever tries."""
    seen = None
    if LOGIN.fullmatch(login):
        with center.database.reading() as session:
            seen = session.scalar(select(Staff).where(Staff.login == login, Staff.township_id == center.township_id))
    # Slow on purpose, so it is done outside the writing transaction.
    right = verified(seen.password_hash if seen and seen.active else None, password)
    now = security_now()
    with center.database.writing() as session:
        session.execute(delete(SignInLock).where(SignInLock.last_at < now - _FORGOTTEN_AFTER))
        _forget_oldest(center, session)
        lock = _lock_of(center, session, login, now)
        if _is_locked(lock, now):
            return SignInFault.LOCKED
        # Read again: the account may have been closed, or the password changed, while this one was verified.
        staff = session.get(Staff, seen.id) if seen and right else None
        if staff is None or not staff.active or seen is None or staff.password_hash != seen.password_hash:
            return _failed(lock, now)
        if has_factor(session, staff.id):
            return _begin_step(center, session, staff, now)
        lock.failed, lock.locked_until = 0, None
        return SignedIn(*begin_session(center, session, staff))


def _begin_step(center: Center, session: Session, staff: Staff, now: datetime) -> FactorNeeded:
    session.execute(delete(SignInStep).where(SignInStep.expires_at < now))
    token = secrets.token_urlsafe(32)
    step = SignInStep(township_id=center.township_id, staff_id=staff.id, token_hash=token_hash(token), expires_at=now + STEP_LIFE)
    session.add(step)
    return FactorNeeded(token)


def sign_in_with_factor(center: Center, token: str, code: str) -> SignedIn | SignInFault:
    """The second step: an authenticator's code or a printed one. Only now there is a session."""
    now = security_now()
    with center.database.writing() as session:
        step = session.scalar(
            select(SignInStep)
            .where(SignInStep.township_id == center.township_id, SignInStep.token_hash == token_hash(token))
            .with_for_update()
        )
        staff = session.get(Staff, step.staff_id) if step else None
        if step is None or staff is None or step.expires_at <= now or not staff.active:
            return SignInFault.EXPIRED
        lock = _lock_of(center, session, staff.login, now)
        if _is_locked(lock, now):
            return SignInFault.LOCKED
        if not use_code(center, session, staff.id, code[:40]):
            return _failed(lock, now)
        lock.failed, lock.locked_until = 0, None
        session.delete(step)
        return SignedIn(*begin_session(center, session, staff))


def count_attempt(center: Center, login: str, right: bool) -> SignInFault | None:
    """A password asked for again inside a session counts like one at the door: a borrowed browser is no place to guess. None: it was right."""
    now = security_now()
    with center.database.writing() as session:
        lock = _lock_of(center, session, login, now)
        if _is_locked(lock, now):
            return SignInFault.LOCKED
        if not right:
            return _failed(lock, now)
        lock.failed, lock.locked_until = 0, None
        return None
