"""A kept page is the page alone: upright, in its own proportions, legible, and small enough to send."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from devices.document_camera import page
from devices.document_camera.desk import photograph
from devices.document_camera.papers import draw_paper
from kiosk.ports import PageFault


@pytest.mark.parametrize("paper", ["register-person", "marriage-certificate", "social-security-card", "application-letter"])
def test_the_straightened_page_is_the_paper_that_was_laid_there(paper: str) -> None:
    # given a paper lying askew
    photo = photograph(paper, "skewed", 31)
    flat = cv2.cvtColor(np.asarray(draw_paper(paper, 31)[0]), cv2.COLOR_RGB2GRAY)
    # when it is found and straightened
    corners = page.find_corners(photo.image)
    assert corners is not None
    straight = page.straighten(photo.image, corners)
    # then it shows what the flat paper shows, at the same places, in its proportions
    gray = cv2.cvtColor(straight, cv2.COLOR_BGR2GRAY)
    small = [
        cv2.GaussianBlur(cv2.resize(part, (400, 300), interpolation=cv2.INTER_AREA), (0, 0), 1).astype(np.float64) for part in (flat, gray)
    ]
    likeness = float(np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1])
    assert likeness > 0.8
    turned = float(np.corrcoef(small[0].ravel(), small[1][::-1, ::-1].ravel())[0, 1])
    assert likeness > turned + 0.2, "it is not upside down"
    assert straight.shape[1] / straight.shape[0] == pytest.approx(flat.shape[1] / flat.shape[0], rel=0.06)


@pytest.mark.parametrize("variant", ["straight", "skewed"])
def test_an_a4_sheet_has_at_least_150_dots_an_inch(variant: str) -> None:
    photo = photograph("application-letter", variant, 31)
    corners = page.find_corners(photo.image)
    assert corners is not None
    height, width = page.straighten(photo.image, corners).shape[:2]
    assert height >= 1754
    assert width >= 1190, "A4 is 1240; the lens takes a little off a sheet that lies askew"


def test_a_page_of_the_worst_kind_still_fits_half_a_megabyte() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1754, 2400, 3), dtype=np.uint8)
    kept = page.encode(noise, (PageFault.BLURRED,))
    assert len(kept.jpeg) <= page.MAX_JPEG_BYTES
    picture = cv2.imdecode(np.frombuffer(kept.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert (picture.shape[1], picture.shape[0]) == (kept.width, kept.height)
    assert kept.faults == (PageFault.BLURRED,)


def test_an_ordinary_page_keeps_its_size_and_its_quality() -> None:
    photo = photograph("register-cover", "straight", 31)
    corners = page.find_corners(photo.image)
    assert corners is not None
    straight = page.straighten(photo.image, corners)
    kept = page.encode(straight)
    assert (kept.height, kept.width) == straight.shape[:2]
    assert len(kept.jpeg) <= page.MAX_JPEG_BYTES
    again = cv2.imdecode(np.frombuffer(kept.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert again is not None
    assert float(np.abs(again.astype(int) - straight).mean()) < 3
