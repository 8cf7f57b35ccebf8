"""Who acts: a member of staff as their session says, and whether their roles have a right."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from center.center import Refusal
from center.domain.roles import Right, Role, may


@dataclass(frozen=True)
class Member:
    """The member of staff who acts. `department` is a liaison's. `owes`: what has to be done before anything else, `password` or `factor`."""

    id: UUID
    login: str
    name: str
    roles: frozenset[Role]
    window: str
    department: str = ""
    owes: str = ""

    @property
    def words(self) -> str:
        """As citizens read it: window, or a liaison's department, and name."""
        return f"{self.window or self.department} {self.name}".strip()

    def may(self, right: Right) -> bool:
        """Whether one of the member's roles has `right`."""
        return may(self.roles, right)


def require(member: Member, *rights: Right) -> None:
    """Raises Refusal if the member has none of `rights`."""
    if not any(member.may(right) for right in rights):
        raise Refusal("not_allowed", "您的岗位没有这项权限。需要办理时，请找有这项职责的同事或中心负责人。")
