"""One of the two things to take with you when all is done: the paper, or the card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.views import TakeCard
from screens.widgets.basic import Box, BusyBar, Icon, ProgressBar, Text
from screens.widgets.drawings import CardUpDrawing, PaperDrawing
from screens.widgets.element import Element, Page
from screens.widgets.skin import CARD, SELECTED

_PAPER: dict[str, Literal["coming", "out", "none"]] = {"busy": "coming", "done": "out", "attention": "none", "plain": "none"}
_DRAWING = 248


@dataclass(frozen=True)
class TakePlace:
    """Where a tile stands."""

    x: float
    y: float
    w: float
    h: float


def place_take(page: Page, card: TakeCard, place: TakePlace, *, paper: bool) -> None:
    """A tile: the drawing, what it is, what to do. What wants attention is framed; a tile twice as wide has the words beside the drawing."""
    x, y, w, h = place.x, place.y, place.w, place.h
    wants = card.state == "attention"
    page.place(Box(SELECTED if wants and not paper else CARD), x, y, w, h)
    beside = w > 700
    words = 120 + (42 * 2 if card.note else 36 if card.state == "busy" else 0)
    if beside:
        drawing: tuple[float, float, float, float] = (x + 48, y + (h - _DRAWING) / 2, 384, _DRAWING)
        text_x, top = x + 480, y + (h - words) / 2
    else:
        high = min(_DRAWING, h - words - 64)
        spare = h - high - words
        drawing = (x + 32, y + spare * 0.4, w - 64, high)
        text_x, top = x + 48, y + spare * 0.7 + high
    page.place(_drawing(card, paper=paper), *drawing)
    room = x + w - 40 - text_x
    page.place(Text(card.title, size="head", bold=True, fit=("body",)), text_x, top, room, 52)
    page.place(Text(card.detail, color="ink2"), text_x, top + 56, room, 42)
    top += 120
    if card.state == "busy":
        bar = BusyBar("take_busy") if card.progress is None else ProgressBar(card.progress)
        page.place(bar, text_x, top, room, 16)
        top += 36
    if card.note:
        ink = 52 if wants else 0
        lines = min(page.lines_of(card.note, room - ink, bold=wants), 2)
        if wants:
            page.place(Icon("alert-circle-outline", "amber_ink", 40), text_x, top, 40, 42)
        note = Text(card.note, color="ink" if wants else "ink2", bold=wants, lines=lines, valign="top")
        page.place(note, text_x + ink, top, room - ink, 42 * lines)


def _drawing(card: TakeCard, *, paper: bool) -> Element:
    if paper:
        return PaperDrawing(_PAPER.get(card.state, "none"))
    return Icon("check-circle", "green", 160) if card.state == "done" else CardUpDrawing()
