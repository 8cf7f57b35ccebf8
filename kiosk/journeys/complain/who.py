"""With the ID card or without one, and for whom: oneself, somebody else, or as the representative of a group (R6.1)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, BackPressed, Event, PrimaryPressed
from kiosk.i18n import noted
from kiosk.journeys.complain.route import check_page
from kiosk.journeys.complain.sheet import complaint_sheet
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.identify import IdentifyStep
from kiosk.journeys.step import Forward, Ignore, Next, Step, Workplace
from kiosk.views import Button, Chrome, IdentifyView, Panel, Tone, ViewData, WaysView
from kiosk.wire.complaints import Capacity


class CardOrNotStep(Step):
    """用身份证，还是不用？"""

    label = noted("联系")

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways, and what opens the complaint later with each."""
        t = self.t
        by_card = complaint_sheet(self.work).by_card
        read = self.session.card is not None
        typing = not self.work.typing.impossible
        return WaysView(
            chrome=chrome,
            title=t("用不用身份证？"),
            subtitle=t("都要留姓名和联系方式，都一样办理"),
            spoken=t("您用身份证投诉，还是不用身份证？"),
            ways=(
                Button(
                    "with_card",
                    t("用身份证"),
                    ActionPressed("with_card"),
                    "card-account-details-outline",
                    t("身份证已读，姓名不用写；以后凭身份证看") if read else t("姓名不用写；以后放身份证就能看"),
                    selected=by_card is True,
                ),
                Button(
                    "without_card",
                    t("不用身份证"),
                    ActionPressed("without_card") if typing else None,
                    "form-textbox-password",
                    t("自己写姓名，设六位数字；以后凭回执和数字看") if typing else t("现在写不了名字，请用身份证，或到中心投诉"),
                    selected=by_card is False,
                ),
            ),
            notice=Panel(Tone.INFO, t("只有投诉受理人员看得到您的名字。"), t("被投诉的窗口和人员看不到。")),
        )

    def handle(self, event: Event) -> Next:
        """What follows depends on it: it is walked through again, and keeps what was filled in."""
        sheet = complaint_sheet(self.work)
        match event:
            case ActionPressed("with_card" | "without_card" as way):
                by_card = way == "with_card"
                sheet.checked = sheet.checked and sheet.by_card is by_card
                sheet.by_card = by_card
                if not by_card and self.session.card is not None:
                    sheet.forget_address(self.session.card)
                return onward(sheet, check_page())
            case BackPressed():
                return backward(sheet, check_page())
        return Ignore()


class CardStep(IdentifyStep):
    """请放身份证: of who stands here. A reader that is out leaves the way without a card."""

    label = ""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If the citizen wants it so, and was not read yet."""
        return complaint_sheet(workplace).by_card is True and super().needed(workplace)

    def view(self, chrome: Chrome) -> ViewData:
        """As everywhere; the reader that is out says what still works here."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, IdentifyView)
        if view.state != "absent":
            return view
        return replace(
            view,
            notes=(
                Panel(Tone.ATTENTION, t("现在读不了身份证。"), t("读卡器恢复以后，这一页会自动继续。")),
                Panel(Tone.INFO, t("不用身份证也能投诉。"), t("自己写姓名，设六位数字就行。")),
            ),
            actions=(Button("primary", t("不用身份证"), PrimaryPressed(), "arrow-right"),),
        )

    def handle(self, event: Event) -> Next:
        """Without a card: on, as if that had been chosen."""
        following = super().handle(event)
        if isinstance(event, PrimaryPressed) and not isinstance(following, Ignore):
            complaint_sheet(self.work).by_card = False
            return Forward()
        return following


class CapacityStep(Step):
    """您替谁投诉？"""

    def view(self, chrome: Chrome) -> ViewData:
        """Three ways (R6.1)."""
        t = self.t
        chosen = complaint_sheet(self.work).capacity
        ways = (
            (Capacity.SELF, t("为我自己"), "account-outline", t("最常见的一种")),
            (Capacity.AGENT, t("替别人或单位"), "account-switch-outline", t("父母、子女、企业、单位等请您来办")),
            (Capacity.REPRESENTATIVE, t("我是几个人的代表"), "account-group-outline", t("同一件事，大家推您出来说")),
        )
        typing = not self.work.typing.impossible
        return WaysView(
            chrome=chrome,
            title=t("您替谁投诉？"),
            spoken=t("您替谁投诉？"),
            ways=tuple(
                Button(
                    f"capacity_{capacity.value}",
                    label,
                    ActionPressed(capacity.value) if typing or capacity is not Capacity.AGENT else None,
                    icon,
                    note if typing or capacity is not Capacity.AGENT else t("现在写不了名字，请到中心投诉"),
                    selected=capacity is chosen,
                )
                for capacity, label, icon, note in ways
            ),
        )

    def handle(self, event: Event) -> Next:
        """What follows depends on it."""
        sheet = complaint_sheet(self.work)
        match event:
            case ActionPressed("self" | "agent" | "representative" as chosen):
                if chosen != sheet.capacity:
                    sheet.checked = False
                sheet.capacity = Capacity(chosen)
                return onward(sheet, check_page())
            case BackPressed():
                return backward(sheet, check_page())
        return Ignore()
