"""What opens a complaint, and what gives nothing of it away (R6.8); at the terminal against its real center."""

from __future__ import annotations

import pytest

from demo.place import Place
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    FormView,
    MessageView,
    ReadView,
)
from tests.center.complaints.place import Town
from tests.flows.complainer import DIGITS, NAME, STORY, Complainer
from tests.flows.complaints.receipts import Receipt, filed, opens, read_whole
from tests.said import said


@pytest.mark.rule("R6.8")
def test_a_code_alone_shows_what_opens_the_complaint_and_nothing_of_it(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.wakes()
    seen = len(place.citizen.seen)
    # when it is held up anywhere
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView, lambda view: view.title == "请输六位数字")
    # then no page has said whom, who, what, or how far it is
    shown = said(place.citizen.seen[seen:])
    for secret in ("综合窗口1号", "服务态度", NAME[1], STORY[1], receipt.number, "已登记"):
        assert secret not in shown


@pytest.mark.rule("R6.8")
def test_receipt_and_digits_open_it_and_the_session_forgets_both(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    citizen.comes_back()
    opens(place, receipt)
    words = read_whole(place)
    # then all of it is there: state, the center's days, what was written
    row = town.complaint(receipt.id)
    texts = place.composition.terminal.work.texts
    assert row.acceptance_due_on is not None
    for written in ("已登记", texts.day(row.acceptance_due_on), "综合窗口1号", STORY[1]):
        assert written in words
    # and the digits are nowhere on a page, and gone with the session
    assert DIGITS not in said(place.citizen.seen)
    session = place.composition.terminal.work.session
    place.citizen.touches("dock_end")
    place.citizen.sees(AttractView)
    assert session.sheets == {}
    assert len(place.composition.terminal._path._places) == 1, "nothing that was read is kept beneath"


@pytest.mark.rule("R6.2")
def test_where_it_stands_is_taken_along_on_paper(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.comes_back()
    opens(place, receipt)
    printed = len(place.bench.receipt_names())
    place.citizen.touches("print")
    place.citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    assert len(place.bench.receipt_names()) == printed + 1
    # and then one reads on
    place.citizen.touches("primary")
    assert place.citizen.sees(ReadView).title == "您的投诉"


@pytest.mark.rule("R6.8")
def test_wrong_digits_are_told_and_after_five_the_complaint_is_locked(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.comes_back()
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView)
    # too few are told at once, without asking the center
    citizen.types("digits", "1234")
    place.citizen.touches("primary")
    place.citizen.sees(FormView, lambda view: "请输满六位数字" in view.fields[0].error)
    citizen.types("digits", "56")
    for tries in range(5):
        place.citizen.touches("primary")
        told = place.citizen.sees(MessageView, lambda view: not view.busy)
        assert ("一小时内" in told.lines[0]) and (("不对" in told.lines[0]) == (tries < 4))
        place.citizen.touches("primary")
        citizen.types("digits", "123456")
    # and now the right ones open nothing either: where to go is said
    place.citizen.touches("primary")
    locked = place.citizen.sees(MessageView, lambda view: not view.busy)
    assert "带身份证到中心" in locked.lines[0]


def test_one_s_own_complaints_are_found_by_the_card(citizen: Complainer, place: Place, town: Town) -> None:
    # given one filed with the card and one without
    by_card, other = filed(place, town, card=True), filed(place, town, card=False)
    citizen.comes_back()
    place.bench.lay_card("wang-guilan")
    consent = place.citizen.sees(ConsentView)
    assert "投诉" in consent.subtitle
    place.citizen.touches("agree")
    # then the one is there, and opens by a touch
    listed = place.citizen.sees(CaseListView)
    assert [row.title for row in listed.rows] == ["服务态度"]
    place.citizen.touches("complaint_1")
    assert by_card.number in place.citizen.sees(ReadView).subtitle.replace(" ", "")
    # and one filed without it is found from there by its receipt
    place.citizen.touches("dock_back")
    place.citizen.touches("scan")
    place.bench.hold_code(text=other.code)
    place.citizen.sees(FormView)
    place.bench.hold_code()
    # and its own receipt, held up, opens it while the card lies there
    place.citizen.touches("dock_home")
    place.bench.hold_code(text=by_card.code)
    view = place.citizen.sees(ReadView)
    assert by_card.number in view.subtitle.replace(" ", "")


def test_a_receipt_that_opens_with_a_card_asks_for_it_and_tells_nothing(citizen: Complainer, place: Place, town: Town) -> None:
    by_card = filed(place, town, card=True)
    citizen.wakes()
    place.bench.hold_code(text=by_card.code)
    asked = place.citizen.sees(MessageView, lambda view: view.title == "这份投诉凭身份证看")
    assert by_card.number not in said(asked)
    # another person's card opens nothing
    place.bench.lay_card("li-jianguo")
    place.citizen.touches("agree")
    listed = place.citizen.sees(CaseListView)
    assert listed.empty


def test_a_card_without_complaints_leads_on(citizen: Complainer, place: Place, town: Town) -> None:
    citizen.comes_back()
    place.bench.lay_card("li-jianguo")
    place.citizen.touches("agree")
    empty = place.citizen.sees(CaseListView)
    assert empty.empty
    place.citizen.touches("primary")
    place.citizen.sees(ReadView, lambda view: "投诉" in view.title)


def test_nothing_is_looked_up_without_the_center_and_it_says_what_still_works(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.comes_back()
    place.center_closes()
    try:
        # by receipt
        place.bench.hold_code(text=receipt.code)
        away = place.citizen.sees(MessageView, lambda view: view.code == "center_unreachable")
        assert "投诉" in " ".join(away.lines)
        place.bench.hold_code()
        place.citizen.touches("primary")
        # by card
        place.bench.lay_card("wang-guilan")
        place.citizen.touches("agree")
        place.citizen.sees(MessageView, lambda view: view.code == "center_unreachable")
    finally:
        place.center_opens()
    place.citizen.touches("retry")
    place.citizen.sees(CaseListView)


def test_digits_typed_while_the_center_is_away_are_asked_again_when_it_is_back(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.comes_back()
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView)
    citizen.types("digits", DIGITS)
    place.center_closes()
    try:
        place.citizen.touches("primary")
        place.citizen.sees(MessageView, lambda view: view.code == "center_unreachable")
    finally:
        place.center_opens()
    place.citizen.touches("retry")
    place.citizen.sees(ReadView)
