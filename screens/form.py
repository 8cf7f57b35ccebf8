"""The form: a page of fields with all their faults, or the one that is typed into with its keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.views import Button, FieldRow, FormView
from screens.theme import GAP
from screens.widgets import IconText, Page, PanelBox, PressButton, Text, chrome, panel_height, place_keyboard
from screens.widgets.field import TILE_HEIGHT, FieldBox, FieldLine, FieldTile, line_height, tile_fits
from screens.widgets.typing_field import place_typing_card, place_typing_field

#: A choice's height, the same as the smallest target.
_CHOICE = 120
_LABEL = 50
_BELOW = 50
#: The most that the field that is typed into takes in the narrow column of a wide page.
_SHORT_CARD, _LONG_CARD = 420, 700


def draw(page: Page, view: FormView) -> None:
    """Without a keyboard the fields have the whole page; with one they stand over it (wide: left of it)."""
    chrome.frame(page, view)
    layout = page.layout
    width = layout.columns(4) if layout.wide and view.keyboard else layout.content_width
    bottom: float = layout.content_bottom
    if view.keyboard:
        keyboard_top = place_keyboard(page, view.keyboard)
        bottom = bottom if layout.wide else keyboard_top - GAP
    elif layout.wide:
        bottom = layout.action_top - GAP
    if layout.wide and view.notice:  # beside the question: the fields need the height
        half = layout.columns(6)
        top = chrome.title(page, view, width=half)
        y = layout.title_top(stepper=bool(view.chrome.steps)) - 4
        high = max(min(panel_height(page, view.notice, half), top - y), 96)
        page.place(PanelBox(view.notice), layout.right - half, y, half, high)
        top += 20
    else:
        beside = view.keyboard is not None and layout.wide
        top = _title_beside_keyboard(page, view) + 28 if beside else chrome.title(page, view) + GAP
        if view.notice:
            high = panel_height(page, view.notice, width, least=104)
            page.place(PanelBox(view.notice), layout.left, top, width, high)
            top += high + GAP
    if view.keyboard:
        (_beside_keyboard if layout.wide else _over_keyboard)(page, view, layout.left, top, width, bottom)
    else:
        _fields(page, view, layout.left, top, width, _foot(page, view, bottom))


def _title_beside_keyboard(page: Page, view: FormView) -> int:
    """On a wide page the line under the question stands right of it, over the keyboard, if there is room: the fields need the height."""
    left = max(792, page.layout.left + page.measure(view.title, size="title", bold=True) + 32)
    if page.measure(view.subtitle) > page.layout.right - left:
        return chrome.title(page, view, width=page.layout.columns(4))
    y = chrome.title(page, replace(view, subtitle=""))
    if view.subtitle:
        page.place(Text(view.subtitle, color="ink2"), left, y - 58, page.layout.right - left, 42)
    return y


def _foot(page: Page, view: FormView, bottom: float) -> float:
    """Back and on; which page this is stands beside them on wide screens, and above them otherwise. Returns where the fields end."""
    layout = page.layout
    chrome.actions(page, (view.previous, view.primary) if view.previous else (view.primary,))
    if view.later:
        return _later(page, view, view.later)
    if view.page and layout.wide:
        page.place(Text(view.page, size="head", color="ink2"), layout.left, layout.action_top, layout.columns(4), 144)
    elif view.page:
        page.place(Text(view.page, color="ink2", align="center"), layout.left, layout.content_bottom - 34, layout.content_width, 42)
    return bottom


def _later(page: Page, view: FormView, later: Button) -> float:
    """The way on for whoever cannot write: beside the others on wide screens, above them otherwise; and over it, which page this is."""
    layout = page.layout
    y, w, h = (layout.action_top, layout.columns(4), 144) if layout.wide else (layout.content_bottom - 120, layout.content_width, 120)
    page.place(PressButton(later, "secondary"), layout.left, y, w, h)
    if not view.page:
        return y - GAP
    page.place(Text(view.page, color="ink2", align="left" if layout.wide else "center"), layout.left, y - 54, w, 42)
    return y - 54 - 8


@dataclass(frozen=True)
class _Shape:
    """How fields are drawn: `line`: a row with the label inside; `tall`: locked boxes as high as the others; `label`: width of the labels of
    rows.
    """

    line: bool = False
    tall: bool = False
    label: float = 0.0


def _nearest(view: FormView, at: int) -> list[int]:
    """Places of the other fields, those next to the one that is typed into first."""
    return sorted((place for place in range(len(view.fields)) if place != at), key=lambda place: (abs(place - at), -place))


def _over_keyboard(page: Page, view: FormView, x: float, y: float, w: float, bottom: float) -> None:
    """The field that is typed into, and under it as many of the nearest others as there is room for, two beside each other."""
    at = next((place for place, row in enumerate(view.fields) if row.focused), len(view.fields))
    if at < len(view.fields):
        y += place_typing_field(page, view.fields[at], x, y, w, bottom + GAP - 8) + GAP
    room = max(int((bottom - y + GAP) // (TILE_HEIGHT + GAP)), 0)
    near = _nearest(view, at)[: room * 2]
    while len(lines := _in_lines(page, [view.fields[place] for place in sorted(near)], w)) > room:
        near.pop()
    half = (w - GAP) / 2
    for number, line in enumerate(lines):
        top = y + number * (TILE_HEIGHT + GAP)
        for index, row in enumerate(line):
            page.place(FieldTile(row), x + index * (half + GAP), top, half if tile_fits(page, row, half) else w, TILE_HEIGHT)


def _in_lines(page: Page, rows: list[FieldRow], w: float) -> list[tuple[FieldRow, ...]]:
    """Neighbors in their order, two beside each other where both can be read in half the width."""
    lines: list[tuple[FieldRow, ...]] = []
    for row in rows:
        halves = all(tile_fits(page, each, (w - GAP) / 2) for each in (row, *(lines[-1] if lines else ())))
        if halves and lines and len(lines[-1]) == 1:
            lines[-1] = (*lines[-1], row)
        else:
            lines.append((row,))
    return lines


def _beside_keyboard(page: Page, view: FormView, x: float, y: float, w: float, bottom: float) -> None:
    """Fields in their order in the narrow column. Those over the one that is typed into leave room for it as high as it may become: it does not
    jump while it grows.
    """
    label = _label_width(page, view)
    at = next((place for place, row in enumerate(view.fields) if row.focused), len(view.fields))
    room = bottom - y - (_LONG_CARD if at < len(view.fields) and view.fields[at].long else _SHORT_CARD)
    first = at
    for place in _nearest(view, at):
        high = line_height(page, view.fields[place], w, label) + GAP
        if high <= room and (place > at or place == first - 1):
            first, room = min(first, place), room - high
    for row in view.fields[first:]:
        if row.focused:
            y += place_typing_card(page, row, x, y, w) + GAP
        elif y + (high := line_height(page, row, w, label)) <= bottom:
            page.place(FieldLine(row, label), x, y, w, high)
            y += high + GAP


def _fields(page: Page, view: FormView, x: float, y: float, w: float, bottom: float) -> None:
    if page.layout.wide:
        _in_columns(page, view, x, y, w, bottom)
        return
    full = sum(_height(page, row, w, _Shape()) + GAP for row in view.fields) - GAP
    shape = _Shape(line=full > bottom - y, label=_label_width(page, view))
    for row in view.fields:
        y += _field(page, row, x, y, w, shape) + GAP


def _pairs(fields: tuple[FieldRow, ...]) -> list[tuple[FieldRow, ...]]:
    """What stands side by side on a wide page: two fields, or the choices of one."""
    pairs: list[tuple[FieldRow, ...]] = []
    for row in fields:
        if pairs and len(pairs[-1]) == 1 and not row.choices and not pairs[-1][0].choices:
            pairs[-1] = (*pairs[-1], row)
        else:
            pairs.append((row,))
    return pairs


def _in_columns(page: Page, view: FormView, x: float, y: float, w: float, bottom: float) -> None:
    """A wide page without keyboard."""
    half = (w - GAP) / 2
    pairs = _pairs(view.fields)

    def shape(pair: tuple[FieldRow, ...], *, line: bool) -> _Shape:
        return _Shape(line=line, tall=not all(row.locked for row in pair), label=_label_width(page, view))

    def height(pair: tuple[FieldRow, ...], *, line: bool) -> float:
        return max(_height(page, row, w if row.choices else half, shape(pair, line=line)) for row in pair)

    lines = sum(height(pair, line=False) + GAP for pair in pairs) - GAP > bottom - y
    for pair in pairs:
        for index, row in enumerate(pair):
            _field(page, row, x + index * (half + GAP), y, w if row.choices else half, shape(pair, line=lines))
        y += height(pair, line=lines) + GAP


def _label_width(page: Page, view: FormView) -> float:
    """Room for the longest label left of its value."""
    return min(max((page.measure(row.label) for row in view.fields), default=0) + 40, 240)


def _across(page: Page, row: FieldRow, w: float) -> int:
    """How many choices stand side by side: as few rows as the longest label allows, and rows of equal length."""
    longest = max(page.measure(button.label, size="head", bold=True) for button in row.choices) + 136
    most = max(1, min(int((w + GAP) // (longest + GAP)), 4 if w > 1000 else 3, len(row.choices)))
    rows = -(-len(row.choices) // most)
    return -(-len(row.choices) // rows)


def _box_height(row: FieldRow, shape: _Shape) -> int:
    """What cannot be typed into may be lower, unless it stands beside what can."""
    return 120 if row.locked and not shape.tall else 144


def _height(page: Page, row: FieldRow, w: float, shape: _Shape) -> float:
    """The height that `_field` takes."""
    below = _BELOW if row.error or row.hint else 0
    if row.choices:
        rows = -(-len(row.choices) // _across(page, row, w))
        return _LABEL + rows * (_CHOICE + GAP) - GAP + below
    if shape.line:
        return line_height(page, row, w, shape.label)
    return _LABEL + _box_height(row, shape) + below


def _field(page: Page, row: FieldRow, x: float, y: float, w: float, shape: _Shape) -> float:
    """Place one field; returns its height."""
    if row.choices:
        return _choices(page, row, x, y, w)
    if shape.line:
        high = line_height(page, row, w, shape.label)
        page.place(FieldLine(row, shape.label), x, y, w, high)
        return high
    high = _box_height(row, shape)
    _label(page, row, x, y, w)
    page.place(FieldBox(row), x, y + _LABEL, w, high)
    return _LABEL + high + _below(page, row, x, y + _LABEL + high, w)


def _label(page: Page, row: FieldRow, x: float, y: float, w: float) -> None:
    page.place(Text(row.label, bold=True), x, y, w, 42)


def _below(page: Page, row: FieldRow, x: float, y: float, w: float) -> int:
    """Hint, or fault in its place."""
    if not row.error and not row.hint:
        return 0
    if row.error:
        page.place(IconText("alert-circle" if row.choices else "", row.error, color="amber_ink", bold=True), x, y + 8, w, 42)
    else:
        page.place(Text(row.hint, color="ink2"), x, y + 8, w, 42)
    return _BELOW


def _choices(page: Page, row: FieldRow, x: float, y: float, w: float) -> float:
    _label(page, row, x, y, w)
    across = _across(page, row, w)
    each = (w - GAP * (across - 1)) / across
    top = y + _LABEL
    for index, button in enumerate(row.choices):
        place = (x + index % across * (each + GAP), top + index // across * (_CHOICE + GAP), each, _CHOICE)
        page.place(PressButton(_marked(button), "choice", "left"), *place)
    high = -(-len(row.choices) // across) * (_CHOICE + GAP) - GAP
    return _LABEL + high + _below(page, row, x, top + high, w)


def _marked(button: Button) -> Button:
    """A choice with its mark: filled or empty, so that color is not the only sign."""
    return replace(button, icon="check-circle" if button.selected else "checkbox-blank-circle-outline")
