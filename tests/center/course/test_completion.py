"""Decided, completed, told and handed out (R4.3, R4.4, R5.3, R3.2, R10): in this order only, by the window only, each act with its paper or its record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from center.casework.completion import (
    Collecting,
    Collector,
    NotifyWay,
    collect,
    decide,
    issue_voucher,
    notify,
    post,
    record_withdrawal,
)
from center.clock import CHINA
from center.config import GatewaySection
from center.domain.application import Outcome
from center.domain.paper import PaperKind
from center.store.tables import GatewayMessage
from tests.center.course.scene import CARD, OWN, Scene, faulty, refused
from tests.center.place import NAME

GRANTED, DENIED = Outcome.GRANTED, Outcome.DENIED
SELF = Collecting(Collector.APPLICANT, card_shown=True, signed=True)
AGENT_NUMBER = "230903198806042507"


def grant(
    here: Scene, case_id: UUID, outcome: Outcome | None = GRANTED, reasons: str = "符合办理条件。", basis: str = "", against: str = ""
) -> object:
    return decide(here.center, here.window, case_id, here.revision(case_id), outcome, reasons, basis, against)


def complete(here: Scene, case_id: UUID) -> object:
    return issue_voucher(here.center, here.window, case_id, here.revision(case_id))


def tell(
    here: Scene, case_id: UUID, way: NotifyWay | None = NotifyWay.PHONE, reached: bool | None = True, delivery: str = "window"
) -> object:
    words = "您的申请已经办结，请带身份证到窗口领取。"
    return notify(here.center, here.window, case_id, here.revision(case_id), way, NAME, words, reached, delivery)


def fetch(here: Scene, case_id: UUID, collecting: Collecting = SELF) -> object:
    return collect(here.center, here.window, case_id, here.revision(case_id), collecting)


def completed(here: Scene, item: str = OWN) -> UUID:
    case_id = here.accepted(item)
    grant(here, case_id)
    complete(here, case_id)
    return case_id


# ------------------------------------------------------------------ deciding


@pytest.mark.rule("R5.3", "R5.1")
def test_what_a_department_must_look_into_is_not_decided_before_its_opinion_is_back(here_on: Scene) -> None:
    accepted, away = here_on.accepted(), here_on.answered()
    assert refused(lambda: grant(here_on, accepted)) == "opinion_needed"
    assert refused(lambda: grant(here_on, away)) == "case_changed"
    back = here_on.back()
    grant(here_on, back)
    assert (here_on.row(back).state, here_on.row(back).outcome, here_on.row(back).decided_on) == (
        "decided",
        "granted",
        here_on.clock.at.date(),
    )


@pytest.mark.rule("R5.3")
def test_deciding_against_the_opinion_needs_a_reason_that_stays_inside(here: Scene) -> None:
    for agrees, outcome in ((False, GRANTED), (True, DENIED)):
        case_id = here.back(agrees)
        assert faulty(lambda case_id=case_id, outcome=outcome: grant(here, case_id, outcome, basis="《森林法》")) == {"against"}
        grant(here, case_id, outcome, basis="《森林法》", against="争议已由村委会调解，附调解书")
        decision = here.course(case_id).decision
        assert decision is not None
        assert decision.against == "争议已由村委会调解，附调解书"
        assert "调解书" not in here.paper(case_id, PaperKind.DECISION).document.model_dump_json()


def test_a_denial_says_why_on_which_basis_and_which_ways_of_review_there_are(here: Scene) -> None:
    case_id = here.accepted(OWN)
    assert faulty(lambda: grant(here, case_id, DENIED)) == {"basis"}
    grant(here, case_id, DENIED, "户籍不在本镇。", "参保办法第三条")
    paper = here.paper(case_id, PaperKind.DECISION)
    assert paper.document.subtitle == "不予批准"
    for words in ("户籍不在本镇。", "参保办法第三条", "行政复议", "行政诉讼", "六十日", "六个月", "不予批准"):
        assert words in paper.document.model_dump_json(), words
    assert here.row(case_id).outcome == "denied"


def test_a_grant_says_nothing_of_review(here: Scene) -> None:
    case_id = here.accepted(OWN)
    grant(here, case_id)
    text = here.paper(case_id, PaperKind.DECISION).document.model_dump_json()
    assert "准予您的申请" in text
    assert "行政复议" not in text


def test_a_decision_is_one_of_two_with_reasons_that_mind_their_manners(here: Scene) -> None:
    case_id = here.accepted(OWN)
    assert faulty(lambda: grant(here, case_id, None)) == {"outcome"}
    assert faulty(lambda: grant(here, case_id, reasons="")) == {"reasons"}
    assert faulty(lambda: grant(here, case_id, reasons="都说过几遍了，怎么还不明白？")) == {"reasons"}
    assert here.row(case_id).state == "accepted"


def test_two_who_decide_at_once_make_one_decision(here_on: Scene) -> None:
    case_id = here_on.accepted(OWN)
    revision = here_on.revision(case_id)

    def one(outcome: Outcome) -> str:
        return refused(lambda: decide(here_on.center, here_on.window, case_id, revision, outcome, "理由", "依据"))

    with ThreadPoolExecutor(4) as many:
        results = list(many.map(one, [GRANTED, DENIED] * 2))
    assert sorted(results) == ["case_changed"] * 3 + ["done"]
    assert [paper.kind for paper in here_on.papers(case_id)].count(PaperKind.DECISION) == 1


# ------------------------------------------------------------------ completing


@pytest.mark.rule("R4.3")
def test_every_case_ends_in_a_voucher_whose_date_is_the_completion(here_on: Scene) -> None:
    case_id = here_on.accepted(OWN)
    grant(here_on, case_id)
    assert here_on.row(case_id).completed_on is None
    here_on.next_day()
    complete(here_on, case_id)
    row = here_on.row(case_id)
    assert (row.state, row.decided_on, row.completed_on) == ("voucher_issued", date(2026, 11, 24), date(2026, 11, 25))
    voucher = here_on.paper(case_id, PaperKind.COMPLETION_VOUCHER)
    rows = [row for block in voucher.document.blocks if block.kind == "rows" for row in block.rows]
    assert [row.value for row in rows if row.label == "办结日"] == ["2026年11月25日"]
    assert refused(lambda: complete(here_on, case_id)) == "case_changed"


@pytest.mark.rule("R4.1", "R4.3")
def test_what_is_done_on_the_spot_goes_through_every_act_on_one_day(here_on: Scene) -> None:
    case_id = completed(here_on, CARD)
    tell(here_on, case_id, NotifyWay.IN_PERSON)
    fetch(here_on, case_id)
    row = here_on.row(case_id)
    today = here_on.clock.at.date()
    days = (row.accepted_on, row.due_on, row.decided_on, row.completed_on, row.notified_on, row.ended_on)
    assert days == (today,) * 6
    assert here_on.kinds(case_id) == ["filed", "opened", "accepted", "decided", "voucher_issued", "notified", "collected"]
    assert row.pushed_at is None


@pytest.mark.rule("R4.3")
def test_a_voucher_after_the_due_day_says_so(here: Scene) -> None:
    case_id = here.accepted(OWN)
    grant(here, case_id)
    here.next_day(6)
    complete(here, case_id)
    assert "超过应办结日" in here.dossier(case_id).happened[-1].note


# ------------------------------------------------------------------ telling


@pytest.mark.rule("R4.4")
def test_the_applicant_is_told_by_the_next_working_day_and_late_shows(here: Scene) -> None:
    here.clock.at = datetime(2026, 11, 27, 16, 0, tzinfo=CHINA)  # a Friday
    timely, late = completed(here), completed(here)
    assert here.row(timely).notify_due_on == date(2026, 11, 30)
    here.next_day(3)
    tell(here, timely)
    here.next_day()
    tell(here, late)
    assert (here.course(timely).notified_late, here.course(late).notified_late) == (False, True)


@pytest.mark.rule("R4.4")
def test_what_was_said_to_whom_and_how_is_kept_and_who_was_not_reached_still_waits(here_on: Scene) -> None:
    case_id = completed(here_on)
    tell(here_on, case_id, reached=False)
    assert (here_on.row(case_id).state, here_on.row(case_id).notified_on) == ("voucher_issued", None)
    here_on.next_day()
    tell(here_on, case_id, NotifyWay.LETTER)
    assert (here_on.row(case_id).state, here_on.row(case_id).notified_on) == ("notified", date(2026, 11, 25))
    assert [(told.how, told.who, told.reached) for told in here_on.course(case_id).told] == [("电话", NAME, False), ("信函", NAME, True)]
    assert here_on.course(case_id).told[1].words.startswith("您的申请已经办结")


@pytest.mark.rule("R4.4")
def test_a_year_that_is_not_known_leaves_the_day_open_and_blocks_nothing(here: Scene) -> None:
    here.clock.at = datetime(2026, 12, 31, 16, 0, tzinfo=CHINA)
    case_id = completed(here)
    assert here.row(case_id).notify_due_on is None
    tell(here, case_id)
    assert not here.course(case_id).notified_late


def test_telling_needs_a_way_a_person_and_an_outcome(here: Scene) -> None:
    case_id = completed(here)
    assert faulty(lambda: tell(here, case_id, None)) == {"way"}
    assert faulty(lambda: tell(here, case_id, reached=None)) == {"reached"}
    assert faulty(lambda: tell(here, case_id, delivery="pigeon")) == {"delivery"}
    revision = here.revision(case_id)
    for who, words, wrong in (("", "办结", "who"), (NAME, "", "words"), (NAME, "有牌子，自己看", "words"), (NAME, "字" * 401, "words")):
        act = lambda who=who, words=words: notify(here.center, here.window, case_id, revision, NotifyWay.PHONE, who, words, True)  # noqa: E731
        assert faulty(act) == {wrong}
    assert here.kinds(case_id)[-1] == "voucher_issued"


# ------------------------------------------------------------------ handing out


@pytest.mark.rule("R3.2")
def test_the_applicant_collects_with_the_card_and_signs(here_on: Scene) -> None:
    case_id = completed(here_on)
    assert refused(lambda: fetch(here_on, case_id)) == "case_changed"
    tell(here_on, case_id)
    fetch(here_on, case_id)
    out = here_on.course(case_id).handed_out
    assert out is not None
    assert (out.who, dict(out.detail)["签字"]) == (NAME, "已在凭证上签字")
    assert (here_on.row(case_id).state, here_on.row(case_id).ended_on) == ("collected", here_on.clock.at.date())


def test_an_agent_gives_name_number_and_authority_and_who_has_no_card_is_checked_otherwise(here: Scene) -> None:
    case_id = completed(here)
    tell(here, case_id)
    agent = Collecting(Collector.AGENT, "李国芳", AGENT_NUMBER, "委托书", True, "", True)
    wrong = {
        "collector": Collecting(None, signed=True, card_shown=True),
        "signed": Collecting(Collector.APPLICANT, card_shown=True),
        "checked": Collecting(Collector.APPLICANT, signed=True),
        "name": Collecting(Collector.AGENT, "", AGENT_NUMBER, "委托书", True, "", True),
        "number": Collecting(Collector.AGENT, "李国芳", "230903198806042508", "委托书", True, "", True),
        "authority": Collecting(Collector.AGENT, "李国芳", AGENT_NUMBER, "", True, "", True),
    }
    for field, collecting in wrong.items():
        assert faulty(lambda collecting=collecting: fetch(here, case_id, collecting)) == {field}
    fetch(here, case_id, agent)
    other_card = completed(here)
    tell(here, other_card)
    fetch(here, other_card, replace(agent, number="h60123456"))
    out = here.course(case_id).handed_out
    assert out is not None
    assert dict(out.detail)["证件"] == "已出示，230903********2507"


@pytest.mark.rule("R10")
def test_a_result_is_posted_under_a_number_that_can_be_one(here: Scene) -> None:
    case_id = completed(here)
    tell(here, case_id, delivery="post")

    def send(number: str, address: str = "万宝河镇一村二组3号") -> set[str]:
        return faulty(lambda: post(here.center, here.window, case_id, here.revision(case_id), number, NAME, address, ""))

    for number in ("", "12345", "2012345678901", "EE123456784CN", "１０１２３４５６７８９０１", "10123456789012"):
        assert send(number) == {"number"}, number
    assert send("1012345678901", "") == {"address"}
    assert send("10 1234 5678 901") == set()
    out = here.course(case_id).handed_out
    assert out is not None
    assert dict(out.detail)["邮件号码"] == "1012345678901"
    assert (here.row(case_id).state, here.row(case_id).ended_on) == ("posted", here.clock.at.date())


@pytest.mark.rule("R10")
def test_an_international_waybill_has_a_check_digit(here: Scene) -> None:
    case_id = completed(here)
    tell(here, case_id)
    post(here.center, here.window, case_id, here.revision(case_id), "ee123456785cn", NAME, "万宝河镇", "13904641234")
    assert here.row(case_id).state == "posted"


# ------------------------------------------------------------------ withdrawing, roles


def test_a_withdrawal_in_writing_ends_the_case_wherever_it_is_before_the_decision(here_on: Scene) -> None:
    for case_id in (here_on.accepted(), here_on.with_department(), here_on.back()):
        revision = here_on.revision(case_id)
        act = lambda kept, case_id=case_id, revision=revision: record_withdrawal(  # noqa: E731
            here_on.center, here_on.window, case_id, revision, "不办了", kept
        )
        assert faulty(lambda act=act: act(False)) == {"paper_kept"}
        act(True)
        assert (here_on.row(case_id).state, here_on.row(case_id).ended_on) == ("withdrawn", here_on.clock.at.date())
    decided = here_on.accepted(OWN)
    grant(here_on, decided)
    assert (
        refused(lambda: record_withdrawal(here_on.center, here_on.window, decided, here_on.revision(decided), "不办了", True))
        == "case_changed"
    )


def test_every_act_that_the_province_is_told_of_waits_to_be_sent(here_on: Scene, tmp_path: Path) -> None:
    config = here_on.center.config.model_copy(update={"gateway": GatewaySection(directory=tmp_path / "upstream")})
    there = replace(here_on, center=replace(here_on.center, config=config))
    case_id = there.back()
    grant(there, case_id)
    complete(there, case_id)
    tell(there, case_id)
    fetch(there, case_id)
    with there.center.database.reading() as session:
        kinds = session.scalars(
            select(GatewayMessage.kind).where(GatewayMessage.case_id == case_id).order_by(GatewayMessage.position)
        ).all()
    assert kinds == ["accepted", "handed_over", "taken_back", "decided", "completed", "collected"]


def test_only_the_window_ends_cases(here: Scene) -> None:
    case_id = here.back()
    revision = here.revision(case_id)
    for who in (here.liaison, here.head):
        acts = (
            lambda who=who: decide(here.center, who, case_id, revision, GRANTED, "理由", ""),
            lambda who=who: issue_voucher(here.center, who, case_id, revision),
            lambda who=who: notify(here.center, who, case_id, revision, NotifyWay.PHONE, NAME, "办结", True),
            lambda who=who: collect(here.center, who, case_id, revision, SELF),
            lambda who=who: post(here.center, who, case_id, revision, "1012345678901", NAME, "万宝河镇", ""),
            lambda who=who: record_withdrawal(here.center, who, case_id, revision, "不办了", True),
        )
        assert {refused(act) for act in acts} == {"not_allowed"}
    assert here.row(case_id).state == "back"
