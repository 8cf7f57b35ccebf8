"""临时救助 for one's mother: both cards, what is acted upon, the family, and everything at the center; every way out of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed, Event, HomePressed, KeyPressed, StrokeDrawn, TouchEvent, Woken
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    FormView,
    GuideView,
    HomeView,
    IdentifyView,
    MaterialsView,
    MessageView,
    PageView,
    ProgressView,
    ReviewView,
    SignatureView,
    WaysView,
)
from tests.flows.clerk import Clerk
from tests.flows.filer import LI, SIGNATURE, Filer, row, whoever_comes
from tests.said import said

MOTHER, DAUGHTER = "wang-guilan", "jin-meihua"
MOTHER_NUMBER, DAUGHTER_NUMBER = "230903194803120022", "230903199604230045"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        Clerk(here).is_employed()
        for page in ("register-cover-skewed", "register-person-straight", None):
            here.bench.lay_page(page)  # drawn once, so that the daughter does not wait for the draftsman
        yield here


@pytest.fixture
def filer(place: Place) -> Iterator[Filer]:
    """Whoever comes next; gone at the end."""
    yield from whoever_comes(place)


def _to_consent(filer: Filer) -> ConsentView:
    filer.comes("lsjz", "LSJZ")
    filer.citizen.touches("for_agent")
    filer.lays(MOTHER)
    filer.citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    filer.lays(DAUGHTER)
    return filer.citizen.sees(ConsentView)


def test_a_daughter_applies_for_her_mother(filer: Filer, place: Place) -> None:
    citizen, taps = filer.citizen, list[Event]()
    post = citizen.post

    def counted(event: Event) -> None:
        taps.extend([event] if isinstance(event, TouchEvent) and not isinstance(event, StrokeDrawn) else [])
        post(event)

    citizen.post = counted  # type: ignore[method-assign]  # her fingers are counted
    try:
        # given both cards: the consent names both, masked, and the form is the mother's
        consent = _to_consent(filer)
        assert consent.person_rows == (("申请人", "王*兰 230903********0022"), ("代办人", "金*花 230903********0045"))
        assert "王*兰" in consent.agreement and "金*花" in consent.agreement
        citizen.touches("agree")
        citizen.touches("authority_power_of_attorney")
        form = citizen.sees(FormView)
        assert next(each for each in form.fields if each.code == "name").value == "王桂兰"
        filer.chooses("difficulty", "illness")
        filer.writes("phone", "13904640000")
        filer.writes("family_size", "2")

        # and her family: the first of them is begun at once, with the keyboard open
        citizen.goes_to("field_family")
        citizen.touches("field_family")
        filer.goes_on_writing("name", LI)
        filer.chooses("relation", "spouse")
        citizen.touches_until("primary", ReviewView)
        rows = citizen.sees(ReviewView, lambda view: bool(view.rows))
        assert (rows.rows[0].value, rows.rows[0].detail) == ("李建国", "丈夫或妻子")
        citizen.touches("primary")
        back = citizen.sees(FormView, lambda view: any(each.code == "family" for each in view.fields))
        assert next(each for each in back.fields if each.code == "family").value == "已填 1 位"

        # when she captures the register and the paper that lets her act, and submits
        citizen.touches_until("primary", MaterialsView)
        assert [each.title for each in citizen.sees(MaterialsView).rows] == ["身份证", "户口簿", "授权委托书"]
        filer.captures(3)
        citizen.sees(MaterialsView, lambda view: view.title == "材料都有了")
        citizen.touches("primary")
        result = citizen.sees(FormView, lambda view: any(each.code == "tell" for each in view.fields))
        assert {choice.label for each in result.fields for choice in each.choices if choice.selected} == {"到窗口领取", "我自己来查"}
        citizen.touches("primary")
        signed = citizen.sees(SignatureView)
        assert "王*兰" in signed.statement
        post(StrokeDrawn(SIGNATURE))
        citizen.touches("primary")
        check = citizen.sees(ReviewView)
        assert (row(check, "代办人").value, row(check, "代办人").detail) == ("金*花，受委托", "230903********0045")
        done = filer.hands_in()
    finally:
        citizen.post = post  # type: ignore[method-assign]
    print(f"taps from attract to receipt: {len(taps)}, of them keys: {sum(isinstance(tap, KeyPressed) for tap in taps)}")

    # then the receipt names both, the paper, and how it is given and told
    receipt = filer.receipt(done)
    for words in ("王桂兰", "金美花", "授权委托书", "到窗口领取", "凭身份证来查"):
        assert words in receipt
    for number in (MOTHER_NUMBER, DAUGHTER_NUMBER):
        assert number not in receipt
    # and the center has all of it
    clerk = Clerk(place)
    clerk.signs_in()
    page = clerk.sees(clerk.opens(done.number.replace(" ", "")))
    for words in ("王桂兰", "金美花", "授权委托书", "李建国"):
        assert words in page


def test_the_agent_s_card_finds_the_case(filer: Filer, place: Place) -> None:
    # given the case above; when the daughter comes back with her own card
    citizen = filer.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("way_progress")
    filer.lays(DAUGHTER)
    citizen.touches("agree")
    found = citizen.sees(PageView, lambda view: isinstance(view, CaseListView | ProgressView))
    assert "临时救助" in said(found)


def test_the_same_card_twice_is_one_person(filer: Filer) -> None:
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    waiting = citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    # while it only lies there, nothing is said of it
    assert waiting.state == "waiting"
    assert "王桂兰" not in said(waiting) and MOTHER_NUMBER not in said(waiting)
    # when it is laid on again
    filer.lays(MOTHER)
    again = citizen.sees(IdentifyView, lambda view: view.state == "failed")
    assert again.title == "这还是申请人的身份证"
    # then another one is read as soon as it lies there
    filer.lays(DAUGHTER)
    assert len(citizen.sees(ConsentView).person_rows) == 2


def test_the_agent_s_card_first_is_put_right_by_one_touch(filer: Filer) -> None:
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    citizen.touches("for_agent")
    filer.lays(DAUGHTER)
    citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    citizen.touches("was_own")
    citizen.sees(IdentifyView, lambda view: "申请人的身份证" in view.title)
    filer.lays(MOTHER)
    consent = citizen.sees(ConsentView)
    assert [value.split()[0] for _, value in consent.person_rows] == ["王*兰", "金*花"]


def test_whose_own_card_was_read_before_lays_only_the_applicant_s(filer: Filer, place: Place) -> None:
    # given her own application, begun and left
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    citizen.touches("for_self")
    filer.lays(DAUGHTER)
    citizen.touches("agree")
    citizen.sees(FormView)
    citizen.post(HomePressed())
    # when she then acts for her mother
    filer.finds("lsjz", "LSJZ")
    citizen.touches("for_agent")
    # then her own, that still lies there, is not taken for her mother's
    assert citizen.sees(IdentifyView).title == "请换上申请人的身份证"
    filer.lays(DAUGHTER)
    assert citizen.sees(IdentifyView, lambda view: view.state == "failed").title == "这是刚才那张身份证"
    filer.lays(MOTHER)
    # and she is asked once more, as it is her mother's data now
    assert [label for label, _ in citizen.sees(ConsentView).person_rows] == ["申请人", "代办人"]


def test_who_has_not_both_cards_is_shown_the_window_and_can_go_on(filer: Filer) -> None:
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    citizen.touches("for_agent")
    citizen.touches("no_card")
    told = citizen.sees(MessageView)
    assert any("人工窗口" in line for line in told.lines)
    citizen.touches("primary")
    citizen.sees(IdentifyView)
    filer.lays(MOTHER)
    citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)


def test_consent_refused_leaves_nothing_of_either_card(filer: Filer, place: Place) -> None:
    _to_consent(filer)
    filer.citizen.touches("refuse")
    home = filer.citizen.sees(HomeView)
    session = place.composition.terminal.work.session
    assert session.card is None and session.drafts == {}
    assert home.chrome.person == ""


@pytest.mark.parametrize("steps", range(1, 5))
def test_back_leads_out_from_every_step(filer: Filer, steps: int) -> None:
    # given so many steps into it
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    if steps > 1:
        citizen.touches("for_agent")
        citizen.sees(IdentifyView)
    if steps > 2:
        filer.lays(MOTHER)
        citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    if steps > 3:
        filer.lays(DAUGHTER)
        citizen.touches("agree")
        citizen.sees(WaysView, lambda view: any(way.id.startswith("authority") for way in view.ways))
    # when 返回 is pressed until it leads nowhere further
    seen: list[str] = []
    for _ in range(6):
        view = citizen.sees(PageView)
        if isinstance(view, GuideView):
            break
        seen.append(type(view).__name__)
        citizen.post(BackPressed())
        citizen.waits(lambda before=view: citizen._view is not before)  # type: ignore[misc]
    # then the guide is reached, and no page came twice
    citizen.sees(GuideView)
    assert len(seen) <= steps + 1


def test_home_from_the_agent_s_card_page_forgets_no_one_s_way(filer: Filer, place: Place) -> None:
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    citizen.post(HomePressed())
    # when she comes back to it, she is not asked whether to go on: nothing was filled in
    view = filer.finds("lsjz", "LSJZ")
    assert {way.id for way in view.ways} == {"for_self", "for_agent"}
    # and at the end both are gone
    filer.leaves()
    session = place.composition.terminal.work.session
    assert session.drafts == {} and session.card is None
