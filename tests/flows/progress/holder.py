"""The holder of a case at the terminal: files one, comes back to it, supplies what is wanted."""

from __future__ import annotations

from collections.abc import Callable

from demo.faults import Out, walk
from demo.place import Place
from kiosk.events import RowChosen, Woken
from kiosk.views import (
    AttractView,
    CaseListView,
    DoneView,
    FormView,
    MaterialsView,
    ProgressView,
    ScanView,
)
from tests.flows.clerk import Clerk


def files(place: Place, person: str, *, papers: bool = False) -> str:
    """An application of 城乡居民养老保险; its case number."""
    done = walk(place, Out(camera=not papers), person)[-1]
    assert isinstance(done, DoneView)
    return done.number.replace(" ", "")


def returned(place: Place, clerk: Clerk, person: str) -> tuple[str, str]:
    """A case that the window returned for a paper, a field and something else; its number, and its address at the console."""
    number = files(place, person)
    case = clerk.opens(number)
    clerk.returns(case, "household_register", fields=("phone",), other="银行卡复印件")
    return number, case


def chooses(place: Place, number: str) -> ProgressView:
    """One of the cases, by its number: centers that came up again begin their morning anew, so the newest is not always first."""
    rows = place.citizen.sees(CaseListView).rows
    assert any(row.button.event == RowChosen(number) for row in rows)
    place.citizen.post(RowChosen(number))
    return place.citizen.sees(ProgressView)


def comes(place: Place, person: str, number: str) -> ProgressView:
    """With the card, to this case."""
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card(person)
    citizen.touches("agree")
    return chooses(place, number)


def captures(place: Place, page: str, until: Callable[[MaterialsView], bool]) -> None:
    place.bench.lay_page(page)
    place.citizen.sees(MaterialsView, lambda view: view.good)
    place.citizen.touches("capture")
    place.citizen.sees(MaterialsView, until)


def corrects_phone(place: Place) -> None:
    place.citizen.sees(FormView)
    place.citizen.fills("phone", "13904641299")
    place.citizen.touches("primary")
