"""The ID card reader as the terminal sees it: watches for a card, reads it once for the session that asked, and knows when it is lifted.

Frames are `protocol`'s, text is `layouts`', asking is `conversation`'s. The photo is never decoded (devices.md §1).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from devices.id_card.conversation import Conversation
from devices.id_card.layouts import RESIDENT, CardTextFault, parse_added_address, parse_card
from devices.id_card.transport import SerialTransport, Transport, UsbTransport
from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.clock import Clock, SystemClock
from kiosk.config import IdCardSection
from kiosk.events import CardLifted, CardRead, CardUnreadable
from kiosk.ports import DeviceKind, IdCard
from kiosk.wire.forms import id_number_is_valid

#: devices.md §1: poll every 100 to 200 ms.
_POLL = 0.15
#: While nobody wants a card: how often the reader is asked whether it is still there.
_HEARTBEAT = 2.0
#: A card at the edge of the field flickers: it is gone when it was not seen so many times in a row.
_GONE_AFTER = 2
#: Selecting and reading are tried so often before the citizen is told; a card moved while it is read needs a second try.
_READ_TRIES = 3
#: FIND and SELECT of a card just laid on, READ, the added address, each with its own deadline, and some air.
_READ_DEADLINE = 20.0


class _Ga450Reader(DeviceWorker):
    """What both wires have in common. See `kiosk.ports.IdCardReader` for what a session may expect."""

    def __init__(self, section: IdCardSection, clock: Clock | None = None, *, retry: Backoff | None = None) -> None:
        super().__init__(DeviceKind.ID_CARD, retry=retry, unit_deadline=_READ_DEADLINE)
        self._section = section
        self._clock = clock or SystemClock()
        self._reader: Conversation | None = None
        self._session: int | None = None
        # The card that lies there and was dealt with, and the session that it was for; no part of what it says.
        self._lying = False
        self._dealt_with_for: int | None = None
        self._misses = 0
        self._tries = 0

    # -------------------------------------------------------------- the port

    def arm(self, session: int) -> None:
        """Read the next card laid on for this session; a card that lies there already, unless it was read for an earlier session.

        Such a card is reported as `left_behind`: it is read again only once it was lifted.
        """
        self.submit(lambda: self._arm(session))

    def disarm(self) -> None:
        """Read nothing more; go on watching whether the card is still there."""
        self.submit(self._disarm)

    def _arm(self, session: int) -> None:
        self._session = session
        self._tries = 0
        if not self.connected:
            # Somebody waits for it: look at once whether the reader is back.
            self.hurry()
        if not self._lying:
            return
        if self._dealt_with_for == session:
            self._read_again(session)
        else:
            self.post(CardUnreadable(session, "left_behind"))

    def _disarm(self) -> None:
        self._session = None

    # -------------------------------------------------------------- the worker

    def open_transport(self) -> Transport:
        """The wire to the reader. Raises DeviceFault."""
        raise NotImplementedError

    def connect(self) -> None:
        """Open the wire and see that a working reader answers."""
        self._reader = Conversation(self.open_transport(), lambda: self.stopping)
        self._reader.knock()

    def disconnect(self) -> None:
        """Let go of the wire. What lies on the reader is remembered: pulling the plug does not make a read card a new one."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def serve(self) -> None:
        """One look: is the read card still there; or, if a session waits, is there a new one; else, does the reader still answer."""
        if self._reader is None:
            raise DeviceFault("not_connected", "")
        if self._lying:
            self._look_for_the_lying_card(self._reader)
            self.rest(_POLL)
        elif self._session is not None:
            self._look_for_a_new_card(self._reader, self._session)
            self.rest(_POLL)
        else:
            self._reader.knock()
            self.rest(_HEARTBEAT)

    # -------------------------------------------------------------- looking

    def _look_for_the_lying_card(self, reader: Conversation) -> None:
        # After a good read many readers answer 80 to FIND until the card is lifted, so the added address is asked for first:
        # any answer but a failure means that the card is still selected (devices.md §1).
        there = reader.added_address() is not None
        if not there and reader.card_is_found():
            # Perhaps it only flickered: select it, so that the next look finds it. Another card could not come so fast.
            reader.card_is_selected()
            there = True
        self._misses = 0 if there else self._misses + 1
        if self._misses >= _GONE_AFTER:
            self._lying, self._dealt_with_for, self._misses, self._tries = False, None, 0, 0
            self.post(CardLifted())

    def _look_for_a_new_card(self, reader: Conversation, session: int) -> None:
        if not reader.card_is_found():
            self._tries = 0
            return
        selected = reader.card_is_selected()
        text = reader.text() if selected else None
        if text is not None:
            self._deal_with(reader, session, text)
            return
        self._tries += 1
        if self._tries >= _READ_TRIES:
            self._unreadable(session, "read_failed" if selected else "select_failed")

    def _read_again(self, session: int) -> None:
        """The same session wants the card that it has read and that still lies there: some readers allow it, others want it lifted."""
        reader = self._reader
        text = None
        if reader is not None:
            text = reader.text()
            if text is None and reader.card_is_found() and reader.card_is_selected():
                text = reader.text()
        if reader is not None and text is not None:
            self._deal_with(reader, session, text)
        else:
            self.post(CardUnreadable(session, "lay_again"))

    def _deal_with(self, reader: Conversation, session: int, text: bytes) -> None:
        try:
            card = parse_card(text)
            added = reader.added_address() if card.layout == RESIDENT.name else None
            if added:
                card = replace(card, extra=card.extra | {"added_address": parse_added_address(added)})
        except CardTextFault as fault:
            self._unreadable(session, fault.code)
            return
        if not self._number_is_good(card):
            self._unreadable(session, "number_invalid")
            return
        self._lying, self._dealt_with_for, self._misses, self._session = True, session, 0, None
        self.post(CardRead(session, card))

    def _number_is_good(self, card: IdCard) -> bool:
        # Passes and foreigners' cards have numbers of other rules; the card vouches for them.
        return card.layout != RESIDENT.name or id_number_is_valid(card.number, self._clock.now().date())

    def _unreadable(self, session: int, fault: str) -> None:
        """Say so once; the session stays armed, and the card is tried again when it was lifted and laid on anew."""
        self._lying, self._dealt_with_for, self._misses, self._tries = True, session, 0, 0
        self.post(CardUnreadable(session, fault))


class Ga450SerialReader(_Ga450Reader):
    """A reader on a serial line: `port` and `baud` of the section, 8N1."""

    def open_transport(self) -> Transport:
        """Open the serial device. Raises DeviceFault."""
        return SerialTransport(self._section.port, self._section.baud)


class Ga450UsbReader(_Ga450Reader):
    """A reader on USB bulk (0400:C35A). `backend` is pyusb's own choice unless given."""

    def __init__(self, section: IdCardSection, clock: Clock | None = None, *, retry: Backoff | None = None, backend: Any = None) -> None:
        super().__init__(section, clock, retry=retry)
        self._backend = backend

    def open_transport(self) -> Transport:
        """Claim the first reader on the bus. Raises DeviceFault."""
        return UsbTransport(self._backend)
