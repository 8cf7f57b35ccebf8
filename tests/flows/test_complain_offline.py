"""A complaint with the center away, no list, a device out, or a mind changed: nothing is lost, and no page is a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from demo.place import Place
from kiosk.events import KeyPressed, PublicChanged
from kiosk.views import (
    ConsentView,
    DoneView,
    FormView,
    GridView,
    HomeView,
    IdentifyView,
    MaterialsView,
    MessageView,
    PeopleView,
    ReadView,
    ReviewView,
    WaysView,
)
from kiosk.wire.complaints import PublicStaffAnswer
from tests.center.complaints.place import Town
from tests.flows.complainer import NAME, PHONE, Complainer
from tests.flows.complaints import conftest
from tests.flows.officer import complaints_of, newest

place, town, citizen = conftest.place, conftest.town, conftest.citizen


@contextmanager
def away(place: Place) -> Iterator[None]:
    """Nothing answers where the center was."""
    place.center_closes()
    try:
        yield
    finally:
        place.center_opens()


@contextmanager
def unplugged(place: Place, device: str) -> Iterator[None]:
    place.bench.unplug(device)
    try:
        yield
    finally:
        place.bench.plug(device)


def test_filed_while_the_center_is_away_it_is_kept_and_goes_out_by_itself(citizen: Complainer, place: Place, town: Town) -> None:
    # given
    before = len(complaints_of(town.center))
    with away(place):
        # when
        done = citizen.files_without_card()
        # then what it means is said plainly, and no day is named
        assert done.title == "投诉已保存，稍后送达"
        assert done.number_label == "本机回执号"
        said = " ".join(done.next_lines)
        assert "自动送出" in said
        assert "日期要等送达以后" in said
        paper = place.composition.outbox.last_receipts(1)[0].document.decode()
        assert "还没有送到中心" in paper
        assert "送到中心以后告诉您" in paper
    # and it goes out by itself, once
    place.citizen.waits(lambda: len(complaints_of(town.center)) == before + 1)
    told = place.citizen.sees(DoneView, lambda view: view.title == "投诉已经收到")
    assert told.number.replace(" ", "") == newest(town.center).number


def test_whom_the_center_no_longer_lists_is_chosen_again_before_handing_in(citizen: Complainer, place: Place, town: Town) -> None:
    # given a complaint ready to hand in
    _up_to_the_check_page(citizen)
    listed = place.composition.terminal.work.public_staff
    assert listed is not None
    # when the window is closed meanwhile
    fewer = tuple(window for window in listed.windows if window.name != "综合窗口1号")
    place.citizen.post(PublicChanged(staff=PublicStaffAnswer(windows=fewer, staff=listed.staff, matters=listed.matters)))
    review = place.citizen.sees(ReviewView, lambda view: "重新选" in view.rows[0].value)
    assert review.rows[0].edit is not None
    place.citizen.touches("primary")
    place.citizen.sees(PeopleView)
    # then another is chosen, and everything else is still there
    place.citizen.post(PublicChanged(staff=listed))
    people = place.citizen.sees(PeopleView, lambda view: any(card.name == "综合窗口1号" for card in view.people))
    card = next(card for card in people.people if card.name == "综合窗口1号")
    assert card.button is not None
    place.citizen.touches(card.button.id)
    place.citizen.sees(ReviewView, lambda view: view.rows[0].value == "综合窗口1号")
    assert citizen.hands_in().title == "投诉已经收到"


def test_what_the_center_refuses_is_kept_for_staff_and_the_citizen_is_told_why(citizen: Complainer, place: Place) -> None:
    # given a list that the center does not have any more
    listed = place.composition.terminal.work.public_staff
    assert listed is not None
    strange = listed.windows[0].model_copy(update={"id": "0" * 20, "name": "综合窗口9号"})
    place.citizen.post(PublicChanged(staff=PublicStaffAnswer(windows=(strange,), staff=(), matters=listed.matters)))
    # when
    done = citizen.files_without_card("综合窗口9号")
    place.citizen.post(PublicChanged(staff=listed))
    # then
    assert done.title == "投诉已保存，请到中心"
    assert "名单刚刚更新过" in done.next_lines[0]
    assert "保存" in done.next_lines[1]


def test_without_a_list_it_waits_for_it_and_says_what_works_meanwhile(citizen: Complainer, place: Place) -> None:
    listed = place.composition.terminal.work.public_staff
    place.citizen.post(PublicChanged(staff=PublicStaffAnswer()))
    citizen.comes()
    place.citizen.touches("way_complain")
    place.citizen.sees(ReadView)
    place.citizen.touches_until("primary", ConsentView)
    place.citizen.touches("agree")
    told = place.citizen.sees(MessageView)
    assert "写信" in " ".join(told.lines)
    # when it comes, the page goes on by itself
    place.citizen.post(PublicChanged(staff=listed))
    place.citizen.sees(PeopleView)


def test_a_reader_that_is_out_leaves_the_way_without_a_card(citizen: Complainer, place: Place) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口1号")
    citizen.tells()
    place.citizen.touches("evidence_none")
    with unplugged(place, "id-card"):
        place.citizen.touches("with_card")
        view = place.citizen.sees(IdentifyView, lambda view: view.state == "absent")
        assert "不用身份证也能投诉" in " ".join(note.text for note in view.notes)
        place.citizen.touches("primary")
        place.citizen.touches("capacity_self")
        form = place.citizen.sees(FormView)
        assert form.fields[0].code == "name"


def test_a_camera_that_is_out_leaves_evidence_for_later(citizen: Complainer, place: Place) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口1号")
    citizen.tells()
    with unplugged(place, "document-camera"):
        place.citizen.touches("evidence_now")
        view = place.citizen.sees(MaterialsView, lambda view: view.camera is None)
        assert view.notice is not None
        assert "三个工作日" in view.notice.detail
        place.citizen.touches("all_later")
        place.citizen.sees(WaysView, lambda view: view.title == "用不用身份证？")


def test_a_printer_that_is_out_keeps_nobody_from_complaining_and_the_code_is_on_the_screen(citizen: Complainer, place: Place) -> None:
    _up_to_the_check_page(citizen)
    place.bench.set_paper(False)
    try:
        place.citizen.touches("primary")
        done = place.citizen.sees(DoneView, lambda view: bool(view.notice))
        assert done.qr
        assert done.notice is not None
        assert "带身份证到中心查" in done.notice.detail
    finally:
        place.bench.set_paper(True)
    place.citizen.touches("retry")
    place.citizen.sees(DoneView, lambda view: view.paper.state == "done")


def test_back_leads_through_every_page_and_loses_nothing(citizen: Complainer, place: Place) -> None:
    # given
    _up_to_the_check_page(citizen)
    before = place.citizen.sees(ReviewView).rows
    # when each row is opened and left by 返回, it is as it was
    for row in before:
        assert row.edit is not None
        place.citizen.touches(row.edit.id)
        place.citizen.waits(lambda: not isinstance(place.citizen.seen[-1], ReviewView))
        place.citizen.touches("dock_back")
        assert place.citizen.sees(ReviewView).rows == before
    # and home keeps it, too: the way to the check page is a short one
    place.citizen.touches("dock_home")
    place.citizen.sees(HomeView)
    place.citizen.touches("way_grievances")
    place.citizen.touches("way_complain")
    place.citizen.sees(ReadView)
    place.citizen.touches_until("primary", PeopleView)
    people = place.citizen.sees(PeopleView)
    chosen = next(card.button for card in people.people if card.button and card.button.selected)
    place.citizen.touches(chosen.id)
    assert place.citizen.sees(ReviewView).rows == before


def test_back_leads_out_the_way_one_came(citizen: Complainer, place: Place) -> None:
    # given somebody who is asked for digits
    _up_to_the_digits(citizen)
    # then each page leads to the one before it, and the first out of the journey
    for kind, title in (
        (FormView, "怎样联系您？"),
        (WaysView, "您替谁投诉？"),
        (WaysView, "用不用身份证？"),
        (WaysView, "有证据要交吗？"),
        (FormView, "请说说事情经过"),
        (GridView, "是什么问题？"),
        (PeopleView, "您要反映谁的问题？"),
        (ReadView, "什么事可以在这里投诉"),
        (WaysView, "您想说什么？"),
    ):
        place.citizen.touches("dock_back")
        place.citizen.sees(kind, lambda view, title=title: view.title == title)  # type: ignore[misc]


def test_digits_that_anybody_tries_first_or_typed_differently_are_told(citizen: Complainer, place: Place) -> None:
    _up_to_the_digits(citizen)
    for digits, again, told in (("123456", "123456", "太容易被猜到"), ("390517", "390518", "两次输的不一样")):
        for field, typed in (("digits", digits), ("digits_again", again)):
            place.citizen.touches(f"field_{field}")
            for _ in range(6):
                place.citizen.post(KeyPressed("backspace"))
            place.citizen.types(typed)
            place.citizen.post(KeyPressed("done"))
        citizen.closes_keyboard()
        place.citizen.touches("primary")
        wrong = place.citizen.sees(FormView, lambda view, told=told: told in " ".join(row.error for row in view.fields))  # type: ignore[misc]
        assert {row.value for row in wrong.fields} == {"●●●●●●"}


def _up_to_the_digits(citizen: Complainer) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口1号")
    citizen.tells()
    citizen.place.citizen.touches("evidence_later")
    citizen.without_card()
    citizen.types("name", NAME)
    citizen.types("phone", PHONE)
    citizen.closes_keyboard()
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(FormView, lambda view: any(row.code == "digits" for row in view.fields))


def _up_to_the_check_page(citizen: Complainer) -> None:
    _up_to_the_digits(citizen)
    citizen.sets_digits()
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(ReviewView)
