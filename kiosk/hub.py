"""The devices as the terminal has them: the port and last known state of each, and whether a card still lies on the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.events import CardLifted, CardRead, CardUnreadable, DeviceChanged, Event
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus, DocumentCamera, IdCardReader, Post, ReceiptPrinter, Scanner


@dataclass(frozen=True)
class Devices:
    """The four ports of a terminal."""

    id_card: IdCardReader
    scanner: Scanner
    printer: ReceiptPrinter
    document_camera: DocumentCamera


class DeviceHub:
    """Health of all devices. Only the terminal's thread calls it."""

    def __init__(self, devices: Devices) -> None:
        self.devices = devices
        self._status: dict[DeviceKind, DeviceStatus] = {kind: DeviceStatus(kind, DeviceState.STARTING) for kind in DeviceKind}
        self.card_present = False

    def start(self, post: Post) -> None:
        """Start all; they find their devices in the background."""
        for port in self._ports():
            port.start(post)

    def stop(self) -> None:
        """Stop all."""
        for port in self._ports():
            port.stop()

    def _ports(self) -> tuple[IdCardReader, Scanner, ReceiptPrinter, DocumentCamera]:
        return self.devices.id_card, self.devices.scanner, self.devices.printer, self.devices.document_camera

    def note(self, event: Event) -> None:
        """Learn from an event what it says about a device."""
        match event:
            case DeviceChanged(status):
                self._status[status.device] = status
                if status.device is DeviceKind.ID_CARD and status.state is not DeviceState.READY:
                    self.card_present = False
            case CardRead() | CardUnreadable():
                self.card_present = True
            case CardLifted():
                self.card_present = False

    @property
    def status(self) -> Mapping[DeviceKind, DeviceStatus]:
        """The last known state of each device."""
        return self._status

    def usable(self, device: DeviceKind) -> bool:
        """Whether it may be offered. STARTING and UNKNOWN may: they work perhaps, and each use has an outcome of its own."""
        return self._status[device].state not in (DeviceState.ABSENT, DeviceState.FAULT)

    def out_of_order(self) -> tuple[DeviceKind, ...]:
        """Devices that cannot be used now."""
        return tuple(kind for kind in DeviceKind if not self.usable(kind))

    def rest(self) -> None:
        """Nobody is there, or the page needs none: look at nothing, read nothing."""
        self.devices.id_card.disarm()
        self.devices.scanner.disarm()
        self.devices.document_camera.close()
