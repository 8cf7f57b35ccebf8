"""Before anything is written: what a complaint is for, which matters go elsewhere and where (R6.4), who sees the name (R6.8), how long it takes."""

from __future__ import annotations

from kiosk.events import ConsentAnswered, Event, PageTurned, PrimaryPressed
from kiosk.i18n import noted
from kiosk.journeys.complain.sheet import complaint_sheet
from kiosk.journeys.step import Forward, GoHome, Ignore, Next, Stay, Step, Workplace
from kiosk.views import Button, Chrome, ConsentView, ReadPart, ReadView, ViewData
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
        """A page, and on with the same button."""
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
                Button("primary", t("看好了，继续") if last else t("下一页"), PrimaryPressed(), "arrow-right"),
            ),
        )

    def _pages(self) -> tuple[tuple[str, tuple[ReadPart, ...]], ...]:
        t = self.t
        return (
            (t("什么事可以在这里投诉"), self._what_for()),
            (t("这几种事，请走别的路"), self._elsewhere()),
            (t("多久有答复"), self._limits()),
        )

    def _what_for(self) -> tuple[ReadPart, ...]:
        t = self.t
        return (
            ReadPart("paragraph", t("对{center}、窗口或工作人员不满意，都可以投诉：", center=self.work.center_name)),
            ReadPart("bullet", t("态度不好，推来推去，没人负责")),
            ReadPart("bullet", t("没有一次说清要带什么")),
            ReadPart("bullet", t("过了时限还没办，乱收费")),
            ReadPart("paragraph", t("个人、企业、单位都可以；可以替别人投诉，几个人也可以推一位代表。")),
            ReadPart("heading", t("谁看得到您的名字")),
            ReadPart("paragraph", t("只有投诉受理人员看得到。")),
            ReadPart("strong", t("被投诉的窗口和人员看不到是谁投诉的。")),
            ReadPart("paragraph", t("谁打击报复，要追究谁的责任。")),
        )

    def _elsewhere(self) -> tuple[ReadPart, ...]:
        t = self.t
        return (
            ReadPart("paragraph", t("下面的事，中心依规定不能受理：")),
            ReadPart("strong", t("应当打官司、仲裁、行政复议的")),
            ReadPart("bullet", t("请找法院、仲裁机构或复议机关，可以先打 12348 问一问。")),
            ReadPart("strong", t("信访、复议、仲裁、法院正在办的")),
            ReadPart("bullet", t("请向正在办的机关问进展、补充意见。")),
            ReadPart("strong", t("对它们的处理结果不服的")),
            ReadPart("bullet", t("请按决定书、裁判书上写的办法和期限提出。")),
            ReadPart("strong", t("已经向主管单位提出，或依法归别的单位管的")),
            ReadPart("bullet", t("请找那个单位；不知道是哪个，可以打 12345 问。")),
            ReadPart("strong", t("不确定也可以先提交，中心会告诉您去哪里。")),
        )

    def _limits(self) -> tuple[ReadPart, ...]:
        t = self.t
        return (
            ReadPart("heading", t("是否受理")),
            ReadPart("paragraph", t("能当场决定的当场决定，其他的三个工作日内决定。")),
            ReadPart("heading", t("办多久")),
            ReadPart("paragraph", t("从办理的单位收到起：一般三个工作日，复杂的十个工作日。")),
            ReadPart("paragraph", t("特别的，领导批准后最长三十个工作日，理由书面告诉您。")),
            ReadPart("heading", t("结果")),
            ReadPart("paragraph", t("书面告诉您。不同意的，十五个工作日内可以申辩，或请上一级复查。")),
            ReadPart("heading", t("证据")),
            ReadPart("paragraph", t("可以现在拍，也可以三个工作日内再来这里交，或送到中心。")),
        )

    def handle(self, event: Event) -> Next:
        """On, page by page."""
        last = len(self._pages()) - 1
        match event:
            case PrimaryPressed() if self._page == last:
                return Forward()
            case PrimaryPressed():
                self._page += 1
            case PageTurned(by):
                self._page = min(max(self._page + by, 0), last)
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
