"""The field that is typed into with all that belongs to it: label, box, clear or undo, hint or fault, and how long it is."""

from __future__ import annotations

from kiosk.views import FieldRow
from screens.theme import GAP, Color
from screens.widgets.basic import Text
from screens.widgets.button import PressButton
from screens.widgets.editing import set_rows
from screens.widgets.element import Page
from screens.widgets.field import CLEAR, INSET, ClearTarget, TypingBox, typed_of

#: From the label to the box, and from the box to what stands under it.
_LABEL, _BELOW = 50, 16
#: Rows of a long text in sight: upright, and in the narrow column of a wide page.
LONG_ROWS, LONG_ROWS_NARROW = 4, 8
_BOX, _CARD = 144, 252
#: y of the text in the narrow card, and of its label (design, picture 19).
_TEXT_TOP, _LABEL_TOP = 78, 24


def place_typing_field(page: Page, row: FieldRow, x: float, y: float, w: float, bottom: float) -> float:
    """Label over the box, hint or fault and length under it, all above `bottom`; returns the height of it all."""
    page.place(Text(row.label, bold=True), x, y, w, 42)
    high = _long_height(page, row, w, bottom - y) if row.long else _BOX
    right = _tool_width(page, row)
    inner = 20 if row.long else 0
    page.place(TypingBox(row, right, inner, inner), x, y + _LABEL, w, high)
    _tool(page, row, x + w - right - 4, y + _LABEL + (high - CLEAR) / 2, right)
    below = _below(page, row, x, y + _LABEL + high + _BELOW, w)
    return _LABEL + high + (_BELOW + below if below else 0)


def _long_height(page: Page, row: FieldRow, w: float, room: float) -> int:
    """Of the box of a long text: four rows, or as many as fit over a high keyboard."""
    line = page.line("head")
    below = max(page.lines_of(row.error or row.hint, w - 160, bold=bool(row.error)), 1) * 42 + 8
    return min(max(int((room - _LABEL - below - 40) // line), 2), LONG_ROWS) * line + 40


def _below(page: Page, row: FieldRow, x: float, y: float, w: float) -> float:
    """Fault or hint, and the counter at the right; returns the height."""
    counter = row.typed.counter if row.typed else ""
    wide = page.measure(counter)
    if counter:
        page.place(Text(counter, color="ink2", align="right"), x + w - wide - 2, y, wide + 2, 42)
    said = row.error or row.hint
    room = w - wide - GAP if counter else w
    lines = page.lines_of(said, room, bold=bool(row.error))
    if said:
        color: Color = "amber_ink" if row.error else "ink2"
        high = 42 * lines + 4  # g and y reach below their line
        page.place(Text(said, color=color, bold=bool(row.error), lines=lines, valign="top", balance=lines == 2), x, y, room, high)
    return 42 * max(lines, 1) if said or counter else 0


def place_typing_card(page: Page, row: FieldRow, x: float, y: float, w: float) -> float:
    """All of it in one box, for the narrow column of a wide page; returns its height."""
    said, counter = row.error or row.hint, row.typed.counter if row.typed else ""
    tool = _tool_width(page, row)
    right = INSET if row.long else tool + 4
    # a long text has the whole width, and what stands right of a short one stands under it
    foot_width = w - 2 * INSET - (tool if row.long else 0)
    lines = page.lines_of(said, foot_width, bold=bool(row.error))
    beside = bool(counter) and lines <= 1 and page.measure(said, bold=bool(row.error)) + page.measure(counter) + GAP <= foot_width
    foot = 42.0 * (max(lines, 1) if beside else lines + bool(counter))
    if row.long:
        rows, foot = LONG_ROWS_NARROW, max(foot, CLEAR - INSET)
    else:
        setting = set_rows(page.theme, page.layout, typed_of(row), w - INSET - right, 4 * page.line("head"))
        rows = len(setting.rows) if setting.size == "head" else 4
    high = max(_TEXT_TOP + rows * page.line("head") + 20 + foot + 32, _CARD)
    bottom = high - _TEXT_TOP - rows * page.line("head")
    page.place(TypingBox(row, right, _TEXT_TOP, bottom, tinted=True), x, y, w, high)
    page.place(Text(row.label, bold=True, color="amber_ink" if row.error else "blue"), x + INSET, y + _LABEL_TOP, w - 2 * INSET, 42)
    _tool(page, row, x + w - tool - 4, y + (high - CLEAR - 4 if row.long else 44), tool)
    top = y + high - 32 - foot
    if said:
        color: Color = "amber_ink" if row.error else "ink2"
        page.place(
            Text(said, color=color, bold=bool(row.error), lines=lines, valign="top", balance=lines == 2),
            x + INSET,
            top,
            foot_width,
            42 * lines,
        )
    if counter:
        page.place(Text(counter, color="ink2", align="right"), x + INSET, top + (0 if beside else 42 * lines), foot_width, 42)
    return high


def _tool_width(page: Page, row: FieldRow) -> float:
    """Width of what stands in the box: the cross, or the way back with its word."""
    restore = row.typed.restore if row.typed else None
    return max(CLEAR, page.measure(restore.label, bold=True) + 16) if restore else CLEAR


def _tool(page: Page, row: FieldRow, x: float, y: float, w: float) -> None:
    """The cross that clears while there is text; where it was, what brings the text back."""
    if row.typed and row.typed.restore:
        page.place(PressButton(row.typed.restore, "dock", "column"), x, y, w, CLEAR)
    elif typed_of(row).text:
        page.place(ClearTarget(), x, y, w, CLEAR)
