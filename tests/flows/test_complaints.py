"""A complaint later on, at the terminal against its real center: what opens it, what is read, and what is handed in to it (R6.3, R6.7, R6.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from center.domain.complaint import ComplaintAct
from demo.place import Place
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    DoneView,
    FormView,
    MaterialsView,
    MessageView,
    ReadView,
    ReviewView,
    WaysView,
)
from tests.center.complaints.acts import DIRECT, TO_RESULT, do, walk
from tests.center.complaints.place import Complainer as Signing
from tests.center.complaints.place import Town
from tests.center.place import Terminal
from tests.flows.complainer import DIGITS, NAME, PHONE, STORY, Complainer
from tests.flows.officer import newest, town_at
from tests.flows.typist import open_typing_place

CARD_NUMBER = "230903194803120022"


@dataclass(frozen=True)
class Receipt:
    """What a complainant took home: the complaint's row, and the text of the code."""

    id: UUID
    number: str
    code: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        here.bench.lay_page("register-cover-skewed")
        yield here


@pytest.fixture(scope="module")
def town(place: Place) -> Iterator[Town]:
    with town_at(place) as here:
        yield here


@pytest.fixture
def citizen(place: Place, town: Town) -> Iterator[Complainer]:
    complainer = Complainer(place)
    yield complainer
    complainer.leaves()


@pytest.fixture
def receipt(place: Place, town: Town) -> Receipt:
    """Filed without a card, as this very terminal signs it."""
    return _filed(place, town, card=False)


def _filed(place: Place, town: Town, *, card: bool) -> Receipt:
    work = place.composition.terminal.work
    config = place.config.terminal
    signing = Signing(Terminal(place.center_url, config.id, config.short_name, work.signing_key))
    now = work.clock.now()
    number = work.outbox.next_receipt_number(now)
    party = {"complainant": {"name": NAME[1], "contact": PHONE, "number": CARD_NUMBER if card else ""}}
    filing = signing.filing(
        card=card, at=now, receipt_number=number, statement=STORY[1], about=signing.about("综合窗口1号"), evidence_later=True, **party
    )
    answer = signing.file(filing)
    assert answer.status_code == 201, answer.text
    row = newest(town.center)
    return Receipt(row.id, row.number, signing.code(number))


def _read(place: Place, title: str = "您的投诉") -> str:
    """Every word of what is read, page by page."""
    citizen = place.citizen
    view = citizen.sees(ReadView, lambda view: view.title == title)
    words = []
    while True:
        words += [f"{part.text} {part.value}" for part in view.parts]
        if view.next is None or view.next.event is None:
            return "\n".join(words)
        citizen.touches("next")
        view = citizen.sees(ReadView, lambda now, before=view: now is not before)  # type: ignore[misc]


def _opens(place: Place, receipt: Receipt) -> ReadView:
    """Hold the receipt up, type the digits, and see the complaint."""
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView)
    Complainer(place).types("digits", DIGITS)
    place.citizen.touches("primary")
    return place.citizen.sees(ReadView)


# ------------------------------------------------------------------ what opens it


@pytest.mark.rule("R6.8")
def test_a_code_alone_shows_what_opens_the_complaint_and_nothing_of_it(citizen: Complainer, place: Place, receipt: Receipt) -> None:
    citizen.wakes()
    seen = len(place.citizen.seen)
    # when it is held up anywhere
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView, lambda view: view.title == "请输六位数字")
    # then no page has said whom, who, what, or how far it is
    shown = repr(place.citizen.seen[seen:])
    for secret in ("综合窗口1号", "服务态度", NAME[1], STORY[1], receipt.number, "已登记"):
        assert secret not in shown


@pytest.mark.rule("R6.8")
def test_receipt_and_digits_open_it_and_the_session_forgets_both(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    citizen.comes_back()
    _opens(place, receipt)
    words = _read(place)
    # then all of it is there: state, the center's days, what was written
    row = town.complaint(receipt.id)
    texts = place.composition.terminal.work.texts
    assert row.acceptance_due_on is not None
    for said in ("已登记", texts.day(row.acceptance_due_on), "综合窗口1号", STORY[1]):
        assert said in words
    # and the digits are nowhere on a page, and gone with the session
    assert DIGITS not in repr(place.citizen.seen)
    session = place.composition.terminal.work.session
    place.citizen.touches("dock_end")
    place.citizen.sees(AttractView)
    assert session.sheets == {}
    assert STORY[1] not in repr(place.composition.terminal._stack)


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
    by_card, other = _filed(place, town, card=True), _filed(place, town, card=False)
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
    by_card = _filed(place, town, card=True)
    citizen.wakes()
    place.bench.hold_code(text=by_card.code)
    asked = place.citizen.sees(MessageView, lambda view: view.title == "这份投诉凭身份证看")
    assert by_card.number not in repr(asked)
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


# ------------------------------------------------------------------ what is handed in to it


@pytest.mark.rule("R6.3", "R6.6")
def test_everything_that_was_asked_for_is_supplied_at_once(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    # given
    do(town, receipt.id, ComplaintAct.ASK_SUPPLEMENT)
    citizen.comes_back()
    view = _opens(place, receipt)
    assert [part.text for part in view.parts if part.kind == "tick"] == ["收费的单据", "经办人是谁"]
    # when a page and a few words are handed in
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    citizen.captures()
    place.citizen.touches("primary")
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    place.citizen.touches("primary")
    done = place.citizen.sees(DoneView, lambda view: view.paper.state == "done")
    # then the center has both, and the limit starts anew
    assert town.complaint(receipt.id).state == "received"
    assert "重新计算" in done.next_lines[0]
    assert done.qr == receipt.code


@pytest.mark.rule("R6.1")
def test_evidence_is_neither_words_nor_pages_owed_but_one_of_them(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    citizen.comes_back()
    _opens(place, receipt)
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    place.citizen.touches("primary")
    told = place.citizen.sees(FormView, lambda view: bool(view.fields[0].error))
    assert "至少一样" in told.fields[0].error
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # each row leads to its page and back
    place.citizen.touches("edit_evidence")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("dock_back")
    place.citizen.sees(ReviewView)
    place.citizen.touches("edit_words")
    place.citizen.sees(FormView)
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # handed in while the center is away: kept, and said so
    place.center_closes()
    place.citizen.touches("primary")
    kept = place.citizen.sees(DoneView)
    assert kept.title == "已保存，稍后送达"
    place.citizen.touches("primary")
    # and it goes out by itself
    place.center_opens()
    place.citizen.waits(lambda: any(each.act == "add_evidence" for each in _events(town, receipt)))


def _events(town: Town, receipt: Receipt) -> list[object]:
    from center.complaints.events import events_of

    with town.center.database.reading() as session:
        return list(events_of(town.center, session, town.complaint(receipt.id)))


@pytest.mark.rule("R6.7")
def test_the_written_result_is_read_and_printed_then_answered_and_brought_to_a_review_until_its_day(
    citizen: Complainer, place: Place, receipt: Receipt, town: Town
) -> None:
    # given a result in writing
    walk(town, receipt.id, *DIRECT, *TO_RESULT)
    citizen.comes_back()
    view = _opens(place, receipt)
    row = town.complaint(receipt.id)
    assert row.answer_until is not None
    until = place.composition.terminal.work.texts.day(row.answer_until)
    assert view.panel is not None
    assert until in view.panel.detail
    assert "属实" in _read(place)
    # its papers are read, the newest first, and printed
    place.citizen.touches("papers")
    papers = place.citizen.sees(CaseListView)
    assert [row.title for row in papers.rows] == ["效能投诉处理结果告知书", "效能投诉受理告知书"]
    place.citizen.touches("paper_1")
    assert "您反映的情况属实" in _read(place, "效能投诉处理结果告知书")
    printed = len(place.bench.receipt_names())
    place.citizen.touches("print")
    place.citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    assert len(place.bench.receipt_names()) == printed + 1
    place.citizen.touches("primary")
    place.citizen.touches("primary")
    place.citizen.touches("dock_back")
    # both rights stand there with their day and the body that reviews
    place.citizen.sees(ReadView)
    place.citizen.touches("primary")
    ways = place.citizen.sees(WaysView)
    assert [way.label for way in ways.ways] == ["向中心申辩", "申请复查、复核"]
    assert until in ways.ways[1].note
    # when the answer is handed in
    _says(citizen, "act_answer")
    assert town.complaint(receipt.id).state == "answered"
    place.citizen.touches("primary")
    # then a review can still be asked for
    citizen.wakes()
    _opens(place, receipt)
    place.citizen.touches("primary")
    _says(citizen, "")
    assert town.complaint(receipt.id).state == "under_review"


def _says(citizen: Complainer, way: str) -> None:
    """Words, checked and handed in."""
    if way:
        citizen.place.citizen.touches(way)
    # nothing written is told
    citizen.place.citizen.sees(FormView)
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(FormView, lambda view: view.notice is not None)
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(ReviewView)
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(DoneView, lambda view: view.title == "已经收到" and view.paper.state == "done")


@pytest.mark.rule("R6.4")
def test_a_refusal_is_read_with_its_reason_and_its_way(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    do(town, receipt.id, ComplaintAct.REFUSE)
    citizen.comes_back()
    view = _opens(place, receipt)
    assert view.actions[-1].label == "看完了"
    place.citizen.touches("papers")
    words = _read(place, "效能投诉不予受理告知书")
    for said in ("应当诉讼", "制度第三部分", "向法院起诉"):
        assert said in words


@pytest.mark.rule("R6.7")
def test_what_the_center_will_not_take_any_more_is_said_and_kept(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    # given a complaint that was open to evidence when it was opened
    walk(town, receipt.id, *DIRECT)
    citizen.comes_back()
    _opens(place, receipt)
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # when the officer is faster
    walk(town, receipt.id, ComplaintAct.FIND)
    place.citizen.touches("primary")
    refused = place.citizen.sees(DoneView)
    assert refused.title == "已保存，请到中心"
    assert "不能这样办" in refused.next_lines[0]


# ------------------------------------------------------------------ the center away


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
