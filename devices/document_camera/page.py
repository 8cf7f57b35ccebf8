"""Finds a page in a picture, judges how it lies, straightens and encodes it. Pure: pictures in, values out; knows no camera.

Pictures are BGR, 8 bit. Corners are a 4×2 array of x, y in pixels, clockwise from the page's top left as it is seen.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.document_camera import outline
from kiosk.ports import Page, PageFault

Picture = MatLike
Corners = NDArray[np.float64]

#: devices.md §4.
MAX_JPEG_BYTES = 500_000
#: Longest side of a straightened page: A4 at 205 dpi. More does not fit 500 KB legibly.
_LONGEST = 2400
#: Longer side of A4 at 150 dpi (devices.md §4), pixels.
_A4_AT_150_DPI = 1754
_QUALITIES = (92, 88, 84, 80, 75, 70, 62, 54)

# How the limits were found: `tests/devices/document_camera/test_judgement.py` photographs eight papers on wood and on gray
# desks; the figures in brackets are the extremes measured there with sensor noise added.

#: A corner this near the edge of the picture, as a share of its shorter side, is not seen to be a corner.
_EDGE = 0.006
#: Brightness (0–255) of the brightest 2 % of the page: less is dark (well lit 161–239, dark 52–58).
_DARK_BELOW = 105
#: Every channel at least this is washed out (white paper, well lit, stays below 242).
_WASHED_OUT = 250
#: A washed-out patch of this share of the page is glare (none when well lit; hot spots 7–31 %).
_GLARE_SHARE = 0.004
#: Steepness of the page's own edges: gradient per pixel over local contrast, see `steepness`. Less is blurred (sharp 0.24–0.37,
#: out of focus by 0.75 mm 0.13–0.16; 0.19 for an A4 sheet seen at 70 dpi).
_BLURRED_BELOW = 0.21
#: The page is judged at this length of its longer side, pixels, so that a limit means the same for near and far pages.
_JUDGED_AT = 1400


def find_corners(frame: Picture) -> Corners | None:
    """The four corners of the page or card that lies there, within about a pixel; None if there is none.

    A page that reaches beyond the picture is found too; `judge` then says CUT_OFF.
    """
    return outline.find(frame)


def _size(corners: Corners) -> tuple[float, float]:
    top, right, bottom, left = (float(np.linalg.norm(corners[(i + 1) % 4] - corners[i])) for i in range(4))
    return (top + bottom) / 2, (left + right) / 2


def _warp(frame: Picture, corners: Corners, width: int, height: int, interpolation: int) -> Picture:
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(frame, matrix, (width, height), flags=interpolation, borderMode=cv2.BORDER_REPLICATE)


def straighten(frame: Picture, corners: Corners) -> Picture:
    """The page alone, upright as it was seen, as large as it was in the picture: an A4 sheet that fills a 5-megapixel one has 150 dpi.

    A sheet of the A series that lies a little askew or far is enlarged to what A4 has at 150 dpi, by at most a quarter:
    beyond that no dots would be won.
    """
    width, height = _size(corners)
    longer = max(width, height)
    scale = min(1.0, _LONGEST / longer)
    if abs(longer / min(width, height) / math.sqrt(2) - 1) < 0.03 and _A4_AT_150_DPI / 1.25 <= longer < _A4_AT_150_DPI:
        scale = _A4_AT_150_DPI / longer
    return _warp(frame, corners, max(1, round(width * scale)), max(1, round(height * scale)), cv2.INTER_CUBIC)


def judge(frame: Picture, corners: Corners | None) -> tuple[PageFault, ...]:
    """What is wrong with the page as it lies, in the order of PageFault; () if nothing is."""
    if corners is None:
        return (PageFault.NO_PAGE,)
    width, height = _size(corners)
    scale = min(1.0, _JUDGED_AT / max(width, height))
    page = _warp(frame, corners, max(8, round(width * scale)), max(8, round(height * scale)), cv2.INTER_LINEAR)
    gray = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    found = {
        PageFault.CUT_OFF: is_cut_off(frame, corners),
        PageFault.DARK: brightness(gray) < _DARK_BELOW,
        PageFault.GLARE: washed_out_share(page) > _GLARE_SHARE,
        PageFault.BLURRED: steepness(gray) < _BLURRED_BELOW,
    }
    return tuple(fault for fault in PageFault if found.get(fault))


def is_cut_off(frame: Picture, corners: Corners) -> bool:
    """Whether a corner lies at the edge of the picture or beyond it."""
    height, width = frame.shape[:2]
    margin = _EDGE * min(height, width)
    inside = (corners > margin) & (corners < np.array([width - 1 - margin, height - 1 - margin]))
    return not bool(inside.all())


def brightness(gray: Picture) -> float:
    """0–255: what the brightest 2 % of the page reach, be it paper or the white print of a dark card."""
    return float(np.percentile(gray[::4, ::4], 98))


def washed_out_share(page: Picture) -> float:
    """Largest patch without any picture left in it, as a share of the page."""
    small = outline.shrink(page, 350)
    white = cv2.inRange(small, np.array([_WASHED_OUT] * 3), np.array([255] * 3))
    count, _, stats, _ = cv2.connectedComponentsWithStats(white)
    return float(stats[1:, cv2.CC_STAT_AREA].max()) / white.size if count > 1 else 0.0


def steepness(gray: Picture) -> float:
    """How steep the page's strongest edges are: gradient per pixel over the contrast within 9×9 pixels, the median.

    About 0.5 for an edge one pixel wide, 0.4/σ for one blurred by σ pixels, whatever the contrast and the light. A page
    without any edge (blank) counts as steep: there is nothing on it to be blurred.
    """
    gray = cv2.GaussianBlur(gray, (3, 3), 0)
    window = np.ones((9, 9), np.uint8)
    contrast = cv2.subtract(cv2.dilate(gray, window), cv2.erode(gray, window))
    step = cv2.max(cv2.absdiff(gray[1:-1, 2:], gray[1:-1, :-2]), cv2.absdiff(gray[2:, 1:-1], gray[:-2, 1:-1]))
    steepest = cv2.dilate(step, np.ones((7, 7), np.uint8))
    contrast, steepest = contrast[9:-9:2, 9:-9:2], steepest[8:-8:2, 8:-8:2]
    strong = contrast >= max(12.0, 0.5 * float(np.percentile(contrast, 99.5)))
    if np.count_nonzero(strong) < 50:
        return 1.0
    return float(np.median(steepest[strong] / (2.0 * contrast[strong])))


def encode(image: Picture, faults: tuple[PageFault, ...] = ()) -> Page:
    """The page as JPEG of at most MAX_JPEG_BYTES: quality goes down first, then size."""
    while True:
        for quality in _QUALITIES:
            done, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if done and jpeg.size <= MAX_JPEG_BYTES:
                return Page(jpeg.tobytes(), image.shape[1], image.shape[0], faults)
        image = cv2.resize(image, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA)


def as_json(corners: Corners | None) -> list[list[float]] | None:
    """Corners for a result line, to a tenth of a pixel."""
    return None if corners is None else [[round(float(x), 1), round(float(y), 1)] for x, y in corners]
