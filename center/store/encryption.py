"""Sealing what is personal, field by field, the same on every engine: AES-256-GCM, the algorithm and the key named in each ciphertext.

A sealed field is: algorithm (1 byte, 1 = AES-256-GCM), key id (4 bytes, big endian), nonce (12 bytes), ciphertext and tag. Its
additional data is the first five bytes and table, column and row id, so a field moved to another row does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from center.errors import ConfigurationError

_KEY_BYTES = 32
_NONCE_BYTES = 12
_HEADER_BYTES = 5


class Algorithm(IntEnum):
    """What a ciphertext was made with. A second one gets the next number; what was sealed before still opens."""

    AES_256_GCM = 1


class Unopenable(Exception):
    """A sealed field does not open: another key, another row, or changed bytes. A fault of the records, never a citizen's."""


@dataclass(frozen=True)
class Keys:
    """The center's secrets: field keys by id and the one in use, the key of the blind index, and the key the center signs with."""

    active: int
    fields: dict[int, bytes]
    index: bytes
    signing: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """The center's Ed25519 public key, base64."""
        return base64.b64encode(self.signing.public_key().public_bytes_raw()).decode("ascii")


def _new_keys() -> dict[str, object]:
    def fresh() -> str:
        return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")

    return {"active": 1, "fields": {"1": fresh()}, "index": fresh(), "signing": fresh()}


def load_keys(data_dir: Path) -> Keys:
    """The keys in `data_dir/keys.json` (0600), made at the first start. Raises ConfigurationError if the file cannot be used."""
    path = data_dir / "keys.json"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path, json.dumps(_new_keys()).encode("ascii"))
    if path.stat().st_mode & 0o077:
        raise ConfigurationError("keys_exposed", f"{path} can be read by other users; run chmod 600 on it and find out who could.")
    try:
        raw = json.loads(path.read_bytes())
        fields = {int(name): base64.b64decode(key, validate=True) for name, key in raw["fields"].items()}
        index = base64.b64decode(raw["index"], validate=True)
        signing = Ed25519PrivateKey.from_private_bytes(base64.b64decode(raw["signing"], validate=True))
        active = int(raw["active"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            "keys_unreadable", f"{path} cannot be used ({type(error).__name__}); put back the copy that was kept with the backup."
        ) from None
    if active not in fields or any(len(key) != _KEY_BYTES for key in (*fields.values(), index)):
        raise ConfigurationError("keys_incomplete", f"{path} lacks a key; put back the copy that was kept with the backup.")
    return Keys(active, fields, index, signing)


def _write_once(path: Path, content: bytes) -> None:
    # Two processes may start at once: the first link wins, and both read what it wrote.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        sync_directory(path.parent)
    finally:
        temporary.unlink()


def sync_directory(directory: Path) -> None:
    """Make a new name in `directory` survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FieldCipher:
    """Seals and opens fields, and makes blind indexes."""

    def __init__(self, keys: Keys) -> None:
        self._active = keys.active
        self._ciphers = {name: AESGCM(key) for name, key in keys.fields.items()}
        self._index = keys.index
        self._chain = hmac.new(keys.index, b"oneseal record chain", hashlib.sha256).digest()

    def seal(self, table: str, column: str, row: UUID | str, content: bytes) -> bytes:
        """`content` sealed for this field of this row."""
        header = bytes([Algorithm.AES_256_GCM]) + self._active.to_bytes(4, "big")
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._active].encrypt(nonce, content, _bound(header, table, column, row))
        return header + nonce + sealed

    def open(self, table: str, column: str, row: UUID | str, sealed: bytes) -> bytes:
        """What was sealed for this field of this row. Raises Unopenable."""
        header, nonce = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        cipher = self._ciphers.get(int.from_bytes(header[1:], "big"))
        if len(nonce) != _NONCE_BYTES or header[0] != Algorithm.AES_256_GCM or cipher is None:
            raise Unopenable(f"{table}.{column} of row {row}: unknown algorithm or key")
        try:
            return cipher.decrypt(nonce, sealed[_HEADER_BYTES + _NONCE_BYTES :], _bound(header, table, column, row))
        except InvalidTag:
            raise Unopenable(f"{table}.{column} of row {row}: not what was sealed for this row") from None

    def chain_code(self, content: bytes) -> str:
        """64 hex digits over a row of a chain (`center.domain.chain`); the key is derived from the index key, for this purpose alone."""
        return hmac.new(self._chain, content, hashlib.sha256).hexdigest()

    def blind_index(self, purpose: str, value: str) -> str:
        """64 hex digits that find equal values of one purpose, and tell nothing else to who has not the key (HMAC-SHA256)."""
        return hmac.new(self._index, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def _bound(header: bytes, table: str, column: str, row: UUID | str) -> bytes:
    return header + f"{table}\0{column}\0{row}".encode()
