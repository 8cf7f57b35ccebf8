"""您的预约: the card holder's own; each can be moved, given back, and its slip printed again."""

from __future__ import annotations

from kiosk.events import ActionPressed, CardLifted, DeviceChanged, Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.journeys.asking import Asked
from kiosk.journeys.book.done import booking_lines, print_slip, printer_out
from kiosk.journeys.book.sheet import BOOKED, begin_booking, booking_sheet, booking_when, item_name, state_label
from kiosk.journeys.step import Back, Begin, Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.link.questions import booking_cancel, bookings
from kiosk.ports import DeviceKind
from kiosk.views import Button, CaseListView, CaseRow, Chrome, MessageView, Tone, ViewData
from kiosk.wire.services import BookingAnswer, BookingCancel, BookingsAnswer

_ROWS = 4


class OwnStep(Step):
    """您的预约."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._asked: Asked[BookingsAnswer] = Asked(self, BookingsAnswer, meanwhile=self.t("约好的时间不受影响，照样可以来。"))

    def enter(self) -> None:
        """Ask anew each time: one may have been moved or given back."""
        assert self.session.card is not None
        self._asked.ask(bookings(self.session.card.number))

    @property
    def _bookings(self) -> tuple[BookingAnswer, ...]:
        """Those that stand first; what was given back comes after them."""
        answered = self._asked.answer.bookings if self._asked.answer else ()
        return tuple(sorted(answered, key=lambda each: each.state != BOOKED))

    def view(self, chrome: Chrome) -> ViewData:
        """The list."""
        instead = self._asked.page(chrome)
        if instead is not None:
            return instead
        t = self.t
        shown, page, count = pages_of(self._bookings, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=t("您的预约"),
            subtitle=t("点一个，可以改时间、可以取消") if shown else "",
            spoken=t("您的预约，点一个可以改、可以取消。"),
            rows=tuple(self._row(place, each) for place, each in enumerate(shown, 1)),
            empty="" if shown else t("这张身份证下没有今天和以后的预约。"),
            actions=(Button("primary", t("预约新的时间"), ActionPressed("book"), "calendar-clock-outline"),),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _row(self, place: int, each: BookingAnswer) -> CaseRow:
        when = booking_when(self.work.texts, each)
        matter = item_name(self.work, each.item_code)
        return CaseRow(
            # Ids of buttons are revealed to scripts: the place on the page, never the booking.
            button=Button(f"booking_{place}", when, RowChosen(each.number), "chevron-right"),
            title=when,
            detail=f"{each.window}·{matter}" if matter else each.window,
            state_label=state_label(self.work.texts, each),
            tone=Tone.DONE if each.state == BOOKED else Tone.PLAIN,
        )

    def handle(self, event: Event) -> Next:
        """The answer, a booking chosen, a new one."""
        sheet = booking_sheet(self.work)
        if self._asked.note(event):
            wanted, sheet.wanted = sheet.wanted, "" if self._asked.answer else sheet.wanted
            return self._open(wanted)
        following = self._asked.handle(event)
        if following is not None:
            return following
        match event:
            case RowChosen(number):
                return self._open(number)
            case ActionPressed("book"):
                begin_booking(self.work)
                return Begin("book")
            case PageTurned(by):
                _, self._page, _ = pages_of(self._bookings, self._page + by, _ROWS)
            case _:
                return Ignore()
        return Stay()

    def _open(self, number: str) -> Next:
        found = next((each for each in self._bookings if each.number == number), None)
        if found is None:
            return Stay()
        booking_sheet(self.work).booking = found
        return Open(OwnBookingStep(self.work))


class OwnBookingStep(Step):
    """One of them."""

    @property
    def booking(self) -> BookingAnswer:
        """As the center said it last."""
        booking = booking_sheet(self.work).booking
        assert booking is not None
        return booking

    def view(self, chrome: Chrome) -> ViewData:
        """When and where; what can be done with it."""
        t, booking = self.t, self.booking
        held = booking.state == BOOKED
        title = state_label(self.work.texts, booking) or t("您的预约")
        works = self.work.hub.usable(DeviceKind.PRINTER)
        return MessageView(
            chrome=chrome,
            title=title,
            spoken=title,
            tone=Tone.DONE if held else Tone.INFO,
            icon="calendar-check-outline" if held else "calendar-remove-outline",
            lines=(*booking_lines(self.work, booking), *((booking.note,) if booking.note else ())),
            panel=printer_out(self.work) if held else None,
            actions=(
                Button("cancel", t("取消预约"), ActionPressed("cancel")),
                Button("print", t("打预约单"), ActionPressed("print") if works else None),
                Button("primary", t("改时间"), PrimaryPressed()),
            )
            if held
            else (Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),),
        )

    def handle(self, event: Event) -> Next:
        """Another time, none, or the slip."""
        held = self.booking.state == BOOKED
        match event:
            case ActionPressed("cancel") if held:
                return Open(CancelStep(self.work))
            case ActionPressed("print") if held:
                return print_slip(self.work, self.booking)
            case PrimaryPressed() if held:
                begin_booking(self.work, changing=self.booking)
                return Begin("booking_change")
            case PrimaryPressed():
                return Back()
            case DeviceChanged() | CardLifted():
                return Stay()
        return Ignore()


class CancelStep(Step):
    """要取消这个预约吗？"""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._asked: Asked[BookingAnswer] = Asked(self, BookingAnswer, meanwhile=self.t("也许已经取消了：再试一次，不会出错。"))

    def view(self, chrome: Chrome) -> ViewData:
        """Asked once more; then the center."""
        t = self.t
        booking = booking_sheet(self.work).booking
        assert booking is not None
        if self._asked.waits or self._asked.fault:
            page = self._asked.page(chrome)
            assert page is not None
            return page
        return MessageView(
            chrome=chrome,
            title=t("要取消这个预约吗？"),
            spoken=t("要取消这个预约吗？"),
            tone=Tone.ATTENTION,
            icon="calendar-remove-outline",
            lines=(*booking_lines(self.work, booking), t("取消以后，这个时间就让给别人了。")),
            actions=(
                Button("cancel", t("取消预约"), ActionPressed("cancel")),
                Button("primary", t("不取消，留着"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """Give it back, or keep it."""
        sheet = booking_sheet(self.work)
        if self._asked.note(event):
            if self._asked.answer is None:
                return Stay()
            sheet.booking = self._asked.answer
            return Back()
        following = self._asked.handle(event)
        if following is not None or self._asked.waits:
            return following or Ignore()
        match event:
            case ActionPressed("cancel"):
                assert self.session.card is not None and sheet.booking is not None
                message = BookingCancel(key=self.work.new_key(), booking=sheet.booking.number, number=self.session.card.number)
                self._asked.ask(booking_cancel(sheet.same_or(message)))
                return Stay()
            case PrimaryPressed():
                return Back()
        return Ignore()
