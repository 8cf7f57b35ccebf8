"""What a page is made of: frozen elements placed at (x, y, w, h), compared by value so that showing a view again draws only what differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from kivy.graphics import InstructionGroup

from kiosk.events import Event, Touched
from screens.drawing import Rect, Surface
from screens.theme import STANDARD, Color, Layout, Size, Theme
from screens.widgets.brush import Brush, Mark, lines_of, measure, rows_of


@dataclass(frozen=True)
class State:
    """What the finger makes of an element."""

    pressed: bool = False


@dataclass(frozen=True)
class Element:
    """A value that can be drawn. Subclasses are frozen dataclasses that paint themselves into a `Brush` (its width and height are the
    element's). What can be pressed has an `ident` and, unless it is disabled, an `event`.
    """

    @property
    def ident(self) -> str:
        """Stable name of something that can be pressed, or of a live element; empty for the rest."""
        return ""

    @property
    def event(self) -> Event | None:
        """What a press posts; None: nothing to press."""
        return None

    def event_at(self, mounted: Mounted, x: float, y: float) -> Event | None:
        """What a press at (x, y) of the element posts, where it matters which part is pressed; `event` may be any of them."""
        return self.event

    @property
    def debounce(self) -> float | None:
        """Seconds in which a second press is the same press; None: the usual."""
        return None

    def paint(self, brush: Brush, state: State) -> None:
        """Draw. Nothing may be drawn outside the element's box."""
        raise NotImplementedError

    def changed_part(self, old: Element) -> tuple[float, float, float, float] | None:
        """What differs from `old`, which has the same class, ident and place: (x, y, w, h) in px of the element; None: all of it. Only for an
        element whose live part reports the rest itself.
        """
        return None

    @property
    def keeps_live(self) -> bool:
        """Whether the live part of the element that it replaces goes on in this one."""
        return True

    def live(self, mounted: Mounted) -> Live | None:
        """What runs while the element is on the glass (camera, pad, moving bar); None for a still one."""
        return None


class Live:
    """The running side of an element. It survives when the same ident is shown again with other values (`changed`)."""

    def __init__(self, mounted: Mounted) -> None:
        self.mounted = mounted

    def changed(self, mounted: Mounted) -> None:
        """The element was replaced by another of the same ident and class; it is painted already."""
        self.mounted = mounted

    def touch_down(self, x: float, y: float) -> bool:
        """A touch began inside, in px of the element. True: it is ours until it is up."""
        return False

    def touch_move(self, x: float, y: float) -> None:
        """Our touch moved; (x, y) may be outside."""

    def touch_up(self, x: float, y: float) -> None:
        """Our touch is up."""

    def gone(self) -> None:
        """The element left the glass: cancel timers, drop pictures."""


class Mounted:
    """An element on the glass: its place, its drawing instructions, its state."""

    def __init__(self, page: Page, element: Element, place: tuple[float, float, float, float]) -> None:
        self.page = page
        self.element = element
        self.place = place
        self.group = InstructionGroup()
        self.state = State()
        self.marks: list[Mark] = []
        self.live: Live | None = None
        #: The frame that will draw it knows of its change.
        self.reported = True
        self._paint()

    @property
    def rect(self) -> Rect:
        """Its place on the glass."""
        return Rect(*self.page.layout.to_screen(*self.place))

    def _paint(self) -> None:
        self.group.clear()
        brush = self.brush()
        self.element.paint(brush, self.state)
        self.marks = brush.marks

    def brush(self) -> Brush:
        """A brush for this element; a `Live` may paint further instructions with it."""
        x, y, w, h = self.place
        return Brush(self.group, self.page.layout, self.page.theme, x, y, w, h)

    def damage(self, x: float = 0, y: float = 0, w: float | None = None, h: float | None = None) -> None:
        """Say that a part changed, in px of the element; nothing given: all of it. Call it with every change of `group`."""
        left, top, width, height = self.place
        part = self.page.layout.to_screen(left + x, top + y, width if w is None else w, height if h is None else h)
        self.reported = True
        self.page.surface.damage(Rect(*part))

    def set_state(self, state: State) -> None:
        """Press or release; drawn in the next frame."""
        if state != self.state:
            self.state = state
            self._paint()
            self.damage()

    def event_at(self, x: float, y: float) -> Event | None:
        """What a press at a point of the page posts."""
        return self.element.event_at(self, *self.local(x, y))

    def local(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page in px of the element."""
        return x - self.place[0], y - self.place[1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page is inside."""
        left, top, w, h = self.place
        return left <= x < left + w and top <= y < top + h


Key = tuple[Hashable, tuple[float, float, float, float]]


class Page:
    """The glass as the screens see it. `begin`, any number of `place`, `commit`: the difference to what is shown is drawn."""

    def __init__(self, surface: Surface, layout: Layout, post: Callable[[Event], None], theme: Theme = STANDARD) -> None:
        self.surface = surface
        self.layout = layout
        self.theme = theme
        self.post = post
        self.mounted: list[Mounted] = []
        self.ground: Color = "ground"
        #: Posted by any touch, which then presses nothing (attract, idle question); None: buttons work.
        self.any_touch: Event | None = None
        #: Posted by a touch that hits nothing.
        self.blank: Event = Touched()
        self._placed: list[tuple[Element, tuple[float, float, float, float]]] = []

    # -------------------------------------------------------------- for screens

    def begin(self) -> None:
        """Start describing what is to be shown."""
        self._placed = []
        self.ground = "ground"
        self.any_touch = None

    def place(self, element: Element, x: float, y: float, w: float, h: float) -> None:
        """Put an element at (x, y), `w`×`h` reference px, y down; later ones are drawn over earlier ones."""
        self._placed.append((element, (x, y, w, h)))

    def measure(self, text: str, *, size: Size = "body", bold: bool = False) -> float:
        """Width of a one-line text."""
        return measure(self.theme, self.layout, text, size=size, bold=bold)

    def lines_of(self, text: str, w: float, *, size: Size = "body", bold: bool = False) -> int:
        """How many lines of `w` px a text takes."""
        return lines_of(self.theme, self.layout, text, w, size=size, bold=bold)

    def rows_of(self, text: str, w: float, *, size: Size = "body", bold: bool = False) -> tuple[str, ...]:
        """The lines of `w` px into which a text is set, to be placed one by one."""
        return rows_of(self.theme, self.layout, text, w, size=size, bold=bold)

    def line(self, size: Size = "body") -> int:
        """Line pitch of a size."""
        return self.theme.size(size).line

    # -------------------------------------------------------------- for the stage

    def lay_out(self, layout: Layout) -> None:
        """The glass has another size: forget everything shown. Show the view again after it."""
        self.begin()
        self.commit()
        self.layout = layout
        self.surface.damage_all()

    def commit(self) -> None:
        """Show what was described."""
        shown: dict[Key, list[Mounted]] = {}
        for mounted in self.mounted:
            shown.setdefault((mounted.element, mounted.place), []).append(mounted)
        following: list[Mounted | None] = []
        for element, place in self._placed:
            same = shown.get((element, place))
            following.append(same.pop(0) if same else None)
        kept = {id(mounted) for mounted in following if mounted}
        gone = [mounted for mounted in self.mounted if id(mounted) not in kept]
        by_ident = {mounted.element.ident: mounted for mounted in gone if mounted.element.ident}
        fresh: list[Mounted] = []
        result: list[Mounted] = []
        partly: set[int] = set()
        for old, (element, place) in zip(following, self._placed, strict=True):
            mounted = old or Mounted(self, element, place)
            if old is None:
                fresh.append(mounted)
                before = by_ident.get(element.ident) if element.ident else None
                self._inherit(mounted, before)
                if before is not None and before.place == place and type(before.element) is type(element):
                    part = element.changed_part(before.element)
                    if part is not None:
                        partly |= {id(before), id(mounted)}
                        mounted.damage(*part)
            result.append(mounted)
        for mounted in (*gone, *fresh):
            if id(mounted) not in partly:
                self.surface.damage(mounted.rect)
        for mounted in gone:
            if mounted.live:
                mounted.live.gone()
                mounted.live = None
        if [id(m) for m in result] != [id(m) for m in self.mounted]:
            self._rehang(result)
        self.mounted = result
        self._placed = []
        self.surface.set_ground(self.theme.rgba(self.ground))

    def _inherit(self, new: Mounted, old: Mounted | None) -> None:
        if old is not None and type(old.element) is type(new.element):
            new.set_state(old.state)
            if old.live is not None and new.element.keeps_live:
                new.live, old.live = old.live, None
                new.live.changed(new)
                return
        new.live = new.element.live(new)

    def _rehang(self, result: list[Mounted]) -> None:
        canvas = self.surface.canvas
        before = [mounted for mounted in self.mounted if mounted in set(result)]
        after = [mounted for mounted in result if mounted in set(self.mounted)]
        if before != after:  # painted in another order than they were: where they overlap, pixels change
            self.surface.damage_all()
        canvas.clear()
        for mounted in result:
            canvas.add(mounted.group)
            mounted.reported = True

    def unreported(self) -> bool:
        """Whether an element changed and did not say so; asked once a frame."""
        lied = any(mounted.group.needs_redraw and not mounted.reported for mounted in self.mounted)
        for mounted in self.mounted:
            mounted.reported = False
        return lied

    def find(self, ident: str) -> Mounted | None:
        """The element of that ident, if shown."""
        return next((mounted for mounted in self.mounted if mounted.element.ident == ident), None)

    def at(self, x: float, y: float, wanted: Callable[[Mounted], Any]) -> Mounted | None:
        """The topmost element at a point of which `wanted` is true."""
        return next((m for m in reversed(self.mounted) if m.holds(x, y) and wanted(m)), None)
