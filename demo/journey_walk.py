"""Walks journeys at a real terminal, and keeps what the citizen sees on the way: what the album of all journeys is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TypeVar

from demo.place import Place
from demo.story import Citizen
from devices.bench.table import Bench
from kiosk.events import Woken
from kiosk.ports import DeviceKind, PrintJob
from kiosk.views import AttractView, FormView, HomeView, MaterialsView, MessageView, PageView, RateView, ViewData
from kiosk.wire.documents import Document

V = TypeVar("V", bound=ViewData)


def _step(view: ViewData) -> tuple[object, ...]:
    """Views of which this is the same are one step: only the newest of them is a picture."""
    title = view.title if isinstance(view, PageView) else ""
    parts: tuple[object, ...] = (getattr(view, "page", ""),)
    match view:
        case FormView():
            parts = (tuple(row.code for row in view.fields), view.keyboard is not None, any(row.error for row in view.fields))
        case MaterialsView():
            parts = (view.camera is None,)
        case RateView():
            parts = (bool(view.tags),)
    return (view.name, title, *parts)


def steps_of(seen: Iterable[ViewData]) -> Iterator[ViewData]:
    """One view for each step of a walk, in order: the last that was seen of it; no step twice."""
    known: set[tuple[object, ...]] = set()
    for step, views in groupby(seen, _step):
        *_, last = views
        if step not in known:
            known.add(step)
            yield last


class Walk:
    """One place's album. Names of pictures: `JOURNEY-01-PAGE` for the steps, `JOURNEY-STATE` for what else is kept."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.views: dict[str, ViewData] = {}
        #: Each kind of paper that went to the printer, by its title; the newest of it.
        self.papers: dict[str, Document] = {}
        printer = place.composition.terminal.work.hub.devices.printer
        printing = printer.print

        def noted(job: PrintJob) -> None:
            self.papers[job.document.title] = job.document
            printing(job)

        printer.print = noted  # type: ignore[method-assign] # only looked at on its way to the real one

    @property
    def citizen(self) -> Citizen:
        """Who stands there."""
        return self.place.citizen

    @property
    def bench(self) -> Bench:
        """The devices before them."""
        return self.place.bench

    @contextmanager
    def visit(self, journey: str, *, steps: bool = True) -> Iterator[None]:
        """Somebody wakes the terminal, does what the block does, and leaves with their card. `steps`: each step that is not kept yet is."""
        self.citizen.sees(AttractView)
        self.citizen.waits(lambda: not self.place.composition.terminal.work.hub.card_present)
        self.citizen.post(Woken())
        self.citizen.sees(HomeView)
        begun = len(self.citizen.seen)
        try:
            yield
            if steps:
                kept = {_step(view) for name, view in self.views.items() if name.startswith(f"{journey}-")}
                walked = (
                    view for view in self.citizen.seen[begun:] if not isinstance(view, AttractView | HomeView) and _step(view) not in kept
                )
                self.views |= {f"{journey}-{count:02d}-{view.name}": view for count, view in enumerate(steps_of(walked), 1)}
        finally:
            self.bench.lay_page(None)
            self.bench.hold_code()
            self.bench.lift_card()
            self.citizen.leaves()

    def keeps(self, name: str, kind: type[V], where: Callable[[V], bool] = lambda view: True) -> V:
        """Wait for a view, and keep it under this name."""
        view = self.citizen.sees(kind, where)
        self.views[name] = view
        return view

    def lays(self, person: str) -> None:
        """A card, in place of the one that lies there."""
        self.bench.lift_card()
        self.citizen.waits(lambda: not self.place.composition.terminal.work.hub.card_present)
        self.bench.lay_card(person)

    def prints(self) -> None:
        """What the page offers to print, until it has come out; and back to the page."""
        self.citizen.touches("print")
        self.citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
        self.citizen.touches("primary")
        self.citizen.sees(PageView, lambda view: "打好了" not in view.title)

    @contextmanager
    def center_away(self) -> Iterator[None]:
        """Nothing answers where the center was."""
        self.place.center_closes()
        try:
            yield
        finally:
            self.place.center_opens()

    @contextmanager
    def unplugged(self, device: DeviceKind) -> Iterator[None]:
        """A device is pulled out, and the terminal knows."""
        hub = self.place.composition.terminal.work.hub
        self.bench.unplug(device)
        self.citizen.waits(lambda: not hub.usable(device))
        try:
            yield
        finally:
            self.bench.plug(device)
            self.citizen.waits(lambda: hub.usable(device))

    @contextmanager
    def no_paper(self) -> Iterator[None]:
        """The roll is empty, and the terminal knows."""
        hub = self.place.composition.terminal.work.hub
        self.bench.set_paper(False)
        self.citizen.waits(lambda: not hub.usable(DeviceKind.PRINTER))
        try:
            yield
        finally:
            self.bench.set_paper(True)
            self.citizen.waits(lambda: hub.usable(DeviceKind.PRINTER))
