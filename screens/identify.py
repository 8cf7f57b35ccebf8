"""Identify: where the ID card goes, what is happening to it, and what else can be done."""

from __future__ import annotations

from kiosk.views import IdentifyView, Panel, Tone
from screens.theme import GAP
from screens.widgets import Box, BusyBar, IconText, Page, PanelBox, PressButton, chrome, panel_height
from screens.widgets.drawings import READER_WIDTH, ReaderDrawing, reader_height
from screens.widgets.remark import Remark, WayTile, remark_height

_STATES = ("waiting", "reading", "failed", "absent")


def draw(page: Page, view: IdentifyView) -> None:
    """Upright: the drawing, then the ways on and the notes. Wide: the drawing on the left, the rest beside it."""
    chrome.frame(page, view)
    layout = page.layout
    top = chrome.title(page, view) + 32
    if layout.wide:
        left, width = layout.left, layout.columns(7)
        _drawing(page, view, left, top, width, layout.content_bottom - top)
        _rest(page, view, left + width + GAP, top, layout.columns(5), layout.content_bottom)
        return
    width, bottom = layout.content_width, layout.action_top + 144
    below = _rest_height(page, view, width)
    high = min(bottom - top - below, 960)
    _drawing(page, view, layout.left, top, width, high)
    _rest(page, view, layout.left, top + high + 32, width, bottom)


def _drawing(page: Page, view: IdentifyView, x: float, y: float, w: float, h: float) -> None:
    page.place(Box(), x, y, w, h)
    state = view.state if view.state in _STATES else "waiting"
    under = 76 if view.place else 0
    bar = 60 if state == "reading" else 0
    high = min(h - 72 - under - bar, reader_height(state))
    top = y + (h - high - under - bar) / 2
    page.place(ReaderDrawing(state), x + (w - READER_WIDTH) / 2, top, READER_WIDTH, high)  # type: ignore[arg-type] # one of the four
    if view.place:
        place = IconText("map-marker-outline", view.place, size="head", bold=True, icon_size=48, align="center")
        page.place(place, x + 32, top + high + 24, w - 64, 52)
    if bar:
        page.place(BusyBar("reading"), x + (w - 480) / 2, top + high + under + 48, 480, 12)


def _note_height(page: Page, note: Panel, width: float) -> int:
    return remark_height(page, note.text, note.detail, width) if note.tone is Tone.PLAIN else panel_height(page, note, width, least=112)


def _rest_height(page: Page, view: IdentifyView, width: float) -> float:
    notes = sum(_note_height(page, note, width) + GAP for note in view.notes)
    return 32 + notes + (_actions_height(view) + GAP if view.actions else 0)


def _actions_height(view: IdentifyView) -> int:
    return 176 if _tiled(view) else 144


def _tiled(view: IdentifyView) -> bool:
    return all(button.note for button in view.actions) and not any(button.id == "primary" for button in view.actions)


def _rest(page: Page, view: IdentifyView, x: float, y: float, w: float, bottom: float) -> None:
    """Notes from the top, the ways on at the bottom, within a finger's reach."""
    for note in view.notes:
        high = _note_height(page, note, w)
        if note.tone is Tone.PLAIN:
            page.place(Remark("shield-check-outline", note.text, note.detail, "green"), x, y, w, high)
        else:
            page.place(PanelBox(note), x, y, w, high)
        y += high + GAP
    if not view.actions:
        return
    high = _actions_height(view)
    beside = len(view.actions) > 1 and w >= 900
    each = (w - GAP) / 2 if beside else w
    rows = len(view.actions) if not beside else -(-len(view.actions) // 2)
    top = bottom - rows * (high + GAP) + GAP
    for index, button in enumerate(view.actions):
        column, row = (index % 2, index // 2) if beside else (0, index)
        look = "primary" if button.id == "primary" else "secondary"
        element = WayTile(button) if _tiled(view) else PressButton(button, look)  # type: ignore[arg-type] # both are Looks
        page.place(element, x + column * (each + GAP), top + row * (high + GAP), each, high)
