"""Pages scanned at the window into a case: of papers that were brought, or of what a department sent back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from center.casework.acting import acting, changed, keep, locked
from center.casework.course_of import course_of
from center.casework.course_values import CourseView
from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EventKind
from center.casework.filing import stored_files
from center.casework.handed_in import Paper, PaperState, besides_the_items
from center.center import Center, Refusal
from center.domain.application import ENDED, ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from center.records.incoming import keep_scan
from center.store.tables import CaseMaterial, CasePage

#: Of one paper, those of the terminal among them.
MAX_PAGES = 60
#: How the codes of papers begin that a department added to what it sent back (R5.3).
SENT_BACK = "sent_back_"


def scannable(dossier: Dossier, course: CourseView) -> tuple[Paper, ...]:
    """The papers of which there can be a page: all but those known to be missing, and what a department sent back besides what it got."""
    there = {paper.material.code for paper in dossier.papers}
    return (
        *(paper for paper in dossier.papers if paper.state is not PaperState.MISSING),
        *(Paper(besides_the_items(code, name), PaperState.ON_PAPER, ()) for code, name in _sent_back(course) if code not in there),
    )


def _sent_back(course: CourseView) -> tuple[tuple[str, str], ...]:
    """Codes and names of what departments added; the code says in which round and line it came."""
    return tuple(
        (f"{SENT_BACK}{number}_{position}", line.name)
        for number, each in enumerate(course.rounds)
        for position, line in enumerate(each.returned)
        if line.copies and line.code not in {out.code for out in each.lines}
    )


def add_scans(center: Center, member: Member, case_id: UUID, revision: int, code: str, contents: Sequence[bytes]) -> int:
    """Put these pages after those the paper has, each once; returns how many were new. Raises Refusal; nothing is put then.

    The files are on the disk before any row names them; those of an act that was refused go by themselves (`domain/retention.py`).
    """
    require(member, Right.HANDLE_CASES)
    if not contents:
        raise Refusal("scans_none", "还没有选择图片。请先选择要录入的 JPEG 或 PNG 图片。", {"scans": "none"})
    names = list(dict.fromkeys(keep_scan(center, content) for content in contents))
    with acting(center) as session:
        case = locked(session, center, case_id)
        dossier = open_dossier(center, session, case)
        if case.revision != revision or ApplicationState(case.state) in ENDED:
            raise changed()
        if case.first_responsible is None:
            raise Refusal("not_opened", "请先打开办件，成为首问责任人，再处理。")
        paper = next((paper for paper in scannable(dossier, course_of(center, session, case)) if paper.material.code == code), None)
        if paper is None:
            raise Refusal("scan_paper", "请选择是哪一份材料的图片。还没有带来的材料，收到以后再录入。", {"paper": "unknown"})
        row = session.scalar(select(CaseMaterial).where(CaseMaterial.case_id == case_id, CaseMaterial.code == code))
        if row is None:
            row = CaseMaterial(township_id=center.township_id, case_id=case_id, code=code, missing=False)
            session.add(row)
            session.flush()
        files = stored_files(center, session, set(names))
        there = set(session.scalars(select(CasePage.file_id).where(CasePage.material_id == row.id)))
        new = [files[name].id for name in names if files[name].id not in there]
        if len(there) + len(new) > MAX_PAGES:
            raise Refusal("scans_full", f"一份材料最多录入 {MAX_PAGES} 页。更多的，请把纸质原件附卷。", {"scans": "full"})
        if not new:
            raise Refusal("scans_known", "这些图片已经录入过了，不用再录。", {"scans": "known"})
        session.add_all(
            CasePage(township_id=center.township_id, material_id=row.id, position=len(there) + index, file_id=file_id)
            for index, file_id in enumerate(new)
        )
        note = f"{paper.material.material_name}，{len(new)} 页"
        # From its first page on it is among the papers of the case.
        detail = {"besides": {code: paper.material.material_name}} if code.startswith(SENT_BACK) else None
        keep(center, session, case, EventKind.SCANNED, member, note=note, detail=detail, codes={"material": code, "pages": len(new)})
        return len(new)
