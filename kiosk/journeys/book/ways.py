"""预约: a new time, or one's own; and who it is."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import Event, JourneyChosen
from kiosk.journeys.book.sheet import begin_booking
from kiosk.journeys.identify import ConsentStep, IdentifyStep
from kiosk.journeys.step import Begin, Ignore, Next, Step
from kiosk.views import Button, Chrome, ConsentView, IdentifyView, Panel, Tone, ViewData, WaysView


class BookingWaysStep(Step):
    """您要预约，还是看预约？"""

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways."""
        t = self.t
        return WaysView(
            chrome=chrome,
            title=t("约时间，还是看预约？"),
            spoken=t("您要约一个时间，还是看已经约好的？"),
            ways=(
                Button("way_book", t("预约新的时间"), JourneyChosen("book"), "calendar-clock-outline", t("选日子、窗口和时间，来了少排队")),
                Button(
                    "way_bookings",
                    t("看我的预约"),
                    JourneyChosen("bookings"),
                    "calendar-search-outline",
                    t("放身份证；可以改时间、可以取消"),
                ),
            ),
            notice=Panel(Tone.INFO, t("不预约也可以直接来，到窗口就办。")),
        )

    def handle(self, event: Event) -> Next:
        """The way chosen; a new one begins with what is free now."""
        match event:
            case JourneyChosen("book"):
                begin_booking(self.work)
                return Begin("book")
            case JourneyChosen(journey):
                return Begin(journey)
        return Ignore()


class CardStep(IdentifyStep):
    """请放身份证: a time is kept for a person."""

    def view(self, chrome: Chrome) -> ViewData:
        """As everywhere; the reader that is out says what still works."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, IdentifyView)
        if view.state != "absent":
            return view
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return replace(
            view,
            notes=(
                Panel(Tone.ATTENTION, t("现在不能在这里预约。"), t("读卡器恢复以后，这一页会自动继续。")),
                Panel(Tone.INFO, t("不预约也可以直接来。"), t("人工窗口 {hours}", hours=hours) if hours else ""),
            ),
        )


class BookingConsentStep(ConsentStep):
    """Agreement to keep a time for who the card says it is."""

    def view(self, chrome: Chrome) -> ViewData:
        """Not only to look."""
        view = super().view(chrome)
        assert isinstance(view, ConsentView)
        return replace(view, title=self.t("同意后就能预约"))

    def purpose(self) -> str:
        """Both ways of it."""
        return self.t("约时间，看自己的预约")

    def told(self) -> tuple[str, ...]:
        """What is used, and for what."""
        t = self.t
        return (
            t("预约要用您的姓名和证件号码，窗口凭它给您留位置。"),
            t("电话可以不留；留了，只用来商量这次预约。"),
            t("以后放身份证，就能看、能改、能取消。"),
        )
