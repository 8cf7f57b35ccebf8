"""A booking slip was held up: it says what it is, and shows nothing without the card (domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.journeys.book.sheet import booking_sheet
from kiosk.journeys.card_page import CardPage
from kiosk.journeys.step import Begin, Next, Workplace
from kiosk.views import Chrome, MessageView, Panel, Tone, ViewData


class SlipStep(CardPage):
    """这是预约单."""

    def __init__(self, workplace: Workplace, number: str) -> None:
        super().__init__(workplace)
        self._number = number

    def view(self, chrome: Chrome) -> ViewData:
        """What it is, and what opens it."""
        t = self.t
        place = t("读卡区在{place}。", place=self.work.config.places.id_card)
        lines: tuple[str, ...] = (t("请放预约时用的那张身份证。"), place)
        if self.known:
            lines = (t("身份证已读，可以打开。"),)
        elif not self.reader_works:
            lines = (t("读卡器暂时不能用，恢复以后，这一页会自动继续。"), t("到了约好的时间照样来，窗口凭身份证查。"))
        return MessageView(
            chrome=chrome,
            title=t("这是一张预约单"),
            spoken=t("这是一张预约单，请放身份证。"),
            tone=Tone.INFO if self.reader_works or self.known else Tone.ATTENTION,
            icon="calendar-clock-outline",
            lines=lines,
            panel=self.not_read() or Panel(Tone.INFO, t("只凭单子上的码，谁也看不到内容。")),
            actions=(self.leads_on(t("看预约")),),
        )

    def opened(self) -> Next:
        """The card holder's own bookings, and this one if it is among them."""
        booking_sheet(self.work).wanted = self._number
        return Begin("bookings")
