"""Signature: what is being signed, the pad, again, and done."""

from __future__ import annotations

from kiosk.views import Panel, SignatureView, Tone
from screens.theme import GAP
from screens.widgets import Page, PanelBox, PressButton, chrome, panel_height
from screens.widgets.signature_pad import PAD_HEIGHT, PAD_WIDTH, PadGround, SignaturePad


def draw(page: Page, view: SignatureView) -> None:
    """Upright: the pad above the buttons, within reach. Wide: the pad right, the same size, the words left."""
    chrome.frame(page, view)
    layout = page.layout
    if layout.wide:
        left = layout.content_width - PAD_WIDTH - 48
        top = chrome.title(page, view, width=left)
        x, y = layout.right - PAD_WIDTH, layout.content_bottom - PAD_HEIGHT
        bottom = layout.action_top - 144 - GAP
        _statement(page, view, layout.left, top + 24, left, bottom - GAP - top - 24)
        page.place(PressButton(view.clear, "secondary"), layout.left, bottom, left, 144)
        page.place(PressButton(view.primary, "primary"), layout.left, layout.action_top, left, 144)
    else:
        top = chrome.title(page, view) + 16
        x, y = layout.left, layout.content_bottom - PAD_HEIGHT
        _statement(page, view, layout.left, top, layout.content_width, y - top - GAP)
        chrome.actions(page, (view.clear, view.primary))
    page.place(PadGround(view.pad_hint), x, y, PAD_WIDTH, PAD_HEIGHT)
    page.place(SignaturePad(view.strokes), x, y, PAD_WIDTH, PAD_HEIGHT)


def _statement(page: Page, view: SignatureView, x: float, y: float, w: float, h: float) -> None:
    """What is signed, in a panel that ends at the pad."""
    if not view.statement:
        return
    panel = Panel(Tone.INFO, view.statement)
    high = min(panel_height(page, panel, w, size="head"), h)
    top = y if page.layout.wide else y + h - high
    page.place(PanelBox(panel, icon="file-document-edit-outline", size="head"), x, top, w, high)
