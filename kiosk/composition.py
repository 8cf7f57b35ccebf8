"""Puts a terminal together without a window: keys, outbox, link to the center, devices, journeys.

The flow tests use it too, so that they run what runs in the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import uuid4

import structlog

from kiosk.clock import Clock, OffsetClock, SystemClock
from kiosk.config import EMBEDDED, KioskConfig
from kiosk.hub import DeviceHub, Devices
from kiosk.i18n import Texts
from kiosk.journeys.registry import JOURNEYS
from kiosk.journeys.step import Journey, Workplace
from kiosk.link.catalogue import CatalogueKeeper
from kiosk.link.client import CenterClient
from kiosk.link.embedded import EmbeddedCenter
from kiosk.link.health import HealthReporter
from kiosk.link.keys import load_keys, private_directory
from kiosk.link.outbox import Outbox
from kiosk.link.public import PublicKeeper
from kiosk.link.sender import Sender
from kiosk.session import CitizenSession
from kiosk.terminal import Terminal
from kiosk.views import ViewData


@dataclass
class Composition:
    """A terminal and what it lives with. `start` in order, `stop` in reverse."""

    terminal: Terminal
    sender: Sender
    catalogue: CatalogueKeeper
    public: PublicKeeper
    health: HealthReporter
    outbox: Outbox
    center: EmbeddedCenter | None

    def start(self) -> None:
        """Bring up the center (if embedded) and the link to it. Raises ConfigurationError. The terminal itself runs by `terminal.run()`."""
        if self.center is not None:
            self.center.prepare()
            self.center.start()
        self.catalogue.start()
        self.public.start()
        self.sender.start(self.terminal.post)
        self.health.start()

    def stop(self) -> None:
        """End the link and the center; what is unsent stays in the outbox."""
        self.health.stop()
        self.sender.stop()
        self.public.stop()
        self.catalogue.stop()
        if self.center is not None:
            self.center.stop()
        self.outbox.close()


def clock_of(config: KioskConfig) -> Clock:
    """The machine's clock, or the demonstration's."""
    return OffsetClock(config.clock.start) if config.clock.start else SystemClock()


def compose(
    config: KioskConfig,
    devices: Devices,
    listener: Callable[[ViewData], None],
    clock: Clock | None = None,
    journeys: Mapping[str, Journey] = JOURNEYS,
) -> Composition:
    """Make everything, start nothing. Raises ConfigurationError if keys, outbox or data directory cannot be used."""
    data_dir = private_directory(config.terminal.data_dir)
    keys = load_keys(data_dir)
    outbox = Outbox(data_dir / "outbox.db", keys.outbox, config.terminal.short_name, config.terminal.township_id)
    center = EmbeddedCenter(config, keys.public_key) if config.center.url == EMBEDDED else None
    client = CenterClient(center.url if center else config.center.url, config.terminal.id, keys.signing, config.center.timeout_seconds)

    def center_is_back() -> None:
        catalogue.refresh()
        public.refresh()
        health.refresh()

    sender = Sender(client, outbox, on_reachable=center_is_back)
    clock = clock or clock_of(config)
    hub = DeviceHub(devices)
    workplace = Workplace(
        config=config,
        clock=clock,
        hub=hub,
        outbox=outbox,
        center=sender,
        record=structlog.get_logger("terminal").info,
        signing_key=keys.signing,
        texts=Texts(),
        new_key=uuid4,
        session=CitizenSession(0, clock.now()),
    )
    terminal = Terminal(workplace, journeys, listener)
    catalogue = CatalogueKeeper(client, data_dir / "catalogue.json", terminal.post)
    public = PublicKeeper(client, data_dir, terminal.post)
    health = HealthReporter(client, outbox, lambda: hub.status, clock, data_dir, config.center.health_seconds)
    return Composition(terminal, sender, catalogue, public, health, outbox, center)
