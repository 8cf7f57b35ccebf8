"""The check page of supplying looks again; what is brought to the window leads back to its case, and what is on its way is not supplied twice."""

from __future__ import annotations

import pytest

from demo.place import Place
from kiosk.events import BackPressed
from kiosk.journeys.progress.doing import ways_for
from kiosk.journeys.progress.one import CaseStep
from kiosk.journeys.progress.supply import can_supply
from kiosk.link.questions import cases
from kiosk.views import DoneView, FormView, HomeView, MaterialsView, ProgressView, ReviewView
from kiosk.wire.cases import CasesAnswer
from tests.flows import booker
from tests.flows.clerk import Clerk, center_away
from tests.flows.eraser import erases, to_change
from tests.flows.progress.holder import comes, corrects_phone, files, returned
from tests.said import said


def _brings_the_papers(place: Place) -> None:
    """Both of them to the window."""
    citizen = place.citizen
    for paper in ("户口簿", "银行卡"):
        citizen.sees(MaterialsView, lambda view, paper=paper: paper in view.title)  # type: ignore[misc] # paper is bound now
        citizen.touches("not_with_me")
    citizen.sees(MaterialsView, lambda view: view.title == "其余带到窗口")
    citizen.touches("primary")
    citizen.sees(ReviewView)


@pytest.mark.usefixtures("goes")
def test_what_was_cleared_is_not_supplied(place: Place, clerk: Clerk) -> None:
    # given everything that was wanted, and the telephone cleared from the check page
    number, _ = returned(place, clerk, "zhang-decai")
    citizen = place.citizen
    comes(place, "zhang-decai", number)
    citizen.touches("primary")
    corrects_phone(place)
    _brings_the_papers(place)
    citizen.touches("edit_phone")
    erases(citizen, "phone")
    citizen.touches("dock_back")
    # then it is marked, and handing in leads there
    assert to_change(citizen.sees(ReviewView)) == ["联系电话"]
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: any(row.error for row in view.fields))
    # and 返回 from the check page walks back: papers, fields, the case
    corrects_phone(place)
    citizen.sees(ReviewView)
    citizen.post(BackPressed())
    citizen.sees(MaterialsView)
    citizen.post(BackPressed())
    citizen.sees(FormView)
    citizen.post(BackPressed())
    citizen.sees(ProgressView)


@pytest.mark.usefixtures("goes")
def test_whoever_brings_all_of_it_to_the_window_is_led_back_to_the_case_and_can_begin_again(place: Place, clerk: Clerk) -> None:
    # given
    number = files(place, "li-jianguo")
    clerk.returns(clerk.opens(number), "household_register")
    citizen = place.citizen
    comes(place, "li-jianguo", number)
    citizen.touches("primary")
    citizen.touches("not_with_me")
    citizen.touches("primary")
    # when they have understood
    assert citizen.sees(ReviewView).primary.label == "知道了"
    citizen.touches("primary")
    # then it is the case, and another time it is asked as before
    citizen.sees(ProgressView)
    citizen.touches("primary")
    citizen.sees(MaterialsView)
    citizen.post(BackPressed())
    citizen.sees(ProgressView)


@pytest.mark.usefixtures("goes")
def test_what_is_on_its_way_is_not_supplied_once_more(place: Place, clerk: Clerk) -> None:
    # given a case that wants something, as the center tells it
    number, case = returned(place, clerk, "wang-guilan")
    citizen, work = place.citizen, place.composition.terminal.work
    told = booker.asks(place, cases(booker.WANG))
    assert isinstance(told, CasesAnswer)
    wanting = next(each for each in told.cases if each.case_number == number)
    assert can_supply(work, wanting)
    # when it is supplied with the center away, and the citizen goes home
    comes(place, "wang-guilan", number)
    citizen.touches("primary")
    with center_away(place):
        corrects_phone(place)
        _brings_the_papers(place)
        citizen.touches("primary")
        chrome = citizen.sees(DoneView).chrome
        citizen.touches("dock_home")
        citizen.sees(HomeView)
        # then the case, which the center still tells as before, offers it no more, and says why
        page = CaseStep(work, wanting).view(chrome)
        assert isinstance(page, ProgressView)
        assert "补交的已经保存" in page.panel.text
        assert "现在补交" not in said(page)
        assert not any(way.key == "supply" for way in ways_for(work, wanting))
    # and it arrives
    citizen.waits(lambda: "13904641299" in clerk.sees(case).replace(" ", ""))
