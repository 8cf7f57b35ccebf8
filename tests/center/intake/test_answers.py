"""Accepting, returning and refusing: the papers that come of it, the clocks that start, and two at once, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from center.casework.handling import accept, return_with_notice
from center.casework.refusing import Refused, refuse
from center.center import Refusal
from center.domain.notice import NoticeLine, Reason, Subject
from center.domain.paper import PaperKind
from center.domain.roles import Role
from tests.center.intake.license import LAW
from tests.center.intake.scene import Scene, at_once, attempt, words
from tests.center.place import MORNING, NAME, NUMBER
from tests.center.staffing import member

LINE = NoticeLine(Subject.OTHER, "other_1", "", Reason.MISSING, "银行卡照片")
REFUSED = Refused("所在地块在饮用水水源保护区内，不能经营。", (LAW,))
SATURDAY = MORNING + timedelta(days=4)


@pytest.mark.rule("R3.2", "R4.1", "R5.1")
def test_accepting_issues_the_notice_and_with_a_department_the_promise_notice(scene_on: Scene) -> None:
    plain, promised = scene_on.opened(scene_on.file()), scene_on.opened(scene_on.file_license())
    accept(scene_on.center, scene_on.wang, plain, scene_on.revision(plain), ())
    accept(scene_on.center, scene_on.wang, promised, scene_on.revision(promised), ())
    assert [paper.kind for paper in scene_on.papers(plain)] == [PaperKind.ACCEPTANCE_NOTICE]
    assert {paper.kind for paper in scene_on.papers(promised)} == {PaperKind.ACCEPTANCE_NOTICE, PaperKind.PROMISE_NOTICE}
    promise = next(paper for paper in scene_on.papers(promised) if paper.kind is PaperKind.PROMISE_NOTICE)
    for shown in ("市场监督管理所", "5 个工作日", "2026年12月8日", NAME):
        assert shown in words(promise)
    assert NUMBER not in words(promise)
    assert set(scene_on.last_detail(promised)["papers"]) == {str(paper.id) for paper in scene_on.papers(promised)}


@pytest.mark.rule("R5.2")
def test_accepting_starts_both_handover_clocks(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file_license())
    # given that it was received on Tuesday and accepted on Wednesday; then the day of acceptance binds
    scene_on.clock.at = MORNING + timedelta(days=1)
    accept(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), ())
    row = scene_on.row(case_id)
    assert (row.taken_in_on, row.accepted_on, row.handover_due_on) == (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.rule("R9", "R4.6")
def test_the_clocks_of_a_filing_start_when_it_is_received(scene: Scene) -> None:
    plain, license_ = scene.file(at=SATURDAY), scene.file_license(at=SATURDAY)
    # opened by Monday's end; told within five working days, for the license alone
    assert (scene.row(plain).open_due_on, scene.row(plain).tell_due_on) == (date(2026, 11, 30), None)
    assert (scene.row(license_).open_due_on, scene.row(license_).tell_due_on) == (date(2026, 11, 30), date(2026, 12, 4))


@pytest.mark.rule("R4.2")
def test_a_year_that_is_not_known_blocks_no_filing_and_names_no_day(scene: Scene) -> None:
    case_id = scene.file_license(at=MORNING.replace(year=2026, month=12, day=30))
    assert scene.row(case_id).tell_due_on is None
    accepted = accept(scene.center, scene.wang, scene.opened(case_id), scene.revision(case_id), ())
    assert accepted.due.pending
    assert "待定" in words(accepted.papers[0])


@pytest.mark.rule("R2.5")
def test_returns_count_over_all_filings_of_one_applicant_for_one_item(scene_on: Scene) -> None:
    first = scene_on.opened(scene_on.file())
    return_with_notice(scene_on.center, scene_on.wang, first, scene_on.revision(first), [LINE])
    second = scene_on.opened(scene_on.file())
    assert (scene_on.row(first).returns, scene_on.row(second).returns) == (1, 1)
    return_with_notice(scene_on.center, scene_on.wang, second, scene_on.revision(second), [LINE])
    # the third filing follows two returns; another citizen's and another item's follow none
    assert scene_on.row(scene_on.file()).returns == 2
    assert scene_on.row(scene_on.file(name="李国芳", number="230903198806042507")).returns == 0
    assert scene_on.row(scene_on.file_license()).returns == 0
    # what was accepted in the end is over
    accept(scene_on.center, scene_on.wang, first, scene_on.revision(first), ["other.other_1"])
    assert scene_on.row(scene_on.file()).returns == 1


@pytest.mark.rule("R2.2")
def test_a_return_issues_the_one_time_notice_with_everything_on_it(scene: Scene) -> None:
    case_id = scene.opened(scene.file(missing=True))
    lines = [NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.MISSING, ""), LINE]
    paper = return_with_notice(scene.center, scene.wang, case_id, scene.revision(case_id), lines)
    assert paper.kind is PaperKind.ONE_TIME_NOTICE
    for shown in ("还需要补 2 样", "户口簿：没有提交", "银行卡照片", "身份证、参保登记表", "经办：综合窗口1号 王敏"):
        assert shown in words(paper)


@pytest.mark.rule("R2.3")
def test_a_refusal_is_in_writing_with_reason_and_the_article_it_rests_on(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file_license())
    paper = refuse(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), REFUSED)
    assert paper.kind is PaperKind.REFUSAL_NOTICE
    assert REFUSED.reason in words(paper)
    assert LAW in words(paper)
    row = scene_on.row(case_id)
    assert (row.state, row.ended_on) == ("refused", MORNING.date())
    assert scene_on.kinds(case_id) == ["filed", "opened", "refused"]


@pytest.mark.rule("R2.3")
def test_a_refusal_without_reason_or_basis_is_none(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    with pytest.raises(Refusal) as refused:
        refuse(scene.center, scene.wang, case_id, scene.revision(case_id), Refused("", ()))
    assert set(refused.value.fields) == {"reason", "articles"}
    assert scene.row(case_id).state == "filed"
    assert scene.papers(case_id) == ()


@pytest.mark.rule("R2.4")
def test_what_is_not_the_centers_business_says_which_body_and_where(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    not_ours = Refused("这类许可由区里办理。", (), not_ours=True)
    with pytest.raises(Refusal) as refused:
        refuse(scene.center, scene.wang, case_id, scene.revision(case_id), not_ours)
    assert set(refused.value.fields) == {"body", "place"}
    whole = Refused("这类许可由区里办理。", (), True, "桃山区市场监督管理局", "桃山区大同街1号", "")
    paper = refuse(scene.center, scene.wang, case_id, scene.revision(case_id), whole)
    for shown in ("桃山区市场监督管理局", "桃山区大同街1号"):
        assert shown in words(paper)


@pytest.mark.rule("R8.1")
def test_an_impolite_refusal_is_not_issued(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    rude = Refused("我不知道，你去问别人。", (LAW,))
    assert attempt(lambda: refuse(scene.center, scene.wang, case_id, scene.revision(case_id), rude)) == "refusal_incomplete"


def test_accepting_returning_and_refusing_at_once_is_one_of_the_three(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file_license())
    revision = scene_on.revision(case_id)
    results = at_once(
        lambda: accept(scene_on.center, scene_on.wang, case_id, revision, ()),
        lambda: return_with_notice(scene_on.center, scene_on.wang, case_id, revision, [LINE]),
        lambda: refuse(scene_on.center, scene_on.wang, case_id, revision, REFUSED),
        lambda: refuse(scene_on.center, scene_on.wang, case_id, revision, REFUSED),
    )
    assert results == ["case_changed"] * 3 + ["done"]
    assert scene_on.kinds(case_id) == ["filed", "opened", scene_on.row(case_id).state]
    # as many papers as the one act that counted demands
    wanted = {"accepted": 2, "returned": 1, "refused": 1}[scene_on.row(case_id).state]
    assert len(scene_on.papers(case_id)) == wanted


def test_who_only_looks_on_does_none_of_it(scene: Scene) -> None:
    head = member(scene.center, Role.CENTER_HEAD, name="周强", window="")
    case_id = scene.opened(scene.file_license())
    revision = scene.revision(case_id)
    assert attempt(lambda: refuse(scene.center, head, case_id, revision, REFUSED)) == "not_allowed"
    assert attempt(lambda: accept(scene.center, head, case_id, revision, ())) == "not_allowed"
    assert scene.kinds(case_id) == ["filed", "opened"]


def test_the_journal_has_every_act_and_nothing_personal(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    refuse(scene.center, scene.wang, case_id, scene.revision(case_id), REFUSED)
    acts = [(act, detail) for act, detail in scene.journal() if act.startswith("case.")]
    assert [act for act, _ in acts] == ["case.opened", "case.refused"]
    assert not any(personal in detail for _, detail in acts for personal in (NAME, NUMBER, REFUSED.reason))
