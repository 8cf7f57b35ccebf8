"""The case that a receipt names, whoever issued it: a terminal, or the center for what was registered at the window."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.store.tables import Case, Terminal
from center.terminals import CENTER_ISSUER


def case_of_receipt(center: Center, session: Session, issuer: str, receipt_number: str) -> Case:
    """The case of this receipt. Raises Refusal: it may still be on its way."""
    found = select(Case).where(Case.township_id == center.township_id, Case.receipt_number == receipt_number)
    if issuer == CENTER_ISSUER:
        found = found.where(Case.terminal_row.is_(None))
    else:
        found = found.join(Terminal, Case.terminal_row == Terminal.id).where(Terminal.short_name == issuer)
    case = session.scalar(found)
    if case is None:
        raise Refusal("receipt_unknown", "中心还没有收到这份申请。刚提交的，请过一会儿再查；已经很久的，请带回执到窗口。")
    return case
