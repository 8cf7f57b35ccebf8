"""The center's keys: made once, kept in one file for this user alone, and changed only by whole steps that survive a power cut."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from center.errors import ConfigurationError
from center.store.durable import replace, write_once

KEY_BYTES = 32
FILE = "keys.json"


@dataclass(frozen=True)
class Keys:
    """The center's secrets: field keys by id and the one in use, the key of the blind index, and the key the center signs with.

    `since`: when the active key came into use, if there was one before.
    """

    active: int
    fields: dict[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    since: datetime | None = None

    @property
    def public_key(self) -> str:
        """The center's Ed25519 public key, base64."""
        return base64.b64encode(self.signing.public_key().public_bytes_raw()).decode("ascii")

    @property
    def fingerprints(self) -> dict[str, str]:
        """16 hex digits a key, by which a backup says which keys open it, and that tell nothing of them."""
        named = {str(name): key for name, key in self.fields.items()} | {"index": self.index}
        return {name: hmac.new(key, b"oneseal key fingerprint", hashlib.sha256).hexdigest()[:16] for name, key in named.items()}


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def key_file(data_dir: Path) -> Path:
    """Where the keys lie."""
    return data_dir / FILE


def load_keys(data_dir: Path) -> Keys:
    """The keys in `data_dir/keys.json` (0600), made at the first start. Raises ConfigurationError if the file cannot be used."""
    path = key_file(data_dir)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Two processes may start at once: the first wins, and both read what it wrote.
        made = {"active": 1, "fields": {"1": _fresh()}, "index": _fresh(), "signing": _fresh()}
        write_once(path, json.dumps(made).encode("ascii"))
    return read_keys(path)


def read_keys(path: Path) -> Keys:
    """The keys in this file. Raises ConfigurationError."""
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigurationError("keys_exposed", f"{path} can be read by other users; run chmod 600 on it and find out who could.")
        raw = json.loads(path.read_bytes())
        fields = {int(name): base64.b64decode(key, validate=True) for name, key in raw["fields"].items()}
        index = base64.b64decode(raw["index"], validate=True)
        signing = Ed25519PrivateKey.from_private_bytes(base64.b64decode(raw["signing"], validate=True))
        active = int(raw["active"])
        since = datetime.fromisoformat(raw["since"]) if "since" in raw else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            "keys_unreadable", f"{path} cannot be used ({type(error).__name__}); put back the copy that was kept with the backup."
        ) from None
    if active not in fields or any(len(key) != KEY_BYTES for key in (*fields.values(), index)):
        raise ConfigurationError("keys_incomplete", f"{path} lacks a key; put back the copy that was kept with the backup.")
    return Keys(active, fields, index, signing, since)


def add_active_key(data_dir: Path, now: datetime) -> Keys:
    """A new field key beside the old ones, and in use from now on: on the disk before anything is sealed with it."""
    path = key_file(data_dir)
    raw = json.loads(path.read_bytes())
    name = max(int(each) for each in raw["fields"]) + 1
    raw |= {"active": name, "fields": raw["fields"] | {str(name): _fresh()}, "since": now.isoformat()}
    replace(path, json.dumps(raw).encode("ascii"))
    return read_keys(path)


def drop_old_keys(data_dir: Path) -> Keys:
    """Forget every field key but the one in use. The caller has proven that nothing is sealed with them."""
    path = key_file(data_dir)
    raw = json.loads(path.read_bytes())
    active = str(raw["active"])
    raw["fields"] = {active: raw["fields"][active]}
    replace(path, json.dumps(raw).encode("ascii"))
    return read_keys(path)


class KeyFile:
    """The keys as the file has them now: a center that is serving learns of a new key before it seals the next field."""

    def __init__(self, data_dir: Path) -> None:
        self._path = key_file(data_dir)
        self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_ino, found.st_mtime_ns

    def changed(self) -> Keys | None:
        """The keys if the file is another than the last time, else None."""
        stamp = self._stamp()
        if stamp == self._seen:
            return None
        self._seen = stamp
        return read_keys(self._path)
