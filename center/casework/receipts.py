"""The case that a receipt or a notice names, whoever signed its code: a terminal its own receipts, the center the window's and those on its papers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.store.tables import Case, Terminal
from center.terminals import CENTER_ISSUER


def case_of_receipt(center: Center, session: Session, issuer: str, receipt_number: str) -> Case:
    """The case of this receipt. Raises Refusal: it may still be on its way."""
    found = select(Case).where(Case.township_id == center.township_id, Case.receipt_number == receipt_number)
    if issuer != CENTER_ISSUER:
        found = found.join(Terminal, Case.terminal_row == Terminal.id).where(Terminal.short_name == issuer)
    cases = session.scalars(found.limit(2)).all()
    # Terminals number by themselves; should two have given the same number, the center's code names neither.
    case = cases[0] if len(cases) == 1 else None
    if case is None:
        raise Refusal("receipt_unknown", "中心还没有收到这份申请。刚提交的，请过一会儿再查；已经很久的，请带回执到窗口。")
    return case
