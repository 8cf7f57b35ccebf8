"""What an element paints with: boxes, text, icons and pictures, in the reference px of its own box, y down. It keeps a list of what was
painted, by shape and color only, so that tests can measure it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from kivy.graphics import BorderImage, InstructionGroup, Rectangle
from kivy.graphics import Color as Tint
from kivy.graphics.texture import Texture

from screens.drawing import Rect
from screens.theme import Color, Layout, Size, Theme
from screens.widgets.icons import glyph
from screens.widgets.skin import Style, nine_patch
from screens.widgets.typeset import BOLD, ICONS, NOT_FIRST, REGULAR, Setting, kept_texture_of, texture_of, typeset

Align = Literal["left", "center", "right"]
VAlign = Literal["top", "middle", "bottom"]


class Mark(NamedTuple):
    """Something painted: `kind` box|text|icon|picture, where on the glass, in which color; `cut`: a text that was shortened or does not fit."""

    kind: str
    rect: Rect
    color: Color
    cut: bool = False


@dataclass
class Brush:
    """Paints into `group`. (x, y) of every call is inside the element, whose own place is (`left`, `top`) on the page."""

    group: InstructionGroup
    layout: Layout
    theme: Theme
    left: float
    top: float
    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    def _rect(self, x: float, y: float, w: float, h: float) -> Rect:
        return Rect(*self.layout.to_screen(self.left + x, self.top + y, w, h))

    def _place(self, rect: Rect) -> tuple[tuple[int, int], tuple[int, int]]:
        return (rect.left, self.layout.screen_height - rect.bottom), (rect.right - rect.left, rect.bottom - rect.top)

    def _color(self, color: Color) -> None:
        self.group.add(Tint(*self.theme.rgba(color)))

    def box(self, x: float, y: float, w: float, h: float, style: Style) -> None:
        """A rounded box; its border is inside."""
        rect = self._rect(x, y, w, h)
        pos, size = self._place(rect)
        texture, edge = nine_patch(style, self.theme, self.layout.scale)
        self.group.add(Tint(1, 1, 1, 1))
        self.group.add(BorderImage(pos=pos, size=size, texture=texture, border=(edge, edge, edge, edge)))
        self.marks.append(Mark("box", rect, style.fill))

    def fill(self, x: float, y: float, w: float, h: float, color: Color) -> None:
        """A plain rectangle."""
        rect = self._rect(x, y, w, h)
        if not rect.area:  # a hairline on a small glass
            rect = Rect(rect.left, rect.top, max(rect.right, rect.left + 1), max(rect.bottom, rect.top + 1))
        pos, size = self._place(rect)
        self._color(color)
        self.group.add(Rectangle(pos=pos, size=size))
        self.marks.append(Mark("box", rect, color))

    def disc(self, x: float, y: float, diameter: float, color: Color, *, ring: Color | None = None, border: float = 0) -> None:
        """A filled circle, with a ring of `border` px inside its edge if given."""
        self.box(x, y, diameter, diameter, Style(color, ring, int(border), int(diameter / 2)))

    def set(
        self, text: str, w: float, *, size: Size = "body", bold: bool = False, lines: int = 1, spans: Sequence[tuple[int, int]] = ()
    ) -> Setting:
        """How a text would be set into `w` px; widths of the answer are px of the glass."""
        return _set(self.theme, self.layout, text, w, size, bold, lines, tuple(spans))

    def measure(self, text: str, *, size: Size = "body", bold: bool = False) -> float:
        """Width of a one-line text in reference px."""
        return measure(self.theme, self.layout, text, size=size, bold=bold)

    def text(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        text: str,
        *,
        size: Size = "body",
        fit: Sequence[Size] = (),
        color: Color = "ink",
        bold: bool = False,
        align: Align = "left",
        valign: VAlign = "middle",
        lines: int = 1,
        spans: Sequence[tuple[int, int]] = (),
        span_color: Color = "blue",
        balance: bool = False,
        kept: bool = False,
    ) -> int:
        """Text in a box: at most `lines` lines, shortened with … beyond; marked characters bold in `span_color`. `fit`: sizes to try in
        turn before it is shortened. `balance`: lines of equal length. `kept`: textures are kept for ever (keys only). Returns the
        number of lines.
        """
        if not text:
            return 0
        given = w
        if balance and lines > 1:
            text = text if spans else parted(self.theme, self.layout, text, w, size=size, bold=bold)
            w = balanced(self.theme, self.layout, text, w, size=size, bold=bold)
        setting = self.set(text, w, size=size, bold=bold, lines=lines, spans=spans)
        for smaller in fit:
            if not setting.cut:
                break
            size = smaller
            room = max(lines, int(h // self.theme.size(size).line))
            setting = self.set(text, w, size=size, bold=bold, lines=room, spans=spans)
        scale = self.layout.scale
        rect = self._rect(x, y, given, h)
        font = max(round(self.theme.size(size).font * scale), 1)
        pitch = self.theme.size(size).line * scale
        total = pitch * len(setting.lines)
        height = rect.bottom - rect.top
        start = rect.top + {"top": 0.0, "middle": (height - total) / 2, "bottom": height - total}[valign]
        make = kept_texture_of if kept else texture_of
        left_most, right_most = rect.right, rect.left
        for number, line in enumerate(setting.lines):
            at = (
                rect.left
                + {"left": 0, "center": round((rect.right - rect.left - line.width) / 2), "right": rect.right - rect.left - line.width}[
                    align
                ]
            )
            left_most = min(left_most, at)
            right_most = max(right_most, at + line.width)
            for run in line.runs:
                texture = make(run.text, run.font, font)
                wide, high = texture.size
                middle = start + pitch * (number + 0.5)
                self._color(span_color if run.marked else color)
                top = round(middle - high / 2)
                self.group.add(Rectangle(pos=(at, self.layout.screen_height - top - high), size=(wide, high), texture=texture))
                at += run.advance
        cut = setting.cut or total > height + 1
        ink = Rect(left_most, round(start), right_most, round(start + total))
        self.marks.append(Mark("text", ink, color, cut or ink.left < rect.left - 1 or ink.right > rect.right + 1))
        return len(setting.lines)

    def run(self, x: int, y: float, h: float, text: str, *, font: str, px: int, width: int, color: Color) -> None:
        """Characters as they are in one row of height `h`, from `x` and `width` wide in px of the glass: for who has set them itself."""
        rect = self._rect(0, y, 0, h)
        texture = texture_of(text, font, px)
        wide, high = texture.size
        left, top = rect.left + x, round((rect.top + rect.bottom) / 2 - high / 2)
        self._color(color)
        self.group.add(Rectangle(pos=(left, self.layout.screen_height - top - high), size=(wide, high), texture=texture))
        self.marks.append(Mark("text", Rect(left, rect.top, left + width, rect.bottom), color))

    def drawing(self, x: float, y: float, w: float, h: float, character: str, *, share: float, color: Color) -> None:
        """One bold character as a drawing, its size a `share` of the box's height; not one of the four type sizes."""
        rect = self._rect(x, y, w, h)
        texture = kept_texture_of(character, BOLD, max(round((rect.bottom - rect.top) * share), 1))
        wide, high = texture.size
        left, top = round((rect.left + rect.right - wide) / 2), round((rect.top + rect.bottom - high) / 2)
        self._color(color)
        self.group.add(Rectangle(pos=(left, self.layout.screen_height - top - high), size=(wide, high), texture=texture))
        self.marks.append(Mark("icon", Rect(left, top, left + wide, top + high), color))

    def icon(self, x: float, y: float, w: float, h: float, name: str, *, size: float = 48, color: Color = "ink") -> None:
        """An icon of `size` px in the middle of a box; no name, nothing."""
        if not name:
            return
        texture = kept_texture_of(glyph(name), ICONS, max(round(size * self.layout.scale), 1))
        rect = self._rect(x, y, w, h)
        wide, high = texture.size
        left = round((rect.left + rect.right - wide) / 2)
        top = round((rect.top + rect.bottom - high) / 2)
        self._color(color)
        self.group.add(Rectangle(pos=(left, self.layout.screen_height - top - high), size=(wide, high), texture=texture))
        self.marks.append(Mark("icon", Rect(left, top, left + wide, top + high), color))

    def picture(self, x: float, y: float, w: float, h: float, texture: Texture) -> Any:
        """A texture over the whole box, colors as they are; returns Kivy's instruction."""
        rect = self._rect(x, y, w, h)
        pos, size = self._place(rect)
        self.group.add(Tint(1, 1, 1, 1))
        instruction = Rectangle(pos=pos, size=size, texture=texture)
        self.group.add(instruction)
        self.marks.append(Mark("picture", rect, "white"))
        return instruction

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the element in Kivy's px (y up), for lines and ellipses added to `group` directly."""
        scale = self.layout.scale
        return (
            self.layout.offset_x + (self.left + x) * scale,
            self.layout.screen_height - self.layout.offset_y - (self.top + y) * scale,
        )


def _set(
    theme: Theme, layout: Layout, text: str, w: float, size: Size, bold: bool, lines: int, spans: tuple[tuple[int, int], ...]
) -> Setting:
    font = max(round(theme.size(size).font * layout.scale), 1)
    return typeset(text, BOLD if bold else REGULAR, font, round(w * layout.scale), lines, spans)


def measure(theme: Theme, layout: Layout, text: str, *, size: Size = "body", bold: bool = False) -> float:
    """Width of a one-line text in reference px, before anything is placed."""
    font = max(round(theme.size(size).font * layout.scale), 1)
    return typeset(text.replace("\n", " "), BOLD if bold else REGULAR, font, 1_000_000, 1).width / layout.scale


def lines_of(theme: Theme, layout: Layout, text: str, w: float, *, size: Size = "body", bold: bool = False, most: int = 99) -> int:
    """How many lines of `w` reference px a text takes."""
    return len(_set(theme, layout, text, w, size, bold, most, ()).lines) if text else 0


#: A sentence is best broken after these.
_PARTING = "，。；：！？"
#: The most that the longer of two parts is of both.
_LONGER = 0.72


def parted(theme: Theme, layout: Layout, text: str, w: float, *, size: Size = "body", bold: bool = False) -> str:
    """A text of two lines with the break after the mark nearest its middle, if there is one that leaves two parts of some likeness."""
    if "\n" in text or lines_of(theme, layout, text, w, size=size, bold=bold, most=3) != 2:
        return text
    halves = [(text[: at + 1], text[at + 1 :]) for at, character in enumerate(text[:-1]) if character in _PARTING]
    whole = measure(theme, layout, text, size=size, bold=bold)
    longer = {half: max(measure(theme, layout, part, size=size, bold=bold) for part in half) for half in halves}
    best = min(longer, key=lambda half: longer[half], default=None)
    if best is None or longer[best] > min(w, whole * _LONGER) or best[1][0] in NOT_FIRST:
        return text
    return "\n".join(best)


def rows_of(theme: Theme, layout: Layout, text: str, w: float, *, size: Size = "body", bold: bool = False) -> tuple[str, ...]:
    """The lines of `w` reference px into which a text is set."""
    setting = _set(theme, layout, text, w, size, bold, 999, ())
    return tuple("".join(run.text for run in line.runs) for line in setting.lines)


def balanced(theme: Theme, layout: Layout, text: str, w: float, *, size: Size = "body", bold: bool = False) -> float:
    """The narrowest width, at most `w`, in which a text takes no more lines than in `w`: its lines come out equally long."""
    lines = lines_of(theme, layout, text, w, size=size, bold=bold)
    narrow, broad = 0.0, w
    while lines > 1 and broad - narrow > 8:
        middle = (narrow + broad) / 2
        if lines_of(theme, layout, text, middle, size=size, bold=bold) > lines:
            narrow = middle
        else:
            broad = middle
    return broad
