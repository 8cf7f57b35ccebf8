"""What is free: the day, then window and time. Asked anew each time, for others book meanwhile."""

from __future__ import annotations

from datetime import date, time

from kiosk.events import ActionPressed, Event, PageTurned, PrimaryPressed, RowChosen, TopicChosen
from kiosk.i18n import noted
from kiosk.journeys.asking import Asked
from kiosk.journeys.book.sheet import BookingSheet, booking_sheet
from kiosk.journeys.step import Back, Begin, Forward, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.link.questions import free_slots
from kiosk.views import Button, Chrome, GridSection, GridView, Panel, Tone, ViewData
from kiosk.wire.services import FreeSlotsAnswer

#: Days a page (GridView takes twelve buttons, four chips).
_DAYS = 12
_TIMES = 12
_NOON = time(12)


class _FreeStep(Step):
    """Base: asks what is free, unless that was answered just now."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._asked: Asked[FreeSlotsAnswer] = Asked(self, FreeSlotsAnswer, meanwhile=self.t("不预约也可以直接来，到窗口就办。"))

    @property
    def sheet(self) -> BookingSheet:
        """What is being booked."""
        return booking_sheet(self.work)

    def enter(self) -> None:
        """Ask, if it is not known."""
        if self.sheet.free is None:
            self._asked.ask(free_slots())

    def view(self, chrome: Chrome) -> ViewData:
        """What is free, once it is known."""
        page = self._asked.page(chrome) if self.sheet.free is None else None
        return page or self.free_view(chrome)

    def free_view(self, chrome: Chrome) -> ViewData:
        """The page itself."""
        raise NotImplementedError

    def handle(self, event: Event) -> Next:
        """The center's answer."""
        if self._asked.note(event):
            self.sheet.free = self._asked.answer
            return Stay()
        if self.sheet.free is None:
            return self._asked.handle(event) or Ignore()
        return self.choose(event)

    def choose(self, event: Event) -> Next:
        """What the citizen chooses."""
        raise NotImplementedError

    def places(self, left: int) -> str:
        """3 个空位"""
        return self.t("{n} 个空位", n=left)

    def paged(self, page: int, count: int) -> tuple[Button | None, Button | None, str]:
        """The pager, where there is more than one page."""
        t = self.t
        if count == 1:
            return None, None, ""
        return (
            Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left"),
            Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right"),
            t("{page} / {count} 页", page=page + 1, count=count),
        )


class DayStep(_FreeStep):
    """您想哪天来？"""

    label = noted("日子")

    def enter(self) -> None:
        """Always anew: it is where one comes back to."""
        self.sheet.free = None
        super().enter()

    def _days(self) -> tuple[tuple[date, int], ...]:
        days: dict[date, int] = {}
        for slot in self.sheet.slots():
            days[slot.day] = days.get(slot.day, 0) + slot.left
        return tuple(sorted(days.items()))

    def free_view(self, chrome: Chrome) -> ViewData:
        """Each day with its places left."""
        t, texts, free = self.t, self.work.texts, self.sheet.free
        assert free is not None
        days, page, count = pages_of(self._days(), self._page, _DAYS)
        previous, following, where = self.paged(page, count)
        moved = self.sheet.changing
        return GridView(
            chrome=chrome,
            title=t("您想哪天来？"),
            subtitle=t("改到哪天；原来的先给您留着") if moved else "",
            spoken=t("您想哪天来？"),
            sections=(
                GridSection(
                    "",
                    tuple(
                        Button(
                            f"day_{place}",
                            texts.day(day),
                            RowChosen(day.isoformat()),
                            note=f"{texts.weekday(day)}·{self.places(left)}",
                            selected=day == self.sheet.day,
                        )
                        for place, (day, left) in enumerate(days, 1)
                    ),
                ),
            ),
            empty="" if days else free.note or t("现在没有可以约的时间。"),
            notice=None if days else self._without(),
            previous=previous,
            next=following,
            page=where,
            actions=()
            if days
            else (
                Button("bookings", t("看我的预约"), ActionPressed("bookings"), "calendar-search-outline"),
                Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def _without(self) -> Panel:
        """What else can be done."""
        t = self.t
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return Panel(
            Tone.INFO,
            t("不预约也可以直接来。人工窗口 {hours}", hours=hours) if hours else t("不预约也可以直接来，到窗口就办。"),
            t("很多事在本机就能办，白天晚上都行。"),
        )

    def choose(self, event: Event) -> Next:
        """A day; the windows and times of another one are others."""
        match event:
            case RowChosen(key):
                day = date.fromisoformat(key)
                if day != self.sheet.day:
                    self.sheet.choose(day)
                return Forward()
            case PageTurned(by):
                _, self._page, _ = pages_of(self._days(), self._page + by, _DAYS)
            case ActionPressed("bookings"):
                return Begin("bookings")
            case PrimaryPressed():
                return Back()
            case _:
                return Ignore()
        return Stay()


class TimeStep(_FreeStep):
    """几点来方便？"""

    label = noted("时间")

    def _windows(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slot.window for slot in self.sheet.slots() if slot.day == self.sheet.day))

    @property
    def _window(self) -> str:
        """The one whose times are shown: the chosen one, while it has any."""
        windows = self._windows()
        return self.sheet.window if self.sheet.window in windows else windows[0] if windows else ""

    def _times(self) -> tuple[tuple[time, int], ...]:
        wanted = (self.sheet.day, self._window)
        return tuple(sorted((slot.starts, slot.left) for slot in self.sheet.slots() if (slot.day, slot.window) == wanted))

    def free_view(self, chrome: Chrome) -> ViewData:
        """A chip for each window; its times, in the morning and in the afternoon."""
        t, texts, day = self.t, self.work.texts, self.sheet.day
        assert day is not None
        windows = self._windows()
        times, page, count = pages_of(self._times(), self._page, _TIMES)
        previous, following, where = self.paged(page, count)
        halves = (
            (t("上午"), tuple(each for each in times if each[0] < _NOON)),
            (t("下午"), tuple(each for each in times if each[0] >= _NOON)),
        )
        return GridView(
            chrome=chrome,
            title=t("几点来方便？"),
            subtitle=f"{texts.day(day)} {texts.weekday(day)}" + ("" if len(windows) > 1 else f" {self._window}"),
            spoken=t("几点来方便？"),
            chips=tuple(
                Button(f"window_{place}", name, TopicChosen(name), selected=name == self._window) for place, name in enumerate(windows, 1)
            )
            if len(windows) > 1
            else (),
            sections=tuple(GridSection(title, tuple(self._time(*each) for each in half)) for title, half in halves if half),
            empty="" if times else t("这一天刚刚约满了。\n请换一天，别的都没有变。"),
            previous=previous,
            next=following,
            page=where,
            actions=() if times else (Button("primary", t("换一天"), PrimaryPressed(), "calendar-clock-outline"),),
        )

    def _time(self, starts: time, left: int) -> Button:
        chosen = (self.sheet.window, self.sheet.starts) == (self._window, starts)
        return Button(f"time_{starts:%H%M}", f"{starts:%-H:%M}", RowChosen(starts.isoformat()), note=self.places(left), selected=chosen)

    def choose(self, event: Event) -> Next:
        """A window, a time."""
        match event:
            case TopicChosen(window):
                self.sheet.window, self._page = window, 0
            case RowChosen(key):
                self.sheet.choose(self.sheet.day, self._window, time.fromisoformat(key))
                return Forward()
            case PageTurned(by):
                _, self._page, _ = pages_of(self._times(), self._page + by, _TIMES)
            case PrimaryPressed():
                return Back()
            case _:
                return Ignore()
        return Stay()
