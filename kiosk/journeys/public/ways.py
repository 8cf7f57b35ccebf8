"""What is public, a way each; only what there is."""

from __future__ import annotations

from kiosk.events import ActionPressed, Event, JourneyChosen, PublicChanged, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.public.duty import DutyStep
from kiosk.journeys.public.notices import notices_step
from kiosk.journeys.step import Begin, Ignore, Next, Open, Stay, Step
from kiosk.views import Button, Chrome, MessageView, Tone, ViewData, WaysView
from kiosk.wire.notices import PublicNotice

#: Kinds of notices: icon, label, note. Six ways are the most that a page has, so rules and promises share one.
_KINDS = (
    (("duties",), "office-building-outline", noted("中心职责"), noted("中心管什么、办什么")),
    (("procedures",), "sign-direction", noted("办事程序"), noted("一件事怎么办下来")),
    (("rules", "promises"), "clipboard-check-outline", noted("规章和承诺"), noted("工作人员要守的规矩，中心答应的事")),
    (("complaints",), "comment-alert-outline", noted("投诉渠道"), noted("不满意，可以找谁")),
    (("announcement",), "bullhorn-outline", noted("通知公告"), noted("最近公布的事")),
)
_MOST = 6


class PublicStep(Step):
    """您想看什么？"""

    def _of(self, kinds: tuple[str, ...]) -> tuple[PublicNotice, ...]:
        public = self.work.notices
        return tuple(notice for notice in public.notices if notice.kind in kinds) if public else ()

    def view(self, chrome: Chrome) -> ViewData:
        """The ways; or, before anything was heard, where it can be read meanwhile."""
        t = self.t
        public = self.work.notices
        ways = [
            Button(f"public_{kinds[0]}", t(label), RowChosen(str(place)), icon, t(note))
            for place, (kinds, icon, label, note) in enumerate(_KINDS)
            if self._of(kinds)
        ]
        if public and public.duty:
            ways.insert(0, Button("public_duty", t("今天谁在岗"), ActionPressed("duty"), "account-group-outline", t("姓名、岗位和窗口")))
        if not ways:
            return self._nothing(chrome)
        guides = Button(
            "public_guides", t("办事指南"), JourneyChosen("guides"), "text-box-search-outline", t("每件事的依据、程序、时限和收费")
        )
        return WaysView(
            chrome=chrome,
            title=t("您想看什么？"),
            subtitle=t("本中心向大家公开的内容"),
            spoken=t("您想看什么？请点一个。"),
            ways=(*ways, guides)[:_MOST],
        )

    def _nothing(self, chrome: Chrome) -> MessageView:
        t = self.t
        known = self.work.notices is not None
        return MessageView(
            chrome=chrome,
            title=t("还没有公示内容") if known else t("公示内容正在准备"),
            spoken=t("公示内容还没有，您可以先看办事指南。"),
            tone=Tone.INFO,
            icon="bulletin-board",
            lines=(
                t("中心公布以后，这里就能看到。") if known else t("连上中心以后，这一页会自动显示。"),
                t("每件事的依据、程序、时限和收费，在办事指南里看。"),
            ),
            actions=(Button("primary", t("看办事指南"), JourneyChosen("guides"), "text-box-search-outline"),),
        )

    def handle(self, event: Event) -> Next:
        """One chosen."""
        match event:
            case ActionPressed("duty"):
                return Open(DutyStep(self.work))
            case RowChosen(place):
                kinds, _, label, _ = _KINDS[int(place)]
                return Open(notices_step(self.work, self.t(label), self._of(kinds)))
            case JourneyChosen(journey):
                return Begin(journey)
            case PublicChanged():
                return Stay()
        return Ignore()
