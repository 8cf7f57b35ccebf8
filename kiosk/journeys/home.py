"""Nobody there, and the ways in."""

from __future__ import annotations

from kiosk.events import ActionPressed, CodeScanned, Event, JourneyChosen, Woken
from kiosk.journeys.chrome import demo_band
from kiosk.journeys.codes import scanned
from kiosk.journeys.step import Begin, GoHome, Ignore, Next, Step
from kiosk.ports import DeviceKind
from kiosk.views import AttractView, Button, Chrome, HomeView, ViewData


class AttractStep(Step):
    """The attract screen. The touch that wakes it presses nothing."""

    can_go_back = False

    def view(self, chrome: Chrome) -> ViewData:
        """Clock, name, what can be done here; one line if a device is out."""
        t = self.t
        names = {
            DeviceKind.ID_CARD: t("读卡器"),
            DeviceKind.SCANNER: t("扫码器"),
            DeviceKind.PRINTER: t("打印机"),
            DeviceKind.DOCUMENT_CAMERA: t("高拍仪"),
        }
        out = [names[kind] for kind in self.work.hub.out_of_order()]
        fault = t("{devices}暂时不能用", devices=self.work.texts.listed(out)) if out else ""
        if self.work.catalogue is None:
            # The first minute of a new terminal: the center is only coming up.
            fault = fault or t("正在准备，请稍等一下")
        elif not self.work.center_reachable:
            offline = t("现在连不上中心")
            fault = t("{one}；{other}", one=fault, other=offline) if out else offline
        if self.work.hub.card_present:
            fault = t("读卡区有一张身份证没有拿走，请失主取回，或交给工作人员")
        return AttractView(
            center_name=self.work.center_name,
            product_line=chrome.product_line,
            clock=chrome.clock,
            date=self.work.texts.full_day(self.work.clock.now().date()),
            invitation=t("点一下屏幕开始\n看指南不用身份证"),
            ways=(
                t("我要申办\n填表、交材料、签名，一次办完"),
                t("办事指南\n要带什么、多久办好、收不收钱"),
                t("进度查询\n看办到哪一步了，还缺什么"),
            ),
            loop=(
                t("先看看要带什么\n办事指南可以打印带走"),
                t("在这里交申请\n身份证一放，姓名和证件号自动填好"),
                t("查查办到哪一步\n扫回执上的码，或放身份证"),
                t("白天晚上都能办\n自助终端全天开着"),
            ),
            fault_line=fault,
            band=demo_band(self.work),
            spoken=t("您好，点一下屏幕开始。"),
        )

    def handle(self, event: Event) -> Next:
        """Any touch wakes it."""
        if isinstance(event, Woken):
            self.work.record("session_started", session=self.session.number, how="touch")
            return GoHome()
        return Ignore()


class HomeStep(Step):
    """您好，您要办什么业务？"""

    can_go_back = False

    def enter(self) -> None:
        """A code held up here leads on by itself."""
        self.work.hub.devices.scanner.arm(self.session.number)

    def leave(self) -> None:
        """The scanner rests."""
        self.work.hub.devices.scanner.disarm()

    def view(self, chrome: Chrome) -> ViewData:
        """The search field and the ways in; only those that exist."""
        t = self.t
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return HomeView(
            chrome=chrome,
            title=t("您好，您要办什么业务？"),
            subtitle=t("点一下就开始。"),
            spoken=t("您好，您要办什么业务？点一下就开始。"),
            search=Button("search", t("搜一搜：低保、宅基地、养老保险……"), ActionPressed("search"), "magnify"),
            ways=(
                Button(
                    "way_apply",
                    t("我要申办"),
                    JourneyChosen("apply"),
                    "file-document-edit-outline",
                    t("填表、交材料、签名，在这里一次办完"),
                ),
                Button("way_guides", t("办事指南"), JourneyChosen("guides"), "text-box-search-outline", t("要带什么、多久办好\n收不收钱")),
                Button("way_progress", t("进度查询"), JourneyChosen("progress"), "progress-clock", t("办到哪一步了\n还缺什么")),
                Button("way_grievances", t("投诉和意见"), JourneyChosen("grievances"), "comment-alert-outline"),
                Button("way_booking", t("预约"), JourneyChosen("booking"), "calendar-clock-outline"),
                Button("way_public", t("公示信息"), JourneyChosen("public"), "bulletin-board"),
            ),
            foot=t("人工窗口 {hours}·自助终端白天晚上都能办", hours=hours) if hours else t("自助终端白天晚上都能办"),
        )

    def handle(self, event: Event) -> Next:
        """A way chosen, the search field touched, or a code held up."""
        match event:
            case JourneyChosen(journey):
                return Begin(journey)
            case ActionPressed("search"):
                return Begin("search")
            case CodeScanned(_, text):
                return scanned(self.work, text)
        return Ignore()
