"""Who may do what: one table of roles and rights. Only the roles and rights that exist so far."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A member of staff's role (domain.md, Roles)."""

    WINDOW_STAFF = "window_staff"
    CENTER_HEAD = "center_head"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """Something a role may do."""

    SEE_CASES = "see_cases"
    HANDLE_CASES = "handle_cases"


ROLE_NAMES: dict[Role, str] = {
    Role.WINDOW_STAFF: "窗口工作人员",
    Role.CENTER_HEAD: "中心负责人",
    Role.ADMINISTRATOR: "系统管理员",
}

_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.WINDOW_STAFF: frozenset({Right.SEE_CASES, Right.HANDLE_CASES}),
    Role.CENTER_HEAD: frozenset({Right.SEE_CASES}),
    # Items, staff and terminals are administered by command so far; a case is never an administrator's business.
    Role.ADMINISTRATOR: frozenset(),
}


def may(role: Role, right: Right) -> bool:
    """Whether `role` has `right`."""
    return right in _RIGHTS[role]
