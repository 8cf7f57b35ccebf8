"""Sealing what is personal, field by field, the same on every engine: AES-256-GCM or SM4-GCM, algorithm and key named in each ciphertext.

A sealed field is: algorithm (1 byte, 1 = AES-256-GCM, 2 = SM4-GCM), key id (4 bytes, big endian), nonce (12 bytes), ciphertext and
tag. Its additional data is the first five bytes and table, column and row id, so a field moved to another row does not open.
An empty field was let go when its retention was over.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from center.store.keys import Keys

_NONCE_BYTES = 12
_TAG_BYTES = 16
HEADER_BYTES = 5

#: What a sealed field holds when what was in it has been let go.
LET_GO = b""


class Algorithm(IntEnum):
    """What a ciphertext was made with. A further one gets the next number; what was sealed before still opens."""

    AES_256_GCM = 1
    SM4_GCM = 2


#: As the configuration names them (center.cipher).
ALGORITHMS: dict[str, Algorithm] = {"aes-256-gcm": Algorithm.AES_256_GCM, "sm4-gcm": Algorithm.SM4_GCM}


class Unopenable(Exception):
    """A sealed field does not open: another key, another row, or changed bytes. A fault of the records, never a citizen's."""


class LetGo(Unopenable):
    """There is nothing to open any more: the retention was over."""


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class _Sm4Gcm:
    """SM4 (GB/T 32907) in GCM. Its key of 16 bytes is derived from a field key, so that one key never serves two algorithms (HKDF with SM3)."""

    def __init__(self, key: bytes) -> None:
        self._key = HKDF(algorithm=hashes.SM3(), length=16, salt=None, info=b"oneseal sm4-gcm").derive(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        sealing = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data or b"")
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        if len(data) < _TAG_BYTES:
            raise InvalidTag
        opening = Cipher(algorithms.SM4(self._key), modes.GCM(nonce, data[-_TAG_BYTES:])).decryptor()
        opening.authenticate_additional_data(associated_data or b"")
        return opening.update(data[:-_TAG_BYTES]) + opening.finalize()


@dataclass(frozen=True)
class _Ring:
    """The keys as ciphers: replaced whole, so that a thread sees either the old or the new."""

    active: int
    ciphers: dict[tuple[int, int], _Aead]

    @classmethod
    def of(cls, keys: Keys) -> _Ring:
        made: dict[tuple[int, int], _Aead] = {(Algorithm.AES_256_GCM, name): AESGCM(key) for name, key in keys.fields.items()}
        return cls(keys.active, made | {(Algorithm.SM4_GCM, name): _Sm4Gcm(key) for name, key in keys.fields.items()})


class FieldCipher:
    """Seals and opens fields, and makes blind indexes. `changed` gives new keys when there are any, so that a rotation needs no restart."""

    def __init__(self, keys: Keys, algorithm: Algorithm = Algorithm.AES_256_GCM, changed: Callable[[], Keys | None] = lambda: None) -> None:
        self._algorithm = algorithm
        self._ring = _Ring.of(keys)
        self._changed = changed
        self._index = keys.index
        self._chain = hmac.new(keys.index, b"oneseal record chain", hashlib.sha256).digest()

    def _renew(self) -> _Ring:
        keys = self._changed()
        if keys is not None:
            self._ring = _Ring.of(keys)
        return self._ring

    @property
    def header(self) -> bytes:
        """What a field begins with that is sealed now."""
        return _header(self._algorithm, self._renew().active)

    def seal(self, table: str, column: str, row: UUID | str, content: bytes) -> bytes:
        """`content` sealed for this field of this row."""
        ring = self._renew()
        header, nonce = _header(self._algorithm, ring.active), secrets.token_bytes(_NONCE_BYTES)
        return header + nonce + ring.ciphers[self._algorithm, ring.active].encrypt(nonce, content, _bound(header, table, column, row))

    def open(self, table: str, column: str, row: UUID | str, sealed: bytes) -> bytes:
        """What was sealed for this field of this row. Raises LetGo or Unopenable."""
        if sealed == LET_GO:
            raise LetGo(f"{table}.{column} of row {row}: let go")
        header, nonce = sealed[:HEADER_BYTES], sealed[HEADER_BYTES : HEADER_BYTES + _NONCE_BYTES]
        named = header[0], int.from_bytes(header[1:], "big")
        cipher = self._ring.ciphers.get(named) or self._renew().ciphers.get(named)
        if len(nonce) != _NONCE_BYTES or cipher is None:
            raise Unopenable(f"{table}.{column} of row {row}: unknown algorithm or key")
        try:
            return cipher.decrypt(nonce, sealed[HEADER_BYTES + _NONCE_BYTES :], _bound(header, table, column, row))
        except (InvalidTag, ValueError):
            raise Unopenable(f"{table}.{column} of row {row}: not what was sealed for this row") from None

    def chain_code(self, content: bytes) -> str:
        """64 hex digits over a row of a chain (`center.domain.chain`); the key is derived from the index key, for this purpose alone."""
        return hmac.new(self._chain, content, hashlib.sha256).hexdigest()

    def blind_index(self, purpose: str, value: str) -> str:
        """64 hex digits that find equal values of one purpose, and tell nothing else to who has not the key (HMAC-SHA256)."""
        return hmac.new(self._index, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def _header(algorithm: Algorithm, key: int) -> bytes:
    return bytes([algorithm]) + key.to_bytes(4, "big")


def _bound(header: bytes, table: str, column: str, row: UUID | str) -> bytes:
    return header + f"{table}\0{column}\0{row}".encode()
