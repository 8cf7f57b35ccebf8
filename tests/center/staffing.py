"""Members of staff for tests, of any roles, straight into the records."""

from __future__ import annotations

from uuid import uuid4

from center.center import Center
from center.clock import security_now
from center.domain.roles import Role
from center.members import Member
from center.store.tables import Staff


def member(center: Center, *roles: Role, name: str = "李静", window: str = "综合窗口1号", department: str = "") -> Member:
    """A member with these roles, who exists in the records and cannot sign in."""
    made = Member(uuid4(), f"m{uuid4().hex[:10]}", name, frozenset(roles), window, department)
    with center.database.writing() as session:
        session.add(
            Staff(
                id=made.id,
                township_id=center.township_id,
                login=made.login,
                name=name,
                roles=made.roles,
                window=window,
                department=department,
                password_hash="",
                added_at=security_now(),
            )
        )
    return made
