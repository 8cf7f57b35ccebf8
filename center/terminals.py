"""Terminals that may sign requests: adding, revoking, and each signed request taken once."""

from __future__ import annotations

import base64
import binascii
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.errors import CommandError
from center.members import Member
from center.records import journal
from center.store.tables import Nonce, Terminal

_ID = re.compile(r"[A-Z0-9-]{2,20}")
_SHORT_NAME = re.compile(r"[A-Z0-9]{1,4}")

#: The issuer that stands for the center itself in a QR code (kiosk.wire.codes).
CENTER_ISSUER = "C"

#: Between two looks for nonces that can be forgotten.
_SWEEP_SECONDS = 20.0

# Made once: every request needs both.
_ADD_NONCE = insert(cast(Table, Nonce.__table__))
_REVOKED_AT = select(Terminal.revoked_at).where(Terminal.id == bindparam("row"))


def public_key_of(terminal: Terminal) -> Ed25519PublicKey:
    """The key that checks this terminal's signatures."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(terminal.public_key))


def add_terminal(center: Center, terminal_id: str, short_name: str, public_key: str, member: Member | None = None) -> bool:
    """Let a terminal sign; True if it is new, False if it was there with the same key. `member` None: by command. Raises CommandError."""
    if not _ID.fullmatch(terminal_id):
        raise CommandError("terminal_id", f"{terminal_id!r} is no terminal id; use 2 to 20 of A-Z, 0-9 and -, such as WBH-01.")
    if not _SHORT_NAME.fullmatch(short_name) or short_name == CENTER_ISSUER:
        raise CommandError("short_name", f"{short_name!r} is no short name; use 1 to 4 of A-Z and 0-9, such as T01 (C is the center).")
    try:
        raw = base64.b64decode(public_key, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except (binascii.Error, ValueError):
        raise CommandError("public_key", "--public-key is no Ed25519 public key; give its 32 bytes in base64.") from None
    key = base64.b64encode(raw).decode("ascii")
    with center.database.writing() as session:
        known = session.scalar(select(Terminal).where(Terminal.terminal_id == terminal_id))
        if known is not None:
            if (known.township_id, known.short_name, known.public_key) != (center.township_id, short_name, key):
                raise CommandError(
                    "terminal_differs",
                    f"{terminal_id} is already known with another key or name, and receipts it signed must stay checkable; "
                    "revoke it and add the machine under a new id.",
                )
            return False
        if session.scalar(select(Terminal.id).where(Terminal.short_name == short_name)):
            raise CommandError("short_name_used", f"The short name {short_name} belongs to another terminal; choose one that is free.")
        terminal = Terminal(
            township_id=center.township_id, terminal_id=terminal_id, short_name=short_name, public_key=key, added_at=security_now()
        )
        session.add(terminal)
        session.flush()
        journal.record(center, session, "terminal.add", member, "terminal", terminal.id, {"terminal": terminal_id})
    return True


def revoke_terminal(center: Center, terminal_id: str, member: Member | None = None) -> bool:
    """Take no more requests of a terminal; True if it was not revoked before. Its old receipts can still be checked. Raises CommandError."""
    with center.database.writing() as session:
        terminal = session.scalar(select(Terminal).where(Terminal.terminal_id == terminal_id, Terminal.township_id == center.township_id))
        if terminal is None:
            raise CommandError("terminal_unknown", f"{terminal_id} is not known; check the id.")
        if terminal.revoked_at is not None:
            return False
        terminal.revoked_at = security_now()
        journal.record(center, session, "terminal.revoke", member, "terminal", terminal.id, {"terminal": terminal_id})
    return True


def issuer_key(center: Center, issuer: str) -> Ed25519PublicKey | None:
    """The key that confirms codes of `issuer`: a terminal's short name, or C for the center. A revoked terminal's receipts stay true."""
    if issuer == CENTER_ISSUER:
        return center.keys.signing.public_key()
    with center.database.reading() as session:
        terminal = session.scalar(select(Terminal).where(Terminal.short_name == issuer, Terminal.township_id == center.township_id))
    return public_key_of(terminal) if terminal else None


@dataclass(frozen=True)
class Taken:
    """What came of a nonce. `first`: it had not been seen. `revoked`: its terminal is turned away, as of now."""

    first: bool
    revoked: bool


class KnownTerminals:
    """Terminals and their keys, remembered by this process: a terminal keeps id and key for ever. Whether it is revoked is never remembered."""

    def __init__(self, center: Center) -> None:
        self._center = center
        self._known: dict[str, tuple[Terminal, Ed25519PublicKey]] = {}
        self._next_sweep = 0.0

    def find(self, terminal_id: str) -> tuple[Terminal, Ed25519PublicKey] | None:
        """A terminal of this township by its id, revoked or not, and its key."""
        known = self._known.get(terminal_id)
        if known is not None:
            return known
        with self._center.database.reading() as session:
            terminal = session.scalar(
                select(Terminal).where(Terminal.terminal_id == terminal_id, Terminal.township_id == self._center.township_id)
            )
        if terminal is None:
            return None
        # Only terminals that exist are remembered, so names that somebody makes up take no room.
        self._known[terminal_id] = found = terminal, public_key_of(terminal)
        return found

    def take_nonce(self, terminal: Terminal, nonce: str, forgotten_at: datetime) -> Taken:
        """Use a nonce, if this is its first time.

        It is written without waiting for the disk: what is filed after it carries it there (`Database.noting`). A power cut may take
        the newest nonces of mere questions with it.
        """
        township_id = self._center.township_id
        try:
            with self._center.database.noting() as session:
                self._sweep(session)
                row = {
                    "id": uuid4(),
                    "township_id": township_id,
                    "key_id": terminal.terminal_id,
                    "nonce": nonce,
                    "expires_at": forgotten_at,
                }
                session.execute(_ADD_NONCE, row)
                revoked_at = session.execute(_REVOKED_AT, {"row": terminal.id}).scalar_one()
        except IntegrityError:
            return Taken(first=False, revoked=False)
        return Taken(first=True, revoked=revoked_at is not None)

    def _sweep(self, session: Session) -> None:
        """Forget nonces whose signature has expired, now and then."""
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + _SWEEP_SECONDS
            session.execute(delete(Nonce).where(Nonce.expires_at < security_now()))
