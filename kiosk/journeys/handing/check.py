"""The check page's last act: hand in, or say why it could not be kept and that nothing is lost."""

from __future__ import annotations

from kiosk.errors import OneSealError
from kiosk.journeys.step import Forward, Next, Stay, Step
from kiosk.views import Panel, Tone


class CheckPage(Step):
    """Base: a journey says how it is handed in."""

    _trouble = ""

    def submit(self) -> None:
        """Into the outbox. Raises OneSealError with a sentence for the citizen."""
        raise NotImplementedError

    def trouble(self) -> Panel | None:
        """Why it could not be kept; None: nothing is wrong."""
        return Panel(Tone.ATTENTION, self._trouble, self.t("您填写的内容都还在，可以再按一次提交。")) if self._trouble else None

    def hand_in(self) -> Next:
        """On, once it is kept."""
        try:
            self.submit()
        except OneSealError as error:
            self._trouble = error.message
            self.work.record("outbox_failed", code=error.code)
            return Stay()
        return Forward()
