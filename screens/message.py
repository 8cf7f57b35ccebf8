"""Something to be told: a fault, a refusal, a question. What happened, what still works, what to do now."""

from __future__ import annotations

from kiosk.views import MessageView, Tone
from screens.theme import Color
from screens.widgets import Box, BusyBar, IconTile, Page, PanelBox, Style, Text, chrome, panel_height
from screens.widgets.code_words import Code, height_over, place_code_beside, place_code_over
from screens.widgets.skin import CARD

_ICONS: dict[Tone, tuple[str, Color, Color]] = {
    Tone.PLAIN: ("information-outline", "ink2", "sunk"),
    Tone.INFO: ("information-outline", "blue", "blue_tint"),
    Tone.DONE: ("check-circle-outline", "green", "green_tint"),
    Tone.ATTENTION: ("alert-circle-outline", "amber_ink", "amber_tint"),
}
_PADDING = 64
_TILE = 160


#: Side of the code, beside its words and over them; and the column that it has on a wide page.
_CODE, _CODE_WIDE, _CODE_COLUMN = 264, 320, 400


def draw(page: Page, view: MessageView) -> None:
    """One card, a little above the middle of the room it has, with the way on below it. What takes it along: a code under the words, wide right of
    them.
    """
    chrome.frame(page, view)
    layout = page.layout
    left, width = layout.left, layout.content_width
    code = Code(view.qr, view.qr_title, view.qr_note) if view.qr else None
    x = left + _PADDING + (_TILE + 48 if layout.wide else 0)
    room = left + width - _PADDING - x - (_CODE_COLUMN + 48 if code and layout.wide else 0)
    title = page.lines_of(view.title, room, size="title", bold=True)
    lines = [(line, page.lines_of(line, room, size="head")) for line in (view.subtitle, *view.lines) if line]
    panel = panel_height(page, view.panel, room) if view.panel else 0
    words = 84 * title + sum(12 + 52 * count for _, count in lines) + (12 if lines else 0)
    words += (64 if view.busy else 0) + (panel + 36 if panel else 0) + (66 if view.code else 0)
    inside: float
    if layout.wide:
        inside = max(words, _TILE, height_over(page, code, _CODE_COLUMN, side=_CODE_WIDE) if code else 0)
    else:
        inside = words + _TILE + 40 + (_CODE + 36 if code else 0)
    top = layout.stepper_top + 84 if view.chrome.steps else layout.header_height + 24
    bottom = layout.action_top - 24 if view.actions else layout.content_bottom
    card = inside + 2 * _PADDING
    y = float(top + max((bottom - top - card) * 2 // 5, 0))
    page.place(Box(CARD), left, y, width, card)
    y += _PADDING
    icon, color, ground = _ICONS[view.tone]
    page.place(IconTile(view.icon or icon, 104, color, Style(ground)), left + _PADDING, y, _TILE, _TILE)
    if code and layout.wide:
        place_code_over(page, code, layout.right - _PADDING - _CODE_COLUMN, y, _CODE_COLUMN, side=_CODE_WIDE)
    y += (max(_TILE - words, 0) / 2) if layout.wide else _TILE + 40
    page.place(Text(view.title, size="title", bold=True, lines=title, valign="top"), x, y, room, 84 * title)
    y += 84 * title + (12 if lines else 0)
    for line, count in lines:
        page.place(Text(line, size="head", lines=count, valign="top"), x, y + 12, room, 52 * count)
        y += 12 + 52 * count
    if view.busy:
        page.place(BusyBar(), x, y + 48, room, 16)
        y += 64
    if view.panel:
        page.place(PanelBox(view.panel), x, y + 36, room, panel)
        y += panel + 36
    if code and not layout.wide:
        place_code_beside(page, code, x, y + 36, room, _CODE, side=_CODE)
        y += _CODE + 36
    if view.code:
        page.place(Text(view.code, color="ink2"), x, y + 24, room, 42)
    chrome.actions(page, view.actions)
