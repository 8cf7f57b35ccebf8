"""A booking slip was held up: it says what it is, and shows nothing without the card (domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.events import ActionPressed, CardRead, CardUnreadable, DeviceChanged, Event, PrimaryPressed
from kiosk.journeys.book.sheet import booking_sheet
from kiosk.journeys.step import Back, Begin, Ignore, Next, Stay, Step, Workplace
from kiosk.ports import DeviceKind
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData


class SlipStep(Step):
    """这是预约单."""

    def __init__(self, workplace: Workplace, number: str) -> None:
        super().__init__(workplace)
        self._number = number
        self._unreadable = False

    def enter(self) -> None:
        """A card laid on now leads to its booking."""
        self.work.hub.devices.id_card.arm(self.session.number)

    def leave(self) -> None:
        """The reader rests."""
        self.work.hub.devices.id_card.disarm()

    def view(self, chrome: Chrome) -> ViewData:
        """What it is, and what opens it."""
        t = self.t
        known = self.session.card is not None and self.session.consent is not None
        reader = self.work.hub.usable(DeviceKind.ID_CARD)
        place = self.work.config.places.id_card
        lines: tuple[str, ...] = (t("预约时用的那张身份证，请放在读卡区，在{place}。", place=place),)
        if known:
            lines = (t("身份证已读，可以打开。"),)
        elif not reader:
            lines = (t("读卡器暂时不能用，恢复以后，这一页会自动继续。"), t("到了约好的时间照样来，窗口凭身份证查。"))
        elif self._unreadable:
            lines = (t("没有读到身份证，请拿起来再放一次。"), t("读卡区在{place}。", place=place))
        return MessageView(
            chrome=chrome,
            title=t("这是一张预约单"),
            spoken=t("这是一张预约单，请放身份证。"),
            tone=Tone.INFO if reader or known else Tone.ATTENTION,
            icon="calendar-clock-outline",
            lines=lines,
            panel=Panel(Tone.INFO, t("只凭单子上的码，谁也看不到内容。")),
            actions=(
                Button("primary", t("看预约"), ActionPressed("details"), "arrow-right")
                if known
                else Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """The card leads to its own bookings, and to this one if it is among them."""
        match event:
            case CardRead(_, card):
                self.session.card = card
                self.work.record("card_read", session=self.session.number, kind=card.kind, layout=card.layout)
                return self._own()
            case CardUnreadable(_, fault):
                self._unreadable = True
                self.work.record("card_unreadable", session=self.session.number, fault=fault)
            case ActionPressed("details"):
                return self._own()
            case PrimaryPressed():
                return Back()
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()

    def _own(self) -> Next:
        booking_sheet(self.work).wanted = self._number
        return Begin("bookings")
