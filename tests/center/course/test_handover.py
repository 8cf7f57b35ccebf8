"""Papers go to the department and come back (R5.2, R5.3, R3.2): slips, receipt, opinion, counts compared, on both engines and with two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from uuid import UUID

import pytest

from center.casework.course_values import Count
from center.casework.handling import accept, open_case
from center.casework.handover import OpinionGiven, correct_opinion, extend_handover, give_opinion, hand_over, receive, take_back
from center.casework.scans import add_scans, scannable
from center.clock import CHINA
from center.domain.paper import PaperKind
from tests.center.course.scene import DEPARTMENT, LOGGING, OWN, WEEK, Scene, faulty, refused
from tests.center.papers import page
from tests.center.place import NAME, NUMBER

NO_PAPER = (Count("form", "申请表（填写内容和签名）", 0),)


def text_of(here: Scene, case_id: UUID, kind: PaperKind) -> str:
    """The newest paper of this kind, as its content reads."""
    return here.paper(case_id, kind).document.model_dump_json()


@pytest.mark.rule("R5.2", "R3.2")
def test_handing_over_moves_the_case_and_fills_in_a_slip_with_who_when_which_papers_and_how_many(here_on: Scene) -> None:
    case_id = here_on.with_department()
    row = here_on.row(case_id)
    assert (row.state, row.department, row.handed_over_on) == ("with_department", DEPARTMENT, here_on.clock.at.date())
    slip = text_of(here_on, case_id, PaperKind.HANDOVER_SLIP)
    for words in ("王敏", DEPARTMENT, "2026年11月24日 09:30", "林权证明　2 份", "2 样，共 3 份", "2026年12月1日前", "接收人"):
        assert words in slip, words


@pytest.mark.rule("R5.2", "R5.3")
def test_the_department_returns_it_within_its_own_limit(here: Scene) -> None:
    # Tuesday, 24 November, and five working days
    assert here.row(here.with_department()).department_due_on == date(2026, 12, 1)


@pytest.mark.rule("R5.2")
def test_the_papers_go_on_the_day_they_were_taken_in(here: Scene) -> None:
    assert here.row(here.accepted()).handover_due_on == date(2026, 11, 24)


@pytest.mark.rule("R5.2")
def test_special_circumstances_with_their_reason_move_the_first_clock_to_the_next_working_day(here_on: Scene) -> None:
    here_on.clock.at = datetime(2026, 11, 27, 16, 0, tzinfo=CHINA)  # a Friday
    case_id = here_on.accepted()
    assert extend_handover(here_on.center, here_on.window, case_id, here_on.revision(case_id), "接收单位全部外出防火") == date(2026, 11, 30)
    assert here_on.row(case_id).handover_due_on == date(2026, 11, 30)
    here_on.next_day(3)
    assert refused(lambda: hand_over(here_on.center, here_on.window, case_id, here_on.revision(case_id), DEPARTMENT, WEEK)) == "done"
    assert "接收单位全部外出防火" in text_of(here_on, case_id, PaperKind.HANDOVER_SLIP)
    assert not here_on.course(case_id).handover_late


@pytest.mark.rule("R5.2")
def test_what_is_late_is_not_made_timely_afterwards_and_the_clock_moves_once(here: Scene) -> None:
    late, timely = here.accepted(), here.accepted()
    extend_handover(here.center, here.window, timely, here.revision(timely), "停电")
    assert refused(lambda: extend_handover(here.center, here.window, timely, here.revision(timely), "又停电")) == "entry_invalid"
    here.next_day()
    assert refused(lambda: extend_handover(here.center, here.window, late, here.revision(late), "停电")) == "entry_invalid"


@pytest.mark.rule("R5.2", "R3.2")
def test_a_late_handover_says_why_and_shows(here: Scene) -> None:
    case_id = here.accepted()
    here.next_day()
    assert faulty(lambda: hand_over(here.center, here.window, case_id, here.revision(case_id), DEPARTMENT, WEEK)) == {"late_reason"}
    hand_over(here.center, here.window, case_id, here.revision(case_id), DEPARTMENT, WEEK, "经办人临时住院")
    assert here.course(case_id).handover_late
    assert "经办人临时住院" in text_of(here, case_id, PaperKind.HANDOVER_SLIP)


@pytest.mark.rule("R5.2")
def test_a_second_look_has_its_own_slip_and_does_not_touch_the_clock_of_the_first(here: Scene) -> None:
    case_id = here.back()
    first = here.row(case_id)
    here.next_day(2)
    hand_over(here.center, here.window, case_id, here.revision(case_id), DEPARTMENT, WEEK)
    row = here.row(case_id)
    assert (row.handed_over_on, row.handover_due_on) == (first.handed_over_on, first.handover_due_on)
    assert (row.taken_back_on, row.department_due_on) == (None, date(2026, 12, 3))
    assert len(here.course(case_id).rounds) == 2


def test_what_is_not_filled_in_properly_moves_nothing(here: Scene) -> None:
    case_id = here.accepted()

    def give(department: str, *lines: Count) -> set[str]:
        return faulty(lambda: hand_over(here.center, here.window, case_id, here.revision(case_id), department, lines))

    assert give("民政办", *WEEK) == {"department"}
    assert give(DEPARTMENT) == give(DEPARTMENT, *NO_PAPER) == {"lines"}
    assert (
        give(DEPARTMENT, Count("x.0", "", 1))
        == give(DEPARTMENT, Count("x.0", "图", 100))
        == give(DEPARTMENT, Count("x.0", "图", -1))
        == {"lines"}
    )
    assert give(DEPARTMENT, Count("x.0", "图" * 61, 1)) == give(DEPARTMENT, *[Count(f"x.{n}", "图", 1) for n in range(41)]) == {"lines"}
    assert here.row(case_id).state == "accepted"
    assert here.kinds(case_id) == ["filed", "opened", "accepted"]


def test_an_item_without_a_department_of_its_own_can_be_shown_to_one_that_has_a_liaison(here: Scene) -> None:
    case_id = here.accepted(OWN)
    hand_over(here.center, here.window, case_id, here.revision(case_id), "民政办", WEEK)
    assert (here.row(case_id).department, here.row(case_id).department_due_on) == ("民政办", None)
    assert "没有约定" in text_of(here, case_id, PaperKind.HANDOVER_SLIP)


# ------------------------------------------------------------------ the department


@pytest.mark.rule("R5.2")
def test_the_liaison_signs_for_the_papers_once_however_often_it_is_pressed(here_on: Scene) -> None:
    case_id = here_on.with_department()
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: refused(lambda: receive(here_on.center, here_on.liaison, case_id, "少一份复印件")), range(4)))
    assert here_on.kinds(case_id).count("department_received") == 1
    received = here_on.course(case_id).rounds[-1].received
    assert received is not None
    assert (received.by, received.note, received.at) == (f"{DEPARTMENT} 刘洋", "少一份复印件", here_on.clock.at)


@pytest.mark.rule("R5.3")
def test_the_opinion_is_written_and_comes_after_the_receipt(here_on: Scene) -> None:
    case_id = here_on.with_department()
    assert refused(lambda: here_on.answer(case_id)) == "not_received"
    receive(here_on.center, here_on.liaison, case_id)
    here_on.answer(case_id, agrees=False)
    opinion = text_of(here_on, case_id, PaperKind.DEPARTMENT_OPINION)
    for words in ("不同意", "采伐地块权属有争议", "刘洋", "单位负责人", "林权证明　2 份"):
        assert words in opinion, words
    assert here_on.row(case_id).state == "with_department"
    assert refused(lambda: here_on.answer(case_id)) == "case_changed"
    assert refused(lambda: receive(here_on.center, here_on.liaison, case_id)) == "case_changed"


@pytest.mark.rule("R5.3")
def test_an_opinion_is_corrected_with_a_reason_until_the_window_takes_it_back(here_on: Scene) -> None:
    case_id = here_on.with_department()
    receive(here_on.center, here_on.liaison, case_id)

    def correct(agrees: bool, why: str) -> object:
        given = OpinionGiven(agrees, "权属争议已经解决。", "", WEEK)
        return correct_opinion(here_on.center, here_on.liaison, case_id, here_on.revision(case_id), given, why)

    assert refused(lambda: correct(True, "写错了")) == "case_changed"
    here_on.answer(case_id, agrees=False)
    assert faulty(lambda: correct(True, " ")) == {"why"}
    assert refused(lambda: correct(True, "当事人补交了协议")) == "done"
    handed = here_on.course(case_id).round
    assert handed is not None
    assert handed.opinion is not None
    opinion = handed.opinion
    assert (opinion.agrees, opinion.reasons) == (True, "权属争议已经解决。")
    # The first stays, and the second says that it corrects it.
    issued = [paper.document for paper in here_on.papers(case_id) if paper.kind is PaperKind.DEPARTMENT_OPINION]
    assert sorted("更正" in document.subtitle for document in issued) == [False, True]
    assert here_on.kinds(case_id)[-2:] == ["opinion", "opinion_corrected"]
    assert "当事人补交了协议" in here_on.dossier(case_id).happened[-1].note
    # Decided is on what stands last; once taken back it stands.
    take_back(here_on.center, here_on.window, case_id, here_on.revision(case_id), WEEK)
    assert refused(lambda: correct(False, "又变了")) == "case_changed"
    assert here_on.row(case_id).state == "back"


def test_an_opinion_says_yes_or_no_and_why(here: Scene) -> None:
    case_id = here.with_department()
    receive(here.center, here.liaison, case_id)

    def give(agrees: bool | None, reasons: str) -> set[str]:
        given = OpinionGiven(agrees, reasons, "", WEEK)
        return faulty(lambda: give_opinion(here.center, here.liaison, case_id, here.revision(case_id), given))

    assert (give(None, "属实"), give(True, " "), give(True, "图" * 1001)) == ({"agrees"}, {"reasons"}, {"reasons"})


@pytest.mark.rule("R5.2")
def test_a_department_sees_and_answers_its_own_cases_only(here_on: Scene) -> None:
    case_id = here_on.with_department()
    nobody = here_on.stranger.__class__(here_on.stranger.id, "x", "无单位", here_on.stranger.roles, "", "")
    for other in (here_on.stranger, nobody):
        assert refused(lambda other=other: receive(here_on.center, other, case_id)) == "case_unknown"
    assert refused(lambda: receive(here_on.center, here_on.window, case_id)) == "not_allowed"
    not_handed = here_on.accepted()
    assert refused(lambda: receive(here_on.center, here_on.liaison, not_handed)) == "case_unknown"


# ------------------------------------------------------------------ back


@pytest.mark.rule("R5.2")
def test_taking_back_fills_in_a_slip_the_other_way_with_both_counts(here_on: Scene) -> None:
    case_id = here_on.back()
    assert (here_on.row(case_id).state, here_on.row(case_id).taken_back_on) == ("back", here_on.clock.at.date())
    slips = [paper for paper in here_on.papers(case_id) if paper.kind is PaperKind.HANDOVER_SLIP]
    assert [slip.document.subtitle for slip in slips] == ["中心移交职能单位", "职能单位返回中心"]
    assert "林权证明　移交 2 份，返回 2 份" in slips[1].document.model_dump_json()


@pytest.mark.rule("R5.2", "R9")
def test_what_comes_back_in_another_number_must_be_explained_and_shows_as_perhaps_lost(here: Scene) -> None:
    case_id = here.answered()
    fewer = (WEEK[0], Count("m.household_register", "林权证明", 1))

    def take(lines: tuple[Count, ...], explanation: str = "") -> set[str]:
        return faulty(lambda: take_back(here.center, here.window, case_id, here.revision(case_id), lines, explanation))

    assert take(WEEK[:1]) == {"lines"}
    assert take(fewer) == {"explanation"}
    assert take(fewer, "职能单位留存一份") == set()
    latest = here.course(case_id).round
    assert latest is not None
    assert latest.lost
    assert [(line.name, back) for line, back in latest.short] == [("林权证明", 1)]
    assert "※数量不符" in text_of(here, case_id, PaperKind.HANDOVER_SLIP)


@pytest.mark.rule("R5.3")
def test_nothing_is_taken_back_without_an_opinion(here: Scene) -> None:
    case_id = here.with_department()
    assert refused(lambda: take_back(here.center, here.window, case_id, here.revision(case_id), WEEK)) == "no_opinion"


@pytest.mark.rule("R5.3")
def test_what_the_department_added_is_scanned_under_its_own_name(here_on: Scene) -> None:
    case_id = here_on.with_department()
    receive(here_on.center, here_on.liaison, case_id)
    report = Count("x.0", "现场勘察报告", 1)
    here_on.answer(case_id, lines=(*WEEK, report))
    assert "现场勘察报告" not in [paper.material.material_name for paper in scannable(here_on.dossier(case_id), here_on.course(case_id))]
    take_back(here_on.center, here_on.window, case_id, here_on.revision(case_id), (*WEEK, report))
    for number, picture in enumerate((page("勘察报告"), page("勘察报告 第二页")), 1):
        offered = [
            paper for paper in scannable(here_on.dossier(case_id), here_on.course(case_id)) if "勘察" in paper.material.material_name
        ]
        assert len(offered) == 1
        code = offered[0].material.code
        assert add_scans(here_on.center, here_on.window, case_id, here_on.revision(case_id), code, [picture]) == 1
        papers = {paper.material.material_name: len(paper.pages) for paper in here_on.dossier(case_id).papers}
        assert papers["现场勘察报告"] == number
    assert refused(lambda: add_scans(here_on.center, here_on.window, case_id, here_on.revision(case_id), "sent_back_0_0", [page("x")])) == (
        "scan_paper"
    )


# ------------------------------------------------------------------ order, roles, races


def test_wrong_order_and_wrong_role_change_nothing(here_on: Scene) -> None:
    filed = here_on.file()
    open_case(here_on.center, here_on.window, filed)
    revision = here_on.revision(filed)
    assert refused(lambda: hand_over(here_on.center, here_on.window, filed, revision, DEPARTMENT, WEEK)) == "case_changed"
    assert refused(lambda: take_back(here_on.center, here_on.window, filed, revision, WEEK)) == "case_changed"
    accept(here_on.center, here_on.window, filed, revision, ())
    now = here_on.revision(filed)
    for who in (here_on.liaison, here_on.head):
        assert refused(lambda who=who: hand_over(here_on.center, who, filed, now, DEPARTMENT, WEEK)) == "not_allowed"
    assert refused(lambda: hand_over(here_on.center, here_on.window, filed, revision, DEPARTMENT, WEEK)) == "case_changed"
    assert here_on.kinds(filed) == ["filed", "opened", "accepted"]


def test_two_who_hand_over_at_once_make_one_slip(here_on: Scene) -> None:
    case_id = here_on.accepted()
    revision = here_on.revision(case_id)

    def give(who: object) -> str:
        return refused(lambda: hand_over(here_on.center, who, case_id, revision, DEPARTMENT, WEEK))  # type: ignore[arg-type]

    with ThreadPoolExecutor(4) as many:
        results = list(many.map(give, [here_on.window, here_on.colleague] * 2))
    assert sorted(results) == ["case_changed"] * 3 + ["done"]
    assert [paper.kind for paper in here_on.papers(case_id)].count(PaperKind.HANDOVER_SLIP) == 1


def test_a_case_of_another_township_is_not_there(here_on: Scene) -> None:
    case_id = here_on.with_department()
    with here_on.center.database.writing() as session:
        session.get_one(type(here_on.row(case_id)), case_id).township_id = "230903-elsewhere"
    assert refused(lambda: receive(here_on.center, here_on.liaison, case_id)) == "case_unknown"


def test_the_journal_says_what_was_done_and_nothing_personal(here: Scene) -> None:
    here.back()
    acts = [entry.act for entry in here.journal()]
    assert acts[-4:] == ["case.handed_over", "case.department_received", "case.opinion", "case.taken_back"]
    written = "".join(entry.detail for entry in here.journal())
    for personal in (NAME, NUMBER, "林权证明", "核实属实"):
        assert personal not in written
    assert LOGGING not in written
