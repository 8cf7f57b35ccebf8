"""How what waits on the terminal is encrypted: AES-256-GCM, with the algorithm and the key named in every ciphertext."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import OneSealError
from kiosk.link.keys import OutboxKey

#: First byte of every ciphertext. Another algorithm (SM4-GCM) gets another number and is read beside this one.
_AES_256_GCM = b"\x01"
_KEY_ID = 4
#: 96 bits at random: NIST SP 800-38D allows 2^32 messages a key, which a terminal does not reach.
_NONCE = 12
_HEAD = len(_AES_256_GCM) + _KEY_ID


class Unreadable(OneSealError):
    """A ciphertext that this key does not open: another key's (`sealed_by_other_key`), or damaged or moved (`sealed_broken`)."""


def key_id_of(sealed: bytes) -> bytes:
    """The id of the key that a ciphertext was made with."""
    return sealed[len(_AES_256_GCM) : _HEAD]


def seal(plain: bytes, key: OutboxKey, context: str) -> bytes:
    """Encrypt. `context` says what this is and whose (such as the idempotency key); it is not kept, and must be given again."""
    head = _AES_256_GCM + key.id
    nonce = secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plain, head + context.encode("utf-8"))


def unseal(sealed: bytes, key: OutboxKey, context: str) -> bytes:
    """Decrypt. Raises Unreadable, also for a text that was moved to where another context is given."""
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    if key_id_of(sealed) != key.id:
        raise Unreadable("sealed_by_other_key", "本机保存的资料是用另一把密钥加密的，无法读取，请联系维护人员恢复密钥。")
    try:
        return AESGCM(key.secret).decrypt(nonce, body, head + context.encode("utf-8"))
    except (InvalidTag, ValueError):
        raise Unreadable("sealed_broken", "本机保存的资料已损坏，无法读取，请联系维护人员。") from None
