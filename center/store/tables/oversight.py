"""Daily checks, reports in writing, accountability events (R4.5, R6.9, R9), and who of several workers does the center's routine."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class AccountabilityEvent(Base):
    """One event to be judged (R9). `key` is cause, subject and which time: found twice, it is one event. Sealed: `detail`.

    `subject_id` is a row of the kind `subject` says and may be gone before the event is; `number` is how people name it.
    """

    __tablename__ = "accountability_events"
    __table_args__ = (
        UniqueConstraint("township_id", "key"),
        Index("ix_accountability_events_state", "township_id", "state"),
        Index("ix_accountability_events_subject_id", "subject_id"),
    )

    key: Mapped[str] = mapped_column(String(140))
    cause: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    number: Mapped[str] = mapped_column(String(60))
    #: Who is responsible, and in the words of that day: a later transfer changes nothing here.
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    responsible: Mapped[str] = mapped_column(String(100))
    window: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    raised_at: Mapped[datetime]
    #: None: found by the system itself.
    raised_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    detail: Mapped[bytes]
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class AccountabilityStep(Base):
    """What was done about an event (R9). Append-only. Sealed: `text`."""

    __tablename__ = "accountability_steps"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("accountability_events.id"))
    position: Mapped[int] = mapped_column(Integer)
    act: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str] = mapped_column(String(100))
    text: Mapped[bytes]


class DailyCheck(Base):
    """A check of one working day, signed (R4.5). Append-only. `kind` is a `CheckKind`. Sealed: `remark`."""

    __tablename__ = "daily_checks"
    __table_args__ = (UniqueConstraint("township_id", "day", "kind"),)

    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    signed_at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str] = mapped_column(String(100))
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("issued_papers.id"))
    remark: Mapped[bytes]


class DailyCheckLine(Base):
    """One case that was looked at, and under which heading. Append-only. Sealed: `note`; empty text: looked at, nothing to say."""

    __tablename__ = "daily_check_lines"
    __table_args__ = (UniqueConstraint("check_id", "case_id"), Index("ix_daily_check_lines_case_id", "case_id"))

    check_id: Mapped[UUID] = mapped_column(ForeignKey("daily_checks.id"))
    case_id: Mapped[UUID]
    heading: Mapped[str] = mapped_column(String(20))
    note: Mapped[bytes]


class Report(Base):
    """A report in writing to the township's leaders: `kind` is `overdue` (R4.5) or `statistics` (R6.9). Append-only. Sealed: `content`.

    `subject_id` is the case of an overdue report; `period` the month of a statistics report, `2026-11`.
    """

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_subject_id", "subject_id"), Index("ix_reports_period", "township_id", "kind", "period"))

    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    number: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(7))
    content: Mapped[bytes]
    written_at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str] = mapped_column(String(100))
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("issued_papers.id"))


class ReportReading(Base):
    """A leader read a report and said something about it, or nothing. Append-only. Sealed: `remark`."""

    __tablename__ = "report_readings"
    __table_args__ = (UniqueConstraint("report_id", "staff_id"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str] = mapped_column(String(100))
    read_at: Mapped[datetime]
    remark: Mapped[bytes]


class Routine(Base):
    """Something the center does by itself: who has it in hand and until when (real time), and for which day it was last done."""

    __tablename__ = "routines"
    __table_args__ = (UniqueConstraint("township_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(60))
    held_until: Mapped[datetime]
    done_on: Mapped[date | None] = mapped_column(default=None)
