"""Which matter is to be rated: the receipt is held up, and its state asked. A center that is away keeps nobody from rating."""

from __future__ import annotations

from kiosk.events import UNREACHABLE, ActionPressed, CodeScanned, DeviceChanged, Event, PrimaryPressed
from kiosk.journeys.asking import Asked
from kiosk.journeys.codes import is_forged, own_code, scanned
from kiosk.journeys.rate.rating import RateStep
from kiosk.journeys.step import Back, Begin, GoHome, Ignore, Next, Open, Stay, Step, Swap, Workplace
from kiosk.link.questions import case_state
from kiosk.ports import DeviceKind
from kiosk.views import Button, Chrome, MessageView, Panel, ScanView, Tone, ViewData
from kiosk.wire.cases import CaseStateAnswer
from kiosk.wire.codes import CodeKind, parse_code
from kiosk.wire.masking import group_number


class ScanReceiptStep(Step):
    """请扫回执上的码."""

    def enter(self) -> None:
        """Look for a code."""
        self.work.hub.devices.scanner.arm(self.session.number)

    def leave(self) -> None:
        """The scanner rests."""
        self.work.hub.devices.scanner.disarm()

    def view(self, chrome: Chrome) -> ViewData:
        """One way here; who has no receipt rates in their own cases."""
        t = self.t
        works = self.work.hub.usable(DeviceKind.SCANNER)
        place = self.work.config.places.scanner
        return ScanView(
            chrome=chrome,
            title=t("请扫回执上的码"),
            subtitle=t("要给哪件事打分，就扫哪件事的回执"),
            spoken=t("请把回执上的码对准扫码口。"),
            ways=(
                (
                    "qrcode-scan",
                    t("扫回执上的码"),
                    t("扫码口在{place}", place=place) if works else t("扫码器暂时不能用"),
                    "ready" if works else "absent",
                ),
            ),
            notice=Panel(Tone.INFO if works else Tone.ATTENTION, t("没有带回执？放身份证，也能打分。"), t("在您的办件里点开那件事。")),
            actions=(Button("own", t("看我的办件"), ActionPressed("own"), "card-account-details-outline"),),
        )

    def handle(self, event: Event) -> Next:
        """A receipt is rated; any other code leads where it leads everywhere."""
        match event:
            case CodeScanned(_, text):
                code = own_code(self.work, text)
                parsed = parse_code(code)
                if parsed is None or parsed[0].kind is not CodeKind.RECEIPT or is_forged(self.work, code):
                    return scanned(self.work, text)
                self.work.record("code_scanned", session=self.session.number, kind="receipt")
                return Open(StateToRateStep(self.work, code, parsed[0].number))
            case ActionPressed("own"):
                return Begin("progress")
            case DeviceChanged():
                return Stay()
        return Ignore()


class StateToRateStep(Step):
    """Whether there is such a case; then it is rated."""

    def __init__(self, workplace: Workplace, code: str, number: str) -> None:
        super().__init__(workplace)
        self._code = code
        self._number = number
        self._asked: Asked[CaseStateAnswer] = Asked(self, CaseStateAnswer)

    def enter(self) -> None:
        """Ask."""
        self._asked.ask(case_state(self._code))

    def view(self, chrome: Chrome) -> ViewData:
        """Being asked; or that there is none."""
        page = self._asked.page(chrome)
        if page is None or self._asked.waits:
            assert page is not None, "an answer leads on"
            return page
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("现在还不能打分"),
            spoken=t("现在还不能打分。"),
            icon="magnify-close",
            lines=(self._asked.sentence, t("刚提交的，可能还在送往中心的路上，过一会儿再来就行。")),
            actions=(
                Button("retry", t("再查一次"), ActionPressed("retry"), "refresh"),
                Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """An answer leads to the rating; so does a center that is away: the rating waits for it."""
        if self._asked.note(event):
            if self._asked.answer is not None:
                return self._rate(self._asked.answer.state_label)
            return self._rate("") if self._asked.fault == UNREACHABLE else Stay()
        match event:
            case ActionPressed("retry"):
                self.enter()
                return Stay()
            case PrimaryPressed():
                return Back()
        return Ignore()

    def _rate(self, state: str) -> Next:
        number = self.t("回执号 {number}", number=group_number(self._number))
        subject = f"{number} {state}".strip()
        return Swap(RateStep(self.work, self._code, subject, then=GoHome()))
