"""Two members of staff at the same case in the same moment, on both engines: one act counts, the other is told, nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.casework.handling import accept, open_case, return_with_notice
from center.center import Center, Refusal
from center.domain.notice import NoticeLine, Reason, Subject
from center.domain.roles import Role
from center.members import Member
from center.people.accounts import add_staff
from center.people.sign_in import SignedIn, sign_in
from center.store.tables import Case, CaseEvent
from tests.center.place import PASSWORD, Terminal

LINE = NoticeLine(Subject.OTHER, "other_1", "", Reason.MISSING, "银行卡照片")


@pytest.fixture
def members(center_on: Center) -> list[Member]:
    """Two at the windows."""
    found = []
    for login, name in (("wangmin", "王敏"), ("zhaolei", "赵磊")):
        add_staff(center_on, login, name, "window_staff", "综合窗口", PASSWORD)
        signed = sign_in(center_on, login, PASSWORD)
        assert isinstance(signed, SignedIn)
        found.append(signed.member)
    return found


@pytest.fixture
def case_id(terminal_on: Terminal, center_on: Center) -> UUID:
    """A filing in the queue."""
    assert terminal_on.file(terminal_on.filing()).status_code == 201
    return row(center_on).id


def row(center: Center) -> Case:
    with center.database.reading() as session:
        return session.scalars(select(Case)).one()


def kinds(center: Center) -> list[str]:
    with center.database.reading() as session:
        return list(session.scalars(select(CaseEvent.kind).order_by(CaseEvent.position)))


def attempt(act: Callable[[], object]) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_R3_1_two_who_open_at_once_are_one_responsible(center_on: Center, members: list[Member], case_id: UUID) -> None:
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda member: open_case(center_on, member, case_id), members * 2))
    assert row(center_on).first_responsible in {member.id for member in members}
    assert kinds(center_on) == ["filed", "opened"]


def test_accepting_and_returning_at_once_is_one_of_the_two(center_on: Center, members: list[Member], case_id: UUID) -> None:
    open_case(center_on, members[0], case_id)
    revision = row(center_on).revision
    acts: list[Callable[[], object]] = [
        lambda: accept(center_on, members[0], case_id, revision, ()),
        lambda: return_with_notice(center_on, members[1], case_id, revision, [LINE]),
    ]
    with ThreadPoolExecutor(4) as many:
        results = list(many.map(attempt, acts * 2))
    assert sorted(results) == ["case_changed"] * 3 + ["done"]
    assert kinds(center_on) == ["filed", "opened", row(center_on).state]


def test_R4_2_the_due_day_is_kept_as_it_was_told(center_on: Center, members: list[Member], case_id: UUID) -> None:
    open_case(center_on, members[0], case_id)
    told = accept(center_on, members[0], case_id, row(center_on).revision, ())
    kept = row(center_on)
    assert kept.accepted_on is not None
    assert told.due.on == kept.due_on == kept.accepted_on + timedelta(days=3)


def test_nobody_without_the_right_opens_a_case(center_on: Center, case_id: UUID) -> None:
    head = Member(uuid4(), "head", "周强", frozenset({Role.CENTER_HEAD}), "")
    assert attempt(lambda: open_case(center_on, head, case_id)) == "not_allowed"
    assert kinds(center_on) == ["filed"]


def test_a_case_of_another_township_is_not_there(center_on: Center, members: list[Member], case_id: UUID) -> None:
    with center_on.database.writing() as session:
        session.get_one(Case, case_id).township_id = "230903-elsewhere"
    assert attempt(lambda: open_case(center_on, members[0], case_id)) == "case_unknown"
