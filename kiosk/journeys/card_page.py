"""A page that a card opens: what is shown on it is nobody's; what lies behind it belongs to the card."""

from __future__ import annotations

from kiosk.events import ActionPressed, CardLifted, CardRead, CardUnreadable, DeviceChanged, Event, PrimaryPressed
from kiosk.journeys.identify import fault_text, take_card
from kiosk.journeys.step import Back, Begin, Ignore, Next, Stay, Step, Workplace
from kiosk.ports import DeviceKind
from kiosk.views import Button, Panel, Tone


class CardPage(Step):
    """Base: a journey says what the page shows, and where the card leads."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._fault = ""
        #: A card was read here: whoever comes back to this page is not sent on by the same card that still lies there.
        self._read = False

    def opened(self) -> Next:
        """Where the card that is known leads."""
        raise NotImplementedError

    @property
    def known(self) -> bool:
        """Whether a card was read for this citizen, here or before."""
        return self.session.card is not None

    @property
    def reader_works(self) -> bool:
        """Whether a card can be read now."""
        return self.work.hub.usable(DeviceKind.ID_CARD)

    def enter(self) -> None:
        """A card laid on now opens what lies behind."""
        self.arm_reader()

    def leave(self) -> None:
        """The reader rests."""
        self.work.hub.devices.id_card.disarm()

    def arm_reader(self) -> None:
        """Read the next card; the one that was read here, only after it was lifted."""
        if not (self._read and self.work.hub.card_present):
            self.work.hub.devices.id_card.arm(self.session.number)

    def not_read(self) -> Panel | None:
        """What to do with a card that could not be read; None if there is none."""
        if not self._fault:
            return None
        return Panel(Tone.ATTENTION, self.t("没有读到身份证，请拿起来再放一次。"), fault_text(self.work.texts, self._fault))

    def leads_on(self, label: str) -> Button:
        """What opens by touch once the card is known; else back."""
        if self.known:
            return Button("primary", label, ActionPressed("details"), "arrow-right")
        return Button("primary", self.t("知道了"), PrimaryPressed(), "check-bold")

    def handle(self, event: Event) -> Next:
        """A card, or what is wrong with it; by touch, if it is known."""
        match event:
            case CardRead(_, card):
                self._fault, self._read = "", True
                self.work.record("card_read", session=self.session.number, kind=card.kind, layout=card.layout)
                another = take_card(self.work, card)
                following = self.opened()
                # What lies beneath this page is of the one before: it is not to be come back to.
                return Begin(following.journey, from_home=True) if another and isinstance(following, Begin) else following
            case CardUnreadable(_, fault):
                self._fault = fault
                self.work.record("card_unreadable", session=self.session.number, fault=fault)
            case CardLifted():
                self._fault = ""
                self.arm_reader()
            case ActionPressed("details") if self.known:
                return self.opened()
            case PrimaryPressed():
                return Back()
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()
