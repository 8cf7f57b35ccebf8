"""What is walked for the album: complaining without the card and with it, and what becomes of a complaint (R6)."""

from __future__ import annotations

from center.domain.complaint import ComplaintAct
from demo.journey_walk import Walk
from kiosk.ports import DeviceKind
from kiosk.views import (
    CaseListView,
    ConsentView,
    DoneView,
    FormView,
    IdentifyView,
    MaterialsView,
    MessageView,
    PageView,
    ReadView,
    ReviewView,
    ScanView,
    WaysView,
)
from tests.center.complaints.acts import DIRECT, TO_RESULT, do
from tests.center.complaints.acts import walk as leads
from tests.center.complaints.place import Town
from tests.flows.complainer import DIGITS, NAME, PHONE, STORY, Complainer
from tests.flows.officer import newest, town_at


def complains_without_card(walk: Walk) -> str:
    """From the notice to the receipt; the text of its code."""
    citizen, complainer = walk.citizen, Complainer(walk.place)
    with walk.visit("complain"):
        _tells(walk, person="王敏")
        citizen.touches("evidence_now")
        with walk.unplugged(DeviceKind.DOCUMENT_CAMERA):
            walk.keeps("complain-camera-out", MaterialsView, lambda view: view.camera is None)
        complainer.captures()
        citizen.touches("primary")
        complainer.without_card()
        complainer.types("name", NAME)
        complainer.types("phone", PHONE)
        complainer.closes_keyboard()
        citizen.touches("primary")
        citizen.sees(FormView, lambda view: any(row.code == "digits" for row in view.fields))
        complainer.sets_digits()
        citizen.touches("primary")
        done = complainer.hands_in()
    return done.qr


def _tells(walk: Walk, **about: str) -> None:
    walk.citizen.touches("way_grievances")
    walk.citizen.sees(WaysView)
    complainer = Complainer(walk.place)
    complainer.reads_and_agrees()
    complainer.chooses(**about)
    complainer.tells()


def complains_with_faults(walk: Walk) -> None:
    """With the card, as the representative of a group; reader, center and paper out."""
    citizen = walk.citizen
    with walk.visit("complain", steps=False):
        _tells(walk, window="综合窗口1号")
        citizen.touches("evidence_later")
        with walk.unplugged(DeviceKind.ID_CARD):
            citizen.touches("with_card")
            walk.keeps("complain-reader-out", IdentifyView, lambda view: view.state == "absent")
        walk.lays("wang-guilan")
        walk.keeps("complain-for-whom", WaysView, lambda view: any(way.id.startswith("capacity") for way in view.ways))
        citizen.touches("capacity_representative")
        walk.keeps("complain-for-a-group", FormView)
    with walk.visit("complain", steps=False):
        _tells(walk, window="综合窗口1号")
        citizen.touches("evidence_none")
        Complainer(walk.place).with_card()
        Complainer(walk.place).types("phone", PHONE)
        Complainer(walk.place).closes_keyboard()
        citizen.touches("primary")
        walk.keeps("complain-with-card-check", ReviewView)
        with walk.center_away(), walk.no_paper():
            citizen.touches("primary")
            walk.keeps("complain-offline-printer-out", DoneView, lambda view: view.paper.state not in ("busy", "done"))
    citizen.waits(lambda: walk.place.composition.outbox.unsent() == 0)


def _opens(walk: Walk, code: str) -> ReadView:
    """The receipt held up, and its digits."""
    citizen = walk.citizen
    citizen.touches("way_grievances")
    citizen.touches("way_complaints")
    citizen.sees(ScanView)
    walk.bench.hold_code(text=code)
    citizen.sees(FormView)
    Complainer(walk.place).types("digits", DIGITS)
    citizen.touches("primary")
    return citizen.sees(ReadView)


def comes_back(walk: Walk, town: Town, code: str) -> None:
    """What is asked for is added; the written result is read, printed and answered; a review is asked for."""
    complaint = newest(town.center).id
    citizen, complainer = walk.citizen, Complainer(walk.place)
    with walk.visit("complaint"):
        _opens(walk, code)
    do(town, complaint, ComplaintAct.ASK_SUPPLEMENT)
    with walk.visit("complaint-wanted"):
        _opens(walk, code)
        citizen.touches("primary")
        complainer.captures()
        citizen.touches("primary")
        complainer.types("words", STORY)
        complainer.closes_keyboard()
        citizen.touches("primary")
        complainer.hands_in()
    leads(town, complaint, *DIRECT, *TO_RESULT)
    with walk.visit("complaint-result"):
        _opens(walk, code)
        _turns_to_the_end(walk)
        citizen.touches("papers")
        citizen.touches("paper_1")
        walk.prints()
        citizen.touches("primary")
        citizen.touches("dock_back")
        citizen.sees(ReadView)
        citizen.touches("primary")
        citizen.touches("act_answer")
        citizen.sees(FormView)
        citizen.touches("primary")
        walk.keeps("complaint-answer-nothing-written", FormView, lambda view: view.notice is not None)
        complainer.types("words", ("haimeiyoudaoqian", "还没有道歉"))
        complainer.closes_keyboard()
        citizen.touches("primary")
        complainer.hands_in()


def _turns_to_the_end(walk: Walk) -> None:
    view = walk.citizen.sees(ReadView)
    while view.next is not None and view.next.event is not None:
        walk.citizen.touches("next")
        view = walk.citizen.sees(ReadView, lambda now, before=view: now is not before)  # type: ignore[misc] # view is bound now


def opens_in_vain(walk: Walk, code: str) -> None:
    """Wrong digits; the center away; a card without complaints; one's own by the card."""
    citizen = walk.citizen
    with walk.visit("complaint", steps=False):
        citizen.touches("way_grievances")
        citizen.touches("way_complaints")
        walk.bench.hold_code(text=code)
        Complainer(walk.place).types("digits", "123456")
        citizen.touches("primary")
        walk.keeps("complaint-wrong-digits", MessageView, lambda view: not view.busy)
    with walk.visit("complaint", steps=False):
        citizen.touches("way_grievances")
        citizen.touches("way_complaints")
        with walk.center_away():
            walk.bench.hold_code(text=code)
            walk.keeps("complaint-offline", MessageView, lambda view: view.code == "center_unreachable")
    with walk.visit("complaints"):
        citizen.touches("way_grievances")
        citizen.touches("way_complaints")
        walk.lays("wang-guilan")
        citizen.sees(ConsentView)
        citizen.touches("agree")
        citizen.touches("complaint_1")
        citizen.sees(ReadView)
    with walk.visit("complaints", steps=False):
        citizen.touches("way_grievances")
        citizen.touches("way_complaints")
        walk.lays("li-jianguo")
        citizen.touches("agree")
        walk.keeps("complaints-none", CaseListView, lambda view: bool(view.empty))


def sees_it_refused(walk: Walk, town: Town, code: str) -> None:
    """Not the center's business: why, on what ground, and where it can be taken (R6.4)."""
    do(town, newest(town.center).id, ComplaintAct.REFUSE)
    with walk.visit("complaint-refused"):
        _opens(walk, code)
        walk.citizen.touches("papers")
        walk.citizen.sees(PageView, lambda view: isinstance(view, CaseListView | ReadView) and "告知书" in view.title)


def before_the_list(walk: Walk) -> None:
    """A terminal that has not got the public list yet."""
    work = walk.place.composition.terminal.work
    known, work.public_staff = work.public_staff, None
    try:
        with walk.visit("complain", steps=False):
            walk.citizen.touches("way_grievances")
            walk.citizen.touches("way_complain")
            walk.citizen.sees(ReadView)
            walk.citizen.touches_until("primary", ConsentView)
            walk.citizen.touches("agree")
            walk.keeps("complain-no-list", MessageView)
    finally:
        work.public_staff = known


def grievances(walk: Walk) -> None:
    """All of it at one place with its people."""
    with town_at(walk.place) as town:
        code = complains_without_card(walk)
        comes_back(walk, town, code)
        complains_with_faults(walk)
        opens_in_vain(walk, code)
        before_the_list(walk)
        sees_it_refused(walk, town, complains_without_card(walk))
