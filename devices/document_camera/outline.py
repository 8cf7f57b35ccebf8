"""Finds the four corners of a sheet or card on a desk. Pure; what the page is worth is `page`'s affair."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Corners = NDArray[np.float64]
Floats = NDArray[np.float32]

#: The search runs on a picture whose longer side has this many pixels; the corners are then refined on the whole one.
_SEARCH = 560
#: A page covers at least this share of the picture (a bank card under a camera that sees A4 and a margin: 4 %).
_SMALLEST = 0.015
#: Corners of a page seen askew, degrees.
_CORNER_ANGLES = (52.0, 128.0)
#: This share of a quadrilateral's outline has to be an edge in the picture.
_SUPPORT = 0.82
#: The step from desk to page, CIE Lab distance in a picture brought to full brightness. The weakest seen is 28 (a blue card on a
#: gray desk); grain of wood reaches 10.
_STEP = 14.0
#: And this share of each side that is within the picture.
_SIDE_SUPPORT = 0.5


def find(frame: MatLike) -> Corners | None:
    """Corners in the frame's pixels, clockwise from top left as seen, or None."""
    small = shrink(frame, _SEARCH)
    scale = max(small.shape[:2]) / max(frame.shape[:2])
    lit = _lit(small)
    lab = cv2.cvtColor(lit, cv2.COLOR_BGR2LAB).astype(np.float32)
    best: tuple[float, Corners] | None = None
    for mask in _masks(lab):
        for quad in _quads(mask):
            score = _score(lab, quad)
            if score is not None and (best is None or score > best[0]):
                best = (score, quad)
    if best is None:
        return None
    # Pixel centers: the middle of a small pixel is the middle of the block it came from.
    corners: Corners = (_ordered(best[1]) + 0.5) / scale - 0.5
    for reach in (9.0, 3.5):
        corners = _refined(frame, corners, reach / scale)
    return corners


def shrink(picture: MatLike, longest: int) -> MatLike:
    """The picture with its longer side at most `longest` pixels. By halves first: that is what OpenCV does fast without losing detail."""
    while max(picture.shape[:2]) >= 2 * longest:
        picture = cv2.resize(picture, (picture.shape[1] // 2, picture.shape[0] // 2), interpolation=cv2.INTER_AREA)
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)


def _lit(picture: MatLike) -> MatLike:
    """The picture with its brightest parts at 235, so that one set of limits serves by day and by night."""
    top = float(np.percentile(picture[::3, ::3], 99.5))
    return cv2.convertScaleAbs(picture, alpha=min(8.0, 235.0 / max(top, 8.0)))


def _masks(lab: Floats) -> Iterator[MatLike]:
    """Several guesses at what is page and what is desk; the outline's score decides between them."""
    smooth = np.asarray(cv2.GaussianBlur(lab, (5, 5), 0), np.float32)
    far = np.clip(_distance_from_desk(smooth), 0, 60) * 4
    distance = far.astype(np.uint8)
    limit, by_color = cv2.threshold(distance, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield by_color
    if limit > 24:
        yield cv2.threshold(distance, limit * 0.6, 255, cv2.THRESH_BINARY)[1]
    # Paper is lighter and less colored than the desk.
    white = np.clip(smooth[..., 0] - 0.8 * np.hypot(smooth[..., 1] - 128, smooth[..., 2] - 128), 0, 255).astype(np.uint8)
    yield cv2.threshold(white, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    light = smooth[..., 0].astype(np.uint8)
    edges = cv2.dilate(cv2.Canny(light, 24, 60), np.ones((3, 3), np.uint8))
    filled = np.zeros_like(edges)
    cv2.drawContours(filled, cv2.findContours(edges, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0], -1, 255, cv2.FILLED)
    yield cv2.erode(filled, np.ones((3, 3), np.uint8))


@lru_cache(maxsize=4)
def _curved_surface(height: int, width: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The terms of a surface of second degree at every pixel, and which pixels are the rim."""
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    terms = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1).reshape(-1, 6)
    rim = np.ones((height, width), bool)
    edge = max(3, round(0.05 * height))
    rim[edge:-edge, edge:-edge] = False
    return terms, rim.ravel()


def _times(terms: Floats, surface: MatLike) -> Floats:
    """The product by OpenCV: numpy's would start a thread on every core for it, and wait for them."""
    return np.asarray(cv2.gemm(terms, surface, 1.0, np.zeros((len(terms), surface.shape[1]), np.float32), 0.0), np.float32)


def _distance_from_desk(lab: Floats) -> Floats:
    """How far each pixel is from the desk's color there: the desk is a curved surface fitted to the rim of the picture."""
    coarse = cv2.resize(lab, (lab.shape[1] // 2, lab.shape[0] // 2), interpolation=cv2.INTER_AREA)
    terms, rim = _curved_surface(*coarse.shape[:2])
    colors = coarse.reshape(-1, 3)
    at, seen = terms[rim], colors[rim]
    keep = np.ones(len(at), bool)
    # Where the page reaches the rim it is the odd one out; three rounds leave it behind.
    for _ in range(3):
        surface = cv2.solve(at[keep], seen[keep], flags=cv2.DECOMP_NORMAL | cv2.DECOMP_CHOLESKY)[1]
        off = np.abs(seen - _times(at, surface)).sum(axis=1)
        keep = off <= max(6.0, 2.5 * float(np.median(off)))
    spread = np.maximum(np.abs(seen[keep] - _times(at[keep], surface)).mean(axis=0), np.array([1.6, 0.8, 0.8], np.float32))
    residue = (colors - _times(terms, surface)) / spread
    distance = np.sqrt((residue**2).sum(axis=1)).reshape(coarse.shape[:2]).astype(np.float32)
    return np.asarray(cv2.resize(distance, (lab.shape[1], lab.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _quads(mask: MatLike) -> Iterator[Corners]:
    """Quadrilaterals around the largest patches of a mask."""
    window = np.ones((5, 5), np.uint8)
    clean = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, window), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(clean, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
        if cv2.contourArea(contour) < _SMALLEST * mask.size:
            return
        hull = cv2.convexHull(contour)
        if cv2.contourArea(contour) < 0.8 * cv2.contourArea(hull):
            continue
        length = cv2.arcLength(hull, True)
        for tolerance in (0.01, 0.015, 0.02, 0.03, 0.045, 0.06):
            shape = cv2.approxPolyDP(hull, tolerance * length, True)
            if len(shape) == 4:
                quad = shape.reshape(4, 2).astype(np.float64)
                if cv2.contourArea(hull) > 0.82 * cv2.contourArea(shape) and _is_page_shaped(quad):
                    yield quad
                break


def _is_page_shaped(quad: Corners) -> bool:
    after, before = np.roll(quad, -1, axis=0) - quad, np.roll(quad, 1, axis=0) - quad
    lengths = np.linalg.norm(after, axis=1)
    if lengths.min() < 12:
        return False
    cosines = (after * before).sum(axis=1) / (lengths * np.roll(lengths, 1))
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    low, high = _CORNER_ANGLES
    return bool(angles.min() >= low and angles.max() <= high)


def _sides(corners: Corners) -> Iterator[tuple[Corners, Corners, Corners]]:
    """Start, end and outward normal of each side; corners run clockwise on screen."""
    for i in range(4):
        start, end = corners[i], corners[(i + 1) % 4]
        along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
        yield start, end, np.array([along[1], -along[0]])


def _score(lab: Floats, quad: Corners) -> float | None:
    """How much like a page's outline: share of it that is an edge, a little more for larger ones; None if it is none."""
    height, width = lab.shape[:2]
    held = seen = 0
    for start, end, normal in _sides(_ordered(quad)):
        points = start + np.linspace(0.06, 0.94, 40)[:, None] * (end - start)
        outer, inner = points + 5 * normal, points - 5 * normal
        within = ((outer >= 0) & (outer < (width, height))).all(axis=1) & ((inner >= 0) & (inner < (width, height))).all(axis=1)
        if np.count_nonzero(within) < 8:
            continue
        step = _at(lab, inner[within]) - _at(lab, outer[within])
        # The step is much the same all along a side; that of wood is not.
        usual = np.median(step, axis=0)
        size = float(np.linalg.norm(usual))
        part = step @ (usual / max(size, 1.0))
        clear = int(np.count_nonzero((part > 0.5 * size) & (part < 1.5 * size)))
        if size < _STEP or clear < _SIDE_SUPPORT * len(step):
            return None
        held += clear
        seen += len(step)
    area = cv2.contourArea(quad.astype(np.float32)) / (height * width)
    # Less than half of the outline within the picture is no outline.
    if area > 0.97 or seen < 80 or held / seen < _SUPPORT:
        return None
    return held / seen + 0.35 * math.sqrt(area)


def _at(lab: Floats, points: Corners) -> Floats:
    columns, rows = np.clip(np.round(points).astype(int), 0, (lab.shape[1] - 1, lab.shape[0] - 1)).T
    found: Floats = lab[rows, columns]
    return found


def _ordered(quad: Corners) -> Corners:
    """Clockwise on screen, beginning so that the first side runs as nearly to the right as any."""
    middle = quad.mean(axis=0)
    around = quad[np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))]
    sides = np.roll(around, -1, axis=0) - around
    first = int(np.argmax(sides[:, 0] / np.linalg.norm(sides, axis=1)))
    return np.roll(around, -first, axis=0)


def _refined(frame: MatLike, corners: Corners, reach: float) -> Corners:
    """Each side moved onto the steepest step within `reach` pixels of it, the corners to where the sides then cross."""
    lines = [_side_line(frame, start, end, normal, reach) for start, end, normal in _sides(corners)]
    moved = np.array([_crossing(lines[i - 1], lines[i]) for i in range(4)])
    # Lines that cross far away were no sides.
    return moved if np.isfinite(moved).all() and np.abs(moved - corners).max() < 4 * reach else corners


def _side_line(frame: MatLike, start: Corners, end: Corners, normal: Corners, reach: float) -> tuple[Corners, Corners]:
    """A point on the side and its direction."""
    unmoved = (start, end - start)
    height, width = frame.shape[:2]
    steps = 61
    along = np.linspace(0.1, 0.9, 64)[:, None]
    across = np.linspace(reach, -reach, steps)
    base = start + along * (end - start)
    x = (base[:, :1] + across * normal[0]).astype(np.float32)
    y = (base[:, 1:] + across * normal[1]).astype(np.float32)
    within = (x.min(axis=1) >= 1) & (x.max(axis=1) < width - 1) & (y.min(axis=1) >= 1) & (y.max(axis=1) < height - 1)
    if np.count_nonzero(within) < 16:
        return unmoved
    profile = cv2.remap(frame, x[within], y[within], cv2.INTER_LINEAR).astype(np.float32)
    third = steps // 3
    contrast = np.median(profile[:, -third:] - profile[:, :third], axis=(0, 1))
    size = float(np.linalg.norm(contrast))
    if size < 3:
        return unmoved
    level = cv2.GaussianBlur(np.asarray(profile @ (contrast / size), np.float32), (9, 1), 0)
    slope = np.gradient(level, axis=1)[:, 2:-2]
    peak = slope.argmax(axis=1)
    rows = np.arange(len(peak))
    inner = (peak > 0) & (peak < slope.shape[1] - 1) & (slope[rows, peak] > 0.02 * size)
    if np.count_nonzero(inner) < 16:
        return unmoved
    rows, peak = rows[inner], peak[inner]
    before, top, after = slope[rows, peak - 1], slope[rows, peak], slope[rows, peak + 1]
    offset = peak + 2 + 0.5 * (before - after) / np.minimum(before - 2 * top + after, -1e-6)
    points = base[within][inner] + (reach - offset * 2 * reach / (steps - 1))[:, None] * normal
    for _ in range(2):
        vx, vy, px, py = cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        off = np.abs((points[:, 0] - px) * vy - (points[:, 1] - py) * vx)
        points = points[off <= max(0.6, 2.5 * float(np.median(off)))]
        if len(points) < 12:
            return unmoved
    return np.array([px, py], np.float64), np.array([vx, vy], np.float64)


def _crossing(first: tuple[Corners, Corners], second: tuple[Corners, Corners]) -> Corners:
    (p, u), (q, v) = first, second
    cross = float(u[0] * v[1] - u[1] * v[0])
    if abs(cross) < 1e-9:
        return np.full(2, np.nan)
    gap = q - p
    crossing: Corners = p + u * ((gap[0] * v[1] - gap[1] * v[0]) / cross)
    return crossing
