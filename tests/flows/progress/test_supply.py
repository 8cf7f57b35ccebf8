"""What a returned case wants is supplied at the terminal, against its real center (R2.2)."""

from __future__ import annotations

import pytest

from demo.place import Place
from kiosk.events import BackPressed
from kiosk.ports import DeviceKind
from kiosk.views import (
    DoneView,
    FormView,
    HomeView,
    MaterialsView,
    ProgressView,
    ReviewView,
    WaysView,
)
from tests.flows.clerk import Clerk
from tests.flows.progress.holder import captures, comes, corrects_phone, files, returned


@pytest.mark.rule("R2.2", "R4.1")
@pytest.mark.usefixtures("goes")
def test_R2_2_everything_wanted_is_supplied_in_one_act_to_the_same_case(place: Place, clerk: Clerk) -> None:
    # given a returned case
    number, case = returned(place, clerk, "zhang-decai")
    citizen = place.citizen
    page = comes(place, "zhang-decai", number)
    assert len(page.wanted) == 3
    assert [button.id for button in page.actions] == ["print", "more", "primary"]
    # when the citizen goes to supply it
    citizen.touches("primary")
    corrects_phone(place)
    captures(place, "register-cover-straight", lambda view: view.taken_count == 1)
    captures(place, "register-person-skewed", lambda view: "银行卡" in view.title)
    # the other thing comes to the window
    citizen.touches("not_with_me")
    assert "带到窗口" in citizen.sees(MaterialsView, lambda view: view.camera is None).title
    citizen.touches("primary")
    review = citizen.sees(ReviewView)
    assert {(row.value, row.detail) for row in review.rows} >= {("2 页", "户口簿"), ("带到窗口", "银行卡复印件")}
    citizen.touches("primary")
    done = citizen.sees(DoneView, lambda view: view.paper.state == "done")
    # then it has arrived, at the same case, with a receipt
    assert done.title == "补交的内容已收到"
    seen = clerk.sees(case)
    assert "补交" in seen
    assert "13904641299" in seen.replace(" ", "")
    kept = place.composition.outbox.last_receipts(1)[0].document.decode()
    assert "补交回执" in kept
    assert "银行卡复印件" in kept
    # and the case says so
    place.bench.lift_card()
    citizen.touches("primary")
    again = comes(place, "zhang-decai", number)
    assert again.title.startswith("已提交")
    assert [button.id for button in again.actions] == ["print", "more", "primary"]


@pytest.mark.rule("R2.2")
@pytest.mark.usefixtures("goes")
def test_back_and_forth_loses_nothing_that_was_supplied(place: Place, clerk: Clerk) -> None:
    # given a phone corrected and one page taken
    number, _ = returned(place, clerk, "li-jianguo")
    citizen = place.citizen
    comes(place, "li-jianguo", number)
    citizen.touches("primary")
    corrects_phone(place)
    captures(place, "register-cover-straight", lambda view: view.taken_count == 1)
    # when they go back to the form, out of it, and in again
    citizen.post(BackPressed())
    form = citizen.sees(FormView)
    assert form.fields[0].value
    citizen.post(BackPressed())
    citizen.sees(ProgressView)
    citizen.touches("more")
    citizen.sees(WaysView)
    citizen.touches("way_supply")
    # then all is there
    assert citizen.sees(FormView).fields[0].value
    citizen.touches("primary")
    assert citizen.sees(MaterialsView).taken_count == 1
    # and from the check page each part is changed and leads back
    captures(place, "register-person-skewed", lambda view: "银行卡" in view.title)
    citizen.touches("not_with_me")
    citizen.touches("primary")
    citizen.sees(ReviewView)
    citizen.touches("edit_phone")
    citizen.sees(FormView)
    citizen.touches("primary")
    citizen.sees(ReviewView)
    citizen.touches("edit_other_1")
    citizen.sees(MaterialsView)
    citizen.post(BackPressed())
    citizen.sees(ReviewView)
    citizen.touches("dock_home")
    citizen.sees(HomeView)


@pytest.mark.usefixtures("goes")
def test_supplied_with_the_center_away_it_is_kept_and_goes_out_by_itself(place: Place, clerk: Clerk) -> None:
    # given
    number, case = returned(place, clerk, "wang-guilan")
    citizen = place.citizen
    comes(place, "wang-guilan", number)
    citizen.touches("primary")
    place.center_closes()
    try:
        # when all is done as ever, though the camera is out and the paper has ended
        corrects_phone(place)
        citizen.sees(MaterialsView)
        place.bench.unplug(DeviceKind.DOCUMENT_CAMERA)
        out = citizen.sees(MaterialsView, lambda view: view.camera is None and view.notice is not None)
        assert out.notice is not None
        assert "带到人工窗口" in out.notice.text
        citizen.touches("all_later")
        citizen.sees(ReviewView)
        place.bench.set_paper(False)
        citizen.touches("primary")
        done = citizen.sees(DoneView, lambda view: view.paper.state == "attention")
        # then it is said plainly, and nothing is lost
        assert done.title == "补交已保存，稍后送达"
        assert done.notice is not None
    finally:
        place.bench.plug(DeviceKind.DOCUMENT_CAMERA)
        place.bench.set_paper(True)
        place.center_opens()
    # and it arrives by itself
    citizen.waits(lambda: "13904641299" in clerk.sees(case).replace(" ", ""))


@pytest.mark.usefixtures("goes")
def test_whoever_brings_all_of_it_to_the_window_hands_in_nothing_here(place: Place, clerk: Clerk) -> None:
    number = files(place, "zhang-decai")
    clerk.returns(clerk.opens(number), "household_register")
    comes(place, "zhang-decai", number)
    place.citizen.touches("primary")
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    review = place.citizen.sees(ReviewView)
    assert review.primary.label == "知道了"
    assert review.info is not None
    assert "人工窗口" in review.info.detail
