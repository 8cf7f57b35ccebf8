"""Over every page of the gallery, upright and wide: text fits and can be read on what is under it, targets are large and apart."""

from __future__ import annotations

import itertools

import pytest

from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.theme import Color, Layout
from tests.ui.glass import Glass
from tests.ui.measuring import Shown, cut_off, low_targets, near_targets, shown

SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080)}
PAGES = [(name, shape) for name in GALLERY for shape in SCREENS]


_shown: dict[tuple[str, str], tuple[Color, list[Shown]]] = {}


def _show(glass: Glass, name: str, shape: str) -> tuple[Color, list[Shown]]:
    """The page's ground and its elements; each page is laid out once for all tests."""
    if (name, shape) not in _shown:
        page = glass.app.page
        page.layout = Layout(*SCREENS[shape])
        glass.app.router.show(GALLERY[name])
        _shown[name, shape] = page.ground, shown(page.mounted)
    return _shown[name, shape]


@pytest.mark.parametrize(("name", "shape"), PAGES)
def test_all_text_fits_its_box_and_the_glass(glass: Glass, name: str, shape: str) -> None:
    assert cut_off(_show(glass, name, shape)[1], Rect(0, 0, *SCREENS[shape])) == []


@pytest.mark.parametrize(("name", "shape"), PAGES)
def test_all_text_stands_on_a_ground_it_may_stand_on(glass: Glass, name: str, shape: str) -> None:
    page_ground, mounted = _show(glass, name, shape)
    theme = glass.app.page.theme
    allowed = theme.pairs | theme.faint_pairs
    under: list[tuple[Rect, Color]] = [(Rect(0, 0, *SCREENS[shape]), page_ground)]
    faults = []
    for mark in itertools.chain.from_iterable(m.marks for m in mounted):
        if mark.kind == "box":
            under.append((mark.rect, mark.color))
        elif mark.kind == "picture":
            under.append((mark.rect, "card"))
        elif mark.kind == "text":
            middle = ((mark.rect.left + mark.rect.right) / 2, (mark.rect.top + mark.rect.bottom) / 2)
            ground = next(c for r, c in reversed(under) if r.left <= middle[0] <= r.right and r.top <= middle[1] <= r.bottom)
            if (mark.color, ground) not in allowed:
                faults.append((mark, ground))
    assert faults == []


@pytest.mark.parametrize(("name", "shape"), PAGES)
def test_no_text_covers_other_text(glass: Glass, name: str, shape: str) -> None:
    texts = [mark.rect for m in _show(glass, name, shape)[1] for mark in m.marks if mark.kind in ("text", "icon")]
    faults = []
    for one, other in itertools.combinations(texts, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        # line boxes are higher than their letters: 10 px of two lines may meet
        if across > 2 and down > 10:
            faults.append((one, other))
    assert faults == []


@pytest.mark.parametrize(("name", "shape"), PAGES)
def test_targets_are_120_high_and_24_apart(glass: Glass, name: str, shape: str) -> None:
    elements = _show(glass, name, shape)[1]
    assert low_targets(elements) == []
    assert near_targets(elements) == []


@pytest.mark.parametrize(("name", "shape"), PAGES)
def test_idents_are_unique(glass: Glass, name: str, shape: str) -> None:
    idents = [m.ident for m in _show(glass, name, shape)[1] if m.ident]
    assert len(idents) == len(set(idents))
