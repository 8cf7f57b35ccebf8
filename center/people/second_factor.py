"""The second factor: an authenticator's code (TOTP), or one of ten printed codes for who has no phone. Each code opens once."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.clock import security_now
from center.members import Member
from center.records import journal
from center.store.encryption import Unopenable
from center.store.tables import OneTimeCode, SecondFactor

#: RFC 6238: six digits, a new code every 30 seconds; one step to either side forgives a clock that is a little off.
_STEP_SECONDS = 30
_STEPS_ASIDE = 1
CODES = 10
#: Letters and digits that are not taken for one another in print; ten of them are 49 bits.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10


@dataclass(frozen=True)
class Factors:
    """What a member of staff has. `codes_left` of the printed ones."""

    authenticator_since: datetime | None
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether signing in asks for a second factor."""
        return self.authenticator_since is not None or self.codes_left > 0


def factors_of(session: Session, staff_id: UUID) -> Factors:
    """What this person has."""
    since = session.scalar(select(SecondFactor.confirmed_at).where(SecondFactor.staff_id == staff_id))
    left = session.scalar(
        select(func.count()).select_from(OneTimeCode).where(OneTimeCode.staff_id == staff_id, OneTimeCode.used_at.is_(None))
    )
    return Factors(since, left or 0)


def has_factor(session: Session, staff_id: UUID) -> bool:
    """Whether signing in asks this person for a second factor. Whose printed codes are used up still has one: no code, no way in."""
    authenticator = select(SecondFactor.id).where(SecondFactor.staff_id == staff_id)
    codes = select(OneTimeCode.id).where(OneTimeCode.staff_id == staff_id)
    return session.scalar(authenticator) is not None or session.scalars(codes.limit(1)).first() is not None


@dataclass(frozen=True)
class Offer:
    """A new authenticator, not kept until a code confirms it. `sealed` goes through the form and back; `address` is what its QR holds."""

    sealed: str
    secret: str
    address: str


def _offer_of(center: Center, member: Member, secret: str) -> Offer:
    sealed = center.cipher.seal("second_factors", "offer", member.id, secret.encode())
    address = pyotp.TOTP(secret).provisioning_uri(name=member.login, issuer_name=center.config.center.name)
    return Offer(base64.b64encode(sealed).decode(), " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), address)


def offer(center: Center, member: Member) -> Offer:
    """A new secret for this person's authenticator."""
    return _offer_of(center, member, pyotp.random_base32())


def offered_again(center: Center, member: Member, sealed: str) -> Offer:
    """The same offer for a form that has to be drawn again; a new one if it is none of this person's."""
    secret = _offered(center, member, sealed)
    return _offer_of(center, member, secret) if secret else offer(center, member)


def _offered(center: Center, member: Member, sealed: str) -> str | None:
    try:
        return center.cipher.open("second_factors", "offer", member.id, base64.b64decode(sealed, validate=True)).decode()
    except (Unopenable, ValueError, IndexError):
        return None


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step of a right code, or None."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    now = int(at.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    right = [
        step for step in range(now - _STEPS_ASIDE, now + _STEPS_ASIDE + 1) if secrets.compare_digest(totp.at(step * _STEP_SECONDS), code)
    ]
    return max(right, default=None)


def enroll(center: Center, member: Member, sealed: str, code: str) -> None:
    """Take the authenticator that was offered, confirmed by its present code. An earlier one is replaced. Raises Refusal."""
    secret = _offered(center, member, sealed)
    step = _step_of(secret, code.replace(" ", ""), security_now()) if secret else None
    if secret is None or step is None:
        words = "验证码不对。请看手机上最新的 6 位数字，并核对手机的时间是否准确。"
        raise Refusal("code_wrong", "还没有设置成功。", {"code": words})
    factor_id = uuid4()
    with center.database.writing() as session:
        session.execute(delete(SecondFactor).where(SecondFactor.staff_id == member.id))
        session.add(
            SecondFactor(
                id=factor_id,
                township_id=center.township_id,
                staff_id=member.id,
                secret=center.cipher.seal("second_factors", "secret", factor_id, secret.encode()),
                confirmed_at=security_now(),
                last_step=step,
            )
        )
        journal.record(center, session, "account.factor_enrolled", member, "staff", member.id)


def _code_hash(center: Center, staff_id: UUID, code: str) -> str:
    return center.cipher.blind_index("one_time_code", f"{staff_id}\0{code}")


def new_codes(center: Center, member: Member) -> tuple[str, ...]:
    """Ten new printed codes, told this once; the earlier ones are worth nothing any more."""
    codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH)) for _ in range(CODES))
    now = security_now()
    with center.database.writing() as session:
        session.execute(delete(OneTimeCode).where(OneTimeCode.staff_id == member.id))
        session.add_all(
            OneTimeCode(township_id=center.township_id, staff_id=member.id, code_hash=_code_hash(center, member.id, code), made_at=now)
            for code in codes
        )
        journal.record(center, session, "account.codes_made", member, "staff", member.id, {"codes": CODES})
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def remove_factors(session: Session, staff_id: UUID) -> bool:
    """Take every second factor of a person away, in the transaction that journals it. Whether there was one."""
    gone = [
        session.execute(delete(table).where(table.staff_id == staff_id)).rowcount  # type: ignore[attr-defined]  # of a delete
        for table in (SecondFactor, OneTimeCode)
    ]
    return any(gone)


def use_code(center: Center, session: Session, staff_id: UUID, typed: str) -> bool:
    """Whether `typed` is a right code; it is used up with that. An authenticator's code seen before, or an older one, is refused."""
    code = typed.upper().replace(" ", "").replace("-", "")
    factor = session.scalar(select(SecondFactor).where(SecondFactor.staff_id == staff_id).with_for_update())
    if factor is not None:
        secret = center.cipher.open("second_factors", "secret", factor.id, factor.secret).decode()
        step = _step_of(secret, code, security_now())
        if step is not None and step > factor.last_step:
            factor.last_step = step
            return True
    used = (
        update(OneTimeCode)
        .where(OneTimeCode.staff_id == staff_id, OneTimeCode.code_hash == _code_hash(center, staff_id, code), OneTimeCode.used_at.is_(None))
        .values(used_at=security_now())
        .execution_options(synchronize_session=False)
    )
    return bool(session.execute(used).rowcount)  # type: ignore[attr-defined]  # of an update
