"""Who may act on a complaint, in which order, and two at once; what the journal says of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from center.center import Center, Refusal
from center.complaints import consents, following, handling
from center.complaints.act_forms import ACT_FORMS
from center.complaints.clocks import fill_pending
from center.complaints.dossier import open_dossier
from center.complaints.lists import Shelf, register
from center.complaints.registration import register_at_desk
from center.domain.calendar import WorkingCalendar, YearArrangement
from center.domain.complaint import COMPLAINT_PAPERS, COMPLAINT_TRANSITIONS, ComplaintAct, ComplaintActor, ComplaintState
from center.domain.roles import Role
from center.publishing.settling import settle_pending
from center.store.tables import Complaint, JournalEntry
from tests.center.complaints.acts import DIRECT, TO_RESULT, do, papers_of_it, refused, walk
from tests.center.complaints.place import STATEMENT, Town, add_member, at_desk, desk
from tests.center.place import MORNING, NAME, PHONE, MovableClock


@pytest.mark.rule("R6.8")
def test_an_officer_never_sees_a_complaint_about_themselves_or_their_window(town: Town, center_on: Center) -> None:
    at_window = add_member(center_on, "qian", "钱丽", (Role.COMPLAINT_OFFICER, Role.WINDOW_STAFF), "综合窗口1号")
    about_window, about_officer = at_desk(town, window="综合窗口1号"), at_desk(town, window="", staff_id=str(town.officer.id))
    for member, complaint_id in ((at_window, about_window), (town.officer, about_officer)):
        refused("complaint_unknown", lambda member=member, complaint_id=complaint_id: open_dossier(center_on, member, complaint_id))  # type: ignore[misc]
        refused(
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
    refused("not_allowed", lambda: register_at_desk(center_on, member, desk()))
    refused("not_allowed", lambda: register(center_on, member, Shelf.DECIDE, 1))
    refused("not_allowed", lambda: open_dossier(center_on, member, complaint_id))
    refused("not_allowed", lambda: handling.accept(center_on, member, complaint_id, town.revision(complaint_id)))
    if role is not Role.CENTER_LEADER:
        refused("not_allowed", lambda: consents.inbox(center_on, member))
        refused("not_allowed", lambda: consents.answer(center_on, member, uuid4(), True, ""))


@pytest.mark.rule("R6.3", "R6.4", "R6.5", "R6.7", "R6.9")
@pytest.mark.parametrize("state", list(ComplaintState))
def test_every_act_that_the_table_does_not_allow_is_refused_and_changes_nothing(town: Town, state: ComplaintState) -> None:
    complaint_id = at_desk(town)
    allowed = {transition.act for transition in COMPLAINT_TRANSITIONS if transition.source is state}
    with town.center.database.writing() as session:
        row = session.get_one(Complaint, complaint_id)
        row.state, row.finding, row.taken_on = state, "true", MORNING.date()
    before = town.complaint(complaint_id)
    papers = papers_of_it(town, complaint_id)
    for act in ComplaintAct:
        if act in allowed or act not in ACT_FORMS:
            continue
        refused("complaint_changed", lambda act=act: do(town, complaint_id, act))  # type: ignore[misc]
    after = town.complaint(complaint_id)
    assert (after.revision, after.state, after.events) == (before.revision, before.state, before.events)
    assert papers_of_it(town, complaint_id) == papers


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
    assert len(papers_of_it(town, complaint_id)) == 1
    assert town.complaint(complaint_id).events == 2


def test_an_act_that_leaves_the_state_is_not_done_twice_on_one_sight(town: Town) -> None:
    complaint_id = at_desk(town)
    revision = town.revision(complaint_id)
    following.record_evidence(town.center, town.officer, complaint_id, revision, words="照片两张")
    refused("complaint_changed", lambda: following.record_evidence(town.center, town.officer, complaint_id, revision, words="照片两张"))


@pytest.mark.rule("R6.5")
def test_two_leaders_at_once_give_one_answer(town: Town, center_on: Center) -> None:
    other = add_member(center_on, "he", "何军", (Role.CENTER_LEADER,))
    complaint_id = at_desk(town)
    walk(town, complaint_id, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
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
    walk(town, complaint_id, *DIRECT, *TO_RESULT)
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
        assert fill_pending(center_on, session) == {}
    known = Center(center_on.config, clock, _knowing(2031), center_on.database, center_on.keys, center_on.cipher, center_on.files)
    with known.database.writing() as session:
        assert len(fill_pending(known, session)[complaint_id]) == 2
    assert town.complaint(complaint_id).acceptance_due_on == date(2031, 11, 27)


def test_a_year_that_becomes_known_is_written_into_the_journal_once_for_each_complaint(
    town: Town, center_on: Center, clock: MovableClock
) -> None:
    clock.at = clock.at.replace(year=2031)
    ids = {at_desk(town, received_on=clock.at.date()) for _ in range(2)}
    known = Center(center_on.config, clock, _knowing(2031), center_on.database, center_on.keys, center_on.cipher, center_on.files)
    assert settle_pending(known) == 4
    with center_on.database.reading() as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.act == "complaint.days_settled")).all()
    assert {row.subject_id for row in rows} == ids
    assert len(rows) == 2
    assert all("2031-11-27" in row.detail for row in rows)
    assert settle_pending(known) == 0


def test_a_year_that_stays_unknown_is_asked_for_without_waiting_for_who_writes(town: Town, center_on: Center, clock: MovableClock) -> None:
    clock.at = clock.at.replace(year=2031)
    at_desk(town, received_on=clock.at.date())
    with center_on.database.writing() as session:
        session.scalars(select(Complaint).with_for_update()).all()
        began = time.monotonic()
        assert settle_pending(center_on) == 0
        assert time.monotonic() - began < 5


def _knowing(year: int) -> WorkingCalendar:
    return WorkingCalendar([YearArrangement(year, frozenset({date(year, 1, 1)}), frozenset())])
