"""What survives a power cut: files written whole or not at all, names that are on the disk, and a lock between processes."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What stands before the random part of a file that is still being written; whatever is named so may be swept away.
TEMPORARY = ".new-"


def sync_directory(directory: Path) -> None:
    """Make the names in `directory` survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(directory: Path) -> None:
    """`directory` and whatever is missing above it, for this user alone, every new name of them on the disk."""
    missing = [directory]
    while not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        sync_directory(each.parent)


def write_temporary(directory: Path, content: bytes) -> Path:
    """`content` on the disk under a name of its own, to be given its real one. Readable by this user only."""
    temporary = directory / f"{TEMPORARY}{secrets.token_hex(8)}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # A full disk: what is half there would keep it full.
        temporary.unlink()
        raise
    return temporary


def replace(path: Path, content: bytes) -> None:
    """`path` holds `content`, whole, after a power cut at any moment; before, it holds what it held."""
    write_temporary(path.parent, content).rename(path)
    sync_directory(path.parent)


def write_once(path: Path, content: bytes) -> None:
    """`path` holds `content`, unless somebody made it before or in this moment: then it holds theirs."""
    temporary = write_temporary(path.parent, content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        temporary.unlink()
    sync_directory(path.parent)


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = False) -> Iterator[bool]:
    """Hold the lock named by the file `path` against other processes; False: somebody has it, and `wait` was not wanted."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
