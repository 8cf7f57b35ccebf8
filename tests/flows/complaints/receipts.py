"""A complaint that was filed, and its complainant with the receipt in hand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from demo.place import Place
from kiosk.views import (
    FormView,
    ReadView,
)
from tests.center.complaints.place import Complainer as Signing
from tests.center.complaints.place import Town
from tests.center.place import Terminal
from tests.flows.complainer import DIGITS, NAME, PHONE, STORY, Complainer
from tests.flows.officer import newest

CARD_NUMBER = "230903194803120022"


@dataclass(frozen=True)
class Receipt:
    """What a complainant took home: the complaint's row, and the text of the code."""

    id: UUID
    number: str
    code: str


def filed(place: Place, town: Town, *, card: bool) -> Receipt:
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


def opens(place: Place, receipt: Receipt) -> ReadView:
    """Hold the receipt up, type the digits, and see the complaint."""
    place.bench.hold_code(text=receipt.code)
    place.citizen.sees(FormView)
    Complainer(place).types("digits", DIGITS)
    place.citizen.touches("primary")
    return place.citizen.sees(ReadView)


def read_whole(place: Place, title: str = "您的投诉") -> str:
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
