"""What opens a complaint: the ID card; or its receipt's code and six digits. The code alone tells which of the two, and no more (R6.8)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import UNREACHABLE, ActionPressed, Event, PrimaryPressed
from kiosk.journeys.asking import Asked
from kiosk.journeys.card_page import CardPage
from kiosk.journeys.complain.party import DIGITS
from kiosk.journeys.complaints.one import ComplaintStep
from kiosk.journeys.complaints.sheet import Opened, OpeningSheet
from kiosk.journeys.filling import FormPages
from kiosk.journeys.identify import ConsentStep
from kiosk.journeys.message import TellStep
from kiosk.journeys.progress import ScanStep
from kiosk.journeys.step import Begin, Forward, Ignore, Next, Open, Stay, Swap, Workplace
from kiosk.link.questions import complaint, complaint_receipt
from kiosk.views import Button, Chrome, FormView, MessageView, Panel, ScanView, Tone, ViewData
from kiosk.wire.complaints import Access, ComplaintDetail, ComplaintReceiptAnswer, Opens
from kiosk.wire.forms import FieldKind, FormField


class FindStep(ScanStep):
    """请扫投诉回执，或放身份证."""

    def view(self, chrome: Chrome) -> ViewData:
        """The same two ways as for a case."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, ScanView)
        return replace(
            view,
            title=t("请扫投诉回执或放身份证"),
            subtitle=t("当时没用身份证的，请扫回执上的码"),
            spoken=t("请把投诉回执上的码对准扫码口，或者放上身份证。"),
        )


class FindByReceiptStep(FindStep):
    """请扫投诉回执: of a complaint that the card on the reader does not open."""

    def arm_reader(self) -> None:
        """The card was read already; this is of what it does not open."""

    def view(self, chrome: Chrome) -> ViewData:
        """One way."""
        view = super().view(chrome)
        assert isinstance(view, ScanView)
        return replace(view, title=self.t("请扫投诉回执"), spoken=self.t("请把投诉回执上的码对准扫码口。"), ways=view.ways[:1])


class ViewConsentStep(ConsentStep):
    """Agreement to look up what belongs to a card."""

    def purpose(self) -> str:
        """What is looked up."""
        return self.t("查自己的投诉")

    def told(self) -> tuple[str, ...]:
        """Which complaints."""
        t = self.t
        return t("您可以查看自己的投诉：办到哪一步、什么时候答复、书面结果怎么说。"), t("只查用这张身份证交的投诉。")


class ReceiptStep(CardPage):
    """A receipt was held up: what opens it is asked for, and nothing shown."""

    def __init__(self, workplace: Workplace, code: str) -> None:
        super().__init__(workplace)
        self._code = code
        self._asked: Asked[ComplaintReceiptAnswer] = Asked(self, ComplaintReceiptAnswer)

    def enter(self) -> None:
        """Ask the center; the reader is needed only where a card opens it."""
        if self._asked.answer is None:
            self._asked.ask(complaint_receipt(self._code))
        super().enter()

    def arm_reader(self) -> None:
        """Not before it is known that a card opens it."""
        if self._asked.answer is not None:
            super().arm_reader()

    def view(self, chrome: Chrome) -> ViewData:
        """Being asked; or put the card on."""
        t = self.t
        page = self._asked.page(chrome, self._unknown)
        if page is not None:
            return page
        reader = self.reader_works
        place = t("读卡区在{place}。", place=self.work.config.places.id_card)
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return MessageView(
            chrome=chrome,
            title=t("这份投诉凭身份证看"),
            spoken=t("这份投诉凭身份证看，请放身份证。"),
            tone=Tone.INFO if reader else Tone.ATTENTION,
            icon="card-account-details-outline",
            lines=(t("请放交投诉时用的那张身份证。"), place)
            if reader
            else (
                t("读卡器暂时不能用，恢复以后，这一页会自动继续。"),
                t("急着看，请在{hours}到中心。", hours=hours) if hours else t("急着看，请到中心。"),
            ),
            panel=self.not_read() or Panel(Tone.INFO, t("只凭回执上的码，谁也看不到内容。")),
            actions=(self.leads_on(t("看投诉")),),
        )

    def _unknown(self, chrome: Chrome) -> MessageView:
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("现在打不开这份投诉"),
            spoken=t("现在打不开这份投诉。"),
            tone=Tone.INFO,
            icon="magnify-close",
            lines=(self._asked.sentence,),
            actions=(
                Button("retry", t("再查一次"), ActionPressed("retry"), "refresh"),
                Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """The answer leads on to the digits; a card to the card's own complaints."""
        if self._asked.note(event):
            return self._answered()
        return self._asked.handle(event) or super().handle(event)

    def _answered(self) -> Next:
        answer = self._asked.answer
        if answer is not None and answer.opens_with is Opens.DIGITS:
            return Swap(OpenStep(self.work, self._code))
        if answer is not None:
            self.arm_reader()
        return Stay()

    def opened(self) -> Next:
        """The card holder's own complaints, and this one if it is among them."""
        assert self._asked.answer is not None
        self.session.item = None
        self.session.sheet(OpeningSheet).wanted = self._asked.answer.receipt_number
        return Begin("own_complaints")


class OpenStep(FormPages):
    """请输六位数字: what the citizen chose when the complaint was filed. Forgotten as soon as it has opened it."""

    def __init__(self, workplace: Workplace, code: str) -> None:
        workplace.session.sheet(OpeningSheet).values.clear()
        super().__init__(workplace)
        self._code = code
        self._digits = ""
        self._asked: Asked[ComplaintDetail] = Asked(self, ComplaintDetail)

    @property
    def sheet(self) -> OpeningSheet:
        """Where the digits are while they are typed."""
        return self.session.sheet(OpeningSheet)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """One."""
        t = self.t
        digits = FormField(
            code="digits",
            label=t("六位数字"),
            question=t("请输六位数字"),
            kind=FieldKind.NUMBER,
            hint=t("点一下框再输；屏幕上不显示"),
            max_length=DIGITS,
        )
        return (digits,)

    def heading(self) -> tuple[str, str]:
        """Which digits."""
        return self.t("请输六位数字"), self.t("交投诉时您自己设的；忘记了，请带身份证到中心查")

    def secret(self, field: FormField) -> bool:
        """Not over a shoulder."""
        return True

    def leaving(self) -> tuple[str, str]:
        """Nothing opens without them."""
        return "", ""

    def refused(self) -> dict[str, str]:
        """All six."""
        return {} if len(self.sheet.values.get("digits", "")) == DIGITS else {"digits": self.t("请输满六位数字")}

    def view(self, chrome: Chrome) -> ViewData:
        """The digits; or the center being asked."""
        if self._asked.waits or self._asked.fault:
            page = self._asked.page(chrome)
            assert page is not None
            return page
        view = super().view(chrome)
        assert isinstance(view, FormView)
        return replace(view, primary=replace(view.primary, label=self.t("打开投诉")))

    def handle(self, event: Event) -> Next:
        """Ask once all six are there; a wrong try says so and leads back here."""
        if self._asked.note(event):
            return self._answered()
        following = self._asked.handle(event)
        if following is not None:
            return following
        if self._asked.waits:
            return Ignore()
        following = super().handle(event)
        if not isinstance(following, Forward):
            return following
        self._digits = self.sheet.values.pop("digits")
        self._asked.ask(complaint(self._code, self._digits))
        return Stay()

    def _answered(self) -> Next:
        answer, fault, sentence = self._asked.answer, self._asked.fault, self._asked.sentence
        if answer is not None:
            return Swap(ComplaintStep(self.work, Opened(answer, Access(code=self._code, digits=self._digits), self._code)))
        if fault == UNREACHABLE:
            return Stay()
        self._digits, self._asked = "", Asked(self, ComplaintDetail)
        return Open(TellStep(self.work, self.t("没有打开"), (sentence,), Tone.ATTENTION, "lock-alert-outline"))
