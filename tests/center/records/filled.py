"""A center with something in it, filled without a network: cases with pages, papers, uses of the seal, a complaint."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from center.casework.filing import file_application
from center.casework.handling import accept, open_case
from center.center import Center
from center.clock import security_now
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.members import Member
from center.records.incoming import keep_file
from center.records.papers import Paper, Subject, issue
from center.records.seal import use_seal
from center.store.tables import Case, Complaint, ComplaintEvent, ComplaintFile, StoredFile
from center.store.tables import Terminal as TerminalRow
from center.terminals import add_terminal
from kiosk.wire.documents import Paragraph
from tests.center import papers
from tests.center.place import Terminal
from tests.center.staffing import member


class Desk(Terminal):
    """A terminal that hands in without a network."""

    def __init__(self, center: Center) -> None:
        super().__init__("")
        self._center = center
        add_terminal(center, self.terminal_id, self.short_name, base64.b64encode(self.key.public_key().public_bytes_raw()).decode())
        with center.database.reading() as session:
            self.row = session.scalars(select(TerminalRow)).one()

    def upload(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        keep_file(self._center, self.row, sha256, content)
        return sha256

    def case(self, name: str = "张秀兰") -> UUID:
        """A case as it is filed."""
        return UUID(file_application(self._center, self.row, self.filing(name=name)).case_id)


def accepted(center: Center, who: Member, case_id: UUID) -> None:
    """Open and accept it."""
    open_case(center, who, case_id)
    with center.database.reading() as session:
        revision = session.get_one(Case, case_id).revision
    accept(center, who, case_id, revision, ())


def paper_about(center: Center, subject: Subject, subject_id: UUID, kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE) -> Paper:
    with center.database.writing() as session:
        return issue(center, session, kind, subject, subject_id, (Paragraph(text="张秀兰的文书"),), None)


def complaint(center: Center, archived_on: date | None = None) -> UUID:
    """A complaint with one page of evidence and one event, as it lies in the records."""
    complaint_id, event_id = uuid4(), uuid4()
    page = papers.page("投诉 证据", (str(complaint_id),))
    sha256 = center.files.put(page)
    with center.database.writing() as session:
        file = StoredFile(
            township_id=center.township_id,
            sha256=sha256,
            size=len(page),
            media_type="image/jpeg",
            stored_at=center.clock.now(),
            terminal_id="",
        )
        session.add(file)
        session.add(
            Complaint(
                id=complaint_id,
                township_id=center.township_id,
                number=f"W{complaint_id.hex[:8]}",
                terminal_row=None,
                receipt_number=complaint_id.hex[:16],
                channel="visit",
                state="archived" if archived_on else "received",
                complainant=center.cipher.seal("complaints", "complainant", complaint_id, "王芳 13904640000".encode()),
                complainant_index=center.cipher.blind_index("complainant", "王芳"),
                digits_hash="",
                matter="manners",
                statement=center.cipher.seal("complaints", "statement", complaint_id, "说了不该说的话".encode()),
                about_window="综合窗口1号",
                about_staff=None,
                received_at=center.clock.now(),
                registered_at=center.clock.now(),
                archived_on=archived_on,
            )
        )
        session.flush()
        session.add(ComplaintFile(township_id=center.township_id, complaint_id=complaint_id, position=0, file_id=file.id))
        session.add(
            ComplaintEvent(
                id=event_id,
                township_id=center.township_id,
                complaint_id=complaint_id,
                position=0,
                act="receive",
                at=center.clock.now(),
                recorded_at=security_now(),
                detail=center.cipher.seal("complaint_events", "detail", event_id, b"[]"),
            )
        )
    return complaint_id


def fill(center: Center) -> tuple[Desk, UUID]:
    """Two cases, one of them accepted, with a sealed paper; and a complaint. Returns the terminal and the accepted case."""
    desk = Desk(center)
    desk.case("李国芳")
    case_id = desk.case()
    accepted(center, member(center, Role.WINDOW_STAFF), case_id)
    custodian = member(center, Role.CUSTODIAN, name="周勇")
    paper = paper_about(center, Subject.CASE, case_id)
    for copies in (1, 2, 1, 3):
        use_seal(center, custodian, paper.id, copies, uuid4())
    complaint(center)
    return desk, case_id
