"""The end: the card is still on the reader. What was the citizen's is wiped already."""

from __future__ import annotations

from kiosk.events import CardLifted, Event, PrimaryPressed
from kiosk.journeys.step import EndSession, Ignore, Next, Step
from kiosk.views import Button, Chrome, MessageView, Tone, ViewData


class TakeCardStep(Step):
    """请取回身份证: stays until the card is lifted, or nobody is there any more."""

    can_go_back = False

    def view(self, chrome: Chrome) -> ViewData:
        """One thing to do."""
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("请取回身份证"),
            subtitle=t("您的信息已经清除。"),
            spoken=t("请取回您的身份证。"),
            tone=Tone.ATTENTION,
            icon="card-account-details-outline",
            lines=(t("身份证还在读卡区，在{place}。", place=self.work.config.places.id_card), t("拿走以后，本次服务就结束了。慢走！")),
            actions=(Button("primary", t("已经拿好了"), PrimaryPressed(), "check-bold"),),
        )

    def handle(self, event: Event) -> Next:
        """Lifted, or said to be: the reader may be wrong, the citizen may leave."""
        if isinstance(event, (CardLifted, PrimaryPressed)):
            return EndSession("card_taken")
        return Ignore()
