"""What everything looks like: colors, type sizes, spaces, radii and the grid, as measured in the design. It draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Color = Literal[
    "ground", "card", "sunk", "key2", "line", "line2", "edge", "ink", "ink2", "off_ink", "white", "black",
    "blue", "blue_down", "blue_tint", "blue_line", "green", "green_tint", "amber_ink", "amber_tint", "amber",
    "seal", "camera", "live",
]  # fmt: skip
Size = Literal["display", "title", "head", "body"]

#: Seconds in which a second press of the same button is the same press (a bouncing glass, a nervous finger).
DEBOUNCE_S = 0.3
#: The same for keys, where the same letter twice is meant.
KEY_DEBOUNCE_S = 0.06

#: Smallest touch target and smallest gap between two, px of the 1080 screen (experience.md: 120 high, 24 apart).
TARGET = 120
GAP = 24


@dataclass(frozen=True)
class TypeSize:
    """Font size and line pitch in px of the 1080 screen."""

    font: int
    line: int


@dataclass(frozen=True)
class Theme:
    """One look. `pairs` are the only (text, ground) combinations that screens may use; a test measures them."""

    name: str
    colors: Mapping[Color, str]
    sizes: Mapping[Size, TypeSize]
    pairs: frozenset[tuple[Color, Color]]
    #: Pairs allowed below 7:1 and why: disabled text, and the mark, which is a drawing.
    faint_pairs: frozenset[tuple[Color, Color]] = frozenset()
    radius: int = 20
    spaces: tuple[int, ...] = (8, 16, 24, 32, 48)

    def rgba(self, color: Color) -> tuple[float, float, float, float]:
        """A color for Kivy, each part 0..1."""
        value = self.colors[color].lstrip("#")
        return (int(value[0:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:6], 16) / 255, 1.0)

    def size(self, size: Size) -> TypeSize:
        """A type size by name."""
        return self.sizes[size]


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB`, 0..1 (WCAG 2.2)."""
    parts = [int(color.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two `#RRGGBB`, 1..21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_GROUNDS: dict[Color, tuple[Color, ...]] = {
    "ink": ("ground", "card", "sunk", "key2", "blue_tint", "green_tint", "amber_tint", "amber"),
    "ink2": ("ground", "card", "sunk", "blue_tint", "green_tint", "amber_tint"),
    "blue": ("ground", "card", "sunk", "blue_tint"),
    "green": ("ground", "card", "green_tint"),
    "amber_ink": ("ground", "card", "blue_tint", "amber_tint"),
    "white": ("blue", "blue_down", "ink"),
    "black": ("card",),
    "live": ("camera",),
    "amber": ("camera",),
}

STANDARD = Theme(
    name="standard",
    colors={
        "ground": "#F4F2EE", "card": "#FFFFFF", "sunk": "#E8E5DF", "key2": "#D5D0C6", "line": "#D8D4CB", "line2": "#C3BDB1",
        "edge": "#857F74", "ink": "#1E2227", "ink2": "#45494F", "off_ink": "#63635F", "white": "#FFFFFF", "black": "#000000",
        "blue": "#17498A", "blue_down": "#0F3365", "blue_tint": "#E6EDF6", "blue_line": "#5D80AF", "green": "#14572F",
        "green_tint": "#E4F0E8", "amber_ink": "#714000", "amber_tint": "#FBEFD7", "amber": "#F0B13A", "seal": "#B3261E",
        "camera": "#2B2E31", "live": "#7FD0A0",
    },
    sizes={"display": TypeSize(128, 166), "title": TypeSize(64, 84), "head": TypeSize(40, 52), "body": TypeSize(32, 42)},
    pairs=frozenset((text, ground) for text, grounds in _GROUNDS.items() for ground in grounds),
    faint_pairs=frozenset({("off_ink", "card"), ("off_ink", "sunk"), ("white", "seal")}),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The grid of one screen. Every measure is in px of the reference screen (1080×1920 upright, 1920×1080 wide), y down from the
    top; `scale` and `offset` lead to the glass, which is fitted by its short side and centered where its shape differs.
    """

    screen_width: int
    screen_height: int
    wide: bool = field(init=False)
    width: int = field(init=False)
    height: int = field(init=False)
    scale: float = field(init=False)
    offset_x: int = field(init=False)
    offset_y: int = field(init=False)

    def __post_init__(self) -> None:
        wide = self.screen_width > self.screen_height
        width, height = (1920, 1080) if wide else (1080, 1920)
        scale = min(self.screen_width / width, self.screen_height / height)
        for name, value in (
            ("wide", wide), ("width", width), ("height", height), ("scale", scale),
            ("offset_x", round((self.screen_width - width * scale) / 2)), ("offset_y", round((self.screen_height - height * scale) / 2)),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def left(self) -> int:
        """x where the content begins."""
        return 240 if self.wide else 48

    @property
    def content_width(self) -> int:
        """Width of twelve columns."""
        return 1632 if self.wide else 984

    @property
    def right(self) -> int:
        """x where the content ends."""
        return self.left + self.content_width

    @property
    def header_height(self) -> int:
        """The header is y 0 to this."""
        return 112 if self.wide else 120

    @property
    def stepper_top(self) -> int:
        """y of the stepper's bar."""
        return 112 if self.wide else 144

    def title_top(self, *, stepper: bool) -> int:
        """y of the page's question."""
        if self.wide:
            return 196 if stepper else 144
        return 236 if stepper else 152

    @property
    def content_bottom(self) -> int:
        """The content ends here; below it are action bar and dock."""
        return 1056 if self.wide else 1536

    @property
    def action_top(self) -> int:
        """y of the action bar (144 high). Wide: bottom of the right column."""
        return 912 if self.wide else 1560

    @property
    def dock_top(self) -> int:
        """y of the navigation bar, upright only."""
        return 1728

    @property
    def rail_width(self) -> int:
        """Width of the navigation rail, wide only."""
        return 192

    def columns(self, count: int) -> int:
        """Width of `count` of the twelve columns with the gutters between them."""
        return (114 if self.wide else 60) * count + GAP * (count - 1)

    def column(self, index: int) -> int:
        """x where column `index` (0..11) begins."""
        return self.left + index * ((114 if self.wide else 60) + GAP)

    @property
    def spare(self) -> tuple[float, float]:
        """Reference px beside and above (or below) the page where the glass has another shape: bars are drawn on into it."""
        return self.offset_x / self.scale, self.offset_y / self.scale

    def to_screen(self, x: float, y: float, w: float, h: float) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on the glass, whole px, y down."""
        return (
            self.offset_x + round(x * self.scale),
            self.offset_y + round(y * self.scale),
            self.offset_x + round((x + w) * self.scale),
            self.offset_y + round((y + h) * self.scale),
        )

    def from_screen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the glass (y down) in reference px."""
        return (x - self.offset_x) / self.scale, (y - self.offset_y) / self.scale
