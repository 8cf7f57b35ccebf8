"""Letting go what has been kept long enough (`center.domain.retention`): rows, sealed fields and files. What stays, stays whole and verifies."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Delete, Table, Update, delete, exists, func, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.domain.retention import Kept, last_day, last_moment
from center.records import journal
from center.records.maintenance import maintaining
from center.store.durable import locked
from center.store.encryption import LET_GO
from center.store.sealed import SEALED
from center.store.tables import (
    Absence,
    Base,
    Booking,
    Case,
    CaseMaterial,
    CasePage,
    Complaint,
    ComplaintFile,
    GatewayMessage,
    HelpCall,
    IdempotencyKey,
    Nonce,
    StaffSession,
    StoredFile,
    Suggestion,
    TerminalReport,
    Upload,
    UploadPart,
)

_BATCH = 100
#: A file without a row that is younger may be one whose row is just being written; seconds of real time.
_YOUNG = 3600.0

_Statement = Delete | Update


def retain(center: Center) -> dict[str, int]:
    """Let go everything whose time is over; how many of each, those of which there were none left out. Running it again changes nothing."""
    with locked(center.data_dir / ".retain.lock") as alone:
        if not alone:
            return {}
        counts = {kept: act(center) for kept, act in _ACTS.items()}
        done = {str(kept): count for kept, count in counts.items() if count}
        if done:
            with center.database.writing() as session:
                journal.record(center, session, "retention.run", None, "retention", detail=done)
            _scrub(center)
        return done


def _count(session: Session, statement: _Statement) -> int:
    counted: int = session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]  # of a delete or update
    return counted


def _writing(*makers: Callable[[Center], _Statement]) -> Callable[[Center], int]:
    """Statements in one transaction; the last one's rows are counted."""

    def act(center: Center) -> int:
        with center.database.writing() as session:
            return [_count(session, make(center)) for make in makers][-1]

    return act


# Signatures, sessions, uploads and what was sent upstream are dated in real time, everything else by the center's clock.


def _nonces(center: Center) -> _Statement:
    return delete(Nonce).where(Nonce.township_id == center.township_id, Nonce.expires_at < last_moment(Kept.NONCES, security_now()))


def _answers(center: Center) -> _Statement:
    over = IdempotencyKey.answered_at < last_moment(Kept.ANSWERS, security_now())
    return delete(IdempotencyKey).where(IdempotencyKey.township_id == center.township_id, over)


def _sessions(center: Center) -> _Statement:
    over = last_moment(Kept.SESSIONS, security_now())
    ended = or_(StaffSession.expires_at < over, StaffSession.revoked_at < over)
    return delete(StaffSession).where(StaffSession.township_id == center.township_id, ended)


def _ended_uploads(center: Center) -> ColumnElement[bool]:
    return (Upload.township_id == center.township_id) & (Upload.expires_at < last_moment(Kept.UPLOADS, security_now()))


def _upload_parts(center: Center) -> _Statement:
    return delete(UploadPart).where(UploadPart.upload_id.in_(select(Upload.id).where(_ended_uploads(center))))


def _uploads(center: Center) -> _Statement:
    return delete(Upload).where(_ended_uploads(center))


def _reports(center: Center) -> _Statement:
    over = last_moment(Kept.TERMINAL_REPORTS, center.clock.now())
    return delete(TerminalReport).where(TerminalReport.township_id == center.township_id, TerminalReport.received_at < over)


def _bookings(center: Center) -> _Statement:
    over = Booking.day <= last_day(Kept.BOOKINGS, center.clock.now().date())
    filled = func.length(Booking.person) > 0
    return update(Booking).where(Booking.township_id == center.township_id, over, filled).values(person=LET_GO, person_index="")


def _help_calls(center: Center) -> _Statement:
    over = last_moment(Kept.HELP_CALLS, center.clock.now())
    return delete(HelpCall).where(HelpCall.township_id == center.township_id, HelpCall.called_at < over)


def _suggestions(center: Center) -> _Statement:
    over = last_moment(Kept.SUGGESTIONS, center.clock.now())
    answered = (Suggestion.answered_at < over) & Suggestion.contact.is_not(None)
    return update(Suggestion).where(Suggestion.township_id == center.township_id, answered).values(contact=None)


def _absences(center: Center) -> _Statement:
    day, moment = last_day(Kept.ABSENCES, center.clock.now().date()), last_moment(Kept.ABSENCES, center.clock.now())
    over = ((Absence.to_on <= day) | (Absence.ended_at < moment)) & Absence.note.is_not(None)
    return update(Absence).where(Absence.township_id == center.township_id, over).values(note=None)


def _messages(center: Center) -> _Statement:
    over = last_moment(Kept.GATEWAY_MESSAGES, security_now())
    return delete(GatewayMessage).where(GatewayMessage.township_id == center.township_id, GatewayMessage.sent_at < over)


# ------------------------------------------------------------------ cases and complaints


def _applications(center: Center) -> int:
    over = Case.ended_on <= last_day(Kept.APPLICATIONS, center.clock.now().date())
    return _let_go(center, Case, over, {"applicant_index": "", "agent_index": None, "signature_file": None}, _case_papers)


def _complaints(center: Center) -> int:
    over = Complaint.archived_on <= last_day(Kept.COMPLAINTS, center.clock.now().date())
    return _let_go(center, Complaint, over, {"complainant_index": "", "digits_hash": ""}, _complaint_papers)


def _case_papers(ids: list[object]) -> tuple[_Statement, ...]:
    materials = select(CaseMaterial.id).where(CaseMaterial.case_id.in_(ids))
    return delete(CasePage).where(CasePage.material_id.in_(materials)), delete(CaseMaterial).where(CaseMaterial.case_id.in_(ids))


def _complaint_papers(ids: list[object]) -> tuple[_Statement, ...]:
    return (delete(ComplaintFile).where(ComplaintFile.complaint_id.in_(ids)),)


def _let_go(
    center: Center,
    table: type[Case] | type[Complaint],
    over: ColumnElement[bool],
    emptied: dict[str, Any],
    papers: Callable[[list[object]], tuple[_Statement, ...]],
) -> int:
    """Empty every sealed field about them, wherever it is, and take away their papers; number, item, dates and state stay."""
    count = 0
    while True:
        with maintaining(center, "retain") as session:
            rows = select(table.id).where(table.township_id == center.township_id, over, table.let_go_on.is_(None)).limit(_BATCH)
            ids: list[object] = list(session.scalars(rows.with_for_update()))
            for column in SEALED if ids else ():
                if column.subject:
                    nothing = None if column.field.nullable else LET_GO
                    _count(session, update(column.rows).where(column.about(ids), column.filled()).values({column.column: nothing}))
            for statement in papers(ids) if ids else ():
                _count(session, statement)
            # The revision goes up: a page that still shows it cannot act on it.
            values = emptied | {"let_go_on": center.clock.now().date(), "revision": table.revision + 1}
            count += _count(session, update(table).where(table.id.in_(ids)).values(values))
        if len(ids) < _BATCH:
            return count


# ------------------------------------------------------------------ files


def naming_columns() -> tuple[Column[Any], ...]:
    """Every column that names a file, found from the tables."""
    files: Table = Base.metadata.tables["files"]
    return tuple(column for table in Base.metadata.sorted_tables for column in table.columns if column.references(files.c.id))


def _files(center: Center) -> int:
    over = StoredFile.stored_at < last_moment(Kept.FILES, center.clock.now())
    unnamed = (~exists().where(column == StoredFile.id) for column in naming_columns())
    try:
        with center.database.writing() as session:
            _count(session, delete(StoredFile).where(StoredFile.township_id == center.township_id, over, *unnamed))
    except IntegrityError:
        # Somebody named one in this very moment; tomorrow is another day.
        return 0
    return _sweep(center)


def _sweep(center: Center) -> int:
    """Remove files that no row of any township names, unless a backup copies them now: then another time."""
    with center.files.held(shared=False, wait=False) as alone:
        if not alone:
            return 0
        with center.database.reading() as session:
            named = set(session.scalars(select(StoredFile.sha256)))
        now, removed = datetime.fromtimestamp(time.time()).astimezone(), 0
        for sha256 in center.files.names():
            written = center.files.put_at(sha256)
            if sha256 not in named and written is not None and (now - written).total_seconds() > _YOUNG:
                center.files.remove(sha256)
                removed += 1
        for unfinished in center.files.unfinished():
            if center.files.is_stale(unfinished):
                unfinished.unlink(missing_ok=True)
    return removed


def _scrub(center: Center) -> None:
    """What was let go is not left lying in the engine's files.

    SQLite overwrites it in place (secure_delete), and its log is emptied. PostgreSQL frees the old rows; their bytes, which are
    sealed, lie in freed space until it is used again.
    """
    with center.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if center.database.is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # type: ignore[union-attr]  # the driver's own
            return
        emptied = {Case.__tablename__, Complaint.__tablename__, *(column.table for column in SEALED if column.subject)}
        for table in sorted(emptied):
            connection.execute(text(f'VACUUM "{table}"'))


_ACTS: dict[Kept, Callable[[Center], int]] = {
    Kept.NONCES: _writing(_nonces),
    Kept.ANSWERS: _writing(_answers),
    Kept.SESSIONS: _writing(_sessions),
    Kept.UPLOADS: _writing(_upload_parts, _uploads),
    Kept.TERMINAL_REPORTS: _writing(_reports),
    Kept.BOOKINGS: _writing(_bookings),
    Kept.HELP_CALLS: _writing(_help_calls),
    Kept.SUGGESTIONS: _writing(_suggestions),
    Kept.ABSENCES: _writing(_absences),
    Kept.GATEWAY_MESSAGES: _writing(_messages),
    Kept.APPLICATIONS: _applications,
    Kept.COMPLAINTS: _complaints,
    # Last: what the cases and complaints named is named no more.
    Kept.FILES: _files,
}
