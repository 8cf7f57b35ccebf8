"""The idle question: a ring, the seconds, one large button. Any touch anywhere is the answer."""

from __future__ import annotations

from kiosk.views import IdleView, Panel, Tone
from screens.widgets import Page, PanelBox, PressButton, Ring, Text, panel_height


def draw(page: Page, view: IdleView) -> None:
    """Upright one below the other; wide the ring on the left."""
    page.any_touch = view.button.event
    share = view.seconds_left / view.seconds_total if view.seconds_total else 0.0
    ring = Ring(share, str(view.seconds_left), view.seconds_label)
    reminder = Panel(Tone.ATTENTION, view.card_reminder)
    button = PressButton(view.button, "primary", icon_size=96, title=True)
    (_wide if page.layout.wide else _upright)(page, view, ring, reminder, button)


def _upright(page: Page, view: IdleView, ring: Ring, reminder: Panel, button: PressButton) -> None:
    page.place(Text(view.question, size="title", bold=True, align="center"), 48, 288, 984, 84)
    page.place(ring, 312, 492, 456, 456)
    lines = page.lines_of(view.explanation, 920, size="head")
    page.place(Text(view.explanation, size="head", color="ink2", align="center", lines=lines, valign="top"), 80, 1036, 920, 52 * lines)
    if view.card_reminder:
        page.place(PanelBox(reminder, size="head"), 48, 1232, 984, max(panel_height(page, reminder, 984, size="head"), 136))
    page.place(button, 48, 1440, 984, 336)


def _wide(page: Page, view: IdleView, ring: Ring, reminder: Panel, button: PressButton) -> None:
    page.place(ring, 168, 312, 456, 456)
    page.place(Text(view.question, size="title", bold=True), 792, 168, 1080, 84)
    lines = page.lines_of(view.explanation, 1080, size="head")
    page.place(Text(view.explanation, size="head", color="ink2", lines=lines, valign="top"), 792, 276, 1080, 52 * lines)
    if view.card_reminder:
        page.place(PanelBox(reminder, size="head"), 792, 440, 1080, 136)
    page.place(button, 792, 640, 1080, 272)
