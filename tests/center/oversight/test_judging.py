"""Accountability events in people's hands (R9): who sees which, who does which step, in which order, and what is kept of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from center.center import Center, Refusal
from center.domain.accountability import EventAct, EventCause, EventState, Sanction
from center.domain.roles import Role
from center.members import Member
from center.oversight.events import CASE, COMPLAINT, RAISED_BY_PEOPLE, Report, list_events, may_raise, raise_event, report_event
from center.oversight.judging import open_event, take_step
from center.store.tables import AccountabilityEvent, AccountabilityStep, JournalEntry
from tests.center.oversight.records import case, causes, complaint
from tests.center.place import MORNING
from tests.center.staffing import member


class Cast:
    """Everybody that R9 needs."""

    def __init__(self, center: Center) -> None:
        self.wang = member(center, Role.WINDOW_STAFF, name="王敏")
        self.colleague = member(center, Role.WINDOW_STAFF, name="刘洋")
        self.lead = member(center, Role.WINDOW_LEAD, name="赵亮")
        self.elsewhere = member(center, Role.WINDOW_LEAD, name="高伟", window="综合窗口2号")
        self.head = member(center, Role.CENTER_HEAD, name="周红", window="")
        self.leader = member(center, Role.CENTER_LEADER, name="孙杰", window="")
        self.township = member(center, Role.TOWNSHIP_LEADER, name="马强", window="")
        self.officer = member(center, Role.COMPLAINT_OFFICER, name="孙丽", window="")
        self.others = [
            member(center, role, name="别人", window="")
            for role in (Role.CUSTODIAN, Role.LIAISON, Role.DISTRICT_OBSERVER, Role.TECHNICIAN, Role.ADMINISTRATOR)
        ]


@pytest.fixture
def cast(center_on: Center) -> Cast:
    return Cast(center_on)


def an_event(
    center: Center, responsible: Member | None, cause: EventCause = EventCause.OVERDUE, subject: str = CASE, window: str = "综合窗口1号"
) -> UUID:
    about = case(center) if subject == CASE else complaint(center, "received", MORNING)
    with center.database.writing() as session:
        assert raise_event(
            center, session, cause, subject, about, responsible.id if responsible else None, window, MORNING, "1", "超过应办结日。"
        )
    with center.database.reading() as session:
        return session.scalars(select(AccountabilityEvent.id).where(AccountabilityEvent.subject_id == about)).one()


def walk(center: Center, event_id: UUID, *steps: tuple[Member, EventAct]) -> None:
    for revision, (who, act) in enumerate(steps, 1):
        take_step(center, who, event_id, revision, act, f"写明：{act}", Sanction.TALK if act is EventAct.DECIDE else None)


def state(center: Center, event_id: UUID) -> str:
    with center.database.reading() as session:
        return session.get_one(AccountabilityEvent, event_id).state


@pytest.mark.rule("R9")
def test_an_event_goes_through_report_verification_decision_hearing_and_closing(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.wang)
    walk(
        center_on,
        event_id,
        (cast.wang, EventAct.REPORT),
        (cast.head, EventAct.VERIFY),
        (cast.township, EventAct.DECIDE),
        (cast.township, EventAct.HEAR),
        (cast.township, EventAct.CLOSE),
    )
    opened = open_event(center_on, cast.head, event_id)
    assert opened.row.state is EventState.CLOSED
    assert [(step.act, step.by, step.text) for step in opened.steps] == [
        (EventAct.REPORT, "综合窗口1号 王敏", "写明：report"),
        (EventAct.VERIFY, "周红", "写明：verify"),
        (EventAct.DECIDE, "马强", "写明：decide"),
        (EventAct.HEAR, "马强", "写明：hear"),
        (EventAct.CLOSE, "马强", "写明：close"),
    ]
    assert opened.steps[2].sanction is Sanction.TALK
    with center_on.database.reading() as session:
        acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.position)).all()
    assert acts == [f"accountability.{each}" for each in ("raise", "report", "verify", "decide", "hear", "close")]


@pytest.mark.rule("R9")
@pytest.mark.parametrize("act", [act for act in EventAct if act is not EventAct.REPORT])
def test_no_step_comes_before_its_turn(center_on: Center, cast: Cast, act: EventAct) -> None:
    event_id = an_event(center_on, cast.wang)
    who = cast.head if act in (EventAct.VERIFY, EventAct.DISMISS) else cast.township
    with pytest.raises(Refusal, match="没有保存"):
        take_step(center_on, who, event_id, 1, act, "提前", Sanction.TALK if act is EventAct.DECIDE else None)
    assert state(center_on, event_id) == EventState.RAISED


@pytest.mark.rule("R9")
def test_only_whose_step_it_is_does_it(center_on: Center, cast: Cast) -> None:
    everybody = [cast.wang, cast.lead, cast.head, cast.leader, cast.township]
    allowed = {
        EventAct.REPORT: [cast.wang, cast.lead],
        EventAct.VERIFY: [cast.head],
        EventAct.DECIDE: [cast.township],
        EventAct.HEAR: [cast.township],
        EventAct.CLOSE: [cast.township],
    }
    event_id = an_event(center_on, cast.wang)
    for revision, (act, who) in enumerate(allowed.items(), 1):
        for wrong in (each for each in everybody if each not in who):
            with pytest.raises(Refusal) as refused:
                take_step(center_on, wrong, event_id, revision, act, "不该我写", Sanction.TALK if act is EventAct.DECIDE else None)
            assert refused.value.code == "not_allowed", (act, wrong.name)
            assert act not in open_event(center_on, wrong, event_id).acts
        assert act in open_event(center_on, who[0], event_id).acts
        walk_one(center_on, who[0], event_id, revision, act)


def walk_one(center: Center, who: Member, event_id: UUID, revision: int, act: EventAct) -> None:
    take_step(center, who, event_id, revision, act, "写明", Sanction.TALK if act is EventAct.DECIDE else None)


@pytest.mark.rule("R9")
def test_nobody_verifies_what_they_answer_for_and_for_the_head_the_township_does(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.head, EventCause.GUIDE_MISSING, window="")
    walk(center_on, event_id, (cast.head, EventAct.REPORT))
    with pytest.raises(Refusal, match="不能代办"):
        take_step(center_on, cast.head, event_id, 2, EventAct.VERIFY, "我核实我自己")
    take_step(center_on, cast.township, event_id, 2, EventAct.VERIFY, "镇里核实")
    assert state(center_on, event_id) == EventState.VERIFIED


@pytest.mark.rule("R9")
def test_verification_that_finds_nobody_at_fault_ends_it(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.wang)
    walk(center_on, event_id, (cast.wang, EventAct.REPORT), (cast.head, EventAct.DISMISS))
    assert state(center_on, event_id) == EventState.CLOSED


@pytest.mark.rule("R9")
@pytest.mark.parametrize("words", ["", "长" * 2001], ids=["empty", "too long"])
def test_a_step_is_in_writing_or_not_at_all(center_on: Center, cast: Cast, words: str) -> None:
    event_id = an_event(center_on, cast.wang)
    with pytest.raises(Refusal) as refused:
        take_step(center_on, cast.wang, event_id, 1, EventAct.REPORT, words)
    assert refused.value.fields.keys() == {"text"}
    assert state(center_on, event_id) == EventState.RAISED


@pytest.mark.rule("R9")
def test_a_decision_names_what_is_done_and_no_other_step_does(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.wang)
    with pytest.raises(Refusal, match="处理方式"):
        take_step(center_on, cast.wang, event_id, 1, EventAct.REPORT, "我检讨", Sanction.NONE)
    walk(center_on, event_id, (cast.wang, EventAct.REPORT), (cast.head, EventAct.VERIFY))
    with pytest.raises(Refusal, match="处理方式"):
        take_step(center_on, cast.township, event_id, 3, EventAct.DECIDE, "研究决定")


@pytest.mark.rule("R9")
def test_of_two_who_take_the_same_step_at_once_one_is_told(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.wang)
    gate, outcomes = threading.Barrier(2), []

    def work(who: Member) -> None:
        gate.wait()
        try:
            take_step(center_on, who, event_id, 1, EventAct.REPORT, f"{who.name}的报告")
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    workers = [threading.Thread(target=work, args=(who,)) for who in (cast.wang, cast.lead)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(outcomes) == ["done", "event_changed"]
    with center_on.database.reading() as session:
        assert len(session.scalars(select(AccountabilityStep)).all()) == 1


def test_a_step_is_sealed_and_cannot_be_changed(center_on: Center, cast: Cast) -> None:
    event_id = an_event(center_on, cast.wang)
    take_step(center_on, cast.wang, event_id, 1, EventAct.REPORT, "写给组织看的话")
    with center_on.database.reading() as session:
        assert "写给组织看的话".encode() not in session.scalars(select(AccountabilityStep.text)).one()
        assert all("写给" not in detail for detail in session.scalars(select(JournalEntry.detail)))
    for statement in ("UPDATE accountability_steps SET act = 'verify'", "DELETE FROM accountability_steps"):
        with pytest.raises(DBAPIError, match="append-only"), center_on.database.writing() as session:
            session.execute(text(statement))


# ------------------------------------------------------------------ who sees which


def seen_by(center: Center, who: Member) -> set[UUID]:
    return {row.id for row in list_events(center, who, 1).rows}


@pytest.mark.rule("R9")
def test_each_sees_what_concerns_them_and_nothing_else_is_there(center_on: Center, cast: Cast) -> None:
    mine, unowned = an_event(center_on, cast.wang), an_event(center_on, None)
    assert seen_by(center_on, cast.wang) == {mine, unowned}
    # a colleague's fault is not for colleagues
    assert seen_by(center_on, cast.colleague) == {unowned}
    assert seen_by(center_on, cast.lead) == {mine, unowned}
    assert seen_by(center_on, cast.elsewhere) == set()
    for who in (cast.head, cast.leader, cast.township):
        assert seen_by(center_on, who) == {mine, unowned}
    with pytest.raises(Refusal) as refused:
        open_event(center_on, cast.elsewhere, mine)
    assert refused.value.code == "event_unknown"
    for who in cast.others:
        with pytest.raises(Refusal) as refused:
            list_events(center_on, who, 1)
        assert refused.value.code == "not_allowed"


@pytest.mark.rule("R6.8", "R9")
@pytest.mark.parametrize(
    ("cause", "subject"), [(EventCause.COMPLAINT_LATE, COMPLAINT), (EventCause.RETALIATION, COMPLAINT), (EventCause.RETALIATION, CASE)]
)
def test_a_window_never_learns_from_an_event_that_there_is_a_complaint(
    center_on: Center, cast: Cast, cause: EventCause, subject: str
) -> None:
    event_id = an_event(center_on, cast.wang, cause, subject)
    for who in (cast.wang, cast.colleague, cast.lead):
        assert seen_by(center_on, who) == set()
        with pytest.raises(Refusal) as refused:
            take_step(center_on, who, event_id, 1, EventAct.REPORT, "我没有")
        assert refused.value.code == "event_unknown"
    assert seen_by(center_on, cast.officer) == {event_id}
    # its report is the officers'
    assert open_event(center_on, cast.officer, event_id).acts == (EventAct.REPORT,)
    assert open_event(center_on, cast.head, event_id).acts == ()


# ------------------------------------------------------------------ what people report


def a_report(cause: EventCause = EventCause.UNLISTED_FEE, **changes: object) -> Report:
    values = {
        "cause": cause,
        "case_number": "",
        "responsible": None,
        "window": "综合窗口1号",
        "at": MORNING - timedelta(hours=1),
        "text": "收了十元。",
    }
    return Report(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.rule("R9")
@pytest.mark.parametrize("cause", RAISED_BY_PEOPLE)
def test_people_report_what_the_system_cannot_see(center_on: Center, cast: Cast, cause: EventCause) -> None:
    event_id = report_event(center_on, cast.head, uuid4(), a_report(cause))
    opened = open_event(center_on, cast.head, event_id)
    assert (opened.row.cause, opened.row.by_itself, opened.detail) == (cause, False, "收了十元。")


@pytest.mark.rule("R9", "R6.8")
def test_who_may_report_what(cast: Cast) -> None:
    assert may_raise(cast.head) == RAISED_BY_PEOPLE
    assert may_raise(cast.officer) == (EventCause.RETALIATION,)
    assert all(may_raise(who) == () for who in (cast.wang, cast.lead, cast.leader, cast.township, *cast.others))


def test_a_report_pressed_twice_is_one_event(center_on: Center, cast: Cast) -> None:
    key, report = uuid4(), a_report()
    assert report_event(center_on, cast.head, key, report) == report_event(center_on, cast.head, key, report)
    assert causes(center_on) == ["unlisted_fee"]
    report_event(center_on, cast.head, uuid4(), report)
    assert causes(center_on) == ["unlisted_fee"] * 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"window": ""}, "responsible"),
        ({"at": MORNING + timedelta(minutes=1)}, "at"),
        ({"case_number": "不存在"}, "case_number"),
        ({"responsible": uuid4()}, "responsible"),
    ],
)
def test_a_report_with_a_fault_names_it_and_raises_nothing(center_on: Center, cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        report_event(center_on, cast.head, uuid4(), a_report(**changes))  # type: ignore[arg-type]
    assert field in refused.value.fields
    assert causes(center_on) == []


def test_who_may_not_report_is_refused(center_on: Center, cast: Cast) -> None:
    for who in (cast.wang, cast.leader, cast.township, *cast.others):
        with pytest.raises(Refusal):
            report_event(center_on, who, uuid4(), a_report())
    with pytest.raises(Refusal, match="由中心负责人登记"):
        report_event(center_on, cast.officer, uuid4(), a_report())
    assert causes(center_on) == []
