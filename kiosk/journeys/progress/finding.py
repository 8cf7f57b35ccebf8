"""Which case: a receipt's code for its state, or the ID card for all of one's own (domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.events import CodeScanned, Event
from kiosk.journeys.card_page import CardPage
from kiosk.journeys.codes import scanned
from kiosk.journeys.step import Forward, Next, Workplace
from kiosk.ports import DeviceKind
from kiosk.views import Chrome, Panel, ScanView, Tone, ViewData


class ScanStep(CardPage):
    """请扫回执上的码，或放身份证."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Who is known already goes straight to the cases."""
        return workplace.session.card is None or workplace.session.consent is None

    def enter(self) -> None:
        """Whichever comes first."""
        self.session.item = None
        self.work.hub.devices.scanner.arm(self.session.number)
        super().enter()

    def leave(self) -> None:
        """Both rest."""
        self.work.hub.devices.scanner.disarm()
        super().leave()

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways; one that is out says so."""
        t = self.t
        places = self.work.config.places
        scanner, reader = self.work.hub.usable(DeviceKind.SCANNER), self.reader_works
        notice = self.not_read()
        if not scanner and not reader:
            notice = Panel(Tone.ATTENTION, t("扫码器和读卡器都暂时不能用。"), t("请到人工窗口查询；恢复以后，这一页会自动继续。"))
        return ScanView(
            chrome=chrome,
            title=t("请扫码，或放身份证"),
            subtitle=t("扫码看办到哪一步，放身份证看全部"),
            spoken=t("请把回执上的码对准扫码口，或者放上身份证。"),
            ways=(
                (
                    "qrcode-scan",
                    t("扫回执上的码"),
                    t("扫码口在{place}", place=places.scanner) if scanner else t("扫码器暂时不能用"),
                    "ready" if scanner else "absent",
                ),
                (
                    "card-account-details-outline",
                    t("放身份证"),
                    t("读卡区在{place}", place=places.id_card) if reader else t("读卡器暂时不能用"),
                    "ready" if reader else "absent",
                ),
            ),
            notice=notice,
        )

    def handle(self, event: Event) -> Next:
        """A code or a card."""
        match event:
            case CodeScanned(_, text):
                return scanned(self.work, text)
        return super().handle(event)

    def opened(self) -> Next:
        """All that is theirs."""
        return Forward()
