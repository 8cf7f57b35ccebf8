"""Who may do what: the roles table of domain.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.roles import ALONE, RIGHTS, ROLE_NAMES, Right, Role, compatible, may


def test_an_administrator_has_no_right_to_any_case() -> None:
    cases = {Right.SEE_CASES, Right.HANDLE_CASES, Right.HANDLE_COMPLAINTS, Right.SEE_DEPARTMENT_CASES, Right.EXPORT_CASES}
    assert not any(may([Role.ADMINISTRATOR], right) for right in cases)


def test_each_role_has_a_right_and_each_right_a_role() -> None:
    assert set(RIGHTS) == set(Role) == set(ROLE_NAMES)
    assert set().union(*RIGHTS.values()) == set(Right)


@pytest.mark.rule("R6.8")
def test_nobody_but_complaint_officers_opens_who_complained() -> None:
    assert [role for role in Role if may([role], Right.HANDLE_COMPLAINTS)] == [Role.COMPLAINT_OFFICER]


def test_the_district_sees_statistics_and_nothing_else_and_a_technician_only_machines() -> None:
    assert RIGHTS[Role.DISTRICT_OBSERVER] == {Right.SEE_STATISTICS}
    assert RIGHTS[Role.TECHNICIAN] == {Right.SEE_TERMINALS}


@pytest.mark.rule("R7.2")
def test_only_the_custodian_uses_the_seal() -> None:
    assert [role for role in Role if may([role], Right.USE_SEAL)] == [Role.CUSTODIAN]


@pytest.mark.rule("R9")
def test_the_window_reports_the_center_verifies_and_the_township_decides() -> None:
    def holders(right: Right) -> list[Role]:
        return [role for role in Role if may([role], right)]

    assert holders(Right.REPORT_ACCOUNTABILITY) == [Role.WINDOW_STAFF, Role.WINDOW_LEAD]
    assert holders(Right.VERIFY_ACCOUNTABILITY) == [Role.CENTER_HEAD]
    assert holders(Right.DECIDE_ACCOUNTABILITY) == [Role.TOWNSHIP_LEADER]


@pytest.mark.rule("R6.5", "R6.6")
def test_the_leader_in_charge_alone_gives_consent() -> None:
    assert [role for role in Role if may([role], Right.GIVE_CONSENT)] == [Role.CENTER_LEADER]


@given(st.sets(st.sampled_from(Role)))
def test_who_keeps_the_machine_or_looks_from_outside_holds_no_other_role(roles: set[Role]) -> None:
    assert compatible(roles) == (bool(roles) and (len(roles) == 1 or not roles & ALONE))
    assert may(roles, Right.HANDLE_CASES) == bool(roles & {Role.WINDOW_STAFF, Role.WINDOW_LEAD})
