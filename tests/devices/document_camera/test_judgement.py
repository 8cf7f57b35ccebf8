"""A page is found where it truly lies, and each fault is said of the picture that has it and of no other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from devices.document_camera import page
from devices.document_camera.desk import HEIGHT, WIDTH, Picture, photograph
from devices.document_camera.papers import PAPERS
from kiosk.ports import PageFault

#: None of these desks was looked at while the limits were chosen (those were 1 to 12).
SEEDS = (31, 32)

EXPECTED = {
    "straight": (),
    "skewed": (),
    "blurred": (PageFault.BLURRED,),
    "dark": (PageFault.DARK,),
    "glare": (PageFault.GLARE,),
    "cut-off": (PageFault.CUT_OFF,),
}


def with_grain(picture: Picture, seed: int = 3) -> Picture:
    """As a sensor gives it."""
    grain = np.asarray(np.random.default_rng(seed).integers(0, 7, picture.shape, dtype=np.uint8))
    return cv2.subtract(cv2.add(picture, grain), np.full_like(picture, 3))


def on_wood_and_on_gray() -> list[tuple[str, str, int]]:
    """Every paper in every variant, on one kind of desk or the other in turn."""
    cases = [(paper, variant) for paper in PAPERS for variant in EXPECTED]
    return [(*case, SEEDS[(place + place // len(EXPECTED)) % 2]) for place, case in enumerate(cases)]


@pytest.mark.parametrize(("paper", "variant", "seed"), on_wood_and_on_gray())
def test_each_fault_is_judged_on_the_picture_that_has_it_and_on_no_other(paper: str, variant: str, seed: int) -> None:
    photo = photograph(paper, variant, seed)
    frame = with_grain(photo.image)
    corners = page.find_corners(frame)
    assert page.judge(frame, corners) == EXPECTED[variant]
    if variant in ("straight", "skewed", "dark", "glare"):
        assert corners is not None and photo.corners is not None
        assert np.abs(corners - photo.corners).max() < 3.0, "pixels of a picture 2592 wide"


@pytest.mark.parametrize("seed", [3, *SEEDS, 33, 34, 35, 36])
@pytest.mark.parametrize("variant", ["straight", "dark"])
def test_an_empty_desk_holds_no_page(variant: str, seed: int) -> None:
    frame = with_grain(photograph(None, variant, seed).image)
    assert page.find_corners(frame) is None
    assert page.judge(frame, None) == (PageFault.NO_PAGE,)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_corners_run_clockwise_from_the_top_left_however_the_camera_is_mounted(angle: int) -> None:
    photo = photograph("register-cover", "skewed", 31)
    frame = np.ascontiguousarray(np.rot90(photo.image, angle // 90))
    corners = page.find_corners(frame)
    assert corners is not None
    top, right = corners[1] - corners[0], corners[2] - corners[1]
    assert top[0] > abs(top[1]), "the first side runs to the right"
    assert right[1] > abs(right[0]), "the second down"


def test_a_plain_white_wall_or_a_black_picture_is_no_page() -> None:
    for level in (0, 128, 255):
        assert page.find_corners(np.full((HEIGHT // 2, WIDTH // 2, 3), level, np.uint8)) is None


def test_several_faults_are_told_in_the_order_of_the_list() -> None:
    photo = photograph("register-person", "cut-off", 31)
    dark = cv2.convertScaleAbs(photo.image, alpha=0.25)
    assert page.judge(dark, page.find_corners(dark)) == (PageFault.CUT_OFF, PageFault.DARK)


def test_a_small_cheap_camera_is_judged_alike() -> None:
    for variant in ("straight", "skewed", "dark", "glare", "blurred"):
        large = photograph("register-person", variant, 32).image
        frame = with_grain(cv2.resize(large, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA))
        assert page.judge(frame, page.find_corners(frame)) == EXPECTED[variant], variant
