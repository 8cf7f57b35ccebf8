"""After completion (R5.4, R5.5): pushed with everything, supervised from the receipt on, and what the department reports back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from center.casework.completion import decide, issue_voucher
from center.casework.course_lists import DepartmentList, department_cases
from center.casework.supervision import feedback_list, give_feedback, receive_push
from center.domain.application import Outcome
from center.domain.separation import Feedback
from center.store.tables import CaseEvent
from tests.center.course.scene import OWN, Scene, faulty, refused


def pushed(here: Scene) -> UUID:
    case_id = here.back()
    decide(here.center, here.window, case_id, here.revision(case_id), Outcome.GRANTED, "符合条件", "")
    issue_voucher(here.center, here.window, case_id, here.revision(case_id))
    return case_id


@pytest.mark.rule("R5.4")
def test_completion_pushes_everything_and_supervision_begins_at_the_receipt(here_on: Scene) -> None:
    case_id = pushed(here_on)
    row = here_on.row(case_id)
    assert (row.pushed_at, row.push_received_at) == (here_on.clock.at, None)
    assert [each.id for each in department_cases(here_on.center, here_on.liaison, DepartmentList.RETURNED).rows] == [case_id]
    assert department_cases(here_on.center, here_on.liaison, DepartmentList.RETURNED).to_confirm == 1
    here_on.next_day()
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: receive_push(here_on.center, here_on.liaison, case_id), range(4)))
    later = here_on.row(case_id)
    assert (later.pushed_at, later.push_received_at) == (row.pushed_at, here_on.clock.at)
    assert here_on.kinds(case_id).count("push_received") == 1
    assert [each.id for each in department_cases(here_on.center, here_on.liaison, DepartmentList.SUPERVISED).rows] == [case_id]


@pytest.mark.rule("R5.4")
def test_what_no_department_looked_into_is_pushed_to_nobody(here: Scene) -> None:
    case_id = here.accepted(OWN)
    decide(here.center, here.window, case_id, here.revision(case_id), Outcome.GRANTED, "符合条件", "")
    issue_voucher(here.center, here.window, case_id, here.revision(case_id))
    assert here.row(case_id).pushed_at is None
    assert "pushed" not in here.kinds(case_id)


@pytest.mark.rule("R5.4")
def test_only_the_department_that_had_it_confirms_and_only_what_was_pushed(here: Scene) -> None:
    case_id, unfinished = pushed(here), here.back()
    assert refused(lambda: receive_push(here.center, here.stranger, case_id)) == "case_unknown"
    assert refused(lambda: receive_push(here.center, here.window, case_id)) == "not_allowed"
    assert refused(lambda: receive_push(here.center, here.liaison, unfinished)) == "not_pushed"
    assert here.row(case_id).push_received_at is None


@pytest.mark.rule("R5.5")
def test_problems_and_penalties_come_back_and_stand_on_the_case_and_in_the_heads_list(here_on: Scene) -> None:
    case_id = pushed(here_on)
    key = uuid4()

    def report() -> str:
        return refused(
            lambda: give_feedback(
                here_on.center, here_on.liaison, case_id, key, Feedback.PENALTY, "超出批准范围采伐，罚款", "桃林罚〔2026〕3号"
            )
        )

    assert report() == "not_supervised"
    receive_push(here_on.center, here_on.liaison, case_id)
    with ThreadPoolExecutor(4) as many:
        assert set(many.map(lambda _: report(), range(4))) == {"done"}
    (on_case,) = here_on.course(case_id).feedback
    assert (on_case.name, on_case.words, on_case.number) == ("行政处罚", "超出批准范围采伐，罚款", "桃林罚〔2026〕3号")
    (listed,) = feedback_list(here_on.center, here_on.head)
    assert (listed.case_id, listed.feedback) == (case_id, on_case)
    assert refused(lambda: feedback_list(here_on.center, here_on.liaison)) == "not_allowed"


@pytest.mark.rule("R5.5")
def test_a_report_has_a_kind_and_words_and_comes_from_the_department(here: Scene) -> None:
    case_id = pushed(here)
    receive_push(here.center, here.liaison, case_id)
    assert faulty(lambda: give_feedback(here.center, here.liaison, case_id, uuid4(), None, "情况")) == {"kind"}
    assert faulty(lambda: give_feedback(here.center, here.liaison, case_id, uuid4(), Feedback.PROBLEM, " ")) == {"words"}
    assert refused(lambda: give_feedback(here.center, here.stranger, case_id, uuid4(), Feedback.PROBLEM, "情况")) == "case_unknown"
    assert refused(lambda: give_feedback(here.center, here.head, case_id, uuid4(), Feedback.PROBLEM, "情况")) == "not_allowed"
    assert here.course(case_id).feedback == ()


def test_what_was_written_is_sealed_in_the_records(here: Scene) -> None:
    case_id = pushed(here)
    receive_push(here.center, here.liaison, case_id)
    give_feedback(here.center, here.liaison, case_id, uuid4(), Feedback.PROBLEM, "张某越界采伐")
    with here.center.database.reading() as session:
        details = [event.detail for event in session.query(CaseEvent).filter_by(case_id=case_id) if event.detail]
    assert details
    assert not any("张某越界采伐".encode() in detail for detail in details)
