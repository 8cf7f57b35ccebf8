"""Applications (办件): what was filed, what happened to it, and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from center.store.tables.base import Base
from center.store.tables.core import Item, Staff, Terminal


class Case(Base):
    """One application. Sealed: `applicant`, `form`. `applicant_index` finds a person's cases without storing the number.

    What happened is in `case_events`; the columns here are what lists and clocks ask for. `terminal_row` None: registered at the window.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("township_id", "case_number"),
        UniqueConstraint("terminal_row", "receipt_number"),
        Index("ix_cases_applicant_index", "applicant_index"),
        Index("ix_cases_agent_index", "agent_index"),
        Index("ix_cases_state", "township_id", "state"),
        Index("ix_cases_receipt_number", "receipt_number"),
    )

    case_number: Mapped[str] = mapped_column(String(60))
    receipt_number: Mapped[str] = mapped_column(String(16))
    terminal_row: Mapped[UUID | None] = mapped_column(ForeignKey("terminals.id"))
    item_row: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    state: Mapped[str] = mapped_column(String(20))
    applicant: Mapped[bytes]
    applicant_index: Mapped[str] = mapped_column(String(64))
    form: Mapped[bytes]
    #: None: signed on paper, which is kept at the window.
    signature_file: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    consent_version: Mapped[str] = mapped_column(String(20))
    consent_at: Mapped[datetime]
    filed_at: Mapped[datetime]
    received_at: Mapped[datetime]
    first_responsible: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    #: The window that has it, as in `staff.window`; what its lead sees.
    window: Mapped[str] = mapped_column(String(40), default="")
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    #: 接件: the day the papers were complete in the window's hands (R5.2).
    taken_in_on: Mapped[date | None] = mapped_column(default=None)
    open_due_on: Mapped[date | None] = mapped_column(default=None)
    tell_due_on: Mapped[date | None] = mapped_column(default=None)
    #: How often it was returned, with those of earlier filings for the same item (R2.5).
    returns: Mapped[int] = mapped_column(Integer, default=0)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    due_note: Mapped[str] = mapped_column(String(200), default="")
    #: The department that has or had it (R5).
    department: Mapped[str] = mapped_column(String(60), default="")
    handover_due_on: Mapped[date | None] = mapped_column(default=None)
    handed_over_on: Mapped[date | None] = mapped_column(default=None)
    department_due_on: Mapped[date | None] = mapped_column(default=None)
    taken_back_on: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    decided_on: Mapped[date | None] = mapped_column(default=None)
    #: The voucher's date: the completion (R4.3).
    completed_on: Mapped[date | None] = mapped_column(default=None)
    notify_due_on: Mapped[date | None] = mapped_column(default=None)
    notified_on: Mapped[date | None] = mapped_column(default=None)
    #: Collected, posted, refused or withdrawn: retention counts from here.
    ended_on: Mapped[date | None] = mapped_column(default=None)
    #: The number of who came for the applicant, blind like `applicant_index` and not to be matched with it; None: nobody did.
    agent_index: Mapped[str | None] = mapped_column(String(64), default=None)
    #: Its retention is over: what was personal is gone, number, item, dates and state stay (`records/retention.py`).
    let_go_on: Mapped[date | None] = mapped_column(default=None)
    #: R5.4: the department supervises from the receipt on.
    pushed_at: Mapped[datetime | None] = mapped_column(default=None)
    push_received_at: Mapped[datetime | None] = mapped_column(default=None)
    #: How the applicant wants the result: `window` or `post`.
    delivery: Mapped[str] = mapped_column(String(10), default="window")
    #: Two members of staff who act on the same sight of a case: the second is told, nothing is overwritten.
    revision: Mapped[int] = mapped_column(Integer, init=False)

    terminal: Mapped[Terminal | None] = relationship(init=False, lazy="joined")
    item: Mapped[Item] = relationship(init=False, lazy="joined")
    responsible: Mapped[Staff | None] = relationship(init=False, lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class CasePause(Base):
    """A special procedure of a case (R4.7), `procedure` a `SpecialProcedure`. `expected_days` is what the written notice told."""

    __tablename__ = "case_pauses"
    __table_args__ = (Index("ix_case_pauses_case_id", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    procedure: Mapped[str] = mapped_column(String(20))
    expected_days: Mapped[int] = mapped_column(Integer)
    begun_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)


class CaseMaterial(Base):
    """A paper of a case, as filed. `missing`: the citizen had it not with them."""

    __tablename__ = "case_materials"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    code: Mapped[str] = mapped_column(String(40))
    missing: Mapped[bool] = mapped_column(Boolean)


class CasePage(Base):
    """A page of a paper, in order."""

    __tablename__ = "case_pages"
    __table_args__ = (UniqueConstraint("material_id", "position"),)

    material_id: Mapped[UUID] = mapped_column(ForeignKey("case_materials.id"))
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))


class CaseEvent(Base):
    """What happened to a case. Append-only: the engine itself refuses changes and deletions. Sealed: `detail`."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "position"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    #: Who, in the words of that day: window and name, or the terminal. A later transfer changes nothing here.
    by: Mapped[str] = mapped_column(String(100), default="")
    detail: Mapped[bytes | None] = mapped_column(default=None)
