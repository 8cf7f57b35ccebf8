"""请核对，没错就预约: everything on one page, then asked of the center at once. The same sent twice is one booking."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import UNREACHABLE, ActionPressed, Event, PrimaryPressed, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.asking import Asked
from kiosk.journeys.book.free import TimeStep
from kiosk.journeys.book.matter import MatterStep, PhoneStep
from kiosk.journeys.book.sheet import BookingSheet, booking_sheet, booking_when, item_name, when_words
from kiosk.journeys.step import Begin, Forward, GoTo, Ignore, Next, Open, Stay, Step, Workplace
from kiosk.link.questions import Question, booking, booking_change
from kiosk.ports import IdCard
from kiosk.views import Button, Chrome, MessageView, Panel, ReviewRow, ReviewView, Tone, ViewData
from kiosk.wire.masking import mask_name, mask_number, mask_phone
from kiosk.wire.services import BookingAnswer, BookingChange, BookingSent

#: The center's refusals after which another time is chosen; and after which one's own bookings are looked at.
_OTHER_TIME = frozenset({"slot_taken", "slot_unknown", "slot_same", "booked_before", "booking_early", "day_past"})
_OWN = frozenset({"bookings_many", "booking_unknown", "booking_over"})


class _SendBooking(Step):
    """Base: a page to check, and what is sent from it."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._asked = self._unasked()

    def _unasked(self) -> Asked[BookingAnswer]:
        return Asked(self, BookingAnswer, meanwhile=self.t("也许已经约上了：再试一次，不会约成两个。"))

    @property
    def sheet(self) -> BookingSheet:
        """What is being booked."""
        return booking_sheet(self.work)

    @property
    def card(self) -> IdCard:
        """Who books."""
        card = self.session.card
        assert card is not None, "the journey identifies before it books"
        return card

    def check_view(self, chrome: Chrome) -> ReviewView:
        """Everything on one page."""
        raise NotImplementedError

    def question(self) -> Question:
        """What is sent."""
        raise NotImplementedError

    def view(self, chrome: Chrome) -> ViewData:
        """The page to check; or the center being asked, or what it said."""
        t, asked = self.t, self._asked
        if asked.waits:
            waiting = asked.page(chrome)
            assert waiting is not None
            return replace(waiting, title=t("正在预约，请稍等一下"), spoken=t("正在预约，请稍等一下。"), icon="calendar-clock-outline")
        if asked.fault == UNREACHABLE:
            page = asked.page(chrome)
            assert page is not None
            return page
        return self._refused(chrome) if asked.fault else self.check_view(chrome)

    def _refused(self, chrome: Chrome) -> MessageView:
        t, code = self.t, self._asked.fault
        label = t("另选时间") if code in _OTHER_TIME else t("看我的预约") if code in _OWN else t("知道了")
        return MessageView(
            chrome=chrome,
            title=t("这次没有约上"),
            spoken=t("这次没有约上。"),
            tone=Tone.ATTENTION,
            icon="calendar-alert",
            lines=(self._asked.sentence, t("别的都没有变，不用从头来。")),
            actions=(Button("primary", label, PrimaryPressed(), "arrow-right"),),
            code=code,
        )

    def handle(self, event: Event) -> Next:
        """Send; the answer leads on, a refusal to what can be done then."""
        asked = self._asked
        if asked.note(event):
            if asked.answer is None:
                return Stay()
            self.sheet.booking = asked.answer
            return Forward()
        if asked.waits:
            return Ignore()
        if asked.fault:
            return self._after_fault(event, asked.fault)
        match event:
            case PrimaryPressed() if wrong := self.wrong():
                return self.edit(wrong)
            case PrimaryPressed():
                asked.ask(self.question())
                return Stay()
            case RowChosen(key):
                return self.edit(key)
        return Ignore()

    def wrong(self) -> str:
        """The line that its own page would not let go on; empty: none."""
        return ""

    def _after_fault(self, event: Event, fault: str) -> Next:
        match event:
            case ActionPressed("retry"):
                self._asked.ask(self.question())
            case PrimaryPressed() if fault in _OTHER_TIME:
                sheet = self.sheet
                sheet.free, sheet.starts = None, None
                return GoTo(TimeStep)
            case PrimaryPressed() if fault in _OWN:
                return Begin("bookings")
            case PrimaryPressed():
                self._asked = self._unasked()
            case _:
                return Ignore()
        return Stay()

    def edit(self, key: str) -> Next:
        """A line of the page, to be changed."""
        return GoTo(TimeStep) if key == "when" else Ignore()

    # ------------------------------------------------------------------ lines

    def _when(self) -> ReviewRow:
        t, sheet = self.t, self.sheet
        assert sheet.day is not None and sheet.starts is not None, "a time is chosen before it is checked"
        return self._row("when", t("时间"), when_words(self.work.texts, sheet.day, sheet.starts), sheet.window)

    def _row(self, key: str, label: str, value: str, detail: str = "", change: str = "") -> ReviewRow:
        return ReviewRow(label, value, detail, edit=Button(f"edit_{key}", change or self.t("修改"), RowChosen(key)))


class CheckStep(_SendBooking):
    """A new booking: what it is for and a telephone may be said, and need not."""

    def check_view(self, chrome: Chrome) -> ReviewView:
        """Time and window, who, what for, telephone."""
        t, sheet = self.t, self.sheet
        phone, matter = sheet.values.get("phone", ""), item_name(self.work, sheet.item_code)
        change_phone = t("要改") if self.wrong() else "" if phone else t("填写")
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就预约"),
            spoken=t("请核对，没错就预约。"),
            rows=(
                self._when(),
                ReviewRow(t("姓名"), mask_name(self.card.name), mask_number(self.card.number), locked_note=t("身份证读入")),
                self._row("matter", t("办什么事"), matter or t("没有选，不选也行"), change="" if matter else t("选一个")),
                self._row("phone", t("电话"), mask_phone(phone) if phone else t("没有填，不填也行"), change=change_phone),
            ),
            info=Panel(Tone.ATTENTION, t("电话号码要改。"), t("不留电话也可以预约。"))
            if self.wrong()
            else Panel(Tone.INFO, t("来的时候带身份证。"), t("来不了，可以在这里改时间或取消。")),
            primary=Button("primary", t("确认预约"), PrimaryPressed(), "check-bold"),
        )

    def wrong(self) -> str:
        """A telephone is right, or is none."""
        return "phone" if PhoneStep(self.work).wrong() else ""

    def question(self) -> Question:
        """As it stands on the page."""
        sheet, card = self.sheet, self.card
        assert sheet.day is not None and sheet.starts is not None
        message = BookingSent(
            key=self.work.new_key(),
            name=card.name,
            number=card.number,
            phone=sheet.values.get("phone", "").strip(),
            item_code=sheet.item_code,
            day=sheet.day,
            window=sheet.window,
            starts=sheet.starts,
        )
        return booking(sheet.same_or(message))

    def edit(self, key: str) -> Next:
        """What it is for, the telephone, or the time."""
        pages = {"matter": MatterStep, "phone": PhoneStep}
        return Open(pages[key](self.work)) if key in pages else super().edit(key)


class ChangeStep(_SendBooking):
    """Another time for a booking: the old one is given back with the same act."""

    def check_view(self, chrome: Chrome) -> ReviewView:
        """From when to when."""
        t, sheet = self.t, self.sheet
        assert sheet.changing is not None
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就改"),
            spoken=t("请核对，没错就改。"),
            rows=(ReviewRow(t("原来"), booking_when(self.work.texts, sheet.changing), sheet.changing.window), self._when()),
            info=Panel(Tone.INFO, t("改好以后，原来的时间就让给别人了。")),
            primary=Button("primary", t("确认改时间"), PrimaryPressed(), "check-bold"),
        )

    def question(self) -> Question:
        """The booking, and its new slot."""
        sheet, number = self.sheet, self.card.number
        assert sheet.changing is not None and sheet.day is not None and sheet.starts is not None
        message = BookingChange(
            key=self.work.new_key(),
            booking=sheet.changing.number,
            number=number,
            day=sheet.day,
            window=sheet.window,
            starts=sheet.starts,
        )
        return booking_change(sheet.same_or(message))
