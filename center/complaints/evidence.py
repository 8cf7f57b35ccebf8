"""Evidence of a complaint: pages and photos that a terminal uploaded, named by their content."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.store.tables import Complaint, ComplaintFile, StoredFile

#: Of one complaint, over all requests.
MAX_FILES = 60


def add_evidence(center: Center, session: Session, complaint: Complaint, names: tuple[str, ...]) -> int:
    """Put these files after those it has, each once; returns how many were new. Raises Refusal if one was not uploaded."""
    if not names:
        return 0
    found = {
        row.sha256: row.id
        for row in session.scalars(select(StoredFile).where(StoredFile.township_id == center.township_id, StoredFile.sha256.in_(names)))
    }
    absent = [name for name in names if name not in found]
    if absent:
        raise Refusal("files_missing", "有证据图片还没有传到中心；请先上传，再提交。", dict.fromkeys(absent, "missing"))
    kept = set(session.scalars(select(ComplaintFile.file_id).where(ComplaintFile.complaint_id == complaint.id)))
    new = [found[name] for name in dict.fromkeys(names) if found[name] not in kept]
    if len(kept) + len(new) > MAX_FILES:
        raise Refusal("evidence_full", f"一份投诉最多收 {MAX_FILES} 页证据。更多的，请送到中心或寄到中心。", {"evidence": "full"})
    session.add_all(
        ComplaintFile(township_id=center.township_id, complaint_id=complaint.id, position=len(kept) + index, file_id=file_id)
        for index, file_id in enumerate(new)
    )
    session.flush()
    return len(new)


def evidence_count(session: Session, complaint_id: UUID) -> int:
    """How many files it has."""
    return session.scalar(select(func.count()).select_from(ComplaintFile).where(ComplaintFile.complaint_id == complaint_id)) or 0


def evidence_ids(session: Session, complaint_id: UUID) -> tuple[UUID, ...]:
    """Its files in order, by the id of their place in this complaint."""
    rows = session.scalars(select(ComplaintFile.id).where(ComplaintFile.complaint_id == complaint_id).order_by(ComplaintFile.position))
    return tuple(rows)


def evidence_content(center: Center, session: Session, complaint: Complaint, evidence_id: UUID) -> tuple[bytes, str]:
    """One file and its media type. Raises Refusal if it is not this complaint's."""
    row = session.scalar(
        select(StoredFile)
        .join(ComplaintFile, ComplaintFile.file_id == StoredFile.id)
        .where(ComplaintFile.id == evidence_id, ComplaintFile.complaint_id == complaint.id)
    )
    if row is None:
        raise Refusal("complaint_unknown", "没有找到这份证据。请从投诉登记簿重新打开。")
    return center.files.get(row.sha256), row.media_type
