"""Somebody who applies at the terminal: presses what its pages offer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.place import Place
from demo.story import Citizen
from kiosk.events import KeyPressed, StrokeDrawn, Woken
from kiosk.views import (
    AttractView,
    DoneView,
    FormView,
    GuideView,
    HomeView,
    MaterialsView,
    ReviewRow,
    ReviewView,
    SignatureView,
    WaysView,
)

SIGNATURE = ((0.2, 0.3), (0.5, 0.35), (0.8, 0.3), (0.3, 0.7))
#: Names as they are typed, and the characters chosen for it.
ZHANG, LI = ("zhangxiulan", "张秀兰"), ("lijianguo", "李建国")


@dataclass
class Filer:
    """At one place's terminal."""

    place: Place

    @property
    def citizen(self) -> Citizen:
        """Whose fingers."""
        return self.place.citizen

    def comes(self, letters: str, item: str) -> WaysView:
        """From the attract screen by search and guide to the first question."""
        citizen = self.citizen
        citizen.sees(AttractView)
        citizen.waits(lambda: not self.place.composition.terminal.work.hub.card_present)
        citizen.post(Woken())
        return self.finds(letters, item)

    def finds(self, letters: str, item: str) -> WaysView:
        """From home."""
        citizen = self.citizen
        citizen.sees(HomeView)
        citizen.touches("search")
        citizen.types(letters)
        citizen.touches(f"item_{item}")
        citizen.sees(GuideView)
        citizen.touches("primary")
        return citizen.sees(WaysView)

    def lays(self, person: str) -> None:
        """A card, in place of the one that lies there."""
        self.place.bench.lift_card()
        self.citizen.waits(lambda: not self.place.composition.terminal.work.hub.card_present)
        self.place.bench.lay_card(person)

    def writes(self, field: str, written: tuple[str, str] | str) -> None:
        """Into a field of the form, wherever it is: digits as they are, words by pinyin; and closes the keyboard."""
        self.citizen.goes_to(f"field_{field}")
        self.citizen.touches(f"field_{field}")
        self.goes_on_writing(field, written)
        if self.citizen.sees(FormView).keyboard is not None:
            self.citizen.touches("dock_back")
        self.citizen.sees(FormView, lambda view: view.keyboard is None)

    def goes_on_writing(self, field: str, written: tuple[str, str] | str) -> None:
        """Into the field whose keyboard is open, and 下一项 or 填好了."""
        citizen = self.citizen

        def typing(view: FormView) -> bool:
            return any(row.focused and row.code == field for row in view.fields)

        citizen.sees(FormView, typing)
        if isinstance(written, str):
            citizen.types(written)
        else:
            citizen.writes(*written)
        citizen.post(KeyPressed("done"))
        citizen.sees(FormView, lambda view: not typing(view))

    def chooses(self, field: str, choice: str) -> None:
        """An answer of a choice field."""
        self.citizen.goes_to(f"choice_{field}_{choice}")
        self.citizen.touches(f"choice_{field}_{choice}")
        self.citizen.sees(FormView, lambda view: any(row.code == field and any(c.selected for c in row.choices) for row in view.fields))

    def captures(self, count: int) -> None:
        """So many pages under the camera."""
        citizen, bench = self.citizen, self.place.bench
        for number in range(count):
            bench.lay_page(("register-cover-skewed", "register-person-straight")[number % 2])
            pages = self.pages
            citizen.sees(MaterialsView, lambda view: view.good)
            citizen.touches("capture")
            citizen.waits(lambda before=pages: self.pages == before + 1)  # type: ignore[misc] # pages is bound now

    @property
    def pages(self) -> int:
        """How many are in the draft."""
        draft = self.place.composition.terminal.work.session.draft
        return sum(map(len, draft.pages.values())) if draft else 0

    def goes_on_to_sign(self) -> ReviewView:
        """With the result as it is if nobody says otherwise."""
        citizen = self.citizen
        citizen.touches_until("primary", SignatureView)
        citizen.sees(SignatureView)
        citizen.post(StrokeDrawn(SIGNATURE))
        citizen.touches("primary")
        return citizen.sees(ReviewView)

    def files(self, person: str = "wang-guilan") -> DoneView:
        """城乡居民养老保险 for oneself, from the attract screen to the receipt in the slot."""
        self.fills_in(person)
        return self.hands_in()

    def fills_in(self, person: str = "wang-guilan") -> ReviewView:
        """The same, as far as the check page."""
        self.comes("ylbx", "YLBX")
        self.citizen.touches("for_self")
        self.lays(person)
        self.citizen.touches("agree")
        self.citizen.sees(FormView)
        self.writes("phone", "13904640000")
        self.chooses("earlier_insurance", "never")
        self.citizen.touches_until("primary", MaterialsView)
        self.captures(2)
        return self.goes_on_to_sign()

    def hands_in(self) -> DoneView:
        """Checked and sent, and its receipt in the slot."""
        self.citizen.touches_until("primary", DoneView)
        return self.citizen.sees(DoneView, lambda view: view.paper.state == "done")

    def leaves(self) -> None:
        """With the card."""
        self.place.bench.lift_card()
        self.citizen.leaves()

    def receipt(self, done: DoneView) -> str:
        """All that is on the paper of the last filing."""
        handed = next(iter(self.place.composition.terminal.work.session.submitted.values()))
        assert handed.code == done.qr
        kept = self.place.composition.outbox.receipt(handed.number)
        assert kept is not None
        return kept.document.decode()


def row(view: ReviewView, label: str) -> ReviewRow:
    """A line of a check page."""
    return next(each for each in view.rows if each.label == label)


def whoever_comes(place: Place) -> Iterator[Filer]:
    """Whoever comes next; gone at the end, and nothing lies there."""
    yield Filer(place)
    place.bench.lay_page(None)
    Filer(place).leaves()
