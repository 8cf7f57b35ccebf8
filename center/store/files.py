"""Pages and signatures on disk: encrypted, named by their content, on the disk before any row names them."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from PIL import Image

from center.store.durable import TEMPORARY, locked, make_directory, replace, sync_directory, write_temporary
from center.store.encryption import HEADER_BYTES, FieldCipher, Unopenable

#: First bytes of what the center keeps, and its media type.
_MAGIC: tuple[tuple[bytes, str], ...] = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))

JPEG, PNG = "image/jpeg", "image/png"

#: The most that a picture may measure: an A4 page at 600 dots an inch, and some more.
MOST_PIXELS = 40_000_000

_STALE_SECONDS = 3600
_NAME = re.compile(r"[0-9a-f]{64}")


def media_type(content: bytes) -> str | None:
    """What the first bytes say the file is, or None if it is nothing the center keeps."""
    return next((name for magic, name in _MAGIC if content.startswith(magic)), None)


def bursts(content: bytes) -> bool:
    """Whether a picture, small as a file, would fill the memory of whoever looks at it. Its head alone is read."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            return picture.width * picture.height > MOST_PIXELS
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        # Damaged: who looks at it sees that, and asks for it again.
        return False


class FileLost(Unopenable):
    """A file that a row names is not there."""


class FileStore:
    """Encrypted files under `root`, by SHA-256 of their plain content."""

    def __init__(self, root: Path, cipher: FieldCipher) -> None:
        self.root = root
        self.cipher = cipher

    def path(self, sha256: str) -> Path:
        """Where the file of this content lies."""
        return self.root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its SHA-256. On return it survives a power cut. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        with self.held(shared=True):
            make_directory(path.parent)
            try:
                # Used again: whoever sweeps away what no row names sees that it is young.
                os.utime(path)
            except FileNotFoundError:
                write_temporary(path.parent, self.cipher.seal("files", "content", sha256, content)).rename(path)
        # Also when it was there: another writer may have named it and not yet made the name last.
        sync_directory(path.parent)
        sync_directory(self.root)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The plain content. Raises FileLost if it is not there, Unopenable if it was changed or cut short."""
        try:
            sealed = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise FileLost(f"file {sha256[:12]}… is not there") from None
        if not sealed:
            raise Unopenable(f"file {sha256[:12]}… is empty")
        return self.cipher.open("files", "content", sha256, sealed)

    def names(self) -> Iterator[str]:
        """Every file that is here, by its SHA-256."""
        for path in sorted(self.root.glob("??/*")):
            if _NAME.fullmatch(path.name):
                yield path.name

    def put_at(self, sha256: str) -> datetime | None:
        """When the file was written (real time), or None if it is not there."""
        try:
            return datetime.fromtimestamp(self.path(sha256).stat().st_mtime).astimezone()
        except FileNotFoundError:
            return None

    def unfinished(self) -> tuple[Path, ...]:
        """Files whose writer was cut off before it could name them, or is at it."""
        return tuple(self.root.glob(f"??/{TEMPORARY}*"))

    def is_stale(self, unfinished: Path) -> bool:
        """Whether its writer is gone: nobody writes one file for an hour."""
        try:
            return time.time() - unfinished.stat().st_mtime > _STALE_SECONDS
        except FileNotFoundError:
            return False

    def header(self, sha256: str) -> bytes:
        """What says with which algorithm and key a file is sealed. Raises FileLost."""
        try:
            with self.path(sha256).open("rb") as file:
                return file.read(HEADER_BYTES)
        except FileNotFoundError:
            raise FileLost(f"file {sha256[:12]}… is not there") from None

    def seal_anew(self, sha256: str) -> bool:
        """Seal a file with the key and algorithm now in use; False if it was. A kill leaves it as it was or as it will be.

        Raises FileLost or Unopenable.
        """
        if self.header(sha256) == self.cipher.header:
            return False
        replace(self.path(sha256), self.cipher.seal("files", "content", sha256, self.get(sha256)))
        return True

    def remove(self, sha256: str) -> None:
        """Let a file go. No row names it any more."""
        path = self.path(sha256)
        if path.exists():
            path.unlink()
            sync_directory(path.parent)

    def held(self, *, shared: bool, wait: bool = True) -> AbstractContextManager[bool]:
        """Shared: nobody removes a file or drops a key while this one writes or a backup copies. Alone: for who removes."""
        make_directory(self.root)
        return locked(self.root.with_name(f".{self.root.name}.lock"), shared=shared, wait=wait)
