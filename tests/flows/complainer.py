"""Somebody who complains at the terminal: presses what its pages offer, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from demo.place import Place
from kiosk.events import KeyPressed, Woken
from kiosk.views import (
    AttractView,
    ConsentView,
    DoneView,
    FormView,
    GridView,
    HomeView,
    MaterialsView,
    PeopleView,
    ReadView,
    ReviewView,
    ScanView,
    WaysView,
)

#: What is typed, and the characters chosen for it.
STORY = ("taidubuhao", "态度不好")
NAME = ("zhangxiulan", "张秀兰")
PHONE = "13904641234"
DIGITS = "390517"


@dataclass
class Complainer:
    """At one place's terminal."""

    place: Place

    def wakes(self) -> None:
        """The card of whoever was there before is off the reader."""
        citizen = self.place.citizen
        citizen.sees(AttractView)
        citizen.waits(lambda: not self.place.composition.terminal.work.hub.card_present)
        citizen.post(Woken())
        citizen.sees(HomeView)

    def comes(self) -> None:
        """From the attract screen into the hub."""
        citizen = self.place.citizen
        self.wakes()
        citizen.touches("way_grievances")
        citizen.sees(WaysView)

    def reads_and_agrees(self) -> PeopleView:
        """Three pages before anything is written, then consent."""
        citizen = self.place.citizen
        citizen.touches("way_complain")
        citizen.sees(ReadView)
        citizen.touches_until("primary", ConsentView)
        citizen.touches("agree")
        return citizen.sees(PeopleView)

    def chooses(self, *, window: str = "", person: str = "", matter: str = "服务态度") -> FormView:
        """Whom it is about, and why."""
        citizen = self.place.citizen
        if person:
            citizen.touches("tab_staff")
        people = citizen.sees(PeopleView, lambda view: any(card.name == (person or window) for card in view.people))
        card = next(card for card in people.people if card.name == (person or window))
        assert card.button is not None
        citizen.touches(card.button.id)
        grid = citizen.sees(GridView)
        citizen.touches(next(button.id for button in grid.sections[0].buttons if button.label == matter))
        return citizen.sees(FormView)

    def tells(self) -> WaysView:
        """What happened, in pinyin."""
        self.types("statement", STORY)
        self.closes_keyboard()
        self.place.citizen.touches("primary")
        return self.place.citizen.sees(WaysView)

    def types(self, field: str, written: tuple[str, str] | str) -> None:
        """Into a field: digits as they are, words by pinyin."""
        citizen = self.place.citizen
        citizen.goes_to(f"field_{field}")
        citizen.touches(f"field_{field}")
        citizen.sees(FormView, lambda view: any(row.focused and row.code == field for row in view.fields))
        if isinstance(written, str):
            citizen.types(written)
        else:
            citizen.writes(*written)
        citizen.post(KeyPressed("done"))
        citizen.sees(FormView, lambda view: not any(row.focused and row.code == field for row in view.fields))

    def closes_keyboard(self) -> None:
        """Back to the page of fields."""
        citizen = self.place.citizen
        if citizen.sees(FormView).keyboard is not None:
            citizen.touches("dock_back")
        citizen.sees(FormView, lambda view: view.keyboard is None)

    def captures(self, page: str = "register-cover-skewed") -> None:
        """One page under the camera."""
        citizen, bench = self.place.citizen, self.place.bench
        bench.lay_page(page)
        before = citizen.sees(MaterialsView, lambda view: view.good).taken_count
        citizen.touches("capture")
        citizen.sees(MaterialsView, lambda view: view.taken_count == before + 1)

    def sets_digits(self, digits: str = DIGITS, again: str = "") -> None:
        """Twice."""
        self.types("digits", digits)
        self.types("digits_again", again or digits)
        self.closes_keyboard()

    def without_card(self, capacity: str = "self") -> FormView:
        """No card; for whom."""
        citizen = self.place.citizen
        citizen.touches("without_card")
        citizen.touches(f"capacity_{capacity}")
        return citizen.sees(FormView)

    def with_card(self, person: str = "wang-guilan", capacity: str = "self") -> FormView:
        """The card is laid on; for whom."""
        citizen = self.place.citizen
        citizen.touches("with_card")
        self.place.bench.lay_card(person)
        citizen.touches(f"capacity_{capacity}")
        return citizen.sees(FormView)

    def hands_in(self) -> DoneView:
        """Checked and sent, and its receipt in the slot."""
        citizen = self.place.citizen
        citizen.sees(ReviewView)
        citizen.touches("primary")
        return citizen.sees(DoneView, lambda view: view.paper.state == "done")

    def files_without_card(self, window: str = "综合窗口1号") -> DoneView:
        """The shortest way of whoever brought no card: evidence comes later."""
        self.comes()
        self.reads_and_agrees()
        self.chooses(window=window)
        self.tells()
        self.place.citizen.touches("evidence_later")
        self.without_card()
        self.types("name", NAME)
        self.types("phone", PHONE)
        self.closes_keyboard()
        self.place.citizen.touches("primary")
        self.place.citizen.sees(FormView, lambda view: any(row.code == "digits" for row in view.fields))
        self.sets_digits()
        self.place.citizen.touches("primary")
        return self.hands_in()

    def leaves(self) -> None:
        """The card is taken along."""
        self.place.bench.lift_card()
        self.place.bench.hold_code()
        self.place.citizen.leaves()

    def comes_back(self) -> ScanView:
        """To see what became of it."""
        self.comes()
        self.place.citizen.touches("way_complaints")
        return self.place.citizen.sees(ScanView)
