"""正在送到中心: waits a while for the center, and not longer."""

from __future__ import annotations

from kiosk.events import Event, SubmissionDeferred, SubmissionRefused, SubmissionSent, Tick
from kiosk.journeys.handing.afterward import Afterward
from kiosk.journeys.step import Forward, Ignore, Next, Workplace
from kiosk.views import Chrome, MessageView, ViewData


class SendPage(Afterward):
    """Base: a journey says which sheet was handed in."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._since: float | None = None

    def view(self, chrome: Chrome) -> ViewData:
        """What is happening."""
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("正在送到中心，请稍等一下"),
            subtitle=t("您提交的内容已经保存在本机，不会丢。"),
            spoken=t("正在提交，请稍等一下。"),
            icon="cloud-upload-outline",
            busy=True,
        )

    def handle(self, event: Event) -> Next:
        """The center's answer, or the end of patience."""
        match event:
            case SubmissionSent() | SubmissionDeferred() | SubmissionRefused():
                return Forward() if event.number == self.handed.number else Ignore()
            case Tick(_, monotonic):
                if self._since is None:
                    self._since = monotonic
                elif monotonic - self._since >= self.work.config.session.send_wait_seconds:
                    self.handed.deferred = True
                    return Forward()
        return Ignore()
