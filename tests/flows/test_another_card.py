"""Another person's card in the midst of a session: they begin clean and agree for themselves; the same card again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from demo.faults import Out, walk
from demo.place import Place
from kiosk.events import BackPressed, HomePressed
from kiosk.journeys.codes import receipt_code
from kiosk.link.questions import booking
from kiosk.views import (
    CaseListView,
    ConsentView,
    GridView,
    HomeView,
    PageView,
    ProgressView,
    ReviewView,
    ScanView,
)
from kiosk.wire.services import BookingAnswer, BookingSent
from tests.center.complaints.place import Town
from tests.flows import booker
from tests.flows.complainer import Complainer
from tests.flows.filer import Filer
from tests.flows.officer import town_at
from tests.flows.typist import open_typing_place

FIRST, OTHER, OTHER_MASKED = "wang-guilan", "jin-meihua", "金*花"


@dataclass(frozen=True)
class Codes:
    """What is held up: of cases, bookings and complaints that a card opens."""

    case: str
    slip: str
    complaint: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        yield here


@pytest.fixture(scope="module")
def town(place: Place) -> Iterator[Town]:
    with town_at(place) as here:
        yield here


@pytest.fixture(scope="module")
def codes(place: Place, town: Town) -> Codes:
    """A case and a complaint of the second person, and somebody's slip."""
    work = place.composition.terminal.work
    walk(place, Out(camera=True), OTHER)
    case = receipt_code(work, place.composition.outbox.last_receipts(1)[0].receipt_number)
    slot = booker.free(place)[0]
    sent = BookingSent(key=uuid4(), name="李建国", number=booker.LI, day=slot.day, window=slot.window, starts=slot.starts)
    held = booker.asks(place, booking(sent))
    assert isinstance(held, BookingAnswer)
    _complains(place, OTHER)
    place.citizen.touches("primary")
    place.citizen.waits(lambda: bool(work.session.submitted))
    (handed,) = work.session.submitted.values()
    place.bench.lift_card()
    place.citizen.leaves()
    return Codes(case, held.code, handed.code)


@pytest.fixture
def filer(place: Place, codes: Codes) -> Iterator[Filer]:
    """Gone at the end, with card and code."""
    filer = Filer(place)
    yield filer
    place.bench.hold_code()
    filer.leaves()


def _complains(place: Place, person: str) -> ReviewView:
    """As far as the check page, with the card."""
    complainer = Complainer(place)
    complainer.comes()
    complainer.reads_and_agrees()
    complainer.chooses(window="综合窗口1号")
    complainer.tells()
    place.citizen.touches("evidence_none")
    complainer.with_card(person)
    place.citizen.touches("primary")
    return place.citizen.sees(ReviewView)


def _begins_an_application(filer: Filer) -> None:
    """The first person's, left for home with something typed."""
    filer.comes("ylbx", "YLBX")
    filer.citizen.touches("for_self")
    filer.lays(FIRST)
    filer.citizen.touches("agree")
    filer.writes("phone", "13904640000")
    filer.citizen.post(HomePressed())
    filer.citizen.sees(HomeView)


def _holds(filer: Filer, code: str) -> PageView:
    """Up, and sees what asks for the card."""
    filer.place.bench.lift_card()
    filer.citizen.waits(lambda: not filer.place.composition.terminal.work.hub.card_present)
    filer.place.bench.hold_code(text=code)
    view = filer.citizen.sees(PageView, lambda view: isinstance(view, ProgressView) or "单" in view.title or "凭身份证" in view.title)
    filer.place.bench.hold_code()
    return view


HELD_UP: dict[str, Callable[[Codes], str]] = {
    "the state of a case": lambda codes: codes.case,
    "a booking slip": lambda codes: codes.slip,
    "a complaint's receipt": lambda codes: codes.complaint,
}


@pytest.mark.parametrize("page", HELD_UP)
def test_another_person_s_card_begins_clean_and_they_agree_for_themselves(filer: Filer, codes: Codes, page: str) -> None:
    # given somebody's application, begun, agreed to and left for home
    _begins_an_application(filer)
    session = filer.place.composition.terminal.work.session
    # when another person lays on their card
    _holds(filer, HELD_UP[page](codes))
    filer.place.bench.lay_card(OTHER)
    # then they are asked, and told that what was there is gone
    asked = filer.citizen.sees(ConsentView)
    assert OTHER_MASKED in repr(asked.person_rows)
    assert "换了一张身份证" in asked.sentences[0]
    assert (session.consent, session.drafts, session.read) == (None, {}, set())
    # and nothing of it is come back to, neither by 返回 nor by beginning the same item
    filer.citizen.post(BackPressed())
    filer.citizen.sees(HomeView)
    assert "for_self" in {way.id for way in filer.finds("ylbx", "YLBX").ways}


@pytest.mark.parametrize("page", HELD_UP)
def test_the_same_card_again_keeps_everything(filer: Filer, codes: Codes, page: str) -> None:
    _begins_an_application(filer)
    session = filer.place.composition.terminal.work.session
    before = session.consent, dict(session.drafts)
    _holds(filer, HELD_UP[page](codes))
    filer.place.bench.lay_card(FIRST)
    # nobody is asked again, and what was begun waits
    filer.citizen.sees(CaseListView)
    assert (session.consent, session.drafts) == before
    filer.citizen.post(HomePressed())
    assert "go_on" in {way.id for way in filer.finds("ylbx", "YLBX").ways}


def test_a_complaint_made_with_one_card_is_not_there_for_another(filer: Filer) -> None:
    # given a complaint as far as its check page
    citizen, place = filer.citizen, filer.place
    _complains(place, FIRST)
    citizen.post(HomePressed())
    place.bench.lift_card()
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    # when another person looks for their cases
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card(OTHER)
    asked = citizen.sees(ConsentView)
    assert "换了一张身份证" in asked.sentences[0]
    citizen.touches("agree")
    citizen.sees(CaseListView)
    # then it is told once, and a complaint of theirs begins with nothing
    citizen.post(HomePressed())
    citizen.touches("way_grievances")
    citizen.touches("way_complain")
    citizen.touches_until("primary", ConsentView)
    assert "换了一张身份证" not in repr(citizen.sees(ConsentView))
    citizen.touches("agree")
    citizen.touches("about_2")
    citizen.sees(GridView)


def test_the_case_that_was_held_up_opens_with_its_card_alone(filer: Filer, codes: Codes) -> None:
    _begins_an_application(filer)
    _holds(filer, codes.case)
    filer.place.bench.lay_card(OTHER)
    filer.citizen.touches("agree")
    # the case itself, not the list
    filer.citizen.sees(ProgressView, lambda view: bool(view.steps))


def test_back_from_what_a_card_opened_stays_back_though_it_still_lies_there(filer: Filer, codes: Codes) -> None:
    Complainer(filer.place).wakes()
    _holds(filer, codes.case)
    filer.place.bench.lay_card(OTHER)
    filer.citizen.touches("agree")
    filer.citizen.sees(ProgressView, lambda view: bool(view.steps))
    filer.citizen.post(BackPressed())
    filer.citizen.sees(CaseListView)
    filer.citizen.post(BackPressed())
    # what was held up is there again, and opens by a touch
    filer.citizen.sees(ProgressView, lambda view: not view.steps)
    filer.citizen.touches("primary")
    filer.citizen.sees(ProgressView, lambda view: bool(view.steps))


@pytest.mark.parametrize("page", HELD_UP)
def test_a_card_that_cannot_be_read_is_told_on_every_page_that_it_opens(filer: Filer, codes: Codes, page: str) -> None:
    Complainer(filer.place).wakes()
    shown = _holds(filer, HELD_UP[page](codes))
    assert "没有读到身份证" not in repr(shown)
    # when
    filer.place.bench.lay_card("zhao-wrong")
    # then it is told why, until it is lifted
    told = filer.citizen.sees(PageView, lambda view: "没有读到身份证" in repr(view))
    assert "人工窗口" in repr(told)
    filer.place.bench.lift_card()
    filer.citizen.sees(PageView, lambda view: "没有读到身份证" not in repr(view))
