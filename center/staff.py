"""Members of staff and their sessions at the console: passwords by argon2, lock-out in the database, sessions on the server."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select

from center.center import Center
from center.clock import security_now
from center.domain.roles import Role, compatible
from center.errors import CommandError
from center.members import Member
from center.store.tables import Staff, StaffSession

#: 19 MiB, two passes: 39 ms on a plain machine (OWASP's first choice for argon2id).
_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
#: Verified when there is no such login, so that the answer takes as long.
_NOBODY = _HASHER.hash(secrets.token_hex(16))

ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=10)
SESSION_IDLE = timedelta(minutes=30)
#: The row is touched this often, not with every picture of a page.
_TOUCH = timedelta(minutes=1)

MIN_PASSWORD = 12
_MAX_PASSWORD = 200
_LOGIN = re.compile(r"[a-z0-9._-]{2,40}")


def _member(row: Staff) -> Member:
    return Member(row.id, row.login, row.name, row.roles, row.window, row.department)


def add_staff(center: Center, login: str, name: str, roles: str, window: str, password: str | None, department: str = "") -> str | None:
    """Make an account. Returns the initial password if none was given, "" if one was, None if the account was there already. Raises CommandError."""
    if not _LOGIN.fullmatch(login):
        raise CommandError("login", f"{login!r} is no login; use 2 to 40 of a-z, 0-9, dot, - and _.")
    names = [each.strip() for each in roles.split(",")]
    wrong = [each for each in names if each not in set(Role)]
    if wrong:
        raise CommandError("role", f"{wrong[0]!r} is no role; use one of {', '.join(Role)}, or several separated by commas.")
    held = frozenset(Role(each) for each in names)
    if not compatible(held):
        raise CommandError("roles", "administrator, technician and district_observer are held alone; make an account for each.")
    if not 1 <= len(name.strip()) <= 40 or len(window) > 40 or len(department) > 60:
        raise CommandError("name", "--name is missing, --name or --window is longer than 40 characters, or --department than 60.")
    if password is not None and not MIN_PASSWORD <= len(password) <= _MAX_PASSWORD:
        raise CommandError("password", f"The password has {MIN_PASSWORD} to {_MAX_PASSWORD} characters.")
    chosen = password if password is not None else secrets.token_urlsafe(12)
    with center.database.writing() as session:
        known = session.scalar(select(Staff).where(Staff.login == login))
        if known is not None:
            same = (center.township_id, name.strip(), held, window, department)
            if (known.township_id, known.name, known.roles, known.window, known.department) != same:
                raise CommandError("login_used", f"The login {login} belongs to another member of staff; choose one that is free.")
            return None
        session.add(
            Staff(
                township_id=center.township_id,
                login=login,
                name=name.strip(),
                roles=held,
                window=window,
                password_hash=_HASHER.hash(chosen),
                added_at=security_now(),
                department=department,
            )
        )
    return "" if password is not None else chosen


class SignInFault(StrEnum):
    """Why nobody was signed in. WRONG does not tell whether the login exists."""

    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True)
class SignedIn:
    """A session: `token` goes into the cookie and is kept nowhere else."""

    member: Member
    token: str


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """What every form of this session carries: follows from the token and does not tell it."""
    return hmac.new(token.encode(), b"oneseal console form", hashlib.sha256).hexdigest()


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password[:_MAX_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


def sign_in(center: Center, login: str, password: str) -> SignedIn | SignInFault:
    """Begin a session. After five wrong passwords the account is locked for 15 minutes, whoever tries."""
    seen = None
    if _LOGIN.fullmatch(login):
        with center.database.reading() as session:
            seen = session.scalar(select(Staff).where(Staff.login == login, Staff.township_id == center.township_id))
    # Slow on purpose, so it is done outside the writing transaction.
    right = _verified(seen.password_hash if seen else _NOBODY, password)
    if seen is None or not seen.active:
        return SignInFault.WRONG
    now = security_now()
    with center.database.writing() as session:
        staff = session.scalars(select(Staff).where(Staff.id == seen.id).with_for_update()).one()
        if staff.locked_until is not None and staff.locked_until > now:
            return SignInFault.LOCKED
        if not right:
            staff.failed_attempts += 1
            if staff.failed_attempts >= ATTEMPTS:
                staff.failed_attempts, staff.locked_until = 0, now + LOCKED_FOR
                return SignInFault.LOCKED
            return SignInFault.WRONG
        staff.failed_attempts, staff.locked_until = 0, None
        session.execute(delete(StaffSession).where(StaffSession.expires_at < now))
        token = secrets.token_urlsafe(32)
        session.add(
            StaffSession(
                township_id=center.township_id,
                staff_id=staff.id,
                token_hash=_token_hash(token),
                began_at=now,
                last_seen_at=now,
                expires_at=now + SESSION_LIFE,
            )
        )
        return SignedIn(_member(staff), token)


def member_of(center: Center, token: str, touch: bool = True) -> Member | None:
    """Whose session the token is, or None if there is none, or it ended, lay idle for half an hour, or the account is closed.

    `touch`: this was somebody's act, and the session is not idle.
    """
    now = security_now()
    with center.database.reading() as session:
        row = session.scalar(select(StaffSession).where(StaffSession.token_hash == _token_hash(token)))
        staff = session.get(Staff, row.staff_id) if row else None
    if row is None or staff is None or not staff.active or staff.township_id != center.township_id:
        return None
    if row.revoked_at is not None or row.expires_at <= now or row.last_seen_at + SESSION_IDLE <= now:
        return None
    if touch and row.last_seen_at + _TOUCH <= now:
        with center.database.writing() as session:
            session.get_one(StaffSession, row.id).last_seen_at = now
    return _member(staff)


def sign_out(center: Center, token: str) -> None:
    """End the session on the server: the cookie is worth nothing any more."""
    with center.database.writing() as session:
        row = session.scalar(select(StaffSession).where(StaffSession.token_hash == _token_hash(token)))
        if row is not None and row.revoked_at is None:
            row.revoked_at = security_now()
