"""Files that terminals hand in, whole or in parts over a line that breaks, and scans from a window. What is here for sure is counted in bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.clock import security_now
from center.log import LogEvent, log
from center.store.files import MOST_PIXELS, bursts, media_type
from center.store.tables import StoredFile, Terminal, Upload, UploadPart
from kiosk.wire.base import MAX_FILE_BYTES

#: A terminal that is away for longer begins the file anew.
LIFE = timedelta(days=1)
#: Files that one terminal may have half sent. It sends one after the other; whatever is more was given up.
_OPEN_UPLOADS = 32
#: Where a scan comes from, in place of a terminal.
_AT_WINDOW = "window"
#: Pictures that are put in at the window at a time.
SCANS_AT_ONCE = 8


@dataclass(frozen=True)
class Progress:
    """How much of a file is here. `created`: this call began it."""

    id: UUID
    sha256: str
    size: int
    received: int
    complete: bool
    created: bool = False


def keep_file(center: Center, terminal: Terminal, sha256: str, content: bytes) -> bool:
    """Keep a whole file; True if it is new. Raises Refusal if it is not what its name says, or nothing the center keeps."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal("file_hash_mismatch", "文件内容与编号不符，传输中可能出错；请重新上传。", {"sha256": "mismatch"})
    new = _keep(center, sha256, content, terminal.terminal_id)
    if new:
        log(LogEvent.FILE_STORED, size=len(content), terminal_id=terminal.terminal_id)
    return new


def keep_scan(center: Center, content: bytes) -> str:
    """Keep a page that was scanned at the window, by the rules for terminals; its SHA-256. Raises Refusal."""
    if not 0 < len(content) <= MAX_FILE_BYTES:
        raise Refusal(
            "scan_size", f"有一张图片是空的，或者超过 {MAX_FILE_BYTES // 1000} KB。请把扫描分辨率调低一些，再选一次。", {"scans": "size"}
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if _keep(center, sha256, content, _AT_WINDOW):
        log(LogEvent.FILE_STORED, size=len(content), terminal_id=_AT_WINDOW)
    return sha256


def _keep(center: Center, sha256: str, content: bytes, terminal_id: str) -> bool:
    kind = media_type(content)
    if kind is None:
        raise Refusal("file_kind", "只收 JPEG 或 PNG 图片；请重新拍摄。", {"body": "kind"})
    if bursts(content):
        raise Refusal("file_pixels", f"图片太大，最多 {MOST_PIXELS // 10_000} 万像素；请把分辨率调低一些，重新拍摄。", {"body": "pixels"})
    center.files.put(content)
    if _is_kept(center, sha256):
        return False
    row = StoredFile(
        township_id=center.township_id,
        sha256=sha256,
        size=len(content),
        media_type=kind,
        stored_at=center.clock.now(),
        terminal_id=terminal_id,
    )
    try:
        with center.database.writing() as session:
            session.add(row)
    except IntegrityError:
        # The same file a moment earlier.
        return False
    return True


def _is_kept(center: Center, sha256: str) -> bool:
    with center.database.reading() as session:
        known = select(StoredFile.id).where(StoredFile.township_id == center.township_id, StoredFile.sha256 == sha256)
        return session.scalar(known) is not None


def begin_upload(center: Center, terminal: Terminal, sha256: str, size: int) -> Progress:
    """Begin a file, or find how far it is. A file that is kept is complete, whoever handed it in."""
    if _is_kept(center, sha256):
        return Progress(uuid4(), sha256, size, size, complete=True)
    try:
        with center.database.writing() as session:
            _forget(session, center, terminal)
            progress = _begun(session, center, terminal, sha256, size)
    except IntegrityError:
        # Begun twice at once.
        with center.database.reading() as session:
            found = session.scalars(_of(center, terminal).where(Upload.sha256 == sha256)).one()
            progress = Progress(found.id, sha256, size, found.received, complete=False)
    if progress.received < size:
        return progress
    # Every part had come when the center stopped.
    _complete(center, terminal, progress)
    return replace(progress, complete=True)


def _begun(session: Session, center: Center, terminal: Terminal, sha256: str, size: int) -> Progress:
    known = session.scalar(_of(center, terminal).where(Upload.sha256 == sha256))
    if known is not None and known.size == size:
        return Progress(known.id, sha256, size, known.received, complete=False)
    if known is not None:
        # Its content is one: whoever gave the other size was wrong, and what came of it is worth nothing.
        _drop(session, [known.id])
    now = security_now()
    upload = Upload(
        township_id=center.township_id, terminal_id=terminal.terminal_id, sha256=sha256, size=size, began_at=now, expires_at=now + LIFE
    )
    session.add(upload)
    session.flush()
    return Progress(upload.id, sha256, size, 0, complete=False, created=True)


def upload_progress(center: Center, terminal: Terminal, upload_id: UUID) -> Progress:
    """How far an upload of this terminal is. Raises Refusal."""
    with center.database.reading() as session:
        upload = _find(session, center, terminal, upload_id)
        return Progress(upload.id, upload.sha256, upload.size, upload.received, complete=False)


def add_part(center: Center, terminal: Terminal, upload_id: UUID, start: int, content: bytes) -> Progress:
    """Keep the next part; the last one makes the file. On return it survives a power cut. Raises Refusal."""
    with center.database.writing() as session:
        upload = _find(session, center, terminal, upload_id)
        end = start + len(content)
        if not content or end > upload.size:
            raise Refusal("upload_size", "上传的内容是空的，或者比申报的大小长；请重新上传。", {"body": "size"})
        # Of two at once the second finds the row moved on.
        moved = update(Upload).where(Upload.id == upload_id, Upload.received == start).values(received=end).returning(Upload.id)
        if session.scalar(moved) is None:
            raise Refusal(
                "upload_offset", "这一段不接在已经收到的内容后面；请先查询收到了多少，再接着上传。", {"upload-offset": "elsewhere"}
            )
        part_id = uuid4()
        sealed = center.cipher.seal("upload_parts", "content", part_id, content)
        session.add(UploadPart(id=part_id, township_id=center.township_id, upload_id=upload_id, start=start, content=sealed))
        whole = Progress(upload.id, upload.sha256, upload.size, end, complete=end == upload.size)
    if whole.complete:
        _complete(center, terminal, whole)
    return whole


def _complete(center: Center, terminal: Terminal, upload: Progress) -> None:
    """Make the file of its parts and forget them, whether it was good or not: what does not match has to come anew."""
    with center.database.reading() as session:
        parts = session.scalars(select(UploadPart).where(UploadPart.upload_id == upload.id).order_by(UploadPart.start)).all()
    content = b"".join(center.cipher.open("upload_parts", "content", part.id, part.content) for part in parts)
    try:
        keep_file(center, terminal, upload.sha256, content)
    except Refusal:
        _drop_alone(center, upload)
        raise
    # Not where the disk was full: the parts are here, and the next question of how far it is tries again.
    _drop_alone(center, upload)


def _drop_alone(center: Center, upload: Progress) -> None:
    with center.database.writing() as session:
        _drop(session, [upload.id])


def _of(center: Center, terminal: Terminal) -> Select[Upload]:
    return select(Upload).where(Upload.township_id == center.township_id, Upload.terminal_id == terminal.terminal_id)


def _find(session: Session, center: Center, terminal: Terminal, upload_id: UUID) -> Upload:
    upload = session.scalar(_of(center, terminal).where(Upload.id == upload_id, Upload.expires_at > security_now()))
    if upload is None:
        raise Refusal("upload_unknown", "没有这次上传，可能已经过期或已经完成；请重新开始上传。")
    return upload


def _forget(session: Session, center: Center, terminal: Terminal) -> None:
    """Drop what has waited too long, and of this terminal what is more than it can be sending."""
    old = session.scalars(select(Upload.id).where(Upload.township_id == center.township_id, Upload.expires_at <= security_now())).all()
    newest = _of(center, terminal).order_by(Upload.began_at.desc(), Upload.id).offset(_OPEN_UPLOADS - 1)
    _drop(session, [*old, *(upload.id for upload in session.scalars(newest))])


def _drop(session: Session, uploads: list[UUID]) -> None:
    if uploads:
        session.execute(delete(UploadPart).where(UploadPart.upload_id.in_(uploads)))
        session.execute(delete(Upload).where(Upload.id.in_(uploads)))
