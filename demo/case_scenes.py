"""What is walked for the album: reading guides, applying for another, progress with everything that is done about a case, rating."""

from __future__ import annotations

from demo.faults import Out
from demo.faults import walk as files
from demo.journey_walk import Walk
from kiosk.events import BackPressed
from kiosk.ports import DeviceKind
from kiosk.views import (
    CaseListView,
    DoneView,
    FormView,
    GuideView,
    IdentifyView,
    ItemListView,
    MaterialsView,
    MessageView,
    PageView,
    ProgressView,
    RateView,
    ReadView,
    ReviewView,
    ScanView,
)
from tests.flows.clerk import Clerk
from tests.flows.filer import LI, Filer

_MOTHER, _DAUGHTER, _NEIGHBOR = "wang-guilan", "jin-meihua", "li-jianguo"
_ITEM, _LETTERS = "LSJZ", "lsjz"


def reads_guides(walk: Walk) -> None:
    """By topic, by department, by search; larger, printed, and without paper."""
    citizen = walk.citizen
    with walk.visit("guides"):
        citizen.touches("way_guides")
        citizen.touches("topic_1")
        citizen.touches("departments")
        citizen.touches("department_1")
        citizen.sees(ItemListView)
        citizen.touches("dock_home")
        citizen.touches("search")
        citizen.types("ylbx")
        citizen.touches("item_YLBX")
        citizen.sees(GuideView)
        citizen.touches("larger")
        walk.keeps("guides-larger", GuideView, lambda view: view.large)
        citizen.touches("larger")
        walk.prints()
    with walk.visit("guides", steps=False):
        citizen.touches("search")
        citizen.types("qqq")
        walk.keeps("guides-nothing-found", ItemListView, lambda view: bool(view.empty))
        citizen.touches("dock_home")
        with walk.no_paper():
            citizen.touches("search")
            citizen.types("ylbx")
            citizen.touches("item_YLBX")
            walk.keeps("guides-printer-out", GuideView)


def applies_for_another(walk: Walk) -> tuple[str, str]:
    """临时救助 for one's mother; the case's number, and the code on its receipt."""
    citizen, filer = walk.citizen, Filer(walk.place)
    with walk.visit("apply"):
        _both_cards(walk)
        _fills_in(walk)
        filer.captures(3)
        citizen.sees(MaterialsView, lambda view: view.title == "材料都有了")
        citizen.touches("primary")
        filer.goes_on_to_sign()
        done = filer.hands_in()
    return done.number.replace(" ", ""), done.qr


def _both_cards(walk: Walk) -> None:
    citizen = walk.citizen
    Filer(walk.place).finds(_LETTERS, _ITEM)
    citizen.touches("for_agent")
    citizen.sees(IdentifyView)
    walk.lays(_MOTHER)
    citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    walk.lays(_DAUGHTER)
    citizen.touches("agree")
    citizen.touches("authority_power_of_attorney")
    citizen.sees(FormView)


def _fills_in(walk: Walk) -> None:
    citizen, filer = walk.citizen, Filer(walk.place)
    filer.chooses("difficulty", "illness")
    filer.writes("phone", "13904640000")
    filer.writes("family_size", "2")
    citizen.goes_to("field_family")
    citizen.touches("field_family")
    filer.goes_on_writing("name", LI)
    filer.chooses("relation", "spouse")
    citizen.touches_until("primary", ReviewView)
    citizen.touches("primary")
    citizen.touches_until("primary", MaterialsView)


def applies_with_faults(walk: Walk) -> None:
    """The same with nothing to photograph with, no paper and no center; and without both cards."""
    citizen, filer = walk.citizen, Filer(walk.place)
    with walk.visit("apply", steps=False):
        filer.finds(_LETTERS, _ITEM)
        with walk.unplugged(DeviceKind.ID_CARD):
            citizen.touches("for_agent")
            walk.keeps("apply-reader-out", IdentifyView, lambda view: view.state == "absent")
        citizen.touches("no_card")
        walk.keeps("apply-without-both-cards", MessageView)
    with walk.visit("apply", steps=False):
        _both_cards(walk)
        _fills_in(walk)
        with walk.unplugged(DeviceKind.DOCUMENT_CAMERA):
            walk.keeps("apply-camera-out", MaterialsView, lambda view: view.camera is None)
            citizen.touches("all_later")
            filer.goes_on_to_sign()
            with walk.center_away(), walk.no_paper():
                citizen.touches_until("primary", DoneView)
                walk.keeps("apply-offline-printer-out", DoneView, lambda view: view.paper.state != "busy")


def _opens_the_case(walk: Walk, person: str) -> ProgressView:
    citizen = walk.citizen
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    walk.lays(person)
    citizen.touches("agree")
    return _the_newest(walk)


def _the_newest(walk: Walk) -> ProgressView:
    walk.citizen.touches("case_1")
    return walk.citizen.sees(ProgressView)


def looks_in_vain(walk: Walk) -> None:
    """Reader, scanner and center out; a card without a case; a code of somebody else's."""
    citizen = walk.citizen
    with walk.visit("progress", steps=False):
        citizen.touches("way_progress")
        with walk.unplugged(DeviceKind.ID_CARD):
            walk.keeps("progress-reader-out", ScanView, lambda view: view.ways[1][3] == "absent")
        with walk.unplugged(DeviceKind.SCANNER):
            walk.keeps("progress-scanner-out", ScanView, lambda view: view.ways[0][3] == "absent")
        with walk.center_away():
            walk.lays(_NEIGHBOR)
            citizen.touches("agree")
            walk.keeps("progress-offline", MessageView, lambda view: not view.busy)
        citizen.touches("retry")
        walk.keeps("progress-no-case", CaseListView, lambda view: bool(view.empty))
    with walk.visit("progress", steps=False):
        walk.bench.hold_code(text="https://example.org/")
        walk.keeps("progress-foreign-code", MessageView)


def supplies_what_is_missing(walk: Walk, clerk: Clerk, case: str) -> None:
    """The window's one-time notice: read, printed, answered, with the camera and without."""
    citizen, filer = walk.citizen, Filer(walk.place)
    clerk.returns(case, "household_register", fields=("phone",), other="银行卡复印件")
    with walk.visit("supply"):
        _opens_the_case(walk, _DAUGHTER)
        with walk.no_paper():
            walk.keeps("progress-printer-out", ProgressView, lambda view: view.actions[0].event is None)
        citizen.touches("more")
        citizen.touches("way_papers")
        citizen.sees(ReadView)
        walk.prints()
        citizen.post(BackPressed())
        citizen.touches("way_supply")
        filer.writes("phone", "13904640001")
        citizen.touches("primary")
        with walk.unplugged(DeviceKind.DOCUMENT_CAMERA):
            walk.keeps("supply-camera-out", MaterialsView, lambda view: view.camera is None)
        walk.bench.lay_page("register-cover-skewed")
        citizen.sees(MaterialsView, lambda view: view.good)
        citizen.touches("capture")
        citizen.sees(MaterialsView, lambda view: view.taken_count == 1)
        walk.bench.lay_page("register-person-straight")
        citizen.sees(MaterialsView, lambda view: view.good and view.taken_count == 1)
        citizen.touches("capture")
        citizen.sees(MaterialsView, lambda view: "银行卡" in view.title)
        citizen.touches("not_with_me")
        citizen.touches_until("primary", ReviewView)
        filer.hands_in()


def sees_it_refused(walk: Walk, clerk: Clerk, case: str) -> None:
    """The written refusal, and where else it may be taken (R2.3)."""
    citizen = walk.citizen
    clerk.refuses(case, "家庭收入高于当地标准，不符合临时救助条件", "《社会救助暂行办法》第四十七条")
    with walk.visit("refused"):
        _opens_the_case(walk, _DAUGHTER)
        walk.prints()
        citizen.touches("primary")
        citizen.touches("way_papers")
        citizen.sees(PageView, lambda view: isinstance(view, CaseListView | ReadView))


def withdraws(walk: Walk) -> None:
    """Asked twice; with the center away it stands."""
    citizen = walk.citizen
    files(walk.place, Out(camera=True), _NEIGHBOR)
    with walk.visit("withdraw"):
        _opens_the_case(walk, _NEIGHBOR)
        citizen.touches("more")
        citizen.touches("way_withdraw")
        citizen.sees(MessageView, lambda view: "真的要撤回" in view.title)
        with walk.center_away():
            citizen.touches("withdraw")
            walk.keeps("withdraw-offline", MessageView, lambda view: view.title == "现在连不上中心")
        citizen.touches("retry")
        citizen.sees(MessageView, lambda view: view.title == "申请已经撤回")
        walk.prints()


def rates(walk: Walk, code: str) -> None:
    """By the receipt, with a few words; twice; offline; without the scanner."""
    citizen = walk.citizen
    with walk.visit("rate"):
        citizen.touches("way_grievances")
        citizen.touches("way_rating")
        with walk.unplugged(DeviceKind.SCANNER):
            walk.keeps("rate-scanner-out", ScanView, lambda view: view.ways[0][3] == "absent")
        walk.bench.hold_code(text=code)
        citizen.sees(RateView)
        citizen.touches("level_2")
        citizen.sees(RateView, lambda view: bool(view.tags))
        citizen.touches("field_words")
        citizen.sees(FormView)
        citizen.touches("field_words")
        citizen.writes("dengletaijiu", "等了太久")
        citizen.post(BackPressed())
        citizen.touches("primary")
        rated = citizen.sees(RateView, lambda view: bool(view.words and view.words.value))
        citizen.touches(rated.tags[0].id)
        citizen.sees(RateView, lambda view: view.tags[0].selected)
        with walk.center_away():
            citizen.touches("primary")
            walk.keeps("rate-offline", MessageView)
    walk.citizen.waits(lambda: walk.place.composition.outbox.unsent() == 0)
    with walk.visit("rate", steps=False):
        citizen.touches("way_grievances")
        citizen.touches("way_rating")
        walk.bench.hold_code(text=code)
        citizen.touches("level_5")
        walk.keeps("rate-very-good", RateView, lambda view: bool(view.tags))
        citizen.touches("primary")
        walk.keeps("rate-refused", MessageView, lambda view: any("已经评价过" in line for line in view.lines))


def cases(walk: Walk) -> None:
    """All of it at one place with one window."""
    clerk = Clerk(walk.place)
    clerk.is_employed()
    clerk.signs_in()
    reads_guides(walk)
    number, code = applies_for_another(walk)
    looks_in_vain(walk)
    rates(walk, code)
    case = clerk.opens(number)
    supplies_what_is_missing(walk, clerk, case)
    sees_it_refused(walk, clerk, case)
    withdraws(walk)
    applies_with_faults(walk)
