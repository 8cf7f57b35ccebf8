"""投诉和意见: the ways to say what was not good, or good."""

from __future__ import annotations

from kiosk.events import Event, JourneyChosen
from kiosk.journeys.step import Begin, Ignore, Journey, Next, Step
from kiosk.views import Button, Chrome, ViewData, WaysView


class GrievancesStep(Step):
    """您想说什么？"""

    def view(self, chrome: Chrome) -> ViewData:
        """A way each; only those that exist."""
        # Imported here because the registry lists this page's journey too.
        from kiosk.journeys.registry import JOURNEYS

        t = self.t
        ways = (
            ("complain", t("我要投诉"), "comment-alert-outline", t("窗口、工作人员哪里做得不对")),
            ("complaints", t("看我的投诉"), "text-box-search-outline", t("办到哪一步，补证据，看书面结果")),
            ("suggestion", t("提意见建议"), "lightbulb-on-outline", t("怎样能办得更好，不用留姓名")),
            ("rating", t("给办过的事打分"), "star-outline", t("满意不满意，扫一扫回执")),
        )
        return WaysView(
            chrome=chrome,
            title=t("您想说什么？"),
            spoken=t("您想说什么？请点一个。"),
            ways=tuple(
                Button(f"way_{journey}", label, JourneyChosen(journey), icon, note)
                for journey, label, icon, note in ways
                if journey in JOURNEYS
            ),
        )

    def handle(self, event: Event) -> Next:
        """The journey chosen."""
        return Begin(event.journey) if isinstance(event, JourneyChosen) else Ignore()


GRIEVANCES = Journey("grievances", (GrievancesStep,))
