"""What officers and the leader do with a complaint, each act with its paper, its clock and its wrong orders, on both engines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.center import Center, Refusal
from center.complaints import consents, following, handling, inquiry
from center.complaints.act_forms import ACT_FORMS
from center.complaints.clocks import fill_pending
from center.complaints.dossier import open_dossier
from center.complaints.lists import Shelf, register
from center.complaints.registration import register_at_desk
from center.domain.accountability import EventCause
from center.domain.calendar import WorkingCalendar, YearArrangement
from center.domain.complaint import COMPLAINT_PAPERS, COMPLAINT_TRANSITIONS, ComplaintAct, ComplaintActor, ComplaintState
from center.domain.complaint_refusal import GROUND_WORDS
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.records.papers import papers_of
from center.store.tables import AccountabilityEvent, Complaint, JournalEntry
from kiosk.wire.complaints import Access
from tests.center.complaints.place import STATEMENT, Complainer, Town, add_member, at_desk, desk
from tests.center.place import MORNING, NAME, NUMBER, PHONE, MovableClock

# ------------------------------------------------------------------ how each act is done in a test


def _consent(town: Town, complaint_id: UUID, granted: bool = True) -> None:
    with town.center.database.reading() as session:
        question = inquiry.open_question(session, complaint_id)
    assert question is not None
    consents.answer(town.center, town.leader, question.id, granted, "请先核实清楚" if not granted else "")


def _do(town: Town, complaint_id: UUID, act: ComplaintAct, **changes: Any) -> None:
    """An officer's act with what it needs."""
    today = town.center.clock.now().date()
    values: dict[ComplaintAct, dict[str, Any]] = {
        ComplaintAct.ASK_SUPPLEMENT: {"wanted": ("收费的单据", "经办人是谁")},
        ComplaintAct.REFUSE: {"ground": "a", "reason": "应当诉讼", "basis": "制度第三部分", "channel": "向法院起诉"},
        ComplaintAct.REFER: {"body": "镇社会事务办", "via": "oa", "opinion_due": today + timedelta(days=7)},
        ComplaintAct.RECORD_OPINION: {"opinion": "已补发"},
        ComplaintAct.ASK_CONSENT: {"handling": "direct", "handler": "", "degree": "ordinary", "summary": "反映窗口态度不好，拟直查"},
        ComplaintAct.TAKE_IN: {"taken_on": today, "by": "社会事务办 赵刚"},
        ComplaintAct.FIND: {"finding": "true", "facts": "监控显示让人等了两小时"},
        ComplaintAct.TAKE_MEASURES: {"measures": ("talk", "written_self_criticism"), "note": "约谈王敏"},
        ComplaintAct.WRITE_RESULT: {"words": "您反映的情况属实，已约谈当事人。"},
        ComplaintAct.PASS_REVIEW: {"body": "桃山区营商环境建设监督局", "note": "专人送达"},
        ComplaintAct.TELL_BY_PHONE: {"told": "属实，书面结果随后寄出"},
        ComplaintAct.SUPERVISE: {"note": "请三日内报进展"},
        ComplaintAct.ASK_EXTENSION: {"reason": "要到外地调取材料"},
    }
    given = values.get(act, {field.name: "写明情况" for field in ACT_FORMS[act].fields})
    ACT_FORMS[act].do(town.center, town.officer, complaint_id, town.revision(complaint_id), **(given | changes))


_DIRECT = (ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT, ComplaintAct.CONSENT_DIRECT)
_TO_RESULT = (ComplaintAct.FIND, ComplaintAct.TAKE_MEASURES, ComplaintAct.WRITE_RESULT)


def _walk(town: Town, complaint_id: UUID, *acts: ComplaintAct) -> None:
    for act in acts:
        if act in (ComplaintAct.CONSENT_DIRECT, ComplaintAct.CONSENT_TRANSFER, ComplaintAct.EXTEND):
            _consent(town, complaint_id)
        elif act in (ComplaintAct.DECLINE, ComplaintAct.DECLINE_EXTENSION):
            _consent(town, complaint_id, granted=False)
        else:
            _do(town, complaint_id, act)


def _transferred(town: Town, complaint_id: UUID) -> None:
    _do(town, complaint_id, ComplaintAct.ACCEPT)
    _do(town, complaint_id, ComplaintAct.ASK_CONSENT, handling="transferred", handler="镇社会事务办", degree="complicated")
    _consent(town, complaint_id)


def _papers(town: Town, complaint_id: UUID) -> list[PaperKind]:
    with town.center.database.reading() as session:
        return [paper.kind for paper in papers_of(town.center, session, complaint_id)]


def _text(town: Town, complaint_id: UUID, kind: PaperKind) -> str:
    with town.center.database.reading() as session:
        return next(paper.document.model_dump_json() for paper in papers_of(town.center, session, complaint_id) if paper.kind is kind)


def _refused(code: str, do: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    assert caught.value.code == code, caught.value.message
    return caught.value


# ------------------------------------------------------------------ registering at the desk


@pytest.mark.rule("R6.1", "R6.9")
def test_a_complaint_by_phone_has_three_working_days_for_evidence_and_a_visit_has_none_unless_promised(town: Town) -> None:
    by_phone, by_letter = at_desk(town), at_desk(town, channel="letter", received_on=date(2026, 11, 20))
    visit, promised = at_desk(town, channel="visit"), at_desk(town, channel="visit", evidence_later=True)
    due = [town.complaint(each).evidence_due_on for each in (by_phone, by_letter, visit, promised)]
    assert due == [date(2026, 11, 27), date(2026, 11, 25), None, date(2026, 11, 27)]
    assert town.complaint(by_letter).acceptance_due_on == date(2026, 11, 25)
    assert [row.channel for row in register(town.center, town.officer, Shelf.DECIDE, 1).rows] == ["来信", "电话", "来访", "来访"]


@pytest.mark.rule("R6.1")
def test_what_is_missing_at_the_desk_is_told_field_by_field_and_nothing_is_kept(town: Town) -> None:
    refusal = _refused(
        "complaint_incomplete",
        lambda: at_desk(
            town,
            channel="pigeon",
            party={"name": "", "contact": "1"},
            matter="",
            statement="",
            received_on=MORNING.date() + timedelta(days=1),
        ),
    )
    assert set(refusal.fields) == {"channel", "name", "contact", "matter", "statement", "received_on"}
    for changes, field in (
        ({"capacity": "agent"}, "agent_name"),
        ({"capacity": "representative", "group_size": 1}, "group_size"),
        ({"verified": True}, "number"),
        ({"party": {"name": NAME, "contact": PHONE, "number": "12"}}, "number"),
        ({"received_on": None}, "received_on"),
        ({"statement": "长" * 2001}, "statement"),
    ):
        assert field in _refused("complaint_incomplete", lambda changes=changes: at_desk(town, **changes)).fields  # type: ignore[misc]
    _refused("about_unknown", lambda: at_desk(town, window="不存在的窗口"))
    _refused("about_unknown", lambda: at_desk(town, staff_id=str(uuid4())))
    with town.center.database.reading() as session:
        assert session.scalars(select(Complaint)).all() == []


def test_the_form_pressed_twice_registers_once_also_at_once(town: Town) -> None:
    said = desk()
    found: list[UUID] = []
    crowd = [threading.Thread(target=lambda: found.append(register_at_desk(town.center, town.officer, said))) for _ in range(5)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert len(found) == 5
    assert len(set(found)) == 1


@pytest.mark.rule("R6.1", "R6.8")
def test_a_number_checked_at_the_desk_opens_the_complaint_with_the_card_and_a_told_one_does_not(town: Town, citizen: Complainer) -> None:
    party = {"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER}
    at_desk(town, channel="phone", party=party)
    assert citizen.lookup() == []
    at_desk(town, channel="visit", party=party, verified=True)
    assert len(citizen.lookup()) == 1


@pytest.mark.rule("R6.10")
def test_a_complaint_about_a_person_counts_for_their_window_too(town: Town) -> None:
    row = town.complaint(at_desk(town, window="综合窗口1号", staff_id=str(town.lead.id)))
    assert (row.about_window, row.about_staff) == ("综合窗口2号", town.lead.id)
    whole = town.complaint(at_desk(town, window=""))
    assert (whole.about_window, whole.about_staff) == ("", None)


# ------------------------------------------------------------------ the whole way


@pytest.mark.rule("R6.2", "R6.5", "R6.6", "R6.7", "R6.9")
def test_a_direct_inquiry_from_the_call_to_the_archive(town: Town, clock: MovableClock, citizen: Complainer) -> None:
    party = {"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER}
    complaint_id = at_desk(town, channel="visit", party=party, verified=True)
    _walk(town, complaint_id, *_DIRECT)
    row = town.complaint(complaint_id)
    assert (row.state, row.handling, row.taken_on, row.handling_due_on) == ("direct", "direct", date(2026, 11, 24), date(2026, 11, 27))
    _walk(town, complaint_id, ComplaintAct.FIND, ComplaintAct.TAKE_MEASURES, ComplaintAct.TELL_BY_PHONE)
    # a call ends nothing: there is no result to see and nothing to ask a review of
    assert town.complaint(complaint_id).state == "measured"
    assert (citizen.lookup()[0]["finding"], citizen.lookup()[0]["may_ask_review"]) == ("", False)
    _do(town, complaint_id, ComplaintAct.WRITE_RESULT)
    row = town.complaint(complaint_id)
    assert (row.finding, row.measures, row.written_on) == ("true", "talk,written_self_criticism", date(2026, 11, 24))
    assert row.answer_until == date(2026, 12, 15)
    (seen,) = citizen.lookup()
    assert seen["finding"] == "属实。处理：约谈、书面检查"
    assert (seen["answer_until"], seen["review_body"], seen["may_ask_review"]) == ("2026-12-15", "上一级机关", True)
    assert "2026年12月15日" in _text(town, complaint_id, PaperKind.COMPLAINT_RESULT)
    assert [each["title"] for each in seen["papers"]] == ["效能投诉受理告知书", "效能投诉处理结果告知书"]
    assert "王敏" not in str(seen["steps"])
    assert "李芳" not in str(seen["steps"])
    clock.at += timedelta(days=21)
    _refused("too_early", lambda: _do(town, complaint_id, ComplaintAct.ARCHIVE))
    clock.at += timedelta(days=1)
    _do(town, complaint_id, ComplaintAct.ARCHIVE)
    row = town.complaint(complaint_id)
    assert (row.state, row.archived_on) == ("archived", date(2026, 12, 16))
    assert register(town.center, town.officer, Shelf.ARCHIVED, 1).counts[Shelf.ARCHIVED] == 1


@pytest.mark.rule("R6.5", "R6.6")
def test_a_transferred_one_runs_from_the_day_the_department_took_it_in(town: Town, clock: MovableClock) -> None:
    complaint_id = at_desk(town)
    _transferred(town, complaint_id)
    row = town.complaint(complaint_id)
    assert (row.state, row.handler, row.taken_on, row.handling_due_on) == ("transferred", "镇社会事务办", None, None)
    # nothing is found, nothing extended, before the department has it
    _refused("not_taken_in", lambda: _do(town, complaint_id, ComplaintAct.FIND))
    _refused("not_taken_in", lambda: _do(town, complaint_id, ComplaintAct.ASK_EXTENSION))
    clock.at += timedelta(days=2)
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=clock.at.date() + timedelta(days=1)))
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=date(2026, 11, 23)))
    _do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=date(2026, 11, 25))
    assert town.complaint(complaint_id).handling_due_on == date(2026, 12, 9)
    _refused("taken_in", lambda: _do(town, complaint_id, ComplaintAct.TAKE_IN))
    _do(town, complaint_id, ComplaintAct.SUPERVISE)
    assert town.complaint(complaint_id).state == "supervised"
    _walk(town, complaint_id, *_TO_RESULT)
    assert town.complaint(complaint_id).state == "result_written"


@pytest.mark.rule("R6.6")
def test_thirty_days_take_the_leaders_approval_and_a_written_reason(town: Town, clock: MovableClock) -> None:
    clock.at = clock.at.replace(month=3, day=2)
    complaint_id = at_desk(town, received_on=clock.at.date())
    # the special degree is not an officer's to choose
    _do(town, complaint_id, ComplaintAct.ACCEPT)
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.ASK_CONSENT, degree="special"))
    _walk(town, complaint_id, ComplaintAct.ASK_CONSENT, ComplaintAct.CONSENT_DIRECT, ComplaintAct.ASK_EXTENSION)
    _refused("asked", lambda: _do(town, complaint_id, ComplaintAct.ASK_EXTENSION))
    _consent(town, complaint_id, granted=False)
    row = town.complaint(complaint_id)
    assert (row.degree, row.extended, row.handling_due_on) == ("ordinary", False, date(2026, 3, 5))
    assert PaperKind.COMPLAINT_EXTENSION not in _papers(town, complaint_id)
    _walk(town, complaint_id, ComplaintAct.ASK_EXTENSION, ComplaintAct.EXTEND)
    row = town.complaint(complaint_id)
    # thirty working days from 2 March, over 清明
    assert (row.degree, row.extended, row.handling_due_on) == ("special", True, date(2026, 4, 14))
    assert "要到外地调取材料" in _text(town, complaint_id, PaperKind.COMPLAINT_EXTENSION)
    _refused("extended", lambda: _do(town, complaint_id, ComplaintAct.ASK_EXTENSION))


@pytest.mark.rule("R6.5")
def test_an_extension_that_is_not_needed_any_more_is_not_asked_for_any_more(town: Town) -> None:
    complaint_id = at_desk(town)
    _walk(town, complaint_id, *_DIRECT, ComplaintAct.ASK_EXTENSION)
    (question,) = consents.inbox(town.center, town.leader).open
    _do(town, complaint_id, ComplaintAct.FIND)
    assert consents.inbox(town.center, town.leader).open == ()
    _refused("consent_answered", lambda: consents.answer(town.center, town.leader, question.id, True, ""))
    assert town.complaint(complaint_id).extended is False


@pytest.mark.rule("R6.3", "R6.6")
def test_everything_missing_is_told_at_once_and_the_limit_starts_anew_when_it_came(
    town: Town, clock: MovableClock, citizen: Complainer
) -> None:
    filing = citizen.filing(card=False)
    citizen.file(filing)
    with town.center.database.reading() as session:
        complaint_id = session.scalars(select(Complaint.id)).one()
    _do(town, complaint_id, ComplaintAct.ASK_SUPPLEMENT)
    seen = citizen.open(filing.receipt_number).json()
    assert (seen["state"], seen["wanted"]) == ("to_supplement", ["收费的单据", "经办人是谁"])
    assert town.complaint(complaint_id).acceptance_due_on is None
    _refused("complaint_changed", lambda: _do(town, complaint_id, ComplaintAct.ACCEPT))
    clock.at += timedelta(days=3)
    assert citizen.hand_in(citizen.by_digits(filing.receipt_number), "都在这里").json()["state"] == "received"
    row = town.complaint(complaint_id)
    assert (row.received_at.date(), row.acceptance_due_on, row.evidence_due_on) == (date(2026, 11, 27), date(2026, 12, 2), None)
    _do(town, complaint_id, ComplaintAct.ACCEPT)


@pytest.mark.rule("R6.9")
def test_what_was_never_supplied_is_archived_but_not_before_its_day(town: Town, clock: MovableClock) -> None:
    complaint_id = at_desk(town)
    _do(town, complaint_id, ComplaintAct.ASK_SUPPLEMENT)
    assert town.complaint(complaint_id).evidence_due_on == date(2026, 12, 15)
    clock.at += timedelta(days=21)
    _refused("too_early", lambda: _do(town, complaint_id, ComplaintAct.LAPSE))
    clock.at += timedelta(days=1)
    _do(town, complaint_id, ComplaintAct.LAPSE)
    assert town.complaint(complaint_id).state == "archived"


@pytest.mark.rule("R6.4")
@pytest.mark.parametrize("ground", ["a", "b", "c", "d"])
def test_a_refusal_names_reason_basis_and_the_lawful_channel(town: Town, ground: str) -> None:
    complaint_id = at_desk(town)
    words = GROUND_WORDS[next(each for each in GROUND_WORDS if each == ground)]
    for lacking in ("reason", "basis", "channel"):
        refusal = _refused("act_incomplete", lambda lacking=lacking: _do(town, complaint_id, ComplaintAct.REFUSE, **{lacking: " "}))  # type: ignore[misc]
        assert set(refusal.fields) == {lacking}
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.REFUSE, ground="e"))
    _do(town, complaint_id, ComplaintAct.REFUSE, ground=ground, reason=words.reason, basis=words.basis, channel=words.channel)
    assert (town.complaint(complaint_id).state, town.complaint(complaint_id).ground) == ("refused", ground)
    text = _text(town, complaint_id, PaperKind.COMPLAINT_REFUSAL)
    assert all(part in text for part in (words.reason, words.basis, words.channel, NAME))
    _do(town, complaint_id, ComplaintAct.ARCHIVE)


@pytest.mark.rule("R6.3")
def test_what_is_another_bodys_is_registered_passed_on_and_waits_for_its_opinion(
    town: Town, clock: MovableClock, citizen: Complainer
) -> None:
    complaint_id = at_desk(town, channel="visit", verified=True, party={"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER})
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.REFER, via="rumor"))
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.REFER, opinion_due=None))
    _do(town, complaint_id, ComplaintAct.REFER)
    row = town.complaint(complaint_id)
    assert (row.state, row.handler, row.opinion_due_on) == ("referred", "镇社会事务办", date(2026, 12, 1))
    assert "政府OA" in _text(town, complaint_id, PaperKind.COMPLAINT_REFERRAL)
    _refused("too_early", lambda: _do(town, complaint_id, ComplaintAct.ARCHIVE))
    _do(town, complaint_id, ComplaintAct.RECORD_OPINION)
    assert citizen.lookup()[0]["steps"][-1]["note"] == "已补发"
    _do(town, complaint_id, ComplaintAct.ARCHIVE)
    # an opinion that never came holds up nothing after its day
    silent = at_desk(town)
    _do(town, silent, ComplaintAct.REFER)
    clock.at += timedelta(days=8)
    _do(town, silent, ComplaintAct.ARCHIVE)


@pytest.mark.rule("R6.5")
def test_what_is_verified_has_a_measure_and_what_is_untrue_has_none(town: Town) -> None:
    true, untrue = at_desk(town), at_desk(town)
    for complaint_id in (true, untrue):
        _walk(town, complaint_id, *_DIRECT)
    _do(town, true, ComplaintAct.FIND, finding="partly")
    _do(town, untrue, ComplaintAct.FIND, finding="untrue")
    assert "measures" in _refused("act_incomplete", lambda: _do(town, true, ComplaintAct.TAKE_MEASURES, measures=())).fields
    assert "measures" in _refused("act_incomplete", lambda: _do(town, untrue, ComplaintAct.TAKE_MEASURES, measures=("talk",))).fields
    assert "measures" in _refused("act_incomplete", lambda: _do(town, true, ComplaintAct.TAKE_MEASURES, measures=("flogging",))).fields
    # 移交纪检 takes who approved it and what was handed over
    refusal = _refused("act_incomplete", lambda: _do(town, true, ComplaintAct.TAKE_MEASURES, measures=("discipline",), handover=""))
    assert set(refusal.fields) == {"handover"}
    _do(town, true, ComplaintAct.TAKE_MEASURES, measures=("discipline", "talk"), handover="高洁11月24日批准，移交调查材料12页")
    assert town.complaint(true).measures == "talk,discipline"
    assert any("移交调查材料12页" in words for _, words in open_dossier(town.center, town.officer, true).events[-1].lines)
    _do(town, untrue, ComplaintAct.TAKE_MEASURES, measures=())
    _do(town, untrue, ComplaintAct.WRITE_RESULT)
    assert "不作处理" in _text(town, untrue, PaperKind.COMPLAINT_RESULT)


@pytest.mark.rule("R6.7")
def test_the_result_is_answered_and_reviewed_until_its_day_and_not_after(town: Town, clock: MovableClock, citizen: Complainer) -> None:
    party = {"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER}
    ids = [at_desk(town, channel="visit", party=party, verified=True) for _ in range(2)]
    for complaint_id in ids:
        _walk(town, complaint_id, *_DIRECT)
    numbers = [town.complaint(complaint_id).number for complaint_id in ids]
    access = [Access(card_number=NUMBER, complaint_number=number) for number in numbers]
    assert citizen.say("/review", access[0]).json()["code"] == "complaint_changed"
    for complaint_id in ids:
        _walk(town, complaint_id, *_TO_RESULT)
    assert citizen.say("/answer", access[0]).json()["state"] == "answered"
    assert citizen.say("/answer", access[0]).json()["code"] == "complaint_changed"
    # who answered may still ask for a review, so it is not archived yet
    _refused("too_early", lambda: _do(town, ids[0], ComplaintAct.ARCHIVE))
    clock.at += timedelta(days=21)
    answer = citizen.say("/review", access[0])
    assert (answer.status_code, answer.json()["state"]) == (201, "under_review")
    _refused("too_early", lambda: _do(town, ids[0], ComplaintAct.ARCHIVE))
    _do(town, ids[0], ComplaintAct.PASS_REVIEW)
    seen = next(each for each in citizen.lookup() if each["number"] == numbers[0])
    assert seen["steps"][-1]["note"] == "桃山区营商环境建设监督局"
    _do(town, ids[0], ComplaintAct.ARCHIVE)
    clock.at += timedelta(days=1)
    late = citizen.say("/review", access[1])
    assert (late.status_code, late.json()["code"]) == (422, "too_late")
    assert "2026年12月15日" in late.json()["detail"]
    _refused("too_late", lambda: _do(town, ids[1], ComplaintAct.ANSWER))


@pytest.mark.rule("R6.8", "R9")
def test_a_complaint_about_retaliation_is_an_accountability_event_that_tells_no_name_and_no_minute(town: Town) -> None:
    complaint_id = at_desk(town, matter="retaliation", staff_id=str(town.window.id))
    with town.center.database.reading() as session:
        (event,) = session.scalars(select(AccountabilityEvent)).all()
    assert (event.cause, event.subject_id, event.responsible_id) == (EventCause.RETALIATION, complaint_id, town.window.id)
    assert (event.at.date(), event.at.hour, event.at.minute) == (MORNING.date(), 0, 0)
    detail = town.center.cipher.open("accountability_events", "detail", event.id, event.detail).decode()
    assert NAME not in detail
    assert STATEMENT not in detail


# ------------------------------------------------------------------ consents


@pytest.mark.rule("R6.5", "R6.8")
def test_the_leader_decides_on_a_summary_and_never_sees_who_or_what_was_said(town: Town) -> None:
    complaint_id = at_desk(town, case_number="202611240031", staff_id=str(town.window.id))
    _do(town, complaint_id, ComplaintAct.ACCEPT)
    for words in (f"{NAME}反映态度不好", f"电话{PHONE}", "办件202611240031没有办"):
        refusal = _refused("act_incomplete", lambda words=words: _do(town, complaint_id, ComplaintAct.ASK_CONSENT, summary=words))  # type: ignore[misc]
        assert set(refusal.fields) == {"summary"}
    _do(town, complaint_id, ComplaintAct.ASK_CONSENT)
    _refused("complaint_changed", lambda: _do(town, complaint_id, ComplaintAct.ASK_CONSENT))
    (question,) = consents.inbox(town.center, town.leader).open
    assert (question.question, question.matter, question.about) == ("直查", "服务态度", "综合窗口1号 王敏")
    assert (question.words, question.limit_days) == ("反映窗口态度不好，拟直查", 3)
    assert all(secret not in str(question) for secret in (NAME, PHONE, STATEMENT, "202611240031"))


@pytest.mark.rule("R6.5")
def test_a_no_takes_a_reason_and_gives_the_complaint_back_to_the_officer(town: Town) -> None:
    complaint_id = at_desk(town)
    _walk(town, complaint_id, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
    (question,) = consents.inbox(town.center, town.leader).open
    _refused("act_incomplete", lambda: consents.answer(town.center, town.leader, question.id, False, " "))
    consents.answer(town.center, town.leader, question.id, False, "应当转办")
    assert town.complaint(complaint_id).state == "accepted"
    assert any("应当转办" in words for _, words in open_dossier(town.center, town.officer, complaint_id).events[-1].lines)
    _refused("consent_answered", lambda: consents.answer(town.center, town.leader, question.id, True, ""))
    (done,) = consents.inbox(town.center, town.leader).answered
    assert (done.granted, done.answer) == (False, "应当转办")
    _refused("act_incomplete", lambda: _do(town, complaint_id, ComplaintAct.ASK_CONSENT, handling="transferred"))


@pytest.mark.rule("R6.5")
def test_nobody_consents_to_their_own_question_or_about_themselves(town: Town, center_on: Center) -> None:
    both = add_member(center_on, "zhang", "张勇", (Role.COMPLAINT_OFFICER, Role.CENTER_LEADER))
    complaint_id = at_desk(town)
    _do(town, complaint_id, ComplaintAct.ACCEPT)
    inquiry.ask_consent(
        center_on, both, complaint_id, town.revision(complaint_id), handling="direct", handler="", degree="ordinary", summary="拟直查"
    )
    (question,) = consents.inbox(center_on, both).open
    _refused("own_question", lambda: consents.answer(center_on, both, question.id, True, ""))
    about_leader = at_desk(town, staff_id=str(town.leader.id))
    _walk(town, about_leader, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
    assert [each.id for each in consents.inbox(center_on, town.leader).open] == [question.id]
    theirs = next(each for each in consents.inbox(center_on, both).open if each.id != question.id)
    _refused("consent_unknown", lambda: consents.answer(center_on, town.leader, theirs.id, True, ""))
    consents.answer(center_on, both, theirs.id, True, "")


# ------------------------------------------------------------------ who may, in what order, at once


@pytest.mark.rule("R6.8")
def test_an_officer_never_sees_a_complaint_about_themselves_or_their_window(town: Town, center_on: Center) -> None:
    at_window = add_member(center_on, "qian", "钱丽", (Role.COMPLAINT_OFFICER, Role.WINDOW_STAFF), "综合窗口1号")
    about_window, about_officer = at_desk(town, window="综合窗口1号"), at_desk(town, window="", staff_id=str(town.officer.id))
    for member, complaint_id in ((at_window, about_window), (town.officer, about_officer)):
        _refused("complaint_unknown", lambda member=member, complaint_id=complaint_id: open_dossier(center_on, member, complaint_id))  # type: ignore[misc]
        _refused(
            "complaint_unknown",
            lambda member=member, complaint_id=complaint_id: handling.accept(center_on, member, complaint_id, 1),  # type: ignore[misc]
        )
        assert complaint_id not in [row.id for row in register(center_on, member, Shelf.DECIDE, 1).rows]
    assert [row.id for row in register(center_on, at_window, Shelf.DECIDE, 1).rows] == [about_officer]


@pytest.mark.rule("R6.8")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMPLAINT_OFFICER])
def test_no_other_role_opens_or_acts(town: Town, center_on: Center, role: Role) -> None:
    member = add_member(center_on, "other", "别人", (role,))
    complaint_id = at_desk(town)
    _refused("not_allowed", lambda: register_at_desk(center_on, member, desk()))
    _refused("not_allowed", lambda: register(center_on, member, Shelf.DECIDE, 1))
    _refused("not_allowed", lambda: open_dossier(center_on, member, complaint_id))
    _refused("not_allowed", lambda: handling.accept(center_on, member, complaint_id, town.revision(complaint_id)))
    if role is not Role.CENTER_LEADER:
        _refused("not_allowed", lambda: consents.inbox(center_on, member))
        _refused("not_allowed", lambda: consents.answer(center_on, member, uuid4(), True, ""))


@pytest.mark.rule("R6.3", "R6.4", "R6.5", "R6.7", "R6.9")
@pytest.mark.parametrize("state", list(ComplaintState))
def test_every_act_that_the_table_does_not_allow_is_refused_and_changes_nothing(town: Town, state: ComplaintState) -> None:
    complaint_id = at_desk(town)
    allowed = {transition.act for transition in COMPLAINT_TRANSITIONS if transition.source is state}
    with town.center.database.writing() as session:
        row = session.get_one(Complaint, complaint_id)
        row.state, row.finding, row.taken_on = state, "true", MORNING.date()
    before = town.complaint(complaint_id)
    papers = _papers(town, complaint_id)
    for act in ComplaintAct:
        if act in allowed or act not in ACT_FORMS:
            continue
        _refused("complaint_changed", lambda act=act: _do(town, complaint_id, act))  # type: ignore[misc]
    after = town.complaint(complaint_id)
    assert (after.revision, after.state, after.events) == (before.revision, before.state, before.events)
    assert _papers(town, complaint_id) == papers


def test_every_act_of_an_officer_or_complainant_has_a_form_and_every_paper_is_issued() -> None:
    acts = {transition.act for transition in COMPLAINT_TRANSITIONS if transition.actor is not ComplaintActor.LEADER}
    assert acts == set(ACT_FORMS)
    assert set(COMPLAINT_PAPERS) - set(ACT_FORMS) == {ComplaintAct.EXTEND}


@pytest.mark.rule("R6.9")
def test_two_officers_at_once_do_one_act(town: Town, center_on: Center) -> None:
    other = add_member(center_on, "sun", "孙梅", (Role.COMPLAINT_OFFICER,))
    complaint_id = at_desk(town)
    revision = town.revision(complaint_id)
    outcomes: list[str] = []

    def act(do: Callable[[], None]) -> None:
        try:
            do()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    crowd = [
        threading.Thread(target=act, args=(lambda: handling.accept(center_on, town.officer, complaint_id, revision),)),
        threading.Thread(target=act, args=(lambda: handling.accept(center_on, other, complaint_id, revision),)),
        threading.Thread(target=act, args=(lambda: handling.ask_supplement(center_on, other, complaint_id, revision, wanted=("单据",)),)),
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(outcomes) == ["complaint_changed", "complaint_changed", "done"]
    assert len(_papers(town, complaint_id)) == 1
    assert town.complaint(complaint_id).events == 2


def test_an_act_that_leaves_the_state_is_not_done_twice_on_one_sight(town: Town) -> None:
    complaint_id = at_desk(town)
    revision = town.revision(complaint_id)
    following.record_evidence(town.center, town.officer, complaint_id, revision, words="照片两张")
    _refused("complaint_changed", lambda: following.record_evidence(town.center, town.officer, complaint_id, revision, words="照片两张"))


@pytest.mark.rule("R6.5")
def test_two_leaders_at_once_give_one_answer(town: Town, center_on: Center) -> None:
    other = add_member(center_on, "he", "何军", (Role.CENTER_LEADER,))
    complaint_id = at_desk(town)
    _walk(town, complaint_id, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
    (question,) = consents.inbox(center_on, other).open
    outcomes: list[str] = []

    def answer(member: Any, granted: bool) -> None:
        try:
            consents.answer(center_on, member, question.id, granted, "已阅")
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    crowd = [threading.Thread(target=answer, args=each) for each in ((town.leader, True), (other, False), (other, True))]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(outcomes) == ["consent_answered", "consent_answered", "done"]


@pytest.mark.rule("R6.8")
def test_the_journal_says_who_did_what_and_nothing_of_the_complainant(town: Town) -> None:
    complaint_id = at_desk(town, case_number="202611240031")
    _walk(town, complaint_id, *_DIRECT, *_TO_RESULT)
    with town.center.database.reading() as session:
        lines = session.scalars(select(JournalEntry).where(JournalEntry.subject == "complaint").order_by(JournalEntry.position)).all()
    assert [line.act for line in lines] == [
        f"complaint.{act}" for act in ("register", "accept", "ask_consent", "consent_direct", "find", "take_measures", "write_result")
    ]
    told = " ".join(f"{line.by} {line.detail}" for line in lines)
    assert all(secret not in told for secret in (NAME, PHONE, STATEMENT, "202611240031", "manners", "综合窗口1号"))


@pytest.mark.rule("R4.2")
def test_days_of_an_unknown_year_are_named_when_the_year_is_known(town: Town, center_on: Center, clock: MovableClock) -> None:
    clock.at = clock.at.replace(year=2031)
    complaint_id = at_desk(town, received_on=clock.at.date())
    assert register(center_on, town.officer, Shelf.DECIDE, 1).pending == 1
    assert town.complaint(complaint_id).acceptance_due_on is None
    with center_on.database.writing() as session:
        assert fill_pending(center_on, session) == 0
    known = Center(center_on.config, clock, _knowing(2031), center_on.database, center_on.keys, center_on.cipher, center_on.files)
    with known.database.writing() as session:
        assert fill_pending(known, session) == 2
    assert town.complaint(complaint_id).acceptance_due_on == date(2031, 11, 27)


def _knowing(year: int) -> WorkingCalendar:
    return WorkingCalendar([YearArrangement(year, frozenset({date(year, 1, 1)}), frozenset())])
