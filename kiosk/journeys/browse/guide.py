"""A guide with its eight fields (R1.2): read aloud, in larger type, printed, taken along by its code, and “现在办理”."""

from __future__ import annotations

from kiosk.events import ActionPressed, DeviceChanged, Event, PrimaryPressed
from kiosk.journeys.browse.guide_pages import guide_pages
from kiosk.journeys.codes import guide_code
from kiosk.journeys.facts import fee_text, kind_text, limit_text
from kiosk.journeys.papers import guide_paper
from kiosk.journeys.printing import Along, PrintStep, print_button
from kiosk.journeys.step import Begin, Ignore, Next, Open, Stay, Step, Workplace
from kiosk.ports import DeviceKind, DeviceState
from kiosk.views import Button, Chrome, GuideSection, GuideView, Panel, Tone, ViewData
from kiosk.wire.items import ServiceItem


class GuideStep(Step):
    """One guide."""

    def __init__(self, workplace: Workplace, item: ServiceItem) -> None:
        super().__init__(workplace)
        self._item = item
        self._page = 0
        self._large = False
        self._code = guide_code(workplace, item.code)

    @property
    def _pages(self) -> tuple[tuple[GuideSection, ...], ...]:
        return guide_pages(self.work.texts, self._item, large=self._large)

    @property
    def _has_public_page(self) -> bool:
        return bool(self.work.catalogue and self.work.catalogue.public_base_url)

    def view(self, chrome: Chrome) -> ViewData:
        """The eight fields: name on top, three facts in a row, four sections in pages."""
        t = self.t
        item = self._item
        texts = self.work.texts
        pages = self._pages
        public = self._has_public_page
        unknown = t("待核实")
        facts = (
            (t("承诺时限"), limit_text(texts, item) or unknown),
            (t("收费依据及标准"), fee_text(texts, item) or unknown),
            (t("受理部门"), item.dept_name.text or unknown),
        )
        elsewhere = self._elsewhere()
        return GuideView(
            chrome=chrome,
            title=item.task_name,
            subtitle=t("·").join(part for part in (t("事项名称"), kind_text(texts, item)) if part),
            spoken=self._spoken(facts, elsewhere, pages[self._page]),
            facts=facts,
            sections=pages[self._page],
            qr=self._code,
            qr_title=t("手机扫一扫") if public else t("本机扫码"),
            qr_note=t("带走这份指南") if public else t("打印或拍下来，下次扫一扫就打开"),
            print=print_button(self.work, t("打印指南")),
            more=self._more_button(len(pages)),
            apply=self._apply_button(),
            elsewhere=elsewhere,
            page=f"{self._page + 1}/{len(pages)}",
            larger=Button("larger", t("标准字"), ActionPressed("larger"), "format-font-size-decrease")
            if self._large
            else Button("larger", t("大字"), ActionPressed("larger"), "format-font-size-increase"),
            large=self._large,
        )

    def _elsewhere(self) -> Panel | None:
        """R1.4: which body, where, how to reach it."""
        t, elsewhere = self.t, self._item.elsewhere
        if elsewhere is None:
            return None
        reach = [part for part in (elsewhere.place, elsewhere.how) if part]
        return Panel(
            Tone.ATTENTION,
            t("这件事由{body}办理", body=elsewhere.body),
            "\n".join(reach) or t("地点和电话待核实，请到人工窗口问一问。"),
        )

    def _spoken(self, facts: tuple[tuple[str, str], ...], elsewhere: Panel | None, sections: tuple[GuideSection, ...]) -> str:
        """The page as it would be read to somebody; what stands on top is read with the first page alone."""
        t = self.t
        said: list[str] = []
        if self._page == 0:
            said += [self._item.task_name, *(t("{label}：{value}", label=label, value=value) for label, value in facts)]
            said += [elsewhere.text, *elsewhere.detail.split("\n")] if elsewhere else []
        for section in sections:
            said += [part for part in (section.title, *section.lines, section.open, section.note) if part]
        return "".join(part if part.endswith(("。", "！", "？", "；")) else t("{sentence}。", sentence=part) for part in said)

    def _more_button(self, count: int) -> Button | None:
        t = self.t
        if count == 1:
            return None
        last = self._page + 1 == count
        return Button(
            "more",
            t("回到前面") if last else t("更多"),
            ActionPressed("more"),
            "chevron-left" if last else "chevron-right",
            t("第 {page} 页，共 {count} 页", page=self._page + 1, count=count),
        )

    def _apply_button(self) -> Button:
        t = self.t
        if not self._item.handled_here:
            return Button("primary", t("现在办理"), None, "arrow-right", t("不在本中心办"))
        if not self._item.apply_here:
            return Button("primary", t("现在办理"), None, "arrow-right", t("这件事请到人工窗口办"))
        reader = self.work.hub.status[DeviceKind.ID_CARD].state
        note = t("身份证读卡器暂时不能用") if reader in (DeviceState.ABSENT, DeviceState.FAULT) else ""
        return Button("primary", t("现在办理"), PrimaryPressed(), "arrow-right", note)

    def _print(self) -> Next:
        paper = guide_paper(
            self._item,
            center_name=self.work.center_name,
            qr_text=self._code,
            printed_at=self.work.clock.now(),
            terminal_id=self.work.config.terminal.id,
            demo=self.work.config.demo,
        )
        along = Along(self._code, self.t("带走这份指南")) if self._has_public_page else None
        return Open(PrintStep(self.work, paper, along))

    def handle(self, event: Event) -> Next:
        """More, larger, print, apply."""
        match event:
            case ActionPressed("more"):
                self._page = (self._page + 1) % len(self._pages)
                return Stay()
            case ActionPressed("larger"):
                self._enlarge()
                return Stay()
            case ActionPressed("print"):
                return self._print()
            case PrimaryPressed() if self._item.apply_here:
                self.session.item = self._item
                return Begin("application")
            case DeviceChanged():
                return Stay()
        return Ignore()

    def _enlarge(self) -> None:
        """The other size, on the page where the section that was read goes on."""
        reading = self._pages[self._page][0].title
        self._large = not self._large
        self._page = next(place for place, page in enumerate(self._pages) if any(each.title == reading for each in page))
