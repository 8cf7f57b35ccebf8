"""Who may open a complaint: an officer whom it is not about, the holder of the card that was read, or who knows the six digits (R6.8)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.clock import security_now
from center.complaints.about import concerns
from center.complaints.sealed import complainant_index, complainant_of
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Complaint, Terminal
from center.terminals import issuer_key
from kiosk.wire.codes import CodeKind, read_code
from kiosk.wire.complaints import Access, Opens

#: 19 MiB, two passes, as for passwords. Six digits hold only because tries are counted.
_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
#: Verified where there is nothing to verify, so that the answer takes as long.
_NOTHING = _HASHER.hash(secrets.token_hex(8))

#: At this rate a stranger tries a hundred of a million in a day.
TRIES = 5
LOCKED_FOR = timedelta(hours=1)

_UNKNOWN = "没有找到这份投诉，可能是地址不完整。请从投诉登记簿重新打开。"


def hash_digits(digits: str) -> str:
    """For the column `digits_hash`. Slow on purpose: never inside a writing transaction."""
    return _HASHER.hash(digits)


def find_complaint(center: Center, session: Session, member: Member, complaint_id: UUID, lock: bool = False) -> Complaint:
    """The complaint, for an officer whom it is not about. Raises Refusal: to others it does not exist."""
    require(member, Right.HANDLE_COMPLAINTS)
    query = select(Complaint).where(Complaint.id == complaint_id, Complaint.township_id == center.township_id)
    complaint = session.scalar(query.with_for_update() if lock else query)
    if complaint is None or concerns(member, complaint):
        raise Refusal("complaint_unknown", _UNKNOWN)
    if complaint.let_go_on is not None:
        raise Refusal("let_go", "这件投诉已过保存期限，身份和内容已按规定清除；编号、日期和认定仍在，详情请查阅纸质档案。")
    return complaint


def may_read_papers(session: Session, member: Member, complaint_id: UUID | None) -> bool:
    """Whether `member` may read what was issued about a complaint: its papers name who complained."""
    complaint = session.get(Complaint, complaint_id) if complaint_id else None
    return member.may(Right.HANDLE_COMPLAINTS) and (complaint is None or not concerns(member, complaint))


def of_card(center: Center, session: Session, number: str) -> tuple[Complaint, ...]:
    """All complaints that this card opens, newest first. The index only finds candidates: the number is compared in the clear."""
    rows = session.scalars(
        select(Complaint)
        .where(Complaint.township_id == center.township_id, Complaint.complainant_index == complainant_index(center, number))
        .order_by(Complaint.received_at.desc(), Complaint.number.desc())
    )
    wanted = number.strip().upper()
    return tuple(row for row in rows if complainant_of(center, row).holder_number == wanted)


def of_receipt(center: Center, session: Session, code: str) -> Complaint:
    """The complaint of a receipt's QR, for nothing but what opens it. Raises Refusal."""
    read = read_code(code, lambda issuer: issuer_key(center, issuer))
    if read is None or read.kind is not CodeKind.COMPLAINT:
        raise Refusal("code_invalid", "这个二维码不是本中心的投诉回执。请把回执上的二维码对准扫码口。", {"code": "invalid"})
    complaint = session.scalar(
        select(Complaint)
        .join(Terminal, Complaint.terminal_row == Terminal.id)
        .where(Complaint.township_id == center.township_id, Terminal.short_name == read.issuer, Complaint.receipt_number == read.number)
    )
    if complaint is None:
        raise Refusal("receipt_unknown", "中心还没有收到这份投诉。刚提交的，请过一会儿再查；已经很久的，请带回执到中心。")
    return complaint


def opens_with(complaint: Complaint) -> Opens:
    """What opens it."""
    return Opens.DIGITS if complaint.digits_hash else Opens.CARD


def _verified(digits_hash: str, digits: str) -> bool:
    try:
        return _HASHER.verify(digits_hash or _NOTHING, digits) and bool(digits_hash)
    except (VerificationError, InvalidHashError):
        return False


def by_digits(center: Center, code: str, digits: str) -> UUID:
    """Which complaint the receipt and the digits open. After five wrong tries it is locked for an hour, whoever tries. Raises Refusal."""
    with center.database.reading() as session:
        seen = of_receipt(center, session, code)
    # Slow on purpose, so it is done outside the writing transaction; what counts is decided inside.
    right = _verified(seen.digits_hash, digits)
    now = security_now()
    with center.database.writing() as session:
        row = session.scalars(select(Complaint).where(Complaint.id == seen.id).with_for_update()).one()
        if row.locked_until is not None and row.locked_until > now:
            refusal: Refusal | None = _locked()
        elif right:
            refusal = None
            _count(session, row, 0, None)
        elif row.failed_attempts + 1 >= TRIES:
            refusal = _locked()
            _count(session, row, 0, now + LOCKED_FOR)
        else:
            refusal = Refusal("digits_wrong", "六位数字不对，请再核对一次。连续输错五次，一小时内不能再试。", {"digits": "wrong"})
            _count(session, row, row.failed_attempts + 1, None)
    # Raised outside: the count stays.
    if refusal is not None:
        raise refusal
    return seen.id


def _count(session: Session, row: Complaint, failed: int, locked_until: datetime | None) -> None:
    # Not a new revision: a stranger's guesses must not spoil what an officer is just writing.
    session.execute(
        update(Complaint)
        .where(Complaint.id == row.id)
        .values(failed_attempts=failed, locked_until=locked_until)
        .execution_options(synchronize_session=False)
    )


def _locked() -> Refusal:
    return Refusal(
        "digits_locked", "六位数字连续输错五次，为了保护您，这份投诉一小时内不能再试。忘记了的，请带身份证到中心，由投诉受理人员帮您查。"
    )


def opened(center: Center, access: Access) -> UUID:
    """Which complaint `access` opens. Raises Refusal."""
    if access.digits is not None:
        return by_digits(center, access.code, access.digits)
    with center.database.reading() as session:
        found = next((row for row in of_card(center, session, access.card_number) if row.number == access.complaint_number), None)
    if found is None:
        raise Refusal("complaint_unknown", "这张身份证下没有这份投诉。当时没有刷身份证的，请用回执上的二维码和六位数字打开。")
    return found.id
