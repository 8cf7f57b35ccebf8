"""Whose application it is decides what is agreed to and who signs: each keeps its own consent, and a signature is never another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from center.center import open_center
from center.config import load_config
from center.store.tables import Case
from demo.place import Place, open_place
from kiosk.events import BackPressed, HomePressed, StrokeDrawn
from kiosk.session import Draft
from kiosk.views import ConsentView, FormView, HomeView, IdentifyView, MaterialsView, SignatureView, WaysView
from tests.flows.filer import SIGNATURE, Filer, whoever_comes

MOTHER, DAUGHTER = "wang-guilan", "jin-meihua"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture
def filer(place: Place) -> Iterator[Filer]:
    """Whoever comes next; gone at the end."""
    yield from whoever_comes(place)


def _draft(filer: Filer) -> Draft:
    draft = filer.place.composition.terminal.work.session.draft
    assert draft is not None
    return draft


def _to_the_signature(filer: Filer) -> SignatureView:
    """From the form of 城乡居民养老保险; what is there already is only looked at."""
    citizen = filer.citizen
    citizen.sees(FormView)
    if not _draft(filer).values.get("phone"):
        filer.writes("phone", "13904640000")
        filer.chooses("earlier_insurance", "never")
    if not filer.pages:
        citizen.touches_until("primary", MaterialsView)
        filer.captures(2)
    citizen.touches_until("primary", SignatureView, rather="not_with_me")
    return citizen.sees(SignatureView)


def _back_to_whose(filer: Filer) -> None:
    """By 返回 alone."""
    citizen = filer.citizen
    for _ in range(12):
        view = citizen._view
        if isinstance(view, WaysView) and any(way.id == "for_self" for way in view.ways):
            return
        citizen.post(BackPressed())
        citizen.waits(lambda before=view: citizen._view is not before)  # type: ignore[misc] # view is bound now
    raise AssertionError("返回 does not lead to the first question")


def _both_cards(filer: Filer) -> None:
    citizen = filer.citizen
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    citizen.sees(IdentifyView, lambda view: "换上您自己的" in view.title)
    filer.lays(DAUGHTER)
    citizen.sees(ConsentView)


def test_whoever_agreed_as_an_agent_agrees_to_another_text_for_themselves(filer: Filer, place: Place) -> None:
    # given a daughter who agreed for her mother
    citizen = filer.citizen
    filer.comes("lsjz", "LSJZ")
    _both_cards(filer)
    assert "委托" in citizen.sees(ConsentView).agreement
    citizen.touches("agree")
    citizen.post(HomePressed())
    # when she applies for herself
    filer.finds("ylbx", "YLBX")
    citizen.touches("for_self")
    # then she is asked for that, and it is what the center records
    asked = citizen.sees(ConsentView)
    assert asked.agreement and "委托" not in asked.agreement
    citizen.touches("agree")
    _to_the_signature(filer)
    filer.goes_on_to_sign()
    filer.hands_in()
    center = open_center(
        load_config(place.config.center.config), f"sqlite:///{place.data / 'kiosk/center/center.db'}", place.config.clock.start
    )
    try:
        with center.database.reading() as session:
            (consented,) = session.scalars(select(Case.consent_version))
    finally:
        center.database.close()
    assert "agent" not in consented


def test_whoever_agreed_for_themselves_agrees_anew_as_an_agent_and_each_application_keeps_its_own(filer: Filer) -> None:
    citizen = filer.citizen
    filer.comes("ylbx", "YLBX")
    citizen.touches("for_self")
    filer.lays(DAUGHTER)
    citizen.touches("agree")
    citizen.sees(FormView)
    own = _draft(filer)
    citizen.post(HomePressed())
    filer.finds("lsjz", "LSJZ")
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    citizen.sees(ConsentView)
    citizen.touches("agree")
    citizen.sees(WaysView, lambda view: any(way.id.startswith("authority") for way in view.ways))
    other = _draft(filer)
    assert own.consent is not None and other.consent is not None
    assert own.consent.text_version != other.consent.text_version


def test_a_signature_for_oneself_is_none_for_another(filer: Filer) -> None:
    # given an application for oneself, signed
    citizen = filer.citizen
    filer.comes("ylbx", "YLBX")
    citizen.touches("for_self")
    filer.lays(DAUGHTER)
    citizen.touches("agree")
    _to_the_signature(filer)
    citizen.post(StrokeDrawn(SIGNATURE))
    citizen.sees(SignatureView, lambda view: bool(view.strokes))
    # when it turns out to be for her mother
    _back_to_whose(filer)
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    citizen.touches("agree")
    citizen.touches("authority_guardian")
    # then it is signed anew, for her
    pad = _to_the_signature(filer)
    assert pad.strokes == () and "王*兰" in pad.statement
    assert _draft(filer).signed_at is None


def test_the_same_answer_again_leaves_the_signature(filer: Filer) -> None:
    citizen = filer.citizen
    filer.comes("ylbx", "YLBX")
    citizen.touches("for_self")
    filer.lays(DAUGHTER)
    citizen.touches("agree")
    _to_the_signature(filer)
    citizen.post(StrokeDrawn(SIGNATURE))
    citizen.sees(SignatureView, lambda view: bool(view.strokes))
    _back_to_whose(filer)
    citizen.touches("for_self")
    assert _to_the_signature(filer).strokes


def test_the_card_that_was_the_applicant_s_takes_nothing_else_along(filer: Filer) -> None:
    # given the mother's card, laid first for an application of its own that was begun and left
    citizen, session = filer.citizen, filer.place.composition.terminal.work
    filer.comes("ylbx", "YLBX")
    citizen.touches("for_self")
    filer.lays(MOTHER)
    citizen.touches("agree")
    filer.writes("phone", "13904640000")
    citizen.post(HomePressed())
    citizen.sees(HomeView)
    # when another application is said to be hers, and the daughter stands here
    filer.finds("lsjz", "LSJZ")
    citizen.touches("for_agent")
    filer.lays(MOTHER)
    citizen.touches("primary")
    filer.lays(DAUGHTER)
    citizen.sees(ConsentView)
    # then nothing that the mother began for herself is the daughter's
    assert set(session.session.drafts) == {"LSJZ"}
    card = _draft(filer).card
    assert card is not None and card.name == "王桂兰"
