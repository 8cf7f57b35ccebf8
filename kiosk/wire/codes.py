"""What our QR codes hold: version, kind, issuer, number and an Ed25519 signature of whoever issued it.

The text is 120 characters of QR's alphanumeric set, so that it fits version 5, level M (122): `OS1`, one letter for the
kind, 4 for the issuer, 16 for the number (both padded with spaces), and 96 of RFC 9285 base 45 for the 64 bytes of signature.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_VERSION = "OS1"
_ISSUER = 4
_NUMBER = 16
_SIGNATURE = 96
_LENGTH = len(_VERSION) + 1 + _ISSUER + _NUMBER + _SIGNATURE
#: Letters of a token: kind, issuer, number and 64 bytes of signature in base 64.
_TOKEN = -(-(1 + _ISSUER + _NUMBER + 64) * 4 // 3)
_PART = re.compile(r"[A-Z0-9-]+")


class CodeKind(StrEnum):
    """What a code leads to."""

    GUIDE = "G"
    RECEIPT = "R"
    #: A complaint's receipt. The code holds a number and no more; what it is about opens with the ID card or six digits (R6.8).
    COMPLAINT = "P"
    #: A booking slip, signed by the center.
    BOOKING = "B"


@dataclass(frozen=True)
class Code:
    """A code read: `issuer` names the key (a terminal's short name, or `C` for the center), `number` the thing."""

    kind: CodeKind
    issuer: str
    number: str


def _signed_part(code: Code) -> str:
    for part, limit in ((code.issuer, _ISSUER), (code.number, _NUMBER)):
        if len(part) > limit or not _PART.fullmatch(part):
            raise ValueError(f"{part!r} does not fit {limit} characters of A-Z, 0-9 and -")
    return f"{_VERSION}{code.kind}{code.issuer:<{_ISSUER}}{code.number:<{_NUMBER}}"


def write_code(code: Code, key: Ed25519PrivateKey) -> str:
    """The text for the QR, signed. Raises ValueError if issuer or number do not fit."""
    part = _signed_part(code)
    signature: bytes = base45.b45encode(key.sign(part.encode("ascii")))
    return part + signature.decode("ascii")


def parse_code(text: str) -> tuple[Code, bytes] | None:
    """The code in a QR's text and its 64 bytes of signature, unchecked; None if the text is none of ours."""
    if len(text) != _LENGTH or not text.startswith(_VERSION):
        return None
    try:
        kind = CodeKind(text[3])
        signature = base45.b45decode(text[-_SIGNATURE:])
    except ValueError:
        return None
    code = Code(kind, text[4:8].rstrip(), text[8:24].rstrip())
    if len(signature) != 64 or not _PART.fullmatch(code.issuer) or not _PART.fullmatch(code.number):
        return None
    return code, signature


def read_code(text: str, key_of: Callable[[str], Ed25519PublicKey | None]) -> Code | None:
    """The code in a QR's text if it is ours and its issuer's key confirms it, else None. `key_of` gives an issuer's key."""
    parsed = parse_code(text)
    if parsed is None:
        return None
    code, signature = parsed
    key = key_of(code.issuer)
    if key is None:
        return None
    try:
        key.verify(signature, _signed_part(code).encode("ascii"))
    except InvalidSignature:
        return None
    return code


def token_of_code(text: str) -> str:
    """A code in characters that an address may hold: what stands after /p/ on a receipt for phones. Raises ValueError if it is none of ours."""
    if parse_code(text) is None:
        raise ValueError("not a code of ours")
    signature = base45.b45decode(text[-_SIGNATURE:])
    head = text[:-_SIGNATURE].encode("ascii")
    return base64.urlsafe_b64encode(head[len(_VERSION) :] + signature).rstrip(b"=").decode("ascii")


def code_of_token(token: str) -> str | None:
    """The code in an address, unchecked; None if it is none of ours."""
    if len(token) != _TOKEN or not token.isascii():
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        head, signature = raw[:-64].decode("ascii"), raw[-64:]
    except ValueError:
        return None
    text = f"{_VERSION}{head}{base45.b45encode(signature).decode('ascii')}"
    return text if parse_code(text) is not None and token_of_code(text) == token else None
