"""Who sent a request: RFC 9421 signatures, one Ed25519 key per terminal.

For clients: one signature, any label (`sig1`), no tag. `keyid` is the terminal's id (`WBH-01`), `alg` is `ed25519`. Covered are
`@method`, `@authority`, `@target-uri`, `content-digest`, and `idempotency-key` whenever that header is there. `content-digest` is
`sha-256` of the body, also of an empty one (RFC 9530). Parameters `created` and `expires` at most 60 s apart, and a fresh `nonce` of 8
to 64 characters, taken once. Five seconds of difference between the clocks are forgiven. Times are real time, never the clock
that legal dates come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    VerifyResult,
    algorithms,
)

from center.center import Refusal
from center.store.tables import Terminal
from center.terminals import KnownTerminals

LIFE = timedelta(seconds=60)
_SKEW = timedelta(seconds=5)
_COVERED = ("@method", "@authority", "@target-uri", "content-digest")
_IDEMPOTENCY_KEY = "idempotency-key"
_NONCE_LENGTH = range(8, 65)


class HeaderLines:
    """The lines of a request's head as the library reads them."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        self._lines = list(lines)

    def items(self) -> list[tuple[str, str]]:
        """Names and values, in order, doubles kept."""
        return self._lines

    def __contains__(self, name: object) -> bool:
        return any(name == known.lower() for known, _ in self._lines)


@dataclass(frozen=True)
class SignedRequest:
    """What a signature covers: `url` absolute, as the client addressed it."""

    method: str
    url: str
    headers: HeaderLines
    body: bytes


@dataclass(frozen=True)
class Verified:
    """A request whose signature is right and in time. Whether it comes for the first time is not known yet."""

    terminal: Terminal
    nonce: str
    forgotten_at: datetime


class _Expired(InvalidSignature):
    """Too old, or from the future."""


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = _SKEW

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        try:
            super().validate_created_and_expires(sig_input, max_age=max_age)  # type: ignore[no-untyped-call]  # the library's
        except InvalidSignature as error:
            raise _Expired(str(error)) from None


class _Keys(HTTPSignatureKeyResolver):
    """The key of a terminal by its id; remembers whom it found, for one request."""

    def __init__(self, terminals: KnownTerminals) -> None:
        self._terminals = terminals
        self.asked = False
        self.found: Terminal | None = None
        #: The library takes whatever goes wrong here for a key that is not known.
        self.fault: Exception | None = None

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """Its key, also of a revoked one: who is turned away is told so only when the signature is right."""
        self.asked = True
        try:
            known = self._terminals.find(key_id)
        except Exception as error:
            self.fault = error
            raise
        if known is None:
            return None
        self.found, key = known
        return key


def verify(terminals: KnownTerminals, request: SignedRequest) -> Verified:
    """The terminal that signed this request just now. Raises Refusal."""
    if "signature" not in request.headers or "signature-input" not in request.headers:
        raise Refusal("signature_missing", "请求没有签名；只有登记过的终端可以访问中心。")
    keys = _Keys(terminals)
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    covered = (*_COVERED, *((_IDEMPOTENCY_KEY,) if _IDEMPOTENCY_KEY in request.headers else ()))
    try:
        (result,) = verifier.verify(request, max_age=LIFE, require_components=covered, body=request.body)
    except _Expired:
        raise Refusal("signature_expired", "请求的签名已过期或时间不对；请校准终端的时钟。") from None
    except (InvalidSignature, HTTPMessageSignaturesException):
        if keys.fault is not None:
            raise keys.fault from None
        if keys.asked and keys.found is None:
            raise Refusal("terminal_unknown", "中心没有登记这台终端；请管理员登记后再试。") from None
        raise Refusal("signature_invalid", "请求的签名不对，内容可能被改动过。") from None
    assert keys.found is not None, "a signature verified with a key that was found"
    return _checked(keys.found, result)


def _checked(terminal: Terminal, result: VerifyResult) -> Verified:
    created, expires = result.parameters.get("created"), result.parameters.get("expires")
    nonce = result.nonce or ""
    if not isinstance(created, int) or not isinstance(expires, int) or not 0 < expires - created <= LIFE.total_seconds():
        raise Refusal("signature_invalid", "请求的签名没有写明有效时间，或超过 60 秒。")
    if len(nonce) not in _NONCE_LENGTH or result.parameters.get("alg") != algorithms.ED25519.algorithm_id:
        raise Refusal("signature_invalid", "请求的签名没有写明一次性编号或算法。")
    return Verified(terminal, nonce, datetime.fromtimestamp(expires, UTC) + 2 * _SKEW)


def accept(terminals: KnownTerminals, verified: Verified) -> Terminal:
    """The terminal, whose request is taken this once. Raises Refusal if it came before, or the terminal was revoked."""
    taken = terminals.take_nonce(verified.terminal, verified.nonce, verified.forgotten_at)
    if not taken.first:
        raise Refusal("nonce_replayed", "这个请求已经收到过一次；请重新签名再发送。")
    if taken.revoked:
        raise Refusal("terminal_revoked", "这台终端已被停用；请联系管理员。")
    return verified.terminal
