"""Members of staff: who has an account, with which roles, at which window. Only MANAGE_STAFF changes that; a password is one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.center import Center, Refusal
from center.clock import security_now
from center.domain.accountability import Employment
from center.domain.roles import Right, Role, compatible
from center.errors import CommandError
from center.members import Member, require
from center.people.passwords import MAX_PASSWORD, MIN_PASSWORD, hash_password, new_password, weakness
from center.people.second_factor import Factors, factors_of, remove_factors
from center.people.sessions import end_sessions
from center.people.sign_in import LOGIN, login_index
from center.records import journal
from center.store.tables import SignInLock, SignInStep, Staff


@dataclass(frozen=True)
class Profile:
    """What is said of a member of staff. `public`: the duty board shows name, post and window (R1.5)."""

    name: str
    roles: frozenset[Role]
    window: str = ""
    department: str = ""
    post: str = ""
    public: bool = False
    employment: Employment = Employment.REGULAR


@dataclass(frozen=True)
class Account:
    """One account, for who manages them."""

    id: UUID
    login: str
    profile: Profile
    active: bool
    added_at: datetime
    must_change: bool
    locked_until: datetime | None
    factors: Factors
    revision: int


def _profile_faults(profile: Profile) -> dict[str, str]:
    """What is wrong, by field, as a sentence."""
    faults: dict[str, str] = {}
    if not 1 <= len(profile.name) <= 40:
        faults["name"] = "请填姓名，最多 40 个字。"
    for name, value, most in (("window", profile.window, 40), ("department", profile.department, 60), ("post", profile.post, 40)):
        if len(value) > most:
            faults[name] = f"太长了，最多 {most} 个字。"
    if not profile.roles:
        faults["roles"] = "请至少选一个岗位职责。"
    elif not compatible(profile.roles):
        faults["roles"] = "系统管理员、技术员、区营商局只能单独设置，不能与其他职责同时选。"
    if Role.LIAISON in profile.roles and not profile.department:
        faults["department"] = "职能单位联络员要填所在单位，写法与事项里的单位一致。"
    return faults


def require_whole(profile: Profile) -> None:
    """Raises Refusal naming every field that is wrong."""
    faults = _profile_faults(profile)
    if faults:
        raise Refusal("staff_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)


def add_staff(
    center: Center, login: str, name: str, roles: str, window: str, password: str | None, department: str = "", *, public: bool = False
) -> str | None:
    """Make an account from the command line. Raises CommandError.

    Returns the initial password if none was given, "" if one was, None if the account was there already. An initial password that
    was made here has to be changed at the first sign-in.
    """
    if not LOGIN.fullmatch(login):
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
    if password is not None and not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise CommandError("password", f"The password has {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
    if password is not None and weakness(password, login, name):
        raise CommandError("password", "The password holds the login or the name, or is one that everybody guesses; choose another.")
    with center.database.writing() as session:
        known = session.scalar(select(Staff).where(Staff.login == login))
        if known is not None:
            same = (center.township_id, name.strip(), held, window, department)
            if (known.township_id, known.name, known.roles, known.window, known.department) != same:
                raise CommandError("login_used", f"The login {login} belongs to another member of staff; choose one that is free.")
            return None
        chosen = password if password is not None else new_password()
        row = _row(
            center,
            login,
            Profile(name.strip(), held, window, department, public=public),
            hash_password(chosen),
            must_change=password is None,
        )
        session.add(row)
        journal.record(center, session, "staff.added", None, "staff", row.id, {"roles": sorted(held)})
    return "" if password is not None else chosen


def _row(center: Center, login: str, profile: Profile, password_hash: str, must_change: bool) -> Staff:
    return Staff(
        id=uuid4(),
        township_id=center.township_id,
        login=login,
        name=profile.name,
        roles=profile.roles,
        window=profile.window,
        password_hash=password_hash,
        added_at=security_now(),
        department=profile.department,
        post=profile.post,
        public=profile.public,
        employment=profile.employment,
        must_change=must_change,
    )


# ------------------------------------------------------------------ seen by who manages them


def _account(center: Center, session: Session, row: Staff) -> Account:
    lock = select(SignInLock.locked_until).where(
        SignInLock.township_id == center.township_id, SignInLock.login_index == login_index(center, row.login)
    )
    until = session.scalar(lock)
    profile = Profile(row.name, row.roles, row.window, row.department, row.post, row.public, Employment(row.employment))
    return Account(
        id=row.id,
        login=row.login,
        profile=profile,
        active=row.active,
        added_at=row.added_at,
        must_change=row.must_change,
        locked_until=until if until and until > security_now() else None,
        factors=factors_of(session, row.id),
        revision=row.revision,
    )


def accounts(center: Center, member: Member) -> tuple[Account, ...]:
    """Every account of the township, the open ones first, then by window and name. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    with center.database.reading() as session:
        rows = session.scalars(
            select(Staff).where(Staff.township_id == center.township_id).order_by(Staff.active.desc(), Staff.window, Staff.name)
        )
        return tuple(_account(center, session, row) for row in rows)


def find_account(center: Center, member: Member, staff_id: UUID) -> Account:
    """One account. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    with center.database.reading() as session:
        return _account(center, session, find_staff(center, session, staff_id))


def find_staff(center: Center, session: Session, staff_id: UUID) -> Staff:
    """The row of a member of staff of this township. Raises Refusal."""
    row = session.scalar(select(Staff).where(Staff.id == staff_id, Staff.township_id == center.township_id))
    if row is None:
        raise Refusal("staff_unknown", "没有找到这位工作人员，可能是地址不完整。请从人员列表重新打开。")
    return row


# ------------------------------------------------------------------ changed by who manages them


def _changed() -> Refusal:
    return Refusal("staff_changed", "这个账户刚刚被别人改过，您的修改没有保存。请查看最新情况后再改。")


@contextmanager
def changing(center: Center, staff_id: UUID, revision: int) -> Iterator[tuple[Session, Staff]]:
    """The row to change, in one transaction, if it is still as it was seen."""
    try:
        with center.database.writing() as session:
            row = find_staff(center, session, staff_id)
            if row.revision != revision:
                raise _changed()
            yield session, row
    except (StaleDataError, IntegrityError):
        raise _changed() from None


def _end_everything(session: Session, staff_id: UUID) -> None:
    end_sessions(session, staff_id)
    session.execute(delete(SignInStep).where(SignInStep.staff_id == staff_id))


def _unlock(center: Center, session: Session, row: Staff) -> None:
    session.execute(
        delete(SignInLock).where(SignInLock.township_id == center.township_id, SignInLock.login_index == login_index(center, row.login))
    )


def add_account(center: Center, member: Member, session: Session, login: str, profile: Profile, password_hash: str) -> UUID:
    """Make an account with an initial password that is changed at the first sign-in; in the caller's transaction. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    faults = _profile_faults(profile)
    if not LOGIN.fullmatch(login):
        faults["login"] = "用户名用 2 到 40 个小写字母、数字，可以有点、短横和下划线。"
    elif session.scalar(select(Staff.id).where(Staff.login == login)) is not None:
        faults["login"] = "这个用户名已经有人用了，请换一个。"
    if faults:
        raise Refusal("staff_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)
    row = _row(center, login, profile, password_hash, must_change=True)
    session.add(row)
    session.flush()
    journal.record(center, session, "staff.added", member, "staff", row.id, {"roles": sorted(profile.roles)})
    return row.id


def change_account(center: Center, member: Member, staff_id: UUID, revision: int, profile: Profile) -> None:
    """Change what is said of a member of staff. Nobody takes away their own right to manage accounts. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    require_whole(profile)
    with changing(center, staff_id, revision) as (session, row):
        if staff_id == member.id and profile.roles != row.roles:
            raise Refusal("staff_own", "自己的职责不能自己改，请另一位系统管理员来改。", {"roles": "自己的职责不能自己改。"})
        roles_changed = row.roles != profile.roles
        row.name, row.roles, row.window, row.department = profile.name, profile.roles, profile.window, profile.department
        row.post, row.public, row.employment = profile.post, profile.public, profile.employment
        detail: dict[str, object] = {"roles": sorted(profile.roles), "roles_changed": roles_changed, "public": profile.public}
        journal.record(center, session, "staff.changed", member, "staff", row.id, detail)


def close_account(center: Center, member: Member, staff_id: UUID, revision: int) -> None:
    """Close an account: its sessions end at once. What its owner did stays. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    if staff_id == member.id:
        raise Refusal("staff_own", "自己的账户不能自己停用，请另一位系统管理员来办。")
    with changing(center, staff_id, revision) as (session, row):
        row.active, row.public = False, False
        _end_everything(session, row.id)
        journal.record(center, session, "staff.closed", member, "staff", row.id)


def reopen_account(center: Center, member: Member, staff_id: UUID, revision: int) -> str:
    """Open a closed account again, with a new initial password, which is returned. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    return _give_password(center, member, staff_id, revision, "staff.reopened", active=False)


def reset_password(center: Center, member: Member, staff_id: UUID, revision: int) -> str:
    """A new initial password, told this once and changed at the first sign-in; sessions end. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    if staff_id == member.id:
        raise Refusal("staff_own", "自己的密码请在“我的账户”里改。")
    return _give_password(center, member, staff_id, revision, "staff.password_reset", active=True)


def _give_password(center: Center, member: Member, staff_id: UUID, revision: int, act: str, active: bool) -> str:
    password = new_password()
    hashed = hash_password(password)
    with changing(center, staff_id, revision) as (session, row):
        if row.active is not active:
            raise _changed()
        row.active, row.password_hash, row.must_change = True, hashed, True
        _end_everything(session, row.id)
        _unlock(center, session, row)
        journal.record(center, session, act, member, "staff", row.id)
    return password


def unlock_account(center: Center, member: Member, staff_id: UUID) -> None:
    """Take the lock of too many wrong passwords away. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    with center.database.writing() as session:
        row = find_staff(center, session, staff_id)
        _unlock(center, session, row)
        journal.record(center, session, "staff.unlocked", member, "staff", row.id)


def recover_factor(center: Center, member: Member, staff_id: UUID) -> None:
    """Take a lost second factor away; its owner signs in with the password and makes a new one. Sessions end. Raises Refusal."""
    require(member, Right.MANAGE_STAFF)
    if staff_id == member.id:
        raise Refusal("staff_own", "自己的第二验证不能自己解除，请另一位系统管理员来办。")
    with center.database.writing() as session:
        row = find_staff(center, session, staff_id)
        if not remove_factors(session, row.id):
            raise Refusal("factor_none", "这位工作人员没有设置第二验证，不用解除。")
        _end_everything(session, row.id)
        journal.record(center, session, "staff.factor_removed", member, "staff", row.id)
