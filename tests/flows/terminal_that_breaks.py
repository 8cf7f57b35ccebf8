"""The whole terminal, in which 我要申办 has a bug: what is touched there raises, and quotes the card. Run as `python -m kiosk` is."""

from __future__ import annotations

from kiosk.__main__ import begin
from kiosk.events import Event, PrimaryPressed
from kiosk.journeys.registry import JOURNEYS
from kiosk.journeys.step import Ignore, Journey, Next, Step
from kiosk.views import Button, Chrome, MessageView, ViewData


class Breaks(Step):
    """One button, and what it does is a bug."""

    def view(self, chrome: Chrome) -> ViewData:
        """The button."""
        return MessageView(chrome=chrome, title="坏了", actions=(Button("primary", "坏了", PrimaryPressed()),))

    def handle(self, event: Event) -> Next:
        """Raises what quotes a citizen, with a cause that does."""
        if not isinstance(event, PrimaryPressed):
            return Ignore()
        card = self.session.card
        assert card is not None
        try:
            {}[card.number]
        except KeyError as error:
            raise ValueError(f"{card.name} {card.address}") from error
        return Ignore()


JOURNEYS["apply"] = Journey("apply", (Breaks,))

if __name__ == "__main__":
    begin()
