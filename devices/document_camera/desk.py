"""Photographs papers on a desk, the same for the same seed: what the simulated document camera sees. For demonstration and tests.

Run `python -m devices.document_camera.desk --out DIR` to write a folder of pictures, `<paper>-<variant>.jpg`.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from cv2.typing import MatLike
from numpy.typing import NDArray

from devices.commands import WRONG_USAGE, CommandFault, run, say
from devices.document_camera.papers import PAPERS, draw_paper

Picture = MatLike

#: A 5-megapixel document camera, pixels: an A4 sheet laid upright fills it at 155 dpi (devices.md §4 asks for 150).
WIDTH, HEIGHT = 2592, 1944


@dataclass(frozen=True)
class Variant:
    """How a paper lies and how it is lit. Angles in degrees; `tilt`: by what share the far edge is shorter."""

    angle: float = 0.0
    tilt: float = 0.0
    #: Radius of the defocus in millimeters on the paper.
    defocus: float = 0.0
    #: Brightness of the whole picture, 1 = well lit.
    light: float = 1.0
    glare: bool = False
    #: Share of the paper's width outside the picture.
    outside: float = 0.0


VARIANTS: dict[str, Variant] = {
    "straight": Variant(angle=1.0, tilt=0.01),
    "skewed": Variant(angle=12.0, tilt=0.09),
    "blurred": Variant(angle=-2.0, tilt=0.02, defocus=0.75),
    "dark": Variant(angle=2.0, tilt=0.02, light=0.24),
    "glare": Variant(angle=-1.5, tilt=0.03, glare=True),
    "cut-off": Variant(angle=-4.0, tilt=0.03, outside=0.22),
}

#: The papers that the demonstration's folder holds.
_DEMO_PAPERS = ("register-cover", "register-person", "application-letter", "social-security-card")


@dataclass(frozen=True)
class Photograph:
    """`image` BGR, HEIGHT×WIDTH; `corners` where the paper's corners truly are, pixels, clockwise from its top left, or None."""

    image: Picture
    corners: NDArray[np.float64] | None


@lru_cache(maxsize=4)
def _desk(seed: int) -> Picture:
    """A desk top without anything on it: wood for odd seeds, gray laminate for even ones, light falling off from one side."""
    chance = np.random.default_rng(seed)
    if seed % 2:
        grain = cv2.resize(chance.normal(0, 1, (HEIGHT // 4, 12)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        bands = cv2.resize(chance.normal(0, 1, (14, 5)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        wave = np.sin(np.linspace(0, 26, HEIGHT, dtype=np.float32)[:, None] + bands * 2.2)
        shade = 1 + 0.045 * grain + 0.07 * wave + 0.03 * bands
        color = np.array([chance.integers(72, 92), chance.integers(112, 132), chance.integers(140, 160)], np.float32)
    else:
        speckle = chance.normal(0, 1, (HEIGHT // 2, WIDTH // 2)).astype(np.float32)
        clouds = cv2.resize(chance.normal(0, 1, (6, 8)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        shade = 1 + 0.02 * clouds + 0.05 * cv2.resize(speckle, (WIDTH, HEIGHT))
        color = np.full(3, chance.integers(98, 138), np.float32) + np.array([4, 2, 0], np.float32)
    rows, columns = np.mgrid[0:HEIGHT:8, 0:WIDTH:8].astype(np.float32)
    lamp = (WIDTH * chance.uniform(0.25, 0.75), HEIGHT * chance.uniform(0.1, 0.5))
    distance = np.hypot(columns - lamp[0], rows - lamp[1]) / WIDTH
    shade = shade * cv2.resize((1.06 - 0.34 * distance**1.5).astype(np.float32), (WIDTH, HEIGHT))
    return np.asarray(np.clip(cv2.merge([shade * float(part) for part in color]), 0, 255), np.uint8)


def _lay(size: tuple[int, int], scale: float, variant: Variant, chance: np.random.Generator) -> NDArray[np.float64]:
    """Where the corners of a flat paper of `size` pixels come to lie; `scale` pixels a millimeter of the flat paper."""
    width, height = size
    # Cards lie under the same camera as sheets, so they are small in the picture.
    fill = 0.93 if max(width, height) / scale > 110 else 0.46
    turn = math.radians(variant.angle + chance.uniform(-0.8, 0.8))
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * (width / 2, height / 2)
    narrow = 1 - variant.tilt * (1 - flat[:, 1] / (height / 2)) / 2
    flat[:, 0] *= narrow
    flat[:, 1] *= 1 - variant.tilt * 0.4
    spin = np.array([(math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))])
    laid = flat @ spin.T
    extent = np.ptp(laid, axis=0)
    laid *= fill * min(WIDTH / extent[0], HEIGHT / extent[1])
    room = (np.array([WIDTH, HEIGHT]) - np.ptp(laid, axis=0)) / 2
    shift = room * chance.uniform(-0.4, 0.4, 2)
    if variant.outside:
        shift[0] = room[0] + np.ptp(laid, axis=0)[0] * variant.outside
    return np.asarray(laid + shift + np.array([WIDTH / 2, HEIGHT / 2]), np.float64)


def _hot_spot(shape: tuple[int, ...], corners: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float32]:
    """The lamp mirrored in the paper: brightness to add, at a quarter of the size."""
    share = chance.uniform(0.35, 0.65, 2)
    top, bottom = (corners[a] + (corners[b] - corners[a]) * share[0] for a, b in ((0, 1), (3, 2)))
    x, y = (top + (bottom - top) * share[1]) / 4
    radius = float(np.linalg.norm(corners[2] - corners[0])) * 0.11 / 4
    rows, columns = np.mgrid[0 : shape[0] // 4, 0 : shape[1] // 4].astype(np.float32)
    spot: NDArray[np.float32] = (420 * np.exp(-(((columns - x) / (radius * 1.3)) ** 2 + ((rows - y) / radius) ** 2))).astype(np.float32)
    return spot


def photograph(paper: str | None, variant: str = "straight", seed: int = 1) -> Photograph:
    """One picture of `paper` (a name of PAPERS, None: an empty desk) lying as `variant` says. Raises KeyError for unknown names."""
    how, chance = VARIANTS[variant], np.random.default_rng([seed, 7])
    desk = _desk(seed)
    corners: NDArray[np.float64] | None = None
    image: Picture = desk.copy()
    if paper is not None:
        drawn, scale = draw_paper(paper, seed)
        flat = cv2.cvtColor(np.asarray(drawn), cv2.COLOR_RGB2BGR)
        corners = _lay((drawn.width, drawn.height), scale, how, chance)
        # A picture's corner is the outer corner of its corner pixel: half a pixel beyond that pixel's center.
        edge = np.array([(0, 0), (drawn.width, 0), (drawn.width, drawn.height), (0, drawn.height)], np.float32) - 0.5
        matrix = cv2.getPerspectiveTransform(edge, corners.astype(np.float32))
        shadow = np.zeros((HEIGHT // 4, WIDTH // 4), np.uint8)
        cv2.fillConvexPoly(shadow, np.round((corners + np.array([9, 12])) / 4).astype(np.int32), 110)
        dim = cv2.resize(cv2.GaussianBlur(shadow, (0, 0), 4), (WIDTH, HEIGHT))
        image = cv2.multiply(image, cv2.merge([255 - dim] * 3), scale=1 / 255)
        sheet = cv2.warpPerspective(flat, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
        lit = cv2.multiply(sheet, _falloff(seed), scale=1 / 255)
        cv2.copyTo(lit, cv2.inRange(mask, np.array([128]), np.array([255])), image)
        if how.glare:
            spot = cv2.resize(_hot_spot(image.shape, corners, chance), (WIDTH, HEIGHT))
            image = cv2.add(image, cv2.merge([np.clip(spot, 0, 255).astype(np.uint8)] * 3))
    per_mm = float(np.linalg.norm(corners[1] - corners[0])) / (drawn.width / scale) if corners is not None else 6.0
    # Even a good lens is not sharper than a pixel.
    image = cv2.GaussianBlur(image, (0, 0), max(0.7, how.defocus * per_mm))
    if how.light != 1:
        image = cv2.convertScaleAbs(image, alpha=how.light)
    return Photograph(image, corners)


@lru_cache(maxsize=4)
def _falloff(seed: int) -> Picture:
    """The desk's light as it falls on white paper, 3 channels."""
    smooth = cv2.GaussianBlur(cv2.resize(cv2.cvtColor(_desk(seed), cv2.COLOR_BGR2GRAY), (WIDTH // 16, HEIGHT // 16)), (0, 0), 14)
    light = cv2.resize(smooth, (WIDTH, HEIGHT)).astype(np.float32)
    gray: Picture = np.clip(light / light.max() * 246, 0, 255).astype(np.uint8)
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)


def write_pictures(out: Path, papers: tuple[str, ...] = _DEMO_PAPERS, seed: int = 1) -> list[Path]:
    """Every variant of the papers and `empty.jpg` into `out`, which is made if missing. Returns what was written. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, tuple[str | None, str, int]] = {"empty": (None, "straight", seed)}
    for i, paper in enumerate(papers):
        pictures |= {f"{paper}-{variant}": (paper, variant, seed + i % 2) for variant in VARIANTS}
    written = []
    for name, (paper_name, variant, its_seed) in pictures.items():
        done, jpeg = cv2.imencode(".jpg", photograph(paper_name, variant, its_seed).image, [cv2.IMWRITE_JPEG_QUALITY, 90])
        if not done:
            raise OSError(f"{name}.jpg could not be encoded")
        path = out / f"{name}.jpg"
        path.write_bytes(jpeg.tobytes())
        written.append(path)
    return written


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for the pictures; made if missing.")],
    seed: Annotated[int, typer.Option(min=0, help="Other desks and people for another number.")] = 1,
    every: Annotated[bool, typer.Option(help="Every paper there is, not only those of the demonstration.")] = False,
) -> None:
    """Write pictures of papers on a desk; one JSON line a picture."""
    try:
        written = write_pictures(out, tuple(PAPERS) if every else _DEMO_PAPERS, seed)
    except OSError as error:
        raise CommandFault(
            "not_written", f"{out} cannot be written: {error.strerror}; name another folder with --out.", WRONG_USAGE
        ) from None
    for path in written:
        say({"picture": str(path)})


if __name__ == "__main__":
    sys.exit(run(app))
