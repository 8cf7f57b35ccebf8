"""Retention: what must be gone is gone, from the engine's own files and from the disk; what must stay stays, and verifies."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from center.casework.dossier import applicant_of, open_dossier
from center.casework.progress import cases_of
from center.center import Center, Refusal
from center.clock import security_now
from center.domain.retention import RETENTION, Kept
from center.records.incoming import keep_file
from center.records.papers import Subject, papers_of
from center.records.retention import naming_columns, retain
from center.records.verification import verify
from center.store.sealed import SEALED
from center.store.tables import (
    Absence,
    Base,
    Booking,
    Case,
    Complaint,
    ComplaintFile,
    HelpCall,
    IdempotencyKey,
    JournalEntry,
    Nonce,
    StaffSession,
    StoredFile,
    Suggestion,
    TerminalReport,
    Upload,
    UploadPart,
)
from tests.center.place import MORNING, NUMBER, MovableClock
from tests.center.records.filled import Desk, complaint, fill, paper_about
from tests.center.staffing import member

DAY = timedelta(days=1)


def age_files(center: Center) -> None:
    """The files were written long ago: no writer is at them any more."""
    for name in center.files.names():
        os.utime(center.files.path(name), (1, 1))


def ended(center: Center, case_id: UUID, on: date) -> None:
    with center.database.writing() as session:
        case = session.get_one(Case, case_id)
        case.state, case.ended_on, case.outcome = "collected", on, "granted"
        case.agent_index = center.cipher.blind_index("agent_number", NUMBER)


def sealed_about(center: Center, subject_id: UUID) -> set[bytes]:
    """Every sealed field about a case or complaint, as it lies in the records."""
    with center.database.reading() as session:
        return {
            bytes(each)
            for column in SEALED
            if column.subject
            for each in session.scalars(select(column.field).where(column.about([subject_id]), column.filled()))
        }


def files_of(center: Center, subject_id: UUID) -> set[str]:
    with center.database.reading() as session:
        case = session.get(Case, subject_id)
        rows = session.scalars(
            select(StoredFile.sha256).where(
                StoredFile.id.in_(select(ComplaintFile.file_id).where(ComplaintFile.complaint_id == subject_id))
                if case is None
                else StoredFile.id == case.signature_file
            )
        )
        return set(rows)


def counts(center: Center) -> dict[str, int]:
    with center.database.reading() as session:
        return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}


def raw_bytes(center: Center) -> bytes:
    """The engine's own files; of PostgreSQL what a reader of the tables sees is looked at instead."""
    if center.database.directory is None:
        return b""
    return b"".join(path.read_bytes() for path in center.database.directory.glob("center.db*"))


def test_an_ended_application_is_let_go_after_ten_years_and_its_number_item_dates_and_state_stay(
    center_on: Center, clock: MovableClock
) -> None:
    # given two cases, one of which ended today
    _, case_id = fill(center_on)
    with center_on.database.reading() as session:
        before = session.get_one(Case, case_id)
    ended(center_on, case_id, MORNING.date())
    age_files(center_on)
    secrets, pages = sealed_about(center_on, case_id), files_of(center_on, case_id)
    assert len(secrets) >= 4
    assert len(pages) == 1
    assert center_on.database.directory is None or all(secret in raw_bytes(center_on) for secret in secrets)
    # when a day is left; then nothing happens to it
    clock.at = MORNING + timedelta(days=RETENTION[Kept.APPLICATIONS].days - 1)
    assert Kept.APPLICATIONS not in retain(center_on)
    assert sealed_about(center_on, case_id) == secrets
    # when it is over
    clock.at += DAY
    assert retain(center_on)[Kept.APPLICATIONS] == 1
    # then nothing personal is left, in rows, in the engine's files, on the disk
    assert sealed_about(center_on, case_id) == set()
    assert not any(secret in raw_bytes(center_on) for secret in secrets)
    assert not pages & set(center_on.files.names())
    with center_on.database.reading() as session:
        case = session.get_one(Case, case_id)
        assert (case.applicant_index, case.agent_index, case.signature_file, case.let_go_on) == ("", None, None, clock.at.date())
        assert (case.case_number, case.item_row, case.accepted_on, case.due_on) == (
            before.case_number, before.item_row, before.accepted_on, before.due_on,
        )  # fmt: skip
        assert (case.state, case.outcome, case.ended_on) == ("collected", "granted", MORNING.date())
        # and who looks at it is told so
        assert applicant_of(center_on, case).name == "已清除"
        with pytest.raises(Refusal, match="已过保存期限"):
            open_dossier(center_on, session, case)
        (paper, *_) = papers_of(center_on, session, case_id)
        assert paper.number
        assert "张秀兰" not in paper.document.model_dump_json()
        assert "已过保存期限" in paper.document.model_dump_json()
    assert before.case_number not in _found(center_on)
    # and the other case, the ledger and the journal are as they were
    report = verify(center_on)
    assert report.whole
    assert report.let_go > 0
    assert Kept.APPLICATIONS not in retain(center_on)


def _found(center: Center) -> list[str]:
    return [case.case_number for case in cases_of(center, NUMBER).cases]


def test_an_archived_complaint_is_let_go_and_what_counts_for_statistics_stays(center_on: Center, clock: MovableClock) -> None:
    old, running = complaint(center_on, archived_on=MORNING.date()), complaint(center_on)
    age_files(center_on)
    secrets, pages, kept_pages = sealed_about(center_on, old), files_of(center_on, old), files_of(center_on, running)
    assert (len(secrets), len(pages)) == (3, 1)
    clock.at = MORNING + timedelta(days=RETENTION[Kept.COMPLAINTS].days)
    assert retain(center_on) == {Kept.COMPLAINTS: 1, Kept.FILES: 1}
    assert sealed_about(center_on, old) == set()
    assert len(sealed_about(center_on, running)) == 3
    assert not any(secret in raw_bytes(center_on) for secret in secrets)
    assert set(center_on.files.names()) == kept_pages
    with center_on.database.reading() as session:
        row = session.get_one(Complaint, old)
        assert (row.complainant_index, row.matter, row.about_window, row.archived_on) == ("", "manners", "综合窗口1号", MORNING.date())
        assert session.get_one(Complaint, running).let_go_on is None
    assert verify(center_on).whole


def test_pages_of_an_application_that_was_never_filed_go_after_a_week_and_those_of_cases_stay(
    center_on: Center, clock: MovableClock
) -> None:
    # given a case, and pages of one that was refused
    desk = Desk(center_on)
    desk.case()
    named = set(center_on.files.names())
    nobodys = desk.upload(b"\xff\xd8\xff refused")
    clock.at = MORNING + timedelta(days=RETENTION[Kept.FILES].days) - timedelta(seconds=1)
    age_files(center_on)
    assert retain(center_on) == {}
    # when
    clock.at += timedelta(seconds=2)
    assert retain(center_on) == {Kept.FILES: 1}
    # then
    assert set(center_on.files.names()) == named
    with center_on.database.reading() as session:
        assert session.scalar(select(StoredFile).where(StoredFile.sha256 == nobodys)) is None
    # and it can be handed in again
    assert keep_file(center_on, desk.row, nobodys, b"\xff\xd8\xff refused")
    assert verify(center_on).whole


def test_a_file_whose_row_is_just_being_written_or_that_a_backup_copies_is_not_swept_away(center_on: Center) -> None:
    young = center_on.files.put(b"\xff\xd8\xff young")
    assert retain(center_on) == {}
    age_files(center_on)
    with center_on.files.held(shared=True):
        assert retain(center_on) == {}
    # used again: young again
    center_on.files.put(b"\xff\xd8\xff young")
    assert retain(center_on) == {}
    assert list(center_on.files.names()) == [young]
    age_files(center_on)
    assert retain(center_on) == {Kept.FILES: 1}
    assert list(center_on.files.names()) == []


def test_every_column_that_names_a_file_is_known() -> None:
    assert {str(column) for column in naming_columns()} >= {"cases.signature_file", "case_pages.file_id", "complaint_files.file_id"}


def test_what_only_serves_for_a_while_goes_and_what_is_younger_stays(center_on: Center, clock: MovableClock) -> None:
    # given of everything one that is over and one that is not
    desk, clerk, now = Desk(center_on), member(center_on), security_now()
    old_law, new_law = MORNING - timedelta(days=91), MORNING - timedelta(days=1)

    def both(make: Any, over: datetime, young: datetime) -> None:
        with center_on.database.writing() as session:
            session.add_all([make(over), make(young)])

    ours = {"township_id": center_on.township_id}
    both(lambda at: Nonce(**ours, key_id="x", nonce=uuid4().hex, expires_at=at), now - timedelta(seconds=1), now + DAY)
    both(
        lambda at: IdempotencyKey(**ours, key=uuid4(), purpose="x", body_digest="", subject_id=uuid4(), answer="{}", answered_at=at),
        now - timedelta(days=401),
        now,
    )
    both(
        lambda at: StaffSession(**ours, staff_id=clerk.id, token_hash=uuid4().hex, began_at=at, last_seen_at=at, expires_at=at),
        now - timedelta(days=31),
        now,
    )
    both(lambda at: HelpCall(**ours, terminal_row=desk.row.id, place="home", state="closed", called_at=at), old_law, new_law)

    def suggestion(at: datetime) -> Suggestion:
        row = uuid4()
        contact = center_on.cipher.seal("suggestions", "contact", row, b"13904640000")
        words = center_on.cipher.seal("suggestions", "words", row, "多开一个窗口".encode())
        return Suggestion(**ours, id=row, at=at, words=words, contact=contact, answered_at=at)

    both(suggestion, old_law, new_law)

    def booking(at: datetime) -> Booking:
        row = uuid4()
        person = center_on.cipher.seal("bookings", "person", row, b"{}")
        return Booking(
            **ours, id=row, number=row.hex[:16], day=at.date(), window="", starts=at.time(), place=1, state="booked",
            person=person, person_index=row.hex, item_code="YLBX", booked_at=at,
        )  # fmt: skip

    both(booking, old_law, new_law)

    def absence(at: datetime) -> Absence:
        row = uuid4()
        note = center_on.cipher.seal("absences", "note", row, "家里有人住院".encode())
        return Absence(**ours, id=row, staff_id=clerk.id, from_on=at.date(), to_on=at.date(), note=note, entered_at=at, entered_by=clerk.id)

    both(absence, old_law, new_law)
    for at in (now - timedelta(seconds=1), now + DAY):
        upload = Upload(**ours, terminal_id="WBH-01", sha256=uuid4().hex * 2, size=9, began_at=now, expires_at=at)
        with center_on.database.writing() as session:
            session.add(upload)
            session.flush()
            part = uuid4()
            content = center_on.cipher.seal("upload_parts", "content", part, b"half")
            session.add(UploadPart(**ours, id=part, upload_id=upload.id, start=0, content=content))
    with center_on.database.writing() as session:
        session.add(TerminalReport(**ours, terminal_row=desk.row.id, received_at=old_law, content="{}"))
    # when
    done = retain(center_on)
    # then
    once = {Kept.NONCES, Kept.ANSWERS, Kept.SESSIONS, Kept.UPLOADS, Kept.HELP_CALLS, Kept.SUGGESTIONS, Kept.BOOKINGS, Kept.TERMINAL_REPORTS}
    once |= {Kept.ABSENCES}
    assert done == dict.fromkeys(once, 1)
    left = counts(center_on)
    tables = ("nonces", "idempotency_keys", "staff_sessions", "uploads", "upload_parts", "help_calls", "suggestions", "bookings")
    assert [left[name] for name in tables] == [1, 1, 1, 1, 1, 1, 2, 2]
    with center_on.database.reading() as session:
        assert sorted(bool(each.contact) for each in session.scalars(select(Suggestion))) == [False, True]
        assert sorted(bool(each.note) for each in session.scalars(select(Absence))) == [False, True]
        assert sorted(bool(each.person) for each in session.scalars(select(Booking))) == [False, True]
    assert retain(center_on) == {}


def test_it_is_written_into_the_journal_as_counts_and_only_when_something_was_done(center_on: Center, clock: MovableClock) -> None:
    complaint(center_on, archived_on=MORNING.date())
    age_files(center_on)
    retain(center_on)
    with center_on.database.reading() as session:
        assert session.scalars(select(JournalEntry).where(JournalEntry.act == "retention.run")).all() == []
    clock.at = MORNING + timedelta(days=RETENTION[Kept.COMPLAINTS].days)
    retain(center_on)
    with center_on.database.reading() as session:
        (entry,) = session.scalars(select(JournalEntry).where(JournalEntry.act == "retention.run"))
    assert entry.detail == '{"complaints": 1, "files": 1}'


def test_papers_and_events_that_are_kept_cannot_be_emptied_by_anybody_else(center_on: Center) -> None:
    paper_about(center_on, Subject.CASE, uuid4())
    with pytest.raises(DBAPIError, match="append-only table"), center_on.database.writing() as session:
        session.execute(text("UPDATE issued_papers SET content = content"))


def test_every_rule_is_done_and_says_why() -> None:
    from center.records.retention import _ACTS  # here: only to see that none is missing

    assert set(_ACTS) == set(Kept) == set(RETENTION)
    assert all(rule.why and rule.name and rule.counted_from for rule in RETENTION.values())
