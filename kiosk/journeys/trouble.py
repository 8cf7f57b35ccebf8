"""A bug reached the citizen: a polite sentence, a support code for staff, and the way back to the start."""

from __future__ import annotations

from kiosk.events import Event, PrimaryPressed
from kiosk.journeys.step import EndSession, Ignore, Next, Step, Workplace
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData


class TroubleStep(Step):
    """对不起，请重新开始."""

    can_go_back = False

    def __init__(self, workplace: Workplace, code: str) -> None:
        super().__init__(workplace)
        self._code = code

    def view(self, chrome: Chrome) -> ViewData:
        """What happened, what still works, what to do now."""
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("对不起，请重新开始"),
            subtitle=t("刚才这一步出了问题，您填写的内容已经清除。"),
            spoken=t("对不起，刚才出了问题，请重新开始。"),
            tone=Tone.ATTENTION,
            icon="alert-circle-outline",
            lines=(t("已经提交过的申请都在，不会丢。"), t("请从头再来一次。还不行，请告诉工作人员下面的号码。")),
            panel=Panel(Tone.INFO, t("支持号码 {code}", code=self._code)),
            actions=(Button("primary", t("重新开始"), PrimaryPressed(), "restart"),),
            code=self._code,
        )

    def handle(self, event: Event) -> Next:
        """From the start."""
        return EndSession("restart") if isinstance(event, PrimaryPressed) else Ignore()
