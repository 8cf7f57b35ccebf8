"""Every combination of center down, printer out of paper, camera absent, reader absent: walked, and drawn as the citizen sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from demo.place import Place
from kiosk.events import StrokeDrawn, Woken
from kiosk.hub import DeviceHub
from kiosk.ports import DeviceKind, DeviceState
from kiosk.views import (
    AttractView,
    DoneView,
    FormView,
    GuideView,
    HomeView,
    IdentifyView,
    MaterialsView,
    ReviewView,
    SignatureView,
    ViewData,
)

_SIGNATURE = ((0.2, 0.3), (0.5, 0.35), (0.8, 0.3), (0.3, 0.7))
_PAGES = ("register-cover-straight", "register-person-skewed")


@dataclass(frozen=True)
class Out:
    """What is out of order."""

    center: bool = False
    paper: bool = False
    camera: bool = False
    reader: bool = False

    @property
    def name(self) -> str:
        """For files: `center-paper`, or `nothing`."""
        parts = [name for name in ("center", "paper", "camera", "reader") if getattr(self, name)]
        return "-".join(parts) or "nothing"


#: All sixteen.
COMBINATIONS = tuple(Out(*each) for each in product((False, True), repeat=4))


def _breaks(place: Place, out: Out) -> None:
    for wanted, act in (
        (out.center, place.center_closes),
        (out.paper, lambda: place.bench.set_paper(False)),
        (out.camera, lambda: place.bench.unplug(DeviceKind.DOCUMENT_CAMERA)),
        (out.reader, lambda: place.bench.unplug(DeviceKind.ID_CARD)),
    ):
        if wanted:
            act()
    hub = place.composition.terminal.work.hub
    for device, broken in ((DeviceKind.PRINTER, out.paper), (DeviceKind.DOCUMENT_CAMERA, out.camera), (DeviceKind.ID_CARD, out.reader)):
        place.citizen.waits(_known_as(hub, device, broken))


def _known_as(hub: DeviceHub, device: DeviceKind, broken: bool) -> Callable[[], bool]:
    return lambda: hub.usable(device) is not broken and hub.status[device].state is not DeviceState.STARTING


def _names(line: str, out: Out) -> bool:
    # The hub knows a moment before the page is drawn anew: waited for is the page that names each of them and no other.
    return all((word in line) is broken for word, broken in (("打印机", out.paper), ("高拍仪", out.camera), ("读卡器", out.reader)))


def _mends(place: Place, out: Out) -> None:
    place.bench.lay_page(None)
    place.bench.lift_card()
    place.bench.set_paper(True)
    place.bench.plug(DeviceKind.DOCUMENT_CAMERA)
    place.bench.plug(DeviceKind.ID_CARD)
    if out.center:
        place.center_opens()


def walk(place: Place, out: Out, person: str = "wang-guilan") -> list[ViewData]:
    """A citizen comes, finds this out of order, files if it can be, and leaves. The telling pages, in order; then everything is mended.

    `person` is one of the bench's people.
    """
    citizen, bench = place.citizen, place.bench
    pages: list[ViewData] = []
    _breaks(place, out)
    try:
        pages.append(citizen.sees(AttractView, lambda view: _names(view.fault_line, out)))
        citizen.post(Woken())
        citizen.sees(HomeView)
        citizen.touches("search")
        citizen.types("ylbx")
        citizen.touches("item_YLBX")
        pages.append(citizen.sees(GuideView))
        citizen.touches("primary")
        citizen.touches("for_self")
        if out.reader:
            pages.append(citizen.sees(IdentifyView, lambda view: view.state == "absent"))
            return pages
        # The reader has noticed that the last citizen took the card: a card that lies is not read for the next one.
        citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
        bench.lay_card(person)
        citizen.touches("agree")
        citizen.sees(FormView)
        citizen.fills("phone", "13904640000")
        citizen.goes_to("choice_earlier_insurance_never")
        citizen.touches("choice_earlier_insurance_never")
        # A foreigner's card has no address, and this citizen writes no Chinese.
        citizen.touches_until("primary", MaterialsView, rather="later")
        if out.camera:
            pages.append(citizen.sees(MaterialsView, lambda view: view.camera is None))
            citizen.touches("all_later")
        else:
            for count, page in enumerate(_PAGES, 1):
                bench.lay_page(page)
                citizen.sees(MaterialsView, lambda view: view.good)
                citizen.touches("capture")
                citizen.sees(MaterialsView, lambda view, n=count: view.taken_count == n)  # type: ignore[misc] # n is bound now
        citizen.touches_until("primary", SignatureView)
        citizen.post(StrokeDrawn(_SIGNATURE))
        citizen.touches("primary")
        citizen.sees(ReviewView)
        citizen.touches_until("primary", DoneView)
        pages.append(citizen.sees(DoneView, lambda view: view.paper.state != "busy"))
        bench.lift_card()
        citizen.sees(DoneView, lambda view: view.card is None)
        if out.center:
            # Only now does the terminal know: the next one who comes is told at once.
            citizen.leaves()
            pages[0] = citizen.sees(AttractView, lambda view: "连不上中心" in view.fault_line and _names(view.fault_line, out))
        return pages
    finally:
        citizen.leaves()
        _mends(place, out)
