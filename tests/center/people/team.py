"""A township's staff for tests of people and publishing: invented, one per role that these rooms know."""

from __future__ import annotations

from sqlalchemy import select

from center.center import Center
from center.members import Member
from center.people.accounts import add_staff
from center.store.tables import Staff
from tests.center.place import PASSWORD

#: login, name, roles, window, department
_STAFF = (
    ("wangmin", "王敏", "window_staff", "综合窗口1号", ""),
    ("zhaolei", "赵磊", "window_staff", "综合窗口2号", ""),
    ("liuyan", "刘艳", "window_staff,custodian", "综合窗口3号", ""),
    ("chenhead", "陈志强", "center_head", "", ""),
    ("sunwei", "孙伟", "administrator", "", ""),
    ("hejing", "何静", "administrator", "", ""),
    ("district", "区营商局", "district_observer", "", ""),
)


def make_team(center: Center) -> dict[str, Member]:
    """All of them, by login."""
    for login, name, roles, window, department in _STAFF:
        add_staff(center, login, name, roles, window, PASSWORD, department)
    return {login: member(center, login) for login, *_ in _STAFF}


def member(center: Center, login: str) -> Member:
    """One of them as they are now."""
    with center.database.reading() as session:
        row = session.scalars(select(Staff).where(Staff.login == login)).one()
    return Member(row.id, row.login, row.name, row.roles, row.window, row.department)
