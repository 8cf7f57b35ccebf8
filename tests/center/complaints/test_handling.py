"""What officers do with a complaint from the desk to the archive, each act with its paper and its clock, on both engines."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.complaints import consents
from center.complaints.dossier import open_dossier
from center.complaints.lists import Shelf, register
from center.complaints.registration import register_at_desk
from center.domain.accountability import EventCause
from center.domain.complaint import ComplaintAct
from center.domain.complaint_refusal import GROUND_WORDS
from center.domain.paper import PaperKind
from center.store.tables import AccountabilityEvent, Complaint
from kiosk.wire.complaints import Access
from tests.center.complaints.acts import DIRECT, TO_RESULT, consent, do, papers_of_it, refused, text_of, transferred, walk
from tests.center.complaints.place import STATEMENT, Complainer, Town, at_desk, desk
from tests.center.place import MORNING, NAME, NUMBER, PHONE, MovableClock


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
    refusal = refused(
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
        assert field in refused("complaint_incomplete", lambda changes=changes: at_desk(town, **changes)).fields  # type: ignore[misc]
    refused("about_unknown", lambda: at_desk(town, window="不存在的窗口"))
    refused("about_unknown", lambda: at_desk(town, staff_id=str(uuid4())))
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
    walk(town, complaint_id, *DIRECT)
    row = town.complaint(complaint_id)
    assert (row.state, row.handling, row.taken_on, row.handling_due_on) == ("direct", "direct", date(2026, 11, 24), date(2026, 11, 27))
    walk(town, complaint_id, ComplaintAct.FIND, ComplaintAct.TAKE_MEASURES, ComplaintAct.TELL_BY_PHONE)
    # a call ends nothing: there is no result to see and nothing to ask a review of
    assert town.complaint(complaint_id).state == "measured"
    assert (citizen.lookup()[0]["finding"], citizen.lookup()[0]["may_ask_review"]) == ("", False)
    do(town, complaint_id, ComplaintAct.WRITE_RESULT)
    row = town.complaint(complaint_id)
    assert (row.finding, row.measures, row.written_on) == ("true", "talk,written_self_criticism", date(2026, 11, 24))
    assert row.answer_until == date(2026, 12, 15)
    (seen,) = citizen.lookup()
    assert seen["finding"] == "属实。处理：约谈、书面检查"
    assert (seen["answer_until"], seen["review_body"], seen["may_ask_review"]) == ("2026-12-15", "上一级机关", True)
    assert "2026年12月15日" in text_of(town, complaint_id, PaperKind.COMPLAINT_RESULT)
    assert [each["title"] for each in seen["papers"]] == ["效能投诉受理告知书", "效能投诉处理结果告知书"]
    assert "王敏" not in str(seen["steps"])
    assert "李芳" not in str(seen["steps"])
    clock.at += timedelta(days=21)
    refused("too_early", lambda: do(town, complaint_id, ComplaintAct.ARCHIVE))
    clock.at += timedelta(days=1)
    do(town, complaint_id, ComplaintAct.ARCHIVE)
    row = town.complaint(complaint_id)
    assert (row.state, row.archived_on) == ("archived", date(2026, 12, 16))
    assert register(town.center, town.officer, Shelf.ARCHIVED, 1).counts[Shelf.ARCHIVED] == 1


@pytest.mark.rule("R6.5", "R6.6")
def test_a_transferred_one_runs_from_the_day_the_department_took_it_in(town: Town, clock: MovableClock) -> None:
    complaint_id = at_desk(town)
    transferred(town, complaint_id)
    row = town.complaint(complaint_id)
    assert (row.state, row.handler, row.taken_on, row.handling_due_on) == ("transferred", "镇社会事务办", None, None)
    # nothing is found, nothing extended, before the department has it
    refused("not_taken_in", lambda: do(town, complaint_id, ComplaintAct.FIND))
    refused("not_taken_in", lambda: do(town, complaint_id, ComplaintAct.ASK_EXTENSION))
    clock.at += timedelta(days=2)
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=clock.at.date() + timedelta(days=1)))
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=date(2026, 11, 23)))
    do(town, complaint_id, ComplaintAct.TAKE_IN, taken_on=date(2026, 11, 25))
    assert town.complaint(complaint_id).handling_due_on == date(2026, 12, 9)
    refused("taken_in", lambda: do(town, complaint_id, ComplaintAct.TAKE_IN))
    do(town, complaint_id, ComplaintAct.SUPERVISE)
    assert town.complaint(complaint_id).state == "supervised"
    walk(town, complaint_id, *TO_RESULT)
    assert town.complaint(complaint_id).state == "result_written"


@pytest.mark.rule("R6.6")
def test_thirty_days_take_the_leaders_approval_and_a_written_reason(town: Town, clock: MovableClock) -> None:
    clock.at = clock.at.replace(month=3, day=2)
    complaint_id = at_desk(town, received_on=clock.at.date())
    # the special degree is not an officer's to choose
    do(town, complaint_id, ComplaintAct.ACCEPT)
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.ASK_CONSENT, degree="special"))
    walk(town, complaint_id, ComplaintAct.ASK_CONSENT, ComplaintAct.CONSENT_DIRECT, ComplaintAct.ASK_EXTENSION)
    refused("asked", lambda: do(town, complaint_id, ComplaintAct.ASK_EXTENSION))
    consent(town, complaint_id, granted=False)
    row = town.complaint(complaint_id)
    assert (row.degree, row.extended, row.handling_due_on) == ("ordinary", False, date(2026, 3, 5))
    assert PaperKind.COMPLAINT_EXTENSION not in papers_of_it(town, complaint_id)
    walk(town, complaint_id, ComplaintAct.ASK_EXTENSION, ComplaintAct.EXTEND)
    row = town.complaint(complaint_id)
    # thirty working days from 2 March, over 清明
    assert (row.degree, row.extended, row.handling_due_on) == ("special", True, date(2026, 4, 14))
    assert "要到外地调取材料" in text_of(town, complaint_id, PaperKind.COMPLAINT_EXTENSION)
    refused("extended", lambda: do(town, complaint_id, ComplaintAct.ASK_EXTENSION))


@pytest.mark.rule("R6.5")
def test_an_extension_that_is_not_needed_any_more_is_not_asked_for_any_more(town: Town) -> None:
    complaint_id = at_desk(town)
    walk(town, complaint_id, *DIRECT, ComplaintAct.ASK_EXTENSION)
    (question,) = consents.inbox(town.center, town.leader).open
    do(town, complaint_id, ComplaintAct.FIND)
    assert consents.inbox(town.center, town.leader).open == ()
    refused("consent_answered", lambda: consents.answer(town.center, town.leader, question.id, True, ""))
    assert town.complaint(complaint_id).extended is False


@pytest.mark.rule("R6.3", "R6.6")
def test_everything_missing_is_told_at_once_and_the_limit_starts_anew_when_it_came(
    town: Town, clock: MovableClock, citizen: Complainer
) -> None:
    filing = citizen.filing(card=False)
    citizen.file(filing)
    with town.center.database.reading() as session:
        complaint_id = session.scalars(select(Complaint.id)).one()
    do(town, complaint_id, ComplaintAct.ASK_SUPPLEMENT)
    seen = citizen.open(filing.receipt_number).json()
    assert (seen["state"], seen["wanted"]) == ("to_supplement", ["收费的单据", "经办人是谁"])
    assert town.complaint(complaint_id).acceptance_due_on is None
    refused("complaint_changed", lambda: do(town, complaint_id, ComplaintAct.ACCEPT))
    clock.at += timedelta(days=3)
    assert citizen.hand_in(citizen.by_digits(filing.receipt_number), "都在这里").json()["state"] == "received"
    row = town.complaint(complaint_id)
    assert (row.received_at.date(), row.acceptance_due_on, row.evidence_due_on) == (date(2026, 11, 27), date(2026, 12, 2), None)
    do(town, complaint_id, ComplaintAct.ACCEPT)


@pytest.mark.rule("R6.9")
def test_what_was_never_supplied_is_archived_but_not_before_its_day(town: Town, clock: MovableClock) -> None:
    complaint_id = at_desk(town)
    do(town, complaint_id, ComplaintAct.ASK_SUPPLEMENT)
    assert town.complaint(complaint_id).evidence_due_on == date(2026, 12, 15)
    clock.at += timedelta(days=21)
    refused("too_early", lambda: do(town, complaint_id, ComplaintAct.LAPSE))
    clock.at += timedelta(days=1)
    do(town, complaint_id, ComplaintAct.LAPSE)
    assert town.complaint(complaint_id).state == "archived"


@pytest.mark.rule("R6.4")
@pytest.mark.parametrize("ground", ["a", "b", "c", "d"])
def test_a_refusal_names_reason_basis_and_the_lawful_channel(town: Town, ground: str) -> None:
    complaint_id = at_desk(town)
    words = GROUND_WORDS[next(each for each in GROUND_WORDS if each == ground)]
    for lacking in ("reason", "basis", "channel"):
        refusal = refused("act_incomplete", lambda lacking=lacking: do(town, complaint_id, ComplaintAct.REFUSE, **{lacking: " "}))  # type: ignore[misc]
        assert set(refusal.fields) == {lacking}
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.REFUSE, ground="e"))
    do(town, complaint_id, ComplaintAct.REFUSE, ground=ground, reason=words.reason, basis=words.basis, channel=words.channel)
    assert (town.complaint(complaint_id).state, town.complaint(complaint_id).ground) == ("refused", ground)
    text = text_of(town, complaint_id, PaperKind.COMPLAINT_REFUSAL)
    assert all(part in text for part in (words.reason, words.basis, words.channel, NAME))
    do(town, complaint_id, ComplaintAct.ARCHIVE)


@pytest.mark.rule("R6.3")
def test_what_is_another_bodys_is_registered_passed_on_and_waits_for_its_opinion(
    town: Town, clock: MovableClock, citizen: Complainer
) -> None:
    complaint_id = at_desk(town, channel="visit", verified=True, party={"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER})
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.REFER, via="rumor"))
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.REFER, opinion_due=None))
    do(town, complaint_id, ComplaintAct.REFER)
    row = town.complaint(complaint_id)
    assert (row.state, row.handler, row.opinion_due_on) == ("referred", "镇社会事务办", date(2026, 12, 1))
    assert "政府OA" in text_of(town, complaint_id, PaperKind.COMPLAINT_REFERRAL)
    refused("too_early", lambda: do(town, complaint_id, ComplaintAct.ARCHIVE))
    do(town, complaint_id, ComplaintAct.RECORD_OPINION)
    assert citizen.lookup()[0]["steps"][-1]["note"] == "已补发"
    do(town, complaint_id, ComplaintAct.ARCHIVE)
    # an opinion that never came holds up nothing after its day
    silent = at_desk(town)
    do(town, silent, ComplaintAct.REFER)
    clock.at += timedelta(days=8)
    do(town, silent, ComplaintAct.ARCHIVE)


@pytest.mark.rule("R6.5")
def test_what_is_verified_has_a_measure_and_what_is_untrue_has_none(town: Town) -> None:
    true, untrue = at_desk(town), at_desk(town)
    for complaint_id in (true, untrue):
        walk(town, complaint_id, *DIRECT)
    do(town, true, ComplaintAct.FIND, finding="partly")
    do(town, untrue, ComplaintAct.FIND, finding="untrue")
    assert "measures" in refused("act_incomplete", lambda: do(town, true, ComplaintAct.TAKE_MEASURES, measures=())).fields
    assert "measures" in refused("act_incomplete", lambda: do(town, untrue, ComplaintAct.TAKE_MEASURES, measures=("talk",))).fields
    assert "measures" in refused("act_incomplete", lambda: do(town, true, ComplaintAct.TAKE_MEASURES, measures=("flogging",))).fields
    # 移交纪检 takes who approved it and what was handed over
    refusal = refused("act_incomplete", lambda: do(town, true, ComplaintAct.TAKE_MEASURES, measures=("discipline",), handover=""))
    assert set(refusal.fields) == {"handover"}
    do(town, true, ComplaintAct.TAKE_MEASURES, measures=("discipline", "talk"), handover="高洁11月24日批准，移交调查材料12页")
    assert town.complaint(true).measures == "talk,discipline"
    assert any("移交调查材料12页" in words for _, words in open_dossier(town.center, town.officer, true).events[-1].lines)
    do(town, untrue, ComplaintAct.TAKE_MEASURES, measures=())
    do(town, untrue, ComplaintAct.WRITE_RESULT)
    assert "不作处理" in text_of(town, untrue, PaperKind.COMPLAINT_RESULT)


@pytest.mark.rule("R6.7")
def test_the_result_is_answered_and_reviewed_until_its_day_and_not_after(town: Town, clock: MovableClock, citizen: Complainer) -> None:
    party = {"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER}
    ids = [at_desk(town, channel="visit", party=party, verified=True) for _ in range(2)]
    for complaint_id in ids:
        walk(town, complaint_id, *DIRECT)
    numbers = [town.complaint(complaint_id).number for complaint_id in ids]
    access = [Access(card_number=NUMBER, complaint_number=number) for number in numbers]
    assert citizen.say("/review", access[0]).json()["code"] == "complaint_changed"
    for complaint_id in ids:
        walk(town, complaint_id, *TO_RESULT)
    assert citizen.say("/answer", access[0]).json()["state"] == "answered"
    assert citizen.say("/answer", access[0]).json()["code"] == "complaint_changed"
    # who answered may still ask for a review, so it is not archived yet
    refused("too_early", lambda: do(town, ids[0], ComplaintAct.ARCHIVE))
    clock.at += timedelta(days=21)
    answer = citizen.say("/review", access[0])
    assert (answer.status_code, answer.json()["state"]) == (201, "under_review")
    refused("too_early", lambda: do(town, ids[0], ComplaintAct.ARCHIVE))
    do(town, ids[0], ComplaintAct.PASS_REVIEW)
    seen = next(each for each in citizen.lookup() if each["number"] == numbers[0])
    assert seen["steps"][-1]["note"] == "桃山区营商环境建设监督局"
    do(town, ids[0], ComplaintAct.ARCHIVE)
    clock.at += timedelta(days=1)
    late = citizen.say("/review", access[1])
    assert (late.status_code, late.json()["code"]) == (422, "too_late")
    assert "2026年12月15日" in late.json()["detail"]
    refused("too_late", lambda: do(town, ids[1], ComplaintAct.ANSWER))


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
