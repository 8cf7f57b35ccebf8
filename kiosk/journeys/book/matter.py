"""What a booking is for, and a telephone: both may be left out."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, RowChosen
from kiosk.journeys.book.sheet import BookingSheet, booking_sheet
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, GridSection, GridView, ViewData
from kiosk.wire.forms import FieldKind, FormField

_ROWS = 8
_OTHER = "other"


class MatterStep(Step):
    """您来办什么事？"""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    def _items(self) -> tuple[tuple[str, str], ...]:
        """What a window of the center is for: what other bodies handle is none of it (R1.4)."""
        return tuple((item.code, item.task_name) for item in self.work.items() if item.elsewhere is None)

    def view(self, chrome: Chrome) -> ViewData:
        """The items, and something else."""
        t = self.t
        chosen = booking_sheet(self.work).item_code
        items, page, count = pages_of(self._items(), self._page, _ROWS)
        rows = (
            *(Button(f"matter_{place}", name, RowChosen(code), selected=code == chosen) for place, (code, name) in enumerate(items, 1)),
            Button("matter_other", t("其他，或还没想好"), RowChosen(_OTHER), selected=not chosen),
        )
        return GridView(
            chrome=chrome,
            title=t("您来办什么事？"),
            subtitle=t("选了，窗口好提前准备；不选也行"),
            spoken=t("您来办什么事？"),
            sections=(GridSection("", rows),),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def handle(self, event: Event) -> Next:
        """One of them, and back."""
        match event:
            case RowChosen(code):
                booking_sheet(self.work).item_code = "" if code == _OTHER else code
                return Back()
            case PageTurned(by):
                _, self._page, _ = pages_of(self._items(), self._page + by, _ROWS)
                return Stay()
        return Ignore()


class PhoneStep(FormPages):
    """留个电话吗？"""

    @property
    def sheet(self) -> BookingSheet:
        """The booking."""
        return booking_sheet(self.work)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """One."""
        t = self.t
        phone = FormField(
            code="phone",
            label=t("电话"),
            question=t("请输电话号码"),
            kind=FieldKind.PHONE,
            required=False,
            hint=t("手机或座机；只用来商量这次预约"),
            max_length=20,
        )
        return (phone,)

    def marks_at_once(self) -> bool:
        """It is only opened from the check page."""
        return True

    def heading(self) -> tuple[str, str]:
        """Nobody needs one."""
        return self.t("要留个电话吗？"), self.t("不留也一样，直接按下一步")
