"""谢谢您: after something was handed in that has no receipt. What became of it is said, and nothing is asked any more."""

from __future__ import annotations

from kiosk.events import Event, PrimaryPressed, SubmissionDeferred, SubmissionRefused, SubmissionSent
from kiosk.journeys.handing.afterward import Afterward
from kiosk.journeys.step import EndSession, Ignore, Next, Stay, Workplace
from kiosk.views import Button, Chrome, MessageView, Tone, ViewData


class ThanksPage(Afterward):
    """Base: a journey says what it was. `then` is where the page's one button leads."""

    def __init__(self, workplace: Workplace, then: Next) -> None:
        super().__init__(workplace)
        self._then = then

    def words(self) -> tuple[str, tuple[str, ...]]:
        """The thanks, and what comes of it."""
        raise NotImplementedError

    def view(self, chrome: Chrome) -> ViewData:
        """With the center, on its way, or what the center says to it."""
        t = self.t
        handed, (title, lines) = self.handed, self.words()
        if handed.refusal:
            lines = (handed.refusal,)
        elif handed.deferred:
            lines = (t("现在连不上中心，连上后自动送出，不用您再来。"), *lines)
        ends = isinstance(self._then, EndSession)
        return MessageView(
            chrome=chrome,
            title=title,
            spoken=title,
            tone=Tone.INFO if handed.refusal or handed.deferred else Tone.DONE,
            icon="hand-heart-outline",
            lines=lines,
            actions=(Button("primary", t("好了，结束") if ends else t("好了"), PrimaryPressed(), "check-bold"),),
        )

    def handle(self, event: Event) -> Next:
        """The center's answer, or on."""
        match event:
            case PrimaryPressed():
                return self._then
            case SubmissionSent() | SubmissionDeferred() | SubmissionRefused():
                return Stay()
        return Ignore()
