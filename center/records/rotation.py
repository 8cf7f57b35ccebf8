"""Changing the key that fields and files are sealed with: a new key first, then everything sealed anew, then, when that is proven, the old ones dropped.

Each step can be killed at any moment and run again: what a field or file is sealed with stands in its own first bytes, and nothing else
remembers how far it got. The key of the blind indexes and chains and the key the center signs with are not changed by this.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from center.center import Center
from center.errors import CommandError
from center.records import journal
from center.records.backup import backup_lock
from center.records.maintenance import maintaining
from center.records.verification import Report, verify
from center.store.durable import locked
from center.store.encryption import ALGORITHMS, FieldCipher, Unopenable
from center.store.files import FileStore
from center.store.keys import Keys, add_active_key, drop_old_keys, key_file, read_keys
from center.store.sealed import SEALED, Sealed

_BATCH = 200
#: What was begun with the old key before there was a new one has been written long before this.
DROP_AFTER = timedelta(minutes=10)
#: A center that goes on meanwhile may have written something with the old key just behind a pass.
_PASSES = 3


@dataclass(frozen=True)
class Rotation:
    """`active`: id of the key in use. `begun`: this run made it. Counts: sealed anew by this run; not openable with any key; still to do."""

    active: int
    begun: bool
    fields: int
    files: int
    unopenable: int
    left: int


def rotate(center: Center, now: datetime) -> Rotation:
    """Make a new key, unless a change is under way, and seal everything anew with it and the configured algorithm. Raises CommandError."""
    with _alone(center):
        keys = read_keys(key_file(center.data_dir))
        begun = len(keys.fields) == 1
        if begun:
            keys = add_active_key(center.data_dir, now)
            with center.database.writing() as session:
                journal.record(center, session, "keys.rotate", None, "keys", detail={"key": keys.active})
        return _seal_all(center, keys, begun)


def drop_old(center: Center, now: datetime) -> tuple[Rotation, int]:
    """Forget the old keys: how many. First everything is sealed anew that still is not, and opened with the new key alone. Raises CommandError."""
    with _alone(center), locked(backup_lock(center)) as no_backup:
        if not no_backup:
            raise CommandError(
                "backup_running", "A backup is being made, and would not open afterwards; drop the old keys when it has ended."
            )
        keys = read_keys(key_file(center.data_dir))
        old = len(keys.fields) - 1
        if not old:
            return Rotation(keys.active, False, 0, 0, 0, 0), 0
        if keys.since is None or now - keys.since < DROP_AFTER:
            minutes = int(DROP_AFTER.total_seconds() // 60)
            raise CommandError(
                "too_early", f"The new key is younger than {minutes} minutes; writes begun with the old one may be on their way."
            )
        rotation = _seal_all(center, keys, begun=False)
        if rotation.left or _opened_by(center, _only_active(keys)) != _opened_by(center, keys):
            raise CommandError(
                "not_resealed", f"{rotation.left or 'Some'} fields or files need an old key still; run rotate-keys, then verify."
            )
        with center.database.writing() as session:
            journal.record(center, session, "keys.drop", None, "keys", detail={"key": keys.active, "dropped": old})
        drop_old_keys(center.data_dir)
        return rotation, old


@contextmanager
def _alone(center: Center) -> Iterator[None]:
    with locked(center.data_dir / ".rotate.lock") as alone:
        if not alone:
            raise CommandError("rotation_running", "Another rotate-keys is running; wait until it has ended.")
        yield


def _seal_all(center: Center, keys: Keys, begun: bool) -> Rotation:
    fields = files = bad = left = 0
    for _ in range(_PASSES):
        bad = 0
        for column in SEALED:
            done, unopenable = _seal_fields(center, column)
            fields, bad = fields + done, bad + unopenable
        for sha256 in center.files.names():
            try:
                files += center.files.seal_anew(sha256)
            except Unopenable:
                bad += 1
        left = _sealed_otherwise(center)
        if left <= bad:
            break
    for unfinished in center.files.unfinished():
        # A file cut off in the middle: whoever wrote it never told anybody its name.
        if center.files.is_stale(unfinished):
            unfinished.unlink(missing_ok=True)
    if begun or fields or files:
        counts = {"key": keys.active, "fields": fields, "files": files, "unopenable": bad}
        with center.database.writing() as session:
            journal.record(center, session, "keys.reseal", None, "keys", detail=counts)
    return Rotation(keys.active, begun, fields, files, bad, left)


def _seal_fields(center: Center, column: Sealed) -> tuple[int, int]:
    """How many fields were sealed anew, and how many do not open. Of every township: the keys are the database's."""
    done = bad = 0
    after: UUID | None = None
    while True:
        with maintaining(center, "rotate") as session:
            todo = select(column.rows.c.id, column.field).where(column.sealed_otherwise(center.cipher.header))
            if after is not None:
                todo = todo.where(column.rows.c.id > after)
            rows = session.execute(todo.order_by(column.rows.c.id).limit(_BATCH)).all()
            for row_id, sealed in rows:
                try:
                    content = center.cipher.open(column.table, column.column, row_id, bytes(sealed))
                except Unopenable:
                    bad += 1
                    continue
                anew = center.cipher.seal(column.table, column.column, row_id, content)
                # Not if somebody wrote it in between: then it is sealed with the new key already.
                same = (column.rows.c.id == row_id) & (column.field == sealed)
                done += session.execute(update(column.rows).where(same).values({column.column: anew})).rowcount  # type: ignore[attr-defined]  # of a core update
        if len(rows) < _BATCH:
            return done, bad
        after = rows[-1][0]


def _sealed_otherwise(center: Center) -> int:
    header = center.cipher.header
    with center.database.reading() as session:
        fields = sum(
            session.scalar(select(func.count()).select_from(column.rows).where(column.sealed_otherwise(header))) or 0 for column in SEALED
        )
    return fields + sum(center.files.header(sha256) != header for sha256 in center.files.names())


def _only_active(keys: Keys) -> Keys:
    return dataclasses.replace(keys, fields={keys.active: keys.fields[keys.active]})


def _opened_by(center: Center, keys: Keys) -> tuple[int, int]:
    """How many fields and files open with these keys alone."""
    cipher = FieldCipher(keys, ALGORITHMS[center.config.center.cipher])
    report: Report = verify(dataclasses.replace(center, cipher=cipher, files=FileStore(center.files.root, cipher)))
    return report.opened, report.files
