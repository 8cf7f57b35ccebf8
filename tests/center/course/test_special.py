"""Special procedures (R4.7): only for a 行政许可 that declares them, told in writing, and the due day computed anew."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from center.casework.completion import decide
from center.casework.special import begin_special, end_special
from center.clock import CHINA
from center.domain.application import Outcome, SpecialProcedure
from center.domain.paper import PaperKind
from tests.center.course.scene import CARD, OWN, Scene, faulty, refused

REVIEW, HEARING, TEST = SpecialProcedure.EXPERT_REVIEW, SpecialProcedure.HEARING, SpecialProcedure.TEST


def begin(here: Scene, case_id: UUID, procedure: SpecialProcedure | None = REVIEW, days: int = 15) -> object:
    return begin_special(here.center, here.window, case_id, here.revision(case_id), procedure, days)


def end(here: Scene, case_id: UUID) -> object:
    (pause,) = here.course(case_id).open_pauses
    return end_special(here.center, here.window, case_id, here.revision(case_id), pause.id, "评审通过")


@pytest.mark.rule("R4.7")
def test_the_applicant_is_told_in_writing_how_long_it_takes_and_the_limit_stops(here_on: Scene) -> None:
    case_id = here_on.accepted()
    assert here_on.row(case_id).due_on == date(2026, 12, 8)
    begin(here_on, case_id)
    row = here_on.row(case_id)
    assert (row.state, row.due_on) == ("accepted", None)
    assert row.due_note.startswith("待定：特别程序正在进行")
    notice = here_on.paper(case_id, PaperKind.SPECIAL_PROCEDURE_NOTICE)
    assert notice.document.seal
    for words in ("专家评审", "预计 15 天", "2026年12月8日", "第四十五条", "张秀兰", "签收"):
        assert words in notice.document.model_dump_json(), words


@pytest.mark.rule("R4.7", "R4.2")
def test_its_days_are_left_out_of_the_limit_and_old_and_new_day_stay_on_record(here_on: Scene) -> None:
    case_id = here_on.accepted()  # Tuesday, 24 November; ten working days
    here_on.next_day()
    begin(here_on, case_id)  # Wednesday: the one day that has counted
    here_on.clock.at = datetime(2026, 12, 4, 10, 0, tzinfo=CHINA)  # a Friday
    end(here_on, case_id)
    # nine days are left, from Monday, 7 December
    assert here_on.row(case_id).due_on == date(2026, 12, 17)
    last = here_on.dossier(case_id).happened[-1]
    assert "由2026年12月8日改为2026年12月17日" in last.note
    assert "2026年12月17日" in last.told
    assert here_on.kinds(case_id)[-2:] == ["special_begun", "special_ended"]


@pytest.mark.rule("R4.7", "R5.3")
def test_the_departments_limit_stops_too(here: Scene) -> None:
    case_id = here.with_department()
    assert here.row(case_id).department_due_on == date(2026, 12, 1)
    begin(here, case_id)
    assert here.row(case_id).department_due_on is None
    here.next_day(2)
    end(here, case_id)
    assert here.row(case_id).department_due_on == date(2026, 12, 3)


@pytest.mark.rule("R4.7")
def test_only_a_license_that_declares_it_stops_the_limit(here: Scene) -> None:
    license_, service, immediate = here.accepted(), here.accepted(OWN), here.accepted(CARD)
    assert faulty(lambda: begin(here, license_, TEST)) == {"procedure"}
    assert faulty(lambda: begin(here, license_, None)) == {"procedure"}
    assert faulty(lambda: begin(here, service)) == faulty(lambda: begin(here, immediate)) == {"procedure"}
    assert {here.row(case_id).due_on for case_id in (license_, service)} == {date(2026, 12, 8), date(2026, 11, 27)}


@pytest.mark.rule("R4.7")
def test_a_limit_that_has_run_out_is_not_stopped_afterwards(here: Scene) -> None:
    case_id = here.accepted()
    here.clock.at = datetime(2026, 12, 8, 9, 0, tzinfo=CHINA)
    assert refused(lambda: begin(here, case_id)) == "special_late"
    assert here.row(case_id).due_on == date(2026, 12, 8)


def test_two_procedures_at_once_both_have_to_end(here: Scene) -> None:
    case_id = here.accepted()
    begin(here, case_id)
    assert faulty(lambda: begin(here, case_id)) == {"procedure"}
    begin(here, case_id, HEARING, 20)
    first, second = here.course(case_id).open_pauses
    here.next_day(3)
    end_special(here.center, here.window, case_id, here.revision(case_id), first.id)
    assert here.row(case_id).due_on is None
    end_special(here.center, here.window, case_id, here.revision(case_id), second.id)
    assert here.row(case_id).due_on == date(2026, 12, 11)
    assert refused(lambda: end_special(here.center, here.window, case_id, here.revision(case_id), second.id)) == "case_changed"


def test_a_pause_of_another_case_ends_nothing(here: Scene) -> None:
    one, other = here.accepted(), here.accepted()
    begin(here, one)
    begin(here, other)
    (foreign,) = here.course(other).open_pauses
    for wrong in (foreign.id, None, one):
        assert faulty(lambda wrong=wrong: end_special(here.center, here.window, one, here.revision(one), wrong)) == {"pause"}
    assert len(here.course(one).open_pauses) == len(here.course(other).open_pauses) == 1


def test_nothing_is_decided_while_one_goes_on_and_nobody_else_begins_one(here: Scene) -> None:
    case_id = here.back()
    assert refused(lambda: begin_special(here.center, here.liaison, case_id, here.revision(case_id), REVIEW, 15)) == "not_allowed"
    assert {frozenset(faulty(lambda days=days: begin(here, case_id, REVIEW, days))) for days in (0, -1, 401)} == {
        frozenset({"expected_days"})
    }
    begin(here, case_id)
    decided = refused(lambda: decide(here.center, here.window, case_id, here.revision(case_id), Outcome.GRANTED, "符合条件", ""))
    assert decided == "special_open"
