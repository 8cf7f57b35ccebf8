"""Papers under the document camera, one page after the other; the list shows what is there and what is missing."""

from __future__ import annotations

from kiosk.events import (
    ActionPressed,
    BackPressed,
    CaptureFailed,
    DeviceChanged,
    Event,
    PageCaptured,
    PageSeen,
    PageTurned,
    PrimaryPressed,
    RowChosen,
)
from kiosk.journeys.filling.paper_words import follow_until, paper_row, short_name, wanted_later
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.filling.stack import MOST_PAGES, is_there, settled
from kiosk.journeys.step import Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.ports import DeviceKind, PageFault
from kiosk.session import Sheet
from kiosk.views import Button, Chrome, MaterialRow, MaterialsView, Panel, Tone, ViewData
from kiosk.wire.items import Material, Need

_ROWS = 3

#: With these there is no page to keep; the others can be kept as they are, if the citizen wants.
_NOTHING_TO_TAKE = (PageFault.NO_PAGE, PageFault.CUT_OFF)


class PaperPages(Step):
    """Base of every page with the camera. A journey says which papers, and where they are kept."""

    @property
    def sheet(self) -> Sheet:
        """Where the pages are kept: in the session."""
        raise NotImplementedError

    @property
    def materials(self) -> tuple[Material, ...]:
        """The papers. At least one of them is to be captured."""
        raise NotImplementedError

    def check_page(self) -> type[Step] | None:
        """Where what is edited is checked: once that page was reached, going on and back lead there."""
        return None

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._seen: tuple[PageFault, ...] = (PageFault.NO_PAGE,)
        self._waiting_for = ""
        self._captures = 0
        self._failed = False
        #: The paper of which one more page is to be taken than it must have.
        self._extra = ""
        self._page = 0
        self._current = self._next_open() or self._first_capturable()
        self._show_current()

    def wrong(self) -> bool:
        """Whether a paper keeps from going on: it is neither here, nor said to be not here."""
        return bool(self._next_open())

    @property
    def camera_works(self) -> bool:
        """Whether pages can be taken now."""
        return self.work.hub.usable(DeviceKind.DOCUMENT_CAMERA)

    def _next_open(self) -> str:
        return next((m.code for m in self.materials if not settled(self.sheet, m)), "")

    def _first_capturable(self) -> str:
        return next(m.code for m in self.materials if not (m.from_card or m.from_form))

    def _material(self, code: str) -> Material:
        return next(m for m in self.materials if m.code == code)

    def _show_current(self) -> None:
        position = next(i for i, m in enumerate(self.materials) if m.code == self._current)
        self._page = position // _ROWS

    def enter(self) -> None:
        """Begin live view."""
        self.work.hub.devices.document_camera.open(self.session.number)

    def leave(self) -> None:
        """End it, and forget the frames."""
        self.work.hub.devices.document_camera.close()

    # ------------------------------------------------------------------ showing

    def view(self, chrome: Chrome) -> ViewData:
        """List, live picture, what to do next."""
        t = self.t
        current = self._material(self._current)
        shown, page, count = pages_of(self.materials, self._page, _ROWS)
        there = sum(is_there(self.sheet, m) for m in self.materials)
        done = not self._next_open() and not self._extra
        taken = self.sheet.pages.get(current.code, [])
        title, notice = self._title(current, done)
        return MaterialsView(
            chrome=chrome,
            title=title,
            subtitle=self._about(current, there, done),
            spoken=title,
            rows=tuple(self._row(m) for m in shown),
            camera=self.work.hub.devices.document_camera if self.camera_works and not done else None,
            sentence="" if done or not self.camera_works else self._sentence(),
            good=not self._seen,
            taken=tuple(page.jpeg for page in taken),
            taken_count=len(taken),
            actions=self._actions(current, done),
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            notice=notice,
        )

    def _about(self, current: Material, there: int, done: bool) -> str:
        """Of a paper that may follow, until when: before the citizen says that it is not with them."""
        t = self.t
        if not done and current.is_need is Need.MAY_FOLLOW and not is_there(self.sheet, current):
            return t("没有带可以后补：{until}", until=follow_until(self.work.texts, current))
        return t("共 {n} 样：已有 {there} 样，还缺 {wanted} 样", n=len(self.materials), there=there, wanted=len(self.materials) - there)

    def _title(self, current: Material, done: bool) -> tuple[str, Panel | None]:
        t = self.t
        if done:
            wanted = wanted_later(self.work.texts, self.sheet, self.materials)
            if wanted:
                return t("可以先提交"), wanted
            return t("材料都有了"), Panel(Tone.DONE, t("材料都有了，请按下一步。"), t("点上面的一样，可以看一看或重新拍。"))
        if not self.camera_works:
            return t("高拍仪暂时不能用"), Panel(
                Tone.ATTENTION, t("现在拍不了材料，申请可以照常提交。"), t("材料可以到窗口补交；高拍仪恢复后，这一页会自动继续。")
            )
        index = min(len(self.sheet.pages.get(current.code, [])), len(current.pages) - 1)
        name = current.pages[index]
        return (
            t("请拍{paper}“{page}”", paper=short_name(current.material_name), page=name)
            if name
            else t("请拍{paper}", paper=current.material_name)
        ), None

    def _sentence(self) -> str:
        t = self.t
        if self._waiting_for:
            return t("正在拍，请不要动")
        if self._failed:
            return t("没有拍到，请放平再拍一次")
        if not self._seen:
            return t("四个角都看到了，很清楚，可以拍")
        return {
            PageFault.NO_PAGE: t("请把材料平放在高拍仪下面"),
            PageFault.CUT_OFF: t("没有拍全，请把四个角都放进来"),
            PageFault.DARK: t("太暗了，请不要挡住灯光"),
            PageFault.GLARE: t("有反光，请把材料转一转或放平"),
            PageFault.BLURRED: t("不太清楚，请放平，等一下再拍"),
        }[self._seen[0]]

    def _row(self, material: Material) -> MaterialRow:
        return paper_row(
            self.work.texts,
            self.sheet,
            material,
            current=material.code == self._current,
            extra=material.code == self._extra,
            camera_works=self.camera_works,
        )

    def _actions(self, current: Material, done: bool) -> tuple[Button, ...]:
        t = self.t
        there = is_there(self.sheet, current) and not self._extra
        pages = len(self.sheet.pages.get(current.code, []))
        retake = Button("retake", t("重新拍"), ActionPressed("retake"), "refresh")
        follows = current.is_need is Need.MAY_FOLLOW
        absent = Button("not_with_me", t("没有带，后补") if follows else t("没有带"), ActionPressed("not_with_me"))
        if done:
            go_on = Button("primary", t("下一步"), PrimaryPressed(), "arrow-right")
            if not self.camera_works:
                return (go_on,)
            if not there:
                return (Button("retake", t("现在拍"), ActionPressed("retake"), "camera-outline"), go_on)
            return (retake, *self._another(pages), go_on)
        if not self.camera_works:
            return (Button("all_later", t("材料以后补交，下一步"), ActionPressed("all_later"), "arrow-right"),)
        if there:
            return (retake, *self._another(pages), Button("primary", t("拍下一样"), PrimaryPressed(), "camera-outline"))
        if self._extra:
            absent = Button("enough", t("不拍了"), ActionPressed("enough"))
        if self._waiting_for:
            return (absent, Button("capture", t("正在拍"), None, "camera-outline", busy=True))
        blocked = any(fault in _NOTHING_TO_TAKE for fault in self._seen)
        label = t("拍这一页") if not self._seen or blocked else t("就这样拍")
        return (absent, Button("capture", label, None if blocked else ActionPressed("capture"), "camera-outline"))

    def _another(self, pages: int) -> tuple[Button, ...]:
        """A paper may have more pages than it is asked for."""
        return (Button("another", self.t("再拍一页"), ActionPressed("another"), "plus"),) if 0 < pages < MOST_PAGES else ()

    # ------------------------------------------------------------------ doing

    def handle(self, event: Event) -> Next:
        """The camera's word, and the citizen's."""
        match event:
            case PageSeen(_, faults):
                self._seen = faults
            case PageCaptured(_, request, page) if request == self._waiting_for:
                self._waiting_for, self._failed, self._extra = "", False, ""
                self.sheet.pages.setdefault(self._current, []).append(page)
                self.work.record(
                    "page_captured",
                    session=self.session.number,
                    material=self._current,
                    page=len(self.sheet.pages[self._current]),
                    bytes=len(page.jpeg),
                )
                if settled(self.sheet, self._material(self._current)):
                    self._current = self._next_open() or self._current
                    self._show_current()
            case CaptureFailed(_, request, fault) if request == self._waiting_for:
                self._waiting_for, self._failed = "", True
                self.work.record("capture_failed", session=self.session.number, fault=fault)
            case ActionPressed("capture") if not self._waiting_for:
                self._captures += 1
                self._waiting_for = f"{self._current}-{self._captures}"
                self.work.hub.devices.document_camera.capture(self.session.number, self._waiting_for)
            case ActionPressed("retake"):
                self.sheet.pages.pop(self._current, None)
                self.sheet.missing.discard(self._current)
            case ActionPressed("another"):
                self._extra, self._failed = self._current, False
            case ActionPressed("enough"):
                self._extra, self._waiting_for = "", ""
            case ActionPressed("not_with_me"):
                self.sheet.pages.pop(self._current, None)
                self.sheet.missing.add(self._current)
                self._waiting_for = ""
                self._current = self._next_open() or self._current
                self._show_current()
            case ActionPressed("all_later"):
                self.sheet.missing |= {m.code for m in self.materials if not settled(self.sheet, m)}
                return onward(self.sheet, self.check_page())
            case RowChosen(code):
                self._current, self._waiting_for, self._extra = code, "", ""
                self.sheet.missing.discard(code)
            case BackPressed():
                return backward(self.sheet, self.check_page())
            case PageTurned(by):
                _, self._page, _ = pages_of(self.materials, self._page + by, _ROWS)
            case PrimaryPressed():
                following = self._next_open()
                if not following:
                    return onward(self.sheet, self.check_page())
                self._current = following
                self._show_current()
            case DeviceChanged(status) if status.device is DeviceKind.DOCUMENT_CAMERA:
                if not self.camera_works:
                    self._waiting_for, self._seen = "", (PageFault.NO_PAGE,)
            case _:
                return Ignore()
        return Stay()
