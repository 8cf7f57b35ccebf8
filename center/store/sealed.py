"""Every sealed column, declared: what `verify` opens, `rotate-keys` seals anew, and retention empties. A test compares it with the tables."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, func, literal, select

from center.store.tables import Base


@dataclass(frozen=True)
class Sealed:
    """`column` of `table`, sealed for its row's id.

    `subject` leads to the id of the case or complaint that the field is about: a column, or a column, the table it points into, and a
    column there. Empty: about no citizen's matter; `kept` says until when it is there.
    """

    table: str
    column: str
    subject: tuple[str, ...] = ()
    kept: str = ""

    @property
    def name(self) -> str:
        """`cases.applicant`"""
        return f"{self.table}.{self.column}"

    @property
    def rows(self) -> Table:
        """The table."""
        return Base.metadata.tables[self.table]

    @property
    def field(self) -> Column[bytes | None]:
        """The column."""
        return self.rows.c[self.column]

    def filled(self) -> ColumnElement[bool]:
        """Rows in which there is something."""
        return self.field.is_not(None) & (func.length(self.field) > 0)

    def about(self, subject_ids: list[object]) -> ColumnElement[bool]:
        """Rows that are about one of these cases or complaints."""
        if len(self.subject) == 1:
            return self.rows.c[self.subject[0]].in_(subject_ids)
        own, other, column = self.subject
        there = Base.metadata.tables[other]
        return self.rows.c[own].in_(select(there.c.id).where(there.c[column].in_(subject_ids)))

    def sealed_otherwise(self, header: bytes) -> ColumnElement[bool]:
        """Rows that are filled, and sealed with another key or algorithm than `header` names."""
        return self.filled() & (func.substr(self.field, 1, len(header)) != literal(header, self.field.type))


SEALED: tuple[Sealed, ...] = (
    Sealed("cases", "applicant", ("id",)),
    Sealed("cases", "form", ("id",)),
    Sealed("case_events", "detail", ("case_id",)),
    Sealed("complaints", "complainant", ("id",)),
    Sealed("complaints", "statement", ("id",)),
    Sealed("complaint_events", "detail", ("complaint_id",)),
    Sealed("consents", "reason", ("complaint_id",)),
    Sealed("consents", "answer", ("complaint_id",)),
    Sealed("issued_papers", "content", ("subject_id",)),
    Sealed("accountability_events", "detail", ("subject_id",)),
    Sealed("accountability_steps", "text", ("event_id", "accountability_events", "subject_id")),
    Sealed("daily_checks", "remark", kept="kept: a leader's words about a day, not about a citizen"),
    Sealed("daily_check_lines", "note", ("case_id",)),
    Sealed("reports", "content", ("subject_id",)),
    Sealed("report_readings", "remark", ("report_id", "reports", "subject_id")),
    Sealed("gateway_outbox", "payload", ("case_id",)),
    Sealed("ratings", "comment", ("case_id",)),
    Sealed("bookings", "person", kept="until its retention is over (`domain/retention.py`)"),
    Sealed("suggestions", "words", kept="until its retention is over"),
    Sealed("suggestions", "contact", kept="until its retention is over"),
    Sealed("suggestions", "answer", kept="until its retention is over"),
    Sealed("help_calls", "note", kept="until its retention is over"),
    Sealed("upload_parts", "content", kept="deleted with its upload"),
    Sealed("absences", "note", kept="kept with the absence, for staff"),
    Sealed("second_factors", "secret", kept="kept while the member of staff has this second factor"),
)
