"""Pages and signatures on disk: encrypted, named by their content, on the disk before any row names them."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from center.store.encryption import FieldCipher, sync_directory

#: First bytes of what the center keeps, and its media type.
_MAGIC: tuple[tuple[bytes, str], ...] = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))

JPEG, PNG = "image/jpeg", "image/png"


def media_type(content: bytes) -> str | None:
    """What the first bytes say the file is, or None if it is nothing the center keeps."""
    return next((name for magic, name in _MAGIC if content.startswith(magic)), None)


class FileStore:
    """Encrypted files under `root`, by SHA-256 of their plain content."""

    def __init__(self, root: Path, cipher: FieldCipher) -> None:
        self._root = root
        self._cipher = cipher

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its SHA-256. On return it survives a power cut. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._cipher.seal("files", "content", sha256, content))
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
        sync_directory(path.parent)
        sync_directory(self._root)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The plain content. Raises FileNotFoundError, or Unopenable if it was changed."""
        return self._cipher.open("files", "content", sha256, self._path(sha256).read_bytes())
