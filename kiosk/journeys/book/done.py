"""约好了: when, where, the slip, the code. And the same of a booking that is looked at later."""

from __future__ import annotations

from kiosk.events import ActionPressed, CardLifted, CardRead, DeviceChanged, Event, PrimaryPressed
from kiosk.i18n import noted
from kiosk.journeys.book.sheet import booking_sheet, booking_when, item_name
from kiosk.journeys.papers import BookingFacts, booking_slip
from kiosk.journeys.printing import PrintStep
from kiosk.journeys.step import EndSession, Ignore, Next, Open, Stay, Step, Workplace
from kiosk.ports import DeviceKind
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData
from kiosk.wire.services import BookingAnswer


def booking_lines(work: Workplace, booking: BookingAnswer) -> tuple[str, ...]:
    """When, where, what for."""
    matter = item_name(work, booking.item_code)
    return (f"{booking_when(work.texts, booking)}，{booking.window}", *((matter,) if matter else ()))


def print_slip(work: Workplace, booking: BookingAnswer) -> Next:
    """The slip, on a page that says how it stands."""
    facts = BookingFacts(
        center_name=work.center_name,
        terminal_id=work.config.terminal.id,
        booking=booking,
        printed_at=work.clock.now(),
        item_name=item_name(work, booking.item_code),
        window_hours=work.catalogue.window_hours if work.catalogue else "",
    )
    return Open(PrintStep(work, booking_slip(facts, demo=work.config.demo)))


def printer_out(work: Workplace) -> Panel | None:
    """What holds without paper."""
    if work.hub.usable(DeviceKind.PRINTER):
        return None
    t = work.texts.t
    return Panel(Tone.ATTENTION, t("打印机现在打不了，预约不受影响。"), t("来的时候带身份证就行，也可以记下时间。"))


class BookedStep(Step):
    """约好了."""

    label = noted("完成")
    can_go_back = False

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._printed = False

    @property
    def booking(self) -> BookingAnswer:
        """As the center confirmed it."""
        booking = booking_sheet(self.work).booking
        assert booking is not None, "this page comes after booking"
        return booking

    def view(self, chrome: Chrome) -> ViewData:
        """What was booked; its slip is the next thing to do, then the end."""
        t = self.t
        moved = booking_sheet(self.work).changing is not None
        works = self.work.hub.usable(DeviceKind.PRINTER)
        title = t("时间改好了") if moved else t("约好了")
        end = t("都拿好了，结束") if self._printed else t("不要纸，结束") if works else t("记住了，结束")
        paper = Button("print", t("再打一张") if self._printed else t("打印预约单"), ActionPressed("print"), "printer-outline")
        finish = Button("primary" if self._printed or not works else "finish", end, PrimaryPressed(), "check-bold")
        return MessageView(
            chrome=chrome,
            title=title,
            spoken=title,
            tone=Tone.DONE,
            icon="calendar-check-outline",
            lines=(*booking_lines(self.work, self.booking), t("来的时候带身份证。")),
            panel=printer_out(self.work),
            actions=(finish,) if not works else (paper, finish) if self._printed else (finish, paper),
            qr=self.booking.code,
            qr_title=t("预约单上的码"),
            qr_note=t("在本机扫一扫，再放身份证，可看、可改、可取消。"),
        )

    def handle(self, event: Event) -> Next:
        """The slip; the end."""
        match event:
            case ActionPressed("print"):
                self._printed = True
                return print_slip(self.work, self.booking)
            case PrimaryPressed():
                return EndSession("done")
            case DeviceChanged() | CardLifted() | CardRead():
                return Stay()
        return Ignore()
