"""A page that tells something and leads back."""

from __future__ import annotations

from kiosk.events import Event, PrimaryPressed
from kiosk.journeys.step import Back, Ignore, Next, Step, Workplace
from kiosk.views import Button, Chrome, MessageView, Tone, ViewData


class TellStep(Step):
    """A title, some lines, and one button back."""

    def __init__(self, workplace: Workplace, title: str, lines: tuple[str, ...], tone: Tone, icon: str) -> None:
        super().__init__(workplace)
        self._title = title
        self._lines = lines
        self._tone = tone
        self._icon = icon

    def view(self, chrome: Chrome) -> ViewData:
        """What there is to tell."""
        return MessageView(
            chrome=chrome,
            title=self._title,
            spoken=self._title,
            tone=self._tone,
            icon=self._icon,
            lines=self._lines,
            actions=(Button("primary", self.t("知道了"), PrimaryPressed(), "check-bold"),),
        )

    def handle(self, event: Event) -> Next:
        """Back to where it was told."""
        return Back() if isinstance(event, PrimaryPressed) else Ignore()
