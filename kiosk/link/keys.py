"""The terminal's own keys, kept in files that only its user can read. Makes them once; never replaces one that is there."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from kiosk.errors import ConfigurationError

_AES_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_log = structlog.get_logger("link")


@dataclass(frozen=True)
class OutboxKey:
    """AES-256 key of what is kept on this terminal. `id` is 4 bytes that go into every ciphertext, so that a wrong key is told from a broken text."""

    id: bytes
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class TerminalKeys:
    """`signing` proves this terminal to the center and signs its receipts; `outbox` locks what waits here."""

    signing: Ed25519PrivateKey = field(repr=False)
    outbox: OutboxKey = field(repr=False)

    @property
    def public_key(self) -> str:
        """The public half of `signing`: 32 raw bytes, base64, as the center is given it."""
        return base64.b64encode(self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode("ascii")


def outbox_key(secret: bytes) -> OutboxKey:
    """A key with its id. Raises ValueError unless `secret` has 32 bytes."""
    if len(secret) != _AES_BYTES:
        raise ValueError("an AES-256 key has 32 bytes")
    return OutboxKey(hashlib.sha256(b"OneSeal outbox key\0" + secret).digest()[:4], secret)


def _refuse(code: str, path: Path, what: str, mend: str) -> ConfigurationError:
    return ConfigurationError(code, f"terminal.data_dir: {path} {what}; {mend}.")


def private_directory(path: Path) -> Path:
    """Make `path` if missing, for this user only (0700). Raises ConfigurationError if it cannot be made or others can get in."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = path.stat().st_mode
    except (FileExistsError, NotADirectoryError):
        raise _refuse("data_dir_unusable", path, "is not a folder", "name a folder, or delete the file in its place") from None
    except OSError as error:
        reason = f"cannot be made ({error.strerror})"
        raise _refuse(
            "data_dir_unusable", path, reason, "name a folder that the kiosk's user can write, on a disk that is not read-only"
        ) from None
    if mode & _OTHERS:
        what = f"can be opened by other users (mode {stat.S_IMODE(mode):04o})"
        raise _refuse("data_dir_open", path, what, f"run: chmod 700 {path}")
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise _refuse("data_dir_unusable", path, "cannot be written by this user", "give it to the kiosk's user with chown")
    return path


def sync_directory(path: Path) -> None:
    """Make the names in a folder durable (fsync). Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _create(path: Path, content: bytes) -> bool:
    """Write a new file, whole or not at all, durably; False if it is there already. Raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link, not a rename: two processes that start at once must not replace each other's key.
            os.link(draft, path)
        except FileExistsError:
            return False
    finally:
        draft.unlink(missing_ok=True)
    sync_directory(path.parent)
    return True


def _read(path: Path) -> bytes | None:
    """The file, or None if there is none. Raises ConfigurationError if it cannot be read, or can be by others."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(10_000)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise _refuse("key_unreadable", path, reason, "give the file to the kiosk's user with chown, or restore it") from None
    if mode & _OTHERS:
        what = f"can be read by other users (mode {stat.S_IMODE(mode):04o})"
        raise _refuse("key_open", path, what, f"run: chmod 600 {path}, and consider making new keys")
    return content


def _load_or_make(path: Path, make: Callable[[], bytes]) -> tuple[bytes, bool]:
    content = _read(path)
    if content is not None:
        return content, False
    try:
        made = _create(path, make())
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise _refuse("key_unwritable", path, reason, "free some space, or mount the disk so that it can be written") from None
    content = _read(path)
    if content is None:
        raise _refuse("key_unreadable", path, "vanished while being made", "see what deletes files there")
    return content, made


def _new_signing_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _new_outbox_key() -> bytes:
    return base64.b64encode(secrets.token_bytes(_AES_BYTES)) + b"\n"


def load_keys(data_dir: Path) -> TerminalKeys:
    """The keys in `data_dir`/keys, made at the first start. Raises ConfigurationError with a sentence that names the file and how to mend it.

    A key that is there and broken is never replaced: what it locked would be lost, and the center would not know the new one.
    """
    folder = private_directory(private_directory(data_dir) / "keys")
    signing_path, outbox_path = folder / "signing.pem", folder / "outbox.key"
    pem, made_signing = _load_or_make(signing_path, _new_signing_key)
    text, made_outbox = _load_or_make(outbox_path, _new_outbox_key)
    broken = "is not a key of this terminal"
    mend = "restore it from a backup; if there is none, ask for service before deleting it, for what waits to be sent cannot be read without it"
    try:
        signing = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _refuse("key_broken", signing_path, broken, mend) from None
    if not isinstance(signing, Ed25519PrivateKey):
        raise _refuse("key_broken", signing_path, "is not an Ed25519 key", mend)
    try:
        outbox = outbox_key(base64.b64decode(text.strip(), validate=True))
    except ValueError:
        raise _refuse("key_broken", outbox_path, broken, mend) from None
    if made_signing or made_outbox:
        _log.info("keys_made")
    return TerminalKeys(signing, outbox)
