"""Who may do what: one table of roles and rights (domain.md, Roles). A person may hold several roles, unless one of them stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """A member of staff's role."""

    WINDOW_STAFF = "window_staff"
    WINDOW_LEAD = "window_lead"
    CUSTODIAN = "custodian"
    LIAISON = "liaison"
    COMPLAINT_OFFICER = "complaint_officer"
    CENTER_HEAD = "center_head"
    CENTER_LEADER = "center_leader"
    TOWNSHIP_LEADER = "township_leader"
    DISTRICT_OBSERVER = "district_observer"
    TECHNICIAN = "technician"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.WINDOW_STAFF: "窗口工作人员",
    Role.WINDOW_LEAD: "窗口负责人",
    Role.CUSTODIAN: "印章保管员",
    Role.LIAISON: "职能单位联络员",
    Role.COMPLAINT_OFFICER: "投诉受理员",
    Role.CENTER_HEAD: "中心负责人",
    Role.CENTER_LEADER: "中心分管领导",
    Role.TOWNSHIP_LEADER: "镇领导",
    Role.DISTRICT_OBSERVER: "区营商局",
    Role.TECHNICIAN: "技术员",
    Role.ADMINISTRATOR: "系统管理员",
}


class Right(StrEnum):
    """Something a role may do."""

    # applications
    SEE_CASES = "see_cases"
    HANDLE_CASES = "handle_cases"
    CORRECT_ENTRIES = "correct_entries"
    SEE_DEPARTMENT_CASES = "see_department_cases"
    GIVE_OPINIONS = "give_opinions"
    # the seal
    SEE_SEAL_LEDGER = "see_seal_ledger"
    USE_SEAL = "use_seal"
    # complaints; only HANDLE_COMPLAINTS opens an identity (R6.8)
    HANDLE_COMPLAINTS = "handle_complaints"
    GIVE_CONSENT = "give_consent"
    # oversight
    CHECK_CASES = "check_cases"
    CHECK_PROGRESS = "check_progress"
    WRITE_OVERDUE_REPORTS = "write_overdue_reports"
    READ_OVERDUE_REPORTS = "read_overdue_reports"
    SEE_STATISTICS = "see_statistics"
    EXPORT_CASES = "export_cases"
    SEE_ACCOUNTABILITY = "see_accountability"
    RAISE_ACCOUNTABILITY = "raise_accountability"
    REPORT_ACCOUNTABILITY = "report_accountability"
    VERIFY_ACCOUNTABILITY = "verify_accountability"
    DECIDE_ACCOUNTABILITY = "decide_accountability"
    SEE_AUDIT = "see_audit"
    # the other services
    SEE_BOOKINGS = "see_bookings"
    MANAGE_BOOKINGS = "manage_bookings"
    ANSWER_HELP_CALLS = "answer_help_calls"
    SEE_RATINGS = "see_ratings"
    ANSWER_SUGGESTIONS = "answer_suggestions"
    # the center itself
    MANAGE_DUTY = "manage_duty"
    EDIT_ITEMS = "edit_items"
    CONFIRM_ITEMS = "confirm_items"
    EDIT_NOTICES = "edit_notices"
    IMPORT_CALENDAR = "import_calendar"
    MANAGE_STAFF = "manage_staff"
    MANAGE_TERMINALS = "manage_terminals"
    SEE_TERMINALS = "see_terminals"


_WINDOW = frozenset(
    {
        Right.SEE_CASES,
        Right.HANDLE_CASES,
        Right.CORRECT_ENTRIES,
        Right.SEE_BOOKINGS,
        Right.MANAGE_BOOKINGS,
        Right.ANSWER_HELP_CALLS,
        Right.SEE_ACCOUNTABILITY,
        Right.REPORT_ACCOUNTABILITY,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.WINDOW_STAFF: _WINDOW,
    Role.WINDOW_LEAD: _WINDOW | {Right.SEE_SEAL_LEDGER, Right.SEE_RATINGS},
    Role.CUSTODIAN: frozenset({Right.SEE_SEAL_LEDGER, Right.USE_SEAL}),
    Role.LIAISON: frozenset({Right.SEE_DEPARTMENT_CASES, Right.GIVE_OPINIONS}),
    Role.COMPLAINT_OFFICER: frozenset({Right.HANDLE_COMPLAINTS}),
    Role.CENTER_HEAD: frozenset(
        {
            Right.SEE_CASES,
            Right.SEE_SEAL_LEDGER,
            Right.CHECK_CASES,
            Right.WRITE_OVERDUE_REPORTS,
            Right.SEE_STATISTICS,
            Right.EXPORT_CASES,
            Right.SEE_ACCOUNTABILITY,
            Right.RAISE_ACCOUNTABILITY,
            Right.VERIFY_ACCOUNTABILITY,
            Right.SEE_AUDIT,
            Right.SEE_BOOKINGS,
            Right.MANAGE_BOOKINGS,
            Right.ANSWER_HELP_CALLS,
            Right.SEE_RATINGS,
            Right.ANSWER_SUGGESTIONS,
            Right.MANAGE_DUTY,
            Right.CONFIRM_ITEMS,
            Right.EDIT_NOTICES,
            Right.IMPORT_CALENDAR,
            Right.SEE_TERMINALS,
        }
    ),
    # Progress of all cases by number and item, never who applied; consents without who complained (R6.8).
    Role.CENTER_LEADER: frozenset(
        {Right.GIVE_CONSENT, Right.CHECK_PROGRESS, Right.SEE_STATISTICS, Right.SEE_ACCOUNTABILITY, Right.SEE_RATINGS}
    ),
    Role.TOWNSHIP_LEADER: frozenset(
        {Right.READ_OVERDUE_REPORTS, Right.SEE_STATISTICS, Right.SEE_ACCOUNTABILITY, Right.DECIDE_ACCOUNTABILITY, Right.SEE_AUDIT}
    ),
    Role.DISTRICT_OBSERVER: frozenset({Right.SEE_STATISTICS}),
    Role.TECHNICIAN: frozenset({Right.SEE_TERMINALS}),
    # Items, staff, terminals; a case is never an administrator's business.
    Role.ADMINISTRATOR: frozenset(
        {Right.EDIT_ITEMS, Right.EDIT_NOTICES, Right.IMPORT_CALENDAR, Right.MANAGE_STAFF, Right.MANAGE_TERMINALS, Right.SEE_TERMINALS}
    ),
}

#: Held alone: who keeps the machine or looks from outside handles nobody's case, and who handles cases makes no accounts.
ALONE: frozenset[Role] = frozenset({Role.DISTRICT_OBSERVER, Role.TECHNICIAN, Role.ADMINISTRATOR})


def may(roles: Iterable[Role], right: Right) -> bool:
    """Whether one of `roles` has `right`."""
    return any(right in RIGHTS[role] for role in roles)


def compatible(roles: Iterable[Role]) -> bool:
    """Whether one person may hold all of `roles`: at least one, and none that stands alone beside another."""
    held = frozenset(roles)
    return bool(held) and (len(held) == 1 or not held & ALONE)
