"""A case withdrawn while its papers are with the department: they come back by a slip (R5.2), and the applicant gets everything, nothing twice."""

from __future__ import annotations

from uuid import UUID

import pytest

from center.casework.completion import record_withdrawal
from center.casework.course_values import Count
from center.casework.giving_back import give_back, may_give_back, offered_back
from center.casework.handover import hand_over, receive, take_back
from center.domain.paper import PaperKind
from tests.center.course.scene import DEPARTMENT, WEEK, Scene, faulty, refused
from tests.center.place import NAME, Browser, add_wang_min

FORM, PROOF = WEEK
DEED = Count("x.0", "房产证复印件", 1)


def withdraw(here: Scene, case_id: UUID) -> UUID:
    record_withdrawal(here.center, here.window, case_id, here.revision(case_id), "不办了", paper_kept=True)
    return case_id


def take(here: Scene, case_id: UUID, *lines: Count, why: str = "") -> str:
    return refused(lambda: take_back(here.center, here.window, case_id, here.revision(case_id), lines, why))


def give(here: Scene, case_id: UUID, *lines: Count) -> str:
    return refused(lambda: give_back(here.center, here.window, case_id, here.revision(case_id), lines, NAME, True))


def offered(here: Scene, case_id: UUID) -> dict[str, int]:
    return {line.name: line.copies for line in offered_back(here.dossier(case_id), here.course(case_id))}


@pytest.mark.rule("R5.2")
def test_the_papers_come_back_by_a_slip_without_an_opinion_and_the_case_stays_withdrawn(here_on: Scene) -> None:
    case_id = here_on.with_department()
    receive(here_on.center, here_on.liaison, case_id)
    withdraw(here_on, case_id)
    here_on.next_day()
    assert take(here_on, case_id, *WEEK) == "done"
    row = here_on.row(case_id)
    assert (row.state, row.taken_back_on) == ("withdrawn", here_on.clock.at.date())
    assert here_on.kinds(case_id)[-2:] == ["withdrawn", "fetched_back"]
    slips = [paper.document for paper in here_on.papers(case_id) if paper.kind is PaperKind.HANDOVER_SLIP]
    assert [slip.subtitle for slip in slips] == ["中心移交职能单位", "职能单位返回中心"]
    for words in ("林权证明　移交 2 份，返回 2 份", "没有出具（申请人已撤回）", "刘洋"):
        assert words in slips[1].model_dump_json(), words
    assert not here_on.course(case_id).papers_out
    assert take(here_on, case_id, *WEEK) == "nothing_out"


@pytest.mark.rule("R5.2", "R9")
def test_what_does_not_come_back_is_explained_here_too(here: Scene) -> None:
    case_id = withdraw(here, here.answered())
    fewer = (FORM, Count(PROOF.code, PROOF.name, 1))
    assert faulty(lambda: take_back(here.center, here.window, case_id, here.revision(case_id), fewer)) == {"explanation"}
    assert take(here, case_id, *fewer, why="职能单位留存一份") == "done"
    handed = here.course(case_id).round
    assert handed is not None
    assert handed.lost
    assert offered(here, case_id) == {"林权证明": 1}


def test_nothing_comes_back_of_what_never_went(here: Scene) -> None:
    assert take(here, withdraw(here, here.accepted()), *WEEK) == "nothing_out"
    assert take(here, withdraw(here, here.back()), *WEEK) == "nothing_out"


@pytest.mark.rule("R3.2", "R5.2")
def test_what_is_here_is_given_back_first_and_the_rest_when_it_came_and_nothing_twice(here_on: Scene) -> None:
    case_id = here_on.accepted()
    hand_over(here_on.center, here_on.window, case_id, here_on.revision(case_id), DEPARTMENT, (FORM, PROOF, DEED))
    withdraw(here_on, case_id)
    assert offered(here_on, case_id) == {}
    # given what nobody listed, and nothing of what lies at the department
    assert give(here_on, case_id, PROOF) == "entry_invalid"
    assert give(here_on, case_id, Count("x.1", "房产证复印件", 1)) == "entry_invalid"
    assert give(here_on, case_id, Count("x.0", "照片", 2)) == "done"
    assert not may_give_back(here_on.dossier(case_id), here_on.course(case_id))
    assert give(here_on, case_id, PROOF) == "case_changed"
    assert take(here_on, case_id, FORM, PROOF, DEED, Count("x.5", "现场勘察报告", 1)) == "done"
    # the form stays in the file, and the report is the department's
    assert offered(here_on, case_id) == {"林权证明": 2, "房产证复印件": 1}
    one = Count(PROOF.code, PROOF.name, 1)
    assert give(here_on, case_id, one, Count("x.0", "照片", 1)) == "entry_invalid"
    assert give(here_on, case_id, Count(PROOF.code, PROOF.name, 3)) == "entry_invalid"
    assert give(here_on, case_id, one, Count("x.房产证复印件", "房产证复印件", 1)) == "done"
    assert offered(here_on, case_id) == {"林权证明": 1}
    assert give(here_on, case_id, one, Count("x.0", "房产证复印件", 1)) == "entry_invalid"
    assert give(here_on, case_id, one) == "done"
    assert give(here_on, case_id, one) == "case_changed"
    assert here_on.kinds(case_id).count("papers_returned") == 3


def test_both_are_done_from_the_pages(here: Scene) -> None:
    case_id = here.accepted()
    hand_over(here.center, here.window, case_id, here.revision(case_id), DEPARTMENT, (FORM, PROOF, DEED))
    withdraw(here, case_id)
    add_wang_min(here.center)
    window = Browser(here.terminal.url)
    assert window.sign_in().ok
    path = f"/console/cases/{case_id}"
    assert "还没有退回窗口" in window.get(path).text
    assert f'href="{path}/take-back"' in window.get(f"{path}/give-back").text
    hidden = window.hidden(f"{path}/take-back")
    taken = window.post(f"{path}/take-back", hidden | {"c.form": "1", "c.m.household_register": "2", "c.x.0": "1"})
    assert (taken.status_code, "交接表" in taken.text) == (200, True)
    shown = window.get(path).text
    assert f'href="{path}/take-back"' not in shown
    assert f'href="{path}/give-back"' in shown
    hidden = window.hidden(f"{path}/give-back")
    ticked = {"t.x.房产证复印件": "1", "c.x.房产证复印件": "1", "to": NAME, "signed": "yes"}
    assert "材料退还单" in window.post(f"{path}/give-back", hidden | ticked).text
    assert offered(here, case_id) == {"林权证明": 2}
    assert "没有材料留在职能单位" in window.get(f"{path}/take-back").text
