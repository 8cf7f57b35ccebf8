"""Issued papers: read on screen, printed, saved as PDF, stamped by the custodian; and the seal's ledger."""

from __future__ import annotations

import io
from urllib.parse import quote
from uuid import UUID, uuid4

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.complaints.access import may_read_papers
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.navigation import may_open
from center.console.pages import HEADERS, page
from center.domain.paper import PAPER_FORMS, PaperKind
from center.domain.roles import Right
from center.domain.seal import IN_USE_SINCE
from center.records.papers import Paper, Subject, find_paper
from center.records.seal import ledger, use_seal, uses_of, waiting
from center.store.tables import Case
from kiosk.wire.documents import Qr

router = APIRouter(prefix=PATH)

#: Who reads the center's own reports.
_OWN_REPORTS: dict[PaperKind, tuple[Right, ...]] = {
    PaperKind.DAILY_CHECK: (Right.CHECK_CASES, Right.CHECK_PROGRESS, Right.READ_OVERDUE_REPORTS),
    PaperKind.OVERDUE_REPORT: (Right.WRITE_OVERDUE_REPORTS, Right.READ_OVERDUE_REPORTS),
    PaperKind.STATISTICS: (Right.SEE_STATISTICS,),
}
#: Where they are listed.
_ROOMS: dict[PaperKind, str] = {PaperKind.DAILY_CHECK: "checks", PaperKind.OVERDUE_REPORT: "reports", PaperKind.STATISTICS: "statistics"}


def _may_read(who: Visit, paper: Paper, case: Case | None) -> bool:
    member = who.member
    if paper.kind in _OWN_REPORTS:
        return any(member.may(right) for right in _OWN_REPORTS[paper.kind])
    if paper.subject is Subject.COMPLAINT:
        # It names who complained (R6.8).
        with who.center.database.reading() as session:
            return may_read_papers(session, member, paper.subject_id)
    if member.may(Right.SEE_CASES) or (paper.document.seal and member.may(Right.USE_SEAL)):
        return True
    return case is not None and member.may(Right.SEE_DEPARTMENT_CASES) and bool(member.department) and case.department == member.department


def _paper(who: Visit, paper_id: UUID) -> tuple[Paper, Case | None]:
    with who.center.database.reading() as session:
        paper = find_paper(who.center, session, paper_id)
        case = session.get(Case, paper.subject_id) if paper.subject is Subject.CASE and paper.subject_id else None
    if not _may_read(who, paper, case):
        raise Refusal("not_allowed", "您的岗位不查看这份文书。需要时，请找有这项职责的同事。")
    return paper, case


@router.get("/papers/{paper_id}")
def see(who: Visiting, request: Request, paper_id: UUID) -> Response:
    """The paper as it was issued, to print; for the custodian with the ledger."""
    return _page(who, request, paper_id, "")


def _page(who: Visit, request: Request, paper_id: UUID, fault: str, status: int = 200) -> Response:
    paper, case = _paper(who, paper_id)
    with who.center.database.reading() as session:
        uses = uses_of(session, paper_id)
    back = f"{PATH}/cases/{case.id}" if case and who.member.may(Right.SEE_CASES) else ""
    if case and not back and who.member.may(Right.SEE_DEPARTMENT_CASES):
        back = f"{PATH}/department/cases/{case.id}"
    if paper.subject is Subject.COMPLAINT:
        back = f"{PATH}/complaints/{paper.subject_id}"
    room = _ROOMS.get(paper.kind)
    if not back and room and may_open(who.member, room):
        back = f"{PATH}/{room}"
    return page(
        request,
        "records/paper",
        who,
        status,
        paper=paper,
        uses=uses,
        back=back,
        fault=fault,
        stamps=bool(paper.document.seal) and who.member.may(Right.USE_SEAL),
        key=uuid4(),
    )


@router.get("/papers/{paper_id}/pdf")
def pdf(who: Visiting, paper_id: UUID) -> Response:
    """The paper as PDF."""
    from center.records.pdf import pdf_of  # its library takes a third of a second to load, and a center starts without

    paper, _ = _paper(who, paper_id)
    name = quote(f"{PAPER_FORMS[paper.kind].title}-{paper.number}.pdf")
    return Response(
        pdf_of(paper.document),
        media_type="application/pdf",
        headers=HEADERS | {"Content-Disposition": f"inline; filename*=UTF-8''{name}"},
    )


@router.post("/papers/{paper_id}/seal")
def do_seal(sent: Posting, request: Request, paper_id: UUID) -> Response:
    """The custodian has stamped it: one line in the ledger (R7.2)."""
    who = sent.visit
    try:
        use_seal(who.center, who.member, paper_id, sent.number("copies"), sent.key())
    except Refusal as refusal:
        if refusal.code != "copies":
            raise
        return _page(who, request, paper_id, refusal.message, 422)
    return RedirectResponse(f"{PATH}/papers/{paper_id}", 303)


@router.get("/seal")
def seal_ledger(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """The ledger, the newest first."""
    return page(
        request,
        "records/ledger",
        who,
        ledger=ledger(who.center, who.member, page_number),
        waiting=waiting(who.center, who.member),
        seal_name=who.center.config.center.seal_name,
        in_use_since=IN_USE_SINCE,
    )


@router.get("/papers/{paper_id}/code/{block}")
def code(who: Visiting, paper_id: UUID, block: int) -> Response:
    """The QR of one of the paper's blocks, as SVG."""
    paper, _ = _paper(who, paper_id)
    blocks = paper.document.blocks
    found = blocks[block] if 0 <= block < len(blocks) else None
    if not isinstance(found, Qr):
        raise Refusal("paper_unknown", "这份文书没有这个二维码。请从办件或列表重新打开。")
    picture = io.BytesIO()
    segno.make(found.text, error="m").save(picture, kind="svg", scale=4, border=4)
    return Response(picture.getvalue(), media_type="image/svg+xml", headers=HEADERS)
