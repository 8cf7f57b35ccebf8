"""Before anything is written: what is told of complaining, to read and to take along; and consent."""

from __future__ import annotations

from kiosk.events import ActionPressed, ConsentAnswered, DeviceChanged, Event, PageTurned, PrimaryPressed
from kiosk.i18n import Texts, noted
from kiosk.journeys.complain.sheet import complaint_sheet
from kiosk.journeys.complain.told import told_pages
from kiosk.journeys.papers import complaint_notice
from kiosk.journeys.printing import PrintStep, print_button
from kiosk.journeys.reading import blocks_of
from kiosk.journeys.step import Forward, GoHome, Ignore, Next, Open, Stay, Step, Workplace
from kiosk.views import Button, Chrome, ConsentView, ReadPart, ReadView, ViewData
from kiosk.wire.documents import Document
from kiosk.wire.filing import Consent

#: Which text the citizen agreed to. A changed text needs a new version: it is recorded with each complaint.
COMPLAINT_CONSENT_VERSION = "2026-11-complaint"


class NoticeStep(Step):
    """投诉前，请看一看: three pages, each with a question of its own."""

    label = noted("须知")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    def view(self, chrome: Chrome) -> ViewData:
        """A page, and on with the same button; all of it can be printed."""
        t = self.t
        pages = self._pages()
        title, parts = pages[self._page]
        last = self._page + 1 == len(pages)
        return ReadView(
            chrome=chrome,
            title=title,
            subtitle=t("第 {page} 页，共 {count} 页", page=self._page + 1, count=len(pages)),
            spoken=title,
            parts=parts,
            actions=(
                *((Button("previous", t("上一页"), PageTurned(-1), "chevron-left"),) if self._page else ()),
                print_button(self.work, t("打印")),
                Button("primary", t("看好了，继续") if last else t("下一页"), PrimaryPressed(), "arrow-right"),
            ),
        )

    def _pages(self) -> tuple[tuple[str, tuple[ReadPart, ...]], ...]:
        return told_pages(self.work.texts, self.work.center_name, self._hotline)

    @property
    def _hotline(self) -> str:
        return self.work.catalogue.hotline if self.work.catalogue else ""

    def _paper(self) -> Document:
        """All pages on one paper, to be read at home. A paper is Chinese in every language of the screen."""
        catalogue = self.work.catalogue
        return complaint_notice(
            tuple((title, blocks_of(parts)) for title, parts in told_pages(Texts(), self.work.center_name, self._hotline)),
            center_name=self.work.center_name,
            printed_at=self.work.clock.now(),
            terminal_id=self.work.config.terminal.id,
            window_hours=catalogue.window_hours if catalogue else "",
            demo=self.work.config.demo,
        )

    def handle(self, event: Event) -> Next:
        """On, page by page; or the paper."""
        last = len(self._pages()) - 1
        match event:
            case PrimaryPressed() if self._page == last:
                return Forward()
            case PrimaryPressed():
                self._page += 1
            case PageTurned(by):
                self._page = min(max(self._page + by, 0), last)
            case ActionPressed("print"):
                return Open(PrintStep(self.work, self._paper()))
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()


class ConsentStep(Step):
    """Agreement to the use of what will be written, in plain words. Refusing leaves the other ways to complain (R6.1)."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Asked once."""
        return complaint_sheet(workplace).consent is None

    def view(self, chrome: Chrome) -> ViewData:
        """What is used, for what, and who sees it."""
        t = self.t
        return ConsentView(
            chrome=chrome,
            title=t("同意后，就可以开始写"),
            subtitle=t("用身份证或不用身份证，都可以投诉"),
            spoken=t("请看一看，同意就按同意。"),
            sentences=(
                t("要写：投诉谁、为什么、事情经过、您的姓名和联系方式。"),
                t("电话、地址填一样就行，没有手机也可以。"),
                t("不会打字，可以写在纸上，在这里拍下来。"),
            ),
            agreement=t(
                "为处理这件投诉，{center}要使用您填写的姓名、联系方式、事情经过和拍摄的内容，用身份证的还有证件上的姓名、号码和住址。只给投诉受理人员看，依法保存。不同意也可以写信，或到中心投诉。",
                center=self.work.center_name,
            ),
            agree=Button("agree", t("同意，继续"), ConsentAnswered(True), "check-bold"),
            refuse=Button("refuse", t("不同意"), ConsentAnswered(False)),
        )

    def handle(self, event: Event) -> Next:
        """Yes is recorded with the text's version; no leads home."""
        if not isinstance(event, ConsentAnswered):
            return Ignore()
        self.work.record("consent_answered", session=self.session.number, agreed=event.agreed, text_version=COMPLAINT_CONSENT_VERSION)
        if not event.agreed:
            return GoHome()
        complaint_sheet(self.work).consent = Consent(text_version=COMPLAINT_CONSENT_VERSION, given_at=self.work.clock.now())
        return Forward()
