"""Every page of rating, booking, the suggestion box and help fits both shapes of screen, as a real terminal shows it; its targets are apart."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed, HomePressed
from kiosk.journeys.chrome import chrome_for
from kiosk.journeys.codes import receipt_code
from kiosk.journeys.help import HelpSheet, HelpStep
from kiosk.journeys.rate.rating import RateStep, RatingThanksStep
from kiosk.journeys.rate.sheet import RatingSheet
from kiosk.journeys.step import EndSession
from kiosk.session import Handed
from kiosk.views import AttractView, CaseListView, FormView, GridView, IdleView, MessageView, PageView, RateView, ReviewView, ViewData
from kiosk.wire.services import HelpAnswer, HelpState
from screens.drawing import Rect
from screens.theme import Layout
from tests.flows import booker
from tests.ui.glass import Glass
from tests.ui.measuring import cut_off, low_targets, near_targets, shown

SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080)}


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[ViewData]]:
    """All that a terminal shows to one citizen who does everything, and what it would say at other times."""
    with open_place(tmp_path_factory.mktemp("place")) as place:
        place.citizen.waits(lambda: place.composition.terminal.work.catalogue is not None)
        place.citizen.sees(AttractView)
        del place.citizen.seen[:]
        _books(place)
        _proposes_and_calls(place)
        yield [*place.citizen.seen, *_rates(place), *_help(place)]


def _books(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place)
    citizen.touches("edit_matter")
    citizen.sees(GridView)
    citizen.touches("matter_1")
    citizen.touches("edit_phone")
    citizen.sees(FormView)
    citizen.touches("field_phone")
    citizen.sees(FormView, lambda view: view.keyboard is not None)
    citizen.post(BackPressed())
    citizen.sees(FormView, lambda view: view.keyboard is None)
    citizen.post(BackPressed())
    citizen.sees(ReviewView)
    citizen.touches("primary")
    booked = citizen.sees(MessageView, lambda view: view.title == "约好了")
    citizen.post(HomePressed())
    place.bench.hold_code(text=booked.qr)
    citizen.sees(MessageView, lambda view: "预约单" in view.title)
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了" and len(view.actions) == 3)
    citizen.touches("primary")
    citizen.touches("day_2")
    citizen.touches("time_1400")
    citizen.sees(ReviewView)
    citizen.post(HomePressed())
    place.bench.hold_code()
    citizen.touches("way_booking")
    citizen.touches("way_bookings")
    citizen.sees(CaseListView)
    citizen.touches("booking_1")
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: "要取消" in view.title)
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: view.title == "已取消")
    citizen.post(HomePressed())


def _proposes_and_calls(place: Place) -> None:
    citizen = place.citizen
    citizen.touches("way_grievances")
    citizen.touches("way_suggestion")
    citizen.sees(FormView)
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: bool(view.fields[0].error))
    citizen.post(HomePressed())
    citizen.touches("help")
    citizen.sees(MessageView, lambda view: view.title == "已经通知工作人员")
    citizen.post(HomePressed())
    citizen.touches("way_grievances")
    citizen.touches("way_rating")
    place.center_closes()
    work = place.composition.terminal.work
    place.bench.hold_code(text=receipt_code(work, work.outbox.next_receipt_number(work.clock.now())))
    citizen.sees(RateView)
    citizen.touches("level_2")
    citizen.sees(RateView, lambda view: bool(view.tags))
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: any("自动送出" in line for line in view.lines))
    citizen.post(HomePressed())
    place.bench.hold_code()
    citizen.touches("way_booking")
    citizen.touches("way_bookings")
    citizen.sees(MessageView, lambda view: view.title == "现在连不上中心")


def _rates(place: Place) -> Iterator[ViewData]:
    """Each level with all of its tags ticked and as many words as may be written; the thanks."""
    work = place.composition.terminal.work
    step = RateStep(work, "code", "困难残疾人生活补贴和重度残疾人护理补贴资格认定", then=EndSession("done"))
    sheet = work.session.sheet(RatingSheet)
    chrome = chrome_for(work, step, (), at_home=False)
    yield step.view(chrome)
    for level in (5, 3, 1):
        sheet.level = level
        sheet.values["words"] = ""
        yield step.view(chrome)
        sheet.values["words"] = "等了一上午" * 100
        yield step.view(chrome)
    for handed in (Handed("1", "", work.clock.now()), Handed("1", "", work.clock.now(), refusal="这件事您已经评价过了，谢谢您。")):
        sheet.handed = handed
        yield RatingThanksStep(work, EndSession("done")).view(chrome)


def _help(place: Place) -> Iterator[ViewData]:
    """What the center may answer, each with and without the center being there afterwards."""
    work = place.composition.terminal.work
    step = HelpStep(work, "home")
    sheet = work.session.sheet(HelpSheet)
    chrome = chrome_for(work, step, (), at_home=False)
    sheet.key = uuid4()
    sentences = {
        HelpState.WAITING: "已经通知窗口工作人员，请稍等一下。",
        HelpState.ANSWERED: "综合窗口1号 王敏 马上过来，请稍等一下。",
        HelpState.CLOSED: "这次求助已经处理完了。还需要帮忙，请再按一次。",
        HelpState.NONE: "现在窗口没有人值班。",
    }
    for unheard in (False, True):
        sheet.unheard = unheard
        for state, sentence in sentences.items():
            sheet.answer = HelpAnswer(state=state, sentence=sentence, by="综合窗口1号 王敏")
            yield step.view(chrome)
        sheet.answer = None
        yield step.view(chrome)


def test_nothing_is_cut_off_and_every_target_is_large_and_apart(glass: Glass, views: list[ViewData]) -> None:
    pages = [view for view in views if isinstance(view, PageView) and not isinstance(view, IdleView)]
    assert {"ways", "grid", "review", "message", "case_list", "rate", "form", "scan"} <= {view.name for view in pages}, "all was walked"
    faults = []
    for view in pages:
        for shape, size in SCREENS.items():
            glass.app.page.layout = Layout(*size)
            glass.app.router.show(view)
            page = shown(glass.app.page.mounted)
            named = f"{shape} {view.name} {view.title}"
            faults += [f"{named}: cut {kind} {mark}" for kind, mark in cut_off(page, Rect(0, 0, *size))]
            faults += [f"{named}: low {ident}" for ident in low_targets(page)]
            faults += [f"{named}: near {pair}" for pair in near_targets(page)]
    assert faults == []


def test_every_heading_is_short_and_every_page_is_spoken(views: list[ViewData]) -> None:
    pages = [view for view in views if isinstance(view, PageView)]
    assert [view.title for view in pages if len(view.title) > 15] == []
    assert [view.title for view in pages if not view.spoken] == []
