"""Colors can be read, sizes are the design's, icons are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kiosk.journeys
from screens.theme import STANDARD, Color, Layout, contrast
from screens.widgets.icons import CODE_POINTS

#: What an icon is called: words with dashes between them. Nothing else in the journeys is written so.
_ICON = re.compile(r"[a-z]+(-[a-z]+)+")


@pytest.mark.parametrize(("text", "ground"), sorted(STANDARD.pairs))
def test_every_allowed_pair_of_running_text_has_at_least_seven_to_one(text: Color, ground: Color) -> None:
    assert contrast(STANDARD.colors[text], STANDARD.colors[ground]) >= 7.0


@pytest.mark.parametrize(("text", "ground"), sorted(STANDARD.faint_pairs))
def test_disabled_text_and_the_mark_have_at_least_four_and_a_half(text: Color, ground: Color) -> None:
    assert 4.5 <= contrast(STANDARD.colors[text], STANDARD.colors[ground]) < 7.0


@pytest.mark.parametrize(
    ("text", "ground", "measured"),
    [
        ("ink", "ground", 14.30),
        ("ink", "amber", 8.42),
        ("blue", "card", 8.91),
        ("white", "blue_down", 12.49),
        ("white", "seal", 6.54),
        ("amber_ink", "blue_tint", 7.31),
    ],
)
def test_contrast_is_measured_as_in_the_design(text: Color, ground: Color, measured: float) -> None:
    assert contrast(STANDARD.colors[text], STANDARD.colors[ground]) == pytest.approx(measured, abs=0.01)


def test_nothing_on_screen_is_smaller_than_body() -> None:
    assert min(size.font for size in STANDARD.sizes.values()) == STANDARD.sizes["body"].font == 32


@pytest.mark.parametrize(
    ("screen", "scale", "wide"),
    [
        ((1080, 1920), 1.0, False),
        ((1920, 1080), 1.0, True),
        ((768, 1366), 0.711, False),
        ((2160, 3840), 2.0, False),
        ((1280, 1024), 0.667, True),
    ],
)
def test_other_screens_are_scaled_and_centered(screen: tuple[int, int], scale: float, wide: bool) -> None:
    layout = Layout(*screen)
    assert layout.scale == pytest.approx(scale, abs=0.001)
    assert layout.wide is wide
    left, top, right, bottom = layout.to_screen(0, 0, layout.width, layout.height)
    assert abs(left - (screen[0] - right)) <= 1
    assert abs(top - (screen[1] - bottom)) <= 1
    assert left >= 0
    assert bottom <= screen[1]


def test_columns_fill_the_content() -> None:
    for layout in (Layout(1080, 1920), Layout(1920, 1080)):
        assert layout.columns(12) == layout.content_width
        assert layout.column(11) + layout.columns(1) == layout.right


def test_every_icon_that_a_journey_names_can_be_drawn() -> None:
    # given
    sources = Path(kiosk.journeys.__path__[0]).rglob("*.py")
    # when
    texts = {node.value for source in sources for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Constant)}
    icons = {text for text in texts if isinstance(text, str) and _ICON.fullmatch(text)}
    # then
    assert "printer-outline" in icons
    assert icons <= set(CODE_POINTS)
