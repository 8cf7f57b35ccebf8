"""One's own password: asked again before the account is changed, and given anew by its owner alone."""

from __future__ import annotations

from sqlalchemy import delete

from center.center import Center, Refusal
from center.members import Member
from center.people.accounts import changing, find_staff
from center.people.passwords import hash_password, require_good_password, verified
from center.people.sessions import end_sessions
from center.people.sign_in import count_attempt
from center.records import journal
from center.store.tables import SignInStep, Staff


def require_password(center: Center, member: Member, password: str) -> Staff:
    """One's own password, asked again before the account itself is changed. Raises Refusal; wrong ones count towards the lock-out."""
    with center.database.reading() as session:
        row = find_staff(center, session, member.id)
    right = verified(row.password_hash, password)
    if count_attempt(center, row.login, right) is not None:
        words = "现在的密码不对，没有修改。连续输错 5 次会锁定 15 分钟。"
        raise Refusal("password_wrong", words, {"old": "现在的密码不对。"})
    return row


def change_password(center: Center, member: Member, token: str, old: str, new: str) -> None:
    """Give oneself a new password: the old one is asked, other sessions end. Raises Refusal."""
    row = require_password(center, member, old)
    require_good_password(new, row.login, row.name)
    if new == old:
        raise Refusal("password_weak", "新密码和现在的一样。请换一个。", {"password": "新密码和现在的一样。"})
    hashed = hash_password(new)
    with changing(center, member.id, row.revision) as (session, fresh):
        fresh.password_hash, fresh.must_change = hashed, False
        end_sessions(session, member.id, keep_token=token)
        session.execute(delete(SignInStep).where(SignInStep.staff_id == member.id))
        journal.record(center, session, "account.password_changed", member, "staff", member.id)
